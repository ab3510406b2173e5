/** What a plan limits: the loss of an account, the loss of a day, and the contracts held at once. */
import * as z from "zod";
import type { Root } from "../../core/model/instrument.ts";
import { INSTRUMENTS } from "../../core/model/instruments.ts";
import { amount, block, choice, key, kinds, list, needed, whole, written } from "./fields.ts";
import { balance, capAmount, clock, lock, miniCount } from "./rule-notation.ts";
import { ROOTS } from "./schema-rules.ts";

const LIST_MAX = 20;
const PER_MINI_MAX = 100;

export const PRODUCTS = list(choice(ROOTS), 1, ROOTS.length, "contracts");

const loss = needed(amount(), "How far below the start, and then the peak, it lies.");
const trail = {
  loss,
  lock: needed(lock(), "It rises no further than this; `never`: it does not stop."),
  afterPayout: needed(
    balance("any").optional(),
    "Where the first payout puts it, for good. Left out: a payout does not move it.",
  ),
};

export const FLOOR = z.discriminatedUnion(
  "kind",
  [
    block({
      kind: needed(z.literal("end-of-day"), "Follows the highest closed balance of a trade date."),
      ...trail,
      recomputedAt: needed(written(clock), "When the closed balance of a date is taken."),
    }),
    block({
      kind: needed(z.literal("intraday"), "Follows the highest equity, open profit included."),
      ...trail,
    }),
    block({ kind: needed(z.literal("static"), "Stays where it begins."), loss }),
  ],
  kinds("end-of-day", "intraday", "static"),
);

const LIMIT = {
  amount: needed(amount(), "The loss that hits it."),
  tiers: key(
    list(
      block({
        from: needed(balance("any"), "Profit at the last close, included."),
        amount: needed(amount(), "The loss from there on."),
      }),
      0,
      LIST_MAX,
      "tiers",
    ),
    [],
    "What takes the place of `amount` at higher profits, ascending.",
  ),
  basis: needed(choice(["realised", "equity"]), "Whether open profit and loss count: equity."),
  fees: needed(choice(["counted", "left-out"]), "Whether fees count as lost."),
  resetsAt: needed(written(clock), "When the next day begins."),
  ends: key(
    choice(["never", "floor-at-start"]),
    "never",
    "When it is lifted for good: never, or once the floor has come up to the starting balance.",
  ),
};

export const DAILY_LIMIT = z.discriminatedUnion(
  "kind",
  [
    block({ kind: needed(z.literal("none"), "There is none.") }),
    block({ kind: needed(z.literal("soft"), "Flat, and shut out until the reset."), ...LIMIT }),
    block({ kind: needed(z.literal("hard"), "The account is lost."), ...LIMIT }),
  ],
  kinds("none", "soft", "hard"),
);

/** Only what is smaller than its family's mini can count as less than one. */
const MICROS: readonly Root[] = ROOTS.filter((root) => INSTRUMENTS[root].family !== root);

const perMini = (root: Root) =>
  needed(whole(1, PER_MINI_MAX).optional(), `How many ${root} count as one mini.`);

const PER_MINI = block(
  // A row that is not there is a row left out.
  Object.fromEntries(MICROS.map((root) => [root, perMini(root)])) as Record<
    Root,
    ReturnType<typeof perMini>
  >,
);

export const SIZE = block({
  minis: needed(miniCount(), "The most that may be held, all products together."),
  tiers: key(
    list(
      block({
        from: needed(balance("any"), "Profit at the last close, included."),
        minis: needed(miniCount(), "The most from there on."),
      }),
      0,
      LIST_MAX,
      "tiers",
    ),
    [],
    "What takes the place of `minis` at higher profits, ascending. It never rises within a day.",
  ),
});

export const MICRO_RULE = block({
  perMini: needed(whole(1, PER_MINI_MAX), "How many micros count as one mini."),
  others: key(PER_MINI, {}, "Contracts that count otherwise: five SIL as one mini."),
  mixing: needed(
    choice(["allowed", "forbidden"]),
    "Whether a mini and a micro of one product may be held together.",
  ),
});

export const CAP = {
  of: needed(PRODUCTS, "The contracts that are counted together."),
  most: needed(written(capAmount), "The most of them."),
};
