/**
 * One plan of a firm, key by key. Only what a firm may well not have has a default, and then the
 * default is that there is none of it.
 */
import * as z from "zod";
import { millis } from "../../core/model/units.ts";
import {
  block,
  choice,
  flag,
  key,
  kinds,
  label,
  list,
  needed,
  reporting,
  text,
  whole,
  written,
} from "./fields.ts";
import { duration, share } from "./notation.ts";
import { conflictsInPlan } from "./plan-checks.ts";
import { balance, clock, date, source } from "./rule-notation.ts";
import { NEWS_EVENTS } from "./schema-dated.ts";
import { CAP, DAILY_LIMIT, FLOOR, MICRO_RULE, PRODUCTS, SIZE } from "./schema-plan-limits.ts";
import { STAGE } from "./schema-stage.ts";

const DAYS_MAX = 1_000;
const LIST_MAX = 20;
const MINUTES_MAX = 240;
const UP_TO_HOURS = duration(millis(0), millis(4 * 3_600_000));

const HOURS = block({
  opensAt: needed(written(clock), "The evening before."),
  flatBy: needed(written(clock), "When nothing may be held any more."),
  earlyClose: needed(
    block({
      minutesBefore: needed(whole(0, MINUTES_MAX), "Flat so many minutes before trading stops."),
      latest: needed(written(clock).optional(), "No later than this on such a day."),
      counts: needed(
        choice(["account", "product"]),
        "One time for the account, that of the first product to stop, or each product its own.",
      ),
    }),
    "Days on which the exchange stops early.",
  ),
  calendarUntil: needed(
    date(),
    "Until when the firm's early closes were compared with the exchange's calendar. A pack whose " +
      "calendar is over is refused.",
  ),
});

const EVENTS = [...NEWS_EVENTS, "major"] as const;

const NEWS = block({
  events: needed(
    list(choice(EVENTS), 1, EVENTS.length, "events"),
    "Around which news; `major`: around all that the list of dates has.",
  ),
  before: needed(written(UP_TO_HOURS), "So long before it."),
  after: needed(written(UP_TO_HOURS), "So long after it."),
  action: needed(
    z.discriminatedUnion(
      "kind",
      [
        block({ kind: needed(z.literal("flat"), "Nothing may be held.") }),
        block({
          kind: needed(z.literal("no-opening"), "Nothing is opened; what is open may stay."),
          of: needed(PRODUCTS, "In these contracts."),
        }),
        block({ kind: needed(z.literal("cap"), "Less may be held."), ...CAP }),
        block({
          kind: needed(z.literal("below-maximum"), "The largest size may not be carried into it."),
        }),
      ],
      kinds("flat", "no-opening", "cap", "below-maximum"),
    ),
    "What is asked.",
  ),
});

const CORRELATED = block({
  name: needed(text("a name"), "What the group is called."),
  of: needed(PRODUCTS, "The contracts that count as one bet."),
});

const HEDGING = z.discriminatedUnion(
  "kind",
  [
    block({
      kind: needed(z.literal("allowed"), "Opposite positions are the trader's own affair."),
    }),
    block({
      kind: needed(z.literal("forbidden"), "No opposite positions."),
      within: needed(choice(["account", "own-accounts"]), "In one account, or in all of a person."),
      counts: needed(
        choice(["family", "correlated"]),
        "In one product, minis and micros together, or in correlated ones too.",
      ),
      groups: key(
        list(CORRELATED, 0, LIST_MAX, "groups"),
        [],
        "Which products are correlated; needed where those count.",
      ),
    }),
  ],
  kinds("allowed", "forbidden"),
);

const AUTOMATION = z.discriminatedUnion(
  "kind",
  [
    block({ kind: needed(z.literal("forbidden"), "No program may trade it.") }),
    block({
      kind: needed(z.literal("allowed"), "A program may trade it."),
      device: needed(choice(["own", "any"]), "On the trader's own device only, or on any."),
      supervised: needed(flag(), "Whether a person has to watch it."),
      conditions: key(
        list(text("a sentence"), 0, LIST_MAX, "sentences"),
        [],
        "What else the firm asks.",
      ),
    }),
  ],
  kinds("forbidden", "allowed"),
);

const PLAN_KEYS = block({
  title: needed(text("a title"), "What the firm calls it."),
  sources: needed(
    list(written(source), 1, LIST_MAX, "sources"),
    "Where the figures were read: `help centre: ...` for the firm's own, `secondary: ...` for others.",
  ),
  verified: needed(date(), "The day they were read there."),
  notes: key(
    list(text("a sentence"), 0, LIST_MAX, "sentences"),
    [],
    "What is disputed or left out, and which reading was taken.",
  ),
  stage: needed(STAGE, "Test, funded account or live account, and what belongs to it."),
  start: needed(balance(0), "The balance it begins with; 0 where the firm counts from nothing."),
  floor: needed(FLOOR, "The level whose touch ends the account."),
  dailyLimit: needed(DAILY_LIMIT, "The most one day may lose."),
  size: needed(SIZE, "How many contracts may be held."),
  micros: needed(MICRO_RULE, "What smaller contracts count."),
  caps: key(
    list(
      block({
        ...CAP,
        until: needed(date().optional(), "The last day it holds. Left out: until it is changed."),
      }),
      0,
      LIST_MAX,
      "caps",
    ),
    [],
    "Tighter limits on some contracts together, often for a while.",
  ),
  products: needed(PRODUCTS, "What may be traded, of the contracts known here."),
  hours: needed(HOURS, "When anything may be held."),
  news: key(
    list(NEWS, 0, LIST_MAX, "rules").nullable(),
    [],
    "What is asked around news; `null` where the sources do not say, and `notes` tells where it was looked for.",
  ),
  hedging: needed(HEDGING, "Positions against one another."),
  copying: needed(
    choice(["allowed", "firm-tool-only", "forbidden"]),
    "Whether one person's accounts may take the same trades.",
  ),
  automation: needed(
    AUTOMATION,
    "Whether a program may trade it. Forbidden: it never starts live.",
  ),
  holdTime: needed(
    block({
      held: needed(written(UP_TO_HOURS), "How long a position counts as long enough."),
      trades: needed(written(share), "The least share of trades that is."),
      profit: needed(written(share), "The least share of profit that comes from them."),
    }).optional(),
    "Positions that are too short. Left out: not asked.",
  ),
  inactivity: needed(
    block({
      within: needed(whole(1, DAYS_MAX), "The days that are looked at, the last ones."),
      days: needed(whole(1, DAYS_MAX), "On so many of them it has to be traded."),
      profit: key(balance(0), 0, "What each of those earns at least."),
    }).optional(),
    "How often it has to be traded. Left out: not asked.",
  ),
  accountsMax: needed(whole(1).optional(), "How many of them one person may have."),
  priceLimitBuffer: needed(
    written(share).optional(),
    "So near the exchange's price limit nothing is held. Left out: not asked.",
  ),
});

/** As it is once `every` has given what it left out. */
export const WHOLE_PLAN = PLAN_KEYS.superRefine(reporting(conflictsInPlan));

/** As it is written: any key may be left to `every`. */
const PLAN_PART = PLAN_KEYS.partial();

const PLAN_NAME = label(
  /^[a-z][a-z0-9-]{0,63}$/,
  "the name of a plan: small letters, digits and hyphens, a letter first",
);

export const FIRM_FILE = block({
  firm: needed(text("the name of the firm"), "The firm."),
  venue: needed(
    choice(["topstepx", "none"]),
    "Where its accounts can be traded from here. `none`: its plans serve planning and replay.",
  ),
  every: key(
    PLAN_PART,
    {},
    "What every plan has that does not say it itself: a key each, as a whole.",
  ),
  plans: needed(
    z.record(PLAN_NAME, PLAN_PART, {
      error: ({ code }) =>
        code === "invalid_key"
          ? "a plan is named by small letters, digits and hyphens, a letter first"
          : "expected a block of plans, each under its name",
    }),
    "The plans, each with all keys that `every` does not give.",
  ),
});

export type PlanFile = z.output<typeof PLAN_KEYS>;
export type FirmFile = z.output<typeof FIRM_FILE>;
