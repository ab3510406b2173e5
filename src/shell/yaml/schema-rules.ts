/**
 * The rule set of the configuration file: how alerts are traded, key by key.
 *
 * Every default is the one in `core/model/defaults.ts`, written down the way a person would. Tables
 * (`tradeAs`, `stopDistance`, `collar`) keep the default of each row that is left out.
 */
import * as z from "zod";
import { DEFAULT_RULES } from "../../core/model/defaults.ts";
import type { Root } from "../../core/model/instrument.ts";
import { INSTRUMENTS } from "../../core/model/instruments.ts";
import type { Amount } from "../../core/model/limits.ts";
import { type Money, millis, toDollars } from "../../core/model/units.ts";
import { invariant } from "../../std/assert.ts";
import { conflictsInRules } from "./checks.ts";
import {
  amount,
  block,
  choice,
  flag,
  key,
  kinds,
  label,
  list,
  lossAmount,
  needed,
  reporting,
  usualKind,
  whole,
  written,
} from "./fields.ts";
import { chase, distance, duration, fees, points, share, span } from "./notation.ts";
import { HOURS } from "./schema-hours.ts";
import { DAY_LIMITS } from "./schema-limits.ts";
import { SCORE } from "./schema-score.ts";

export const RULE_SET_NAME = label(
  /^[a-z][a-z0-9-]{0,63}$/,
  "the name of a rule set: small letters, digits and hyphens, a letter first",
);

const { exits, limits } = DEFAULT_RULES;
const entry = ofKind(DEFAULT_RULES.entry, "limit");
const sizing = ofKind(DEFAULT_RULES.sizing, "contracts");

const ALL = Object.values(INSTRUMENTS);
export const ROOTS: readonly Root[] = ALL.map((one) => one.root);
/** Each family by the name of its full-size product. */
const FAMILIES: readonly Root[] = ALL.filter((one) => one.root === one.family).map(
  (one) => one.root,
);
const siblingsOf = (root: Root): readonly Root[] =>
  ROOTS.filter((other) => INSTRUMENTS[other].family === INSTRUMENTS[root].family);

const seconds = (n: number) => millis(n * 1_000);
const UP_TO_MINUTES = duration(seconds(1), seconds(600));
const UP_TO_AN_HOUR = duration(seconds(1), seconds(3_600));
const CONTRACTS_MAX = 1_000;
const TARGETS_MAX = 10;
const SLIPPAGE_MAX = 100;

const TRADE_AS = block(
  table(ROOTS, (root) =>
    key(
      choice(siblingsOf(root)),
      DEFAULT_RULES.tradeAs[root] ?? root,
      `The contract an alert for ${root} is traded in.`,
    ),
  ),
);

/** Rows that are left out are as somewhere else. */
export const OWN_TRADE_AS = block(
  table(ROOTS, (root) =>
    needed(choice(siblingsOf(root)).optional(), `The contract an alert for ${root} is traded in.`),
  ),
);

const STOP_DISTANCE = block(
  table(FAMILIES, (family) =>
    key(
      written(span),
      span.write(present(limits.stopDistance[family])),
      `Smallest and largest distance from entry to stop, ${siblingsOf(family).join(" and ")}.`,
    ),
  ),
);

const COLLAR = block(
  table(FAMILIES, (family) =>
    key(
      written(points),
      points.write(present(limits.collar[family])),
      `Farthest the alert's price may lie from the last trade, ${siblingsOf(family).join(" and ")}.`,
    ),
  ),
);

const contractsFor = (letter: "A" | "B" | "C") =>
  key(whole(1, CONTRACTS_MAX), sizing.bySize[letter], `Contracts for an alert of size ${letter}.`);
const dollarsFor = (letter: "A" | "B" | "C") =>
  needed(amount(), `Dollars an alert of size ${letter} may lose.`);

export const SIZING = z.discriminatedUnion(
  "kind",
  [
    block({
      kind: usualKind(sizing.kind, "A fixed number of contracts for each size letter."),
      A: contractsFor("A"),
      B: contractsFor("B"),
      C: contractsFor("C"),
    }),
    block({
      kind: needed(z.literal("risk"), "As many contracts as the letter's dollars may lose."),
      A: dollarsFor("A"),
      B: dollarsFor("B"),
      C: dollarsFor("C"),
    }),
  ],
  kinds("contracts", "risk"),
);

const timeout = key(
  written(UP_TO_MINUTES),
  UP_TO_MINUTES.write(entry.timeout),
  "What has not filled by then is withdrawn. With prices from bars it counts from the first print.",
);

const ENTRY = z.discriminatedUnion(
  "kind",
  [
    block({
      kind: usualKind(entry.kind, "A limit order at the alert's price, or slightly worse."),
      chase: key(
        written(chase),
        chase.write(entry.chase),
        "How far past the alert's price the entry may pay, in the losing direction.",
      ),
      timeout,
    }),
    block({
      kind: needed(z.literal("market"), "A market order, at whatever price there is."),
      timeout,
    }),
  ],
  kinds("limit", "market"),
);

const TARGET = block({
  at: needed(written(distance), "Distance from the anchor towards profit; R is the stop distance."),
  share: needed(written(share), "Part of the position that leaves here."),
});

const EXITS = block({
  anchor: key(
    choice(["alert", "fill"]),
    exits.anchor,
    "What targets are counted from: the alert's price, or our average fill.",
  ),
  targets: key(
    list(TARGET, 1, TARGETS_MAX, "targets"),
    exits.targets.map((one) => ({ at: distance.write(one.at), share: share.write(one.share) })),
    "Where the position leaves, nearest first; the last target takes what remains. Targets stated " +
      "in an alert replace these. 7 and 12 points are distances for ES and hold for every family: " +
      "where alerts on other products state no targets, write distances in R or a rule set apart.",
  ),
  breakevenAfter: key(
    whole(0, TARGETS_MAX),
    exits.breakevenAfter,
    "After this many targets the stop moves to the average fill; 0 = never.",
  ),
  onBreakevenPassed: key(
    choice(["exit", "keep"]),
    exits.onBreakevenPassed,
    "If price is through breakeven already when it is due: leave at once, or keep the first stop.",
  ),
});

function inDollars(value: Amount): Money {
  invariant(typeof value === "number", "the default is in dollars");
  return value;
}

const LIMITS = block({
  stopDistance: key(STOP_DISTANCE, {}, "An alert whose stop is nearer or farther is refused."),
  collar: key(COLLAR, {}, "An alert priced farther away from the market is refused."),
  ageMax: key(
    written(UP_TO_MINUTES),
    UP_TO_MINUTES.write(limits.ageMax),
    "An older alert is refused.",
  ),
  duplicateWindow: key(
    written(UP_TO_AN_HOUR),
    UP_TO_AN_HOUR.write(limits.duplicateWindow),
    "The same author, instrument, side and entry again within this time is a duplicate.",
  ),
  tradesPerDay: key(whole(1), limits.tradesPerDay, "Trades on one CME trade date."),
  positionSize: key(
    whole(1, CONTRACTS_MAX),
    limits.positionSize,
    "Contracts held or wanted in one product family.",
  ),
  lossPerTrade: key(
    lossAmount(),
    toDollars(inDollars(limits.lossPerTrade)),
    "What one trade may lose from the worst entry allowed, with slippage and fees.",
  ),
  slippage: key(
    whole(0, SLIPPAGE_MAX),
    limits.slippage,
    "Ticks a stop is assumed to slip when that loss is judged.",
  ),
  ...DAY_LIMITS,
});

export const RULE_SET = block({
  families: key(
    list(choice(FAMILIES), 1, FAMILIES.length, "product families"),
    [...FAMILIES],
    "The product families that are traded, each named by its full-size contract.",
  ),
  tradeAs: key(TRADE_AS, {}, "Which contract of its family an alert is traded in."),
  shrinkToMicro: key(
    flag(),
    DEFAULT_RULES.shrinkToMicro === true,
    "Where not one contract fits a limit in dollars or a firm's size, its micro is traded in as many " +
      "as fit; `false` refuses such an entry.",
  ),
  sizing: key(SIZING, { kind: sizing.kind }, "How many contracts."),
  sizeUnstated: key(
    choice(["A", "B", "C", "refuse"]),
    DEFAULT_RULES.sizeUnstated ?? "refuse",
    "The size of an alert that states none.",
  ),
  entry: key(ENTRY, { kind: entry.kind }, "How a position is entered."),
  exits: key(EXITS, {}, "How a position is left."),
  limits: key(LIMITS, {}, "What is refused. Each account counts by itself."),
  score: key(
    SCORE,
    {},
    "The risk score of an entry, 0 to 100. It is told and written down; unless something is set here " +
      "it changes nothing.",
  ),
  hours: key(HOURS, {}, "When entries are taken, and by when everything is left."),
  fees: key(
    written(fees),
    fees.write(DEFAULT_RULES.fees),
    "What trading costs: the built-in dated table of published fees, one figure for every " +
      'contract ("flat" alone is 2.50 a round turn), or nothing.',
  ),
  adds: key(
    choice(["refuse", "allow"]),
    DEFAULT_RULES.adds,
    "What happens to a further alert in the direction of a trade that is open in its family. Where " +
      "it is allowed, contracts and possible losses count together.",
  ),
}).superRefine(reporting(conflictsInRules));

function table<Kind extends z.ZodType>(roots: readonly Root[], kindOf: (root: Root) => Kind) {
  return Object.fromEntries(roots.map((root) => [root, kindOf(root)])) as Record<Root, Kind>;
}

function ofKind<Union extends { readonly kind: string }, Kind extends Union["kind"]>(
  value: Union,
  kind: Kind,
): Extract<Union, { readonly kind: Kind }> {
  invariant(value.kind === kind, `the default is of kind ${kind}, was ${value.kind}`);
  return value as Extract<Union, { readonly kind: Kind }>;
}

/** The default tables have a row for each family; a test of the defaults says so. */
function present<Value>(value: Value | undefined): Value {
  invariant(value !== undefined, "every family has a default");
  return value;
}
