/**
 * The steps at which a trade is killed, K0 to K16, as they are at the paper venue.
 *
 * | Step | Killed | At the venue |
 * |---|---|---|
 * | K0 | before the message is stored | nothing |
 * | K1 | in the transaction that stores it, with what was decided | nothing |
 * | K2 | decided and stored, nothing sent | nothing |
 * | K3 | while the entry leaves | perhaps |
 * | K4 | the venue took it, its answer is lost | order, or filled with its bracket |
 * | K5 | the answer is here and not stored | the same |
 * | K6 | stored, not filled | working |
 * | K7 | after a part filled | a part, covered |
 * | K8 | filled, the stop still counted from the fill | covered at the bracket's distance |
 * | K9 | while the stop is being moved | old or new price |
 * | K10 | target 1 filled, the stop not yet at breakeven | the rest, covered |
 * | K11 | while it is being closed | held, or flat |
 * | K12 | it is over and the books do not know | flat |
 * | K13 | it is over and the ledger does not know | flat |
 * | K14 | inside a transaction of the journal | as the step before |
 * | K15 | by a power cut that the paper book did not survive whole | older than the journal |
 * | K16 | in a migration, a snapshot or a checkpoint | anything |
 *
 * Each step has three variants, each variant meets each phase of the other trade: 306 cells.
 */

import type { OtherPhase } from "./judge.ts";
import type { Cell, Damage, Life } from "./kill-matrix.ts";
import type { DeathOrder, Script, ScriptedTrade, Way } from "./orders.ts";
import { DAY, SECOND, WAYPOINTS } from "./script.ts";

interface Variant {
  /** When it is, seconds after the alert of the worked trade. */
  readonly after: number;
  readonly death: DeathOrder | null;
  readonly entry?: ScriptedTrade["entry"];
  readonly way?: Way;
  readonly inParts?: boolean;
  readonly speed?: number;
  readonly copyAt?: DeathOrder;
  readonly damage?: Damage;
  /** The first life stops by itself at that moment, and dies in stopping. */
  readonly stops?: boolean;
}

const at = (point: string, label: string | readonly string[] = [], nth = 1): DeathOrder => ({
  point,
  labels: typeof label === "string" ? [label] : label,
  nth,
});

/** When the venue has what was just decided, and when a resting entry has its price. */
const ARRIVES = 0.4;
const FILLS = WAYPOINTS.filled + 0.75;
const TARGET = WAYPOINTS.target + 1;
const CLOSE = WAYPOINTS.close;
const END = WAYPOINTS.end + 1;
/** Slow enough for the ledger, which follows in the machine's own time. */
const WATCHED = 100;

const STEPS: readonly (readonly [Variant, Variant, Variant])[] = [
  [
    { after: 0, death: at("journal-before", "worked:AlertRead") },
    { after: 0, death: at("journal-before", "worked:TradePlanned"), entry: "at-once" },
    { after: 0, death: at("sql-inside", ["journal.db", "worked:AlertRead"]) },
  ],
  [
    { after: 0, death: at("sql-inside", ["journal.db whole", "worked:AlertRead"]) },
    { after: 0, death: at("sql-inside", ["journal.db", "worked:TradePlanned"], 2) },
    {
      after: 0,
      death: at("sql-inside", ["journal.db whole", "worked:TradePlanned"]),
      entry: "at-once",
    },
  ],
  [
    { after: 0, death: at("journal-after", "worked:TradePlanned") },
    { after: 0, death: at("send-before", "worked:place/e1") },
    { after: 0, death: at("journal-after", "worked:AlertRead"), entry: "at-once" },
  ],
  [
    { after: 0, death: at("send-after", "worked:place/e1") },
    { after: ARRIVES, death: at("book-before", "worked:place/e1") },
    { after: ARRIVES, death: at("sql-inside", ["paper.db", "worked:place/e1"]), entry: "at-once" },
  ],
  [
    { after: ARRIVES, death: at("book-after", "worked:place/e1") },
    { after: 2 * ARRIVES, death: at("book-after", "worked:place/e2") },
    { after: ARRIVES, death: at("report-before", "worked:answer/e1"), entry: "at-once" },
  ],
  [
    { after: ARRIVES, death: at("report-after", "worked:answer/e1") },
    { after: ARRIVES, death: at("journal-before", "worked:EntryAccepted") },
    { after: ARRIVES, death: at("journal-before", "worked:EntryFilled"), entry: "at-once" },
  ],
  [
    { after: ARRIVES, death: at("journal-after", "worked:EntryAccepted") },
    { after: ARRIVES, death: at("send-after", "worked:place/e2") },
    { after: 2 * ARRIVES, death: at("journal-after", "worked:EntryAccepted", 2) },
  ],
  [
    { after: FILLS, death: at("journal-after", "worked:EntryFilled"), inParts: true },
    { after: FILLS, death: at("report-before", "worked:fill/entry", 2), inParts: true },
    { after: FILLS, death: at("journal-before", "worked:EntryFilled"), inParts: true },
  ],
  [
    { after: ARRIVES, death: at("journal-after", "worked:EntryFilled"), entry: "at-once" },
    { after: ARRIVES, death: at("send-before", "worked:modify/s1"), entry: "at-once" },
    {
      after: ARRIVES,
      death: at("sql-inside", ["journal.db whole", "worked:stop1/correct"]),
      entry: "at-once",
    },
  ],
  [
    { after: ARRIVES, death: at("send-after", "worked:modify/s1"), entry: "at-once" },
    { after: 2 * ARRIVES, death: at("book-before", "worked:modify/s1"), entry: "at-once" },
    { after: 2 * ARRIVES, death: at("book-after", "worked:modify/s1"), entry: "at-once" },
  ],
  [
    { after: TARGET, death: at("report-before", "worked:fill/target") },
    { after: TARGET, death: at("journal-after", "worked:TargetHit") },
    { after: TARGET, death: at("send-after", "worked:modify/s2"), inParts: true },
  ],
  [
    { after: CLOSE, death: at("journal-after", "worked:ExitBegun"), way: "close" },
    { after: CLOSE, death: at("send-after", "worked:modify/t2"), way: "close" },
    { after: CLOSE + ARRIVES, death: at("book-after", "worked:modify/t2"), way: "close" },
  ],
  [
    { after: END, death: at("report-before", "worked:fill/target", 2) },
    { after: END - 0.5, death: at("journal-before", "worked:TradeClosed"), way: "breakeven" },
    { after: CLOSE + ARRIVES, death: at("report-after", "worked:fill/target", 2), way: "close" },
  ],
  [
    { after: END, death: at("ledger-before", "worked:TradeClosed"), speed: WATCHED },
    { after: END, death: at("ledger-after", "worked:TradeClosed"), speed: WATCHED },
    { after: END, death: at("sql-inside", ["ledger.db", "worked:TradeClosed"], 3), speed: WATCHED },
  ],
  [
    { after: FILLS, death: at("sql-inside", ["journal.db", "worked:EntryFilled"]) },
    { after: TARGET, death: at("sql-inside", ["journal.db whole", "worked:TargetHit"]) },
    { after: END, death: at("sql-inside", ["journal.db whole", "worked:TradeClosed"]) },
  ],
  [
    {
      after: TARGET,
      death: at("journal-after", "worked:TargetHit"),
      copyAt: at("book-before", "worked:place/e1"),
      damage: "paper-book-older",
    },
    {
      after: END,
      death: at("journal-before", "worked:TradeClosed"),
      copyAt: at("journal-before", "worked:TargetHit"),
      damage: "paper-book-older",
    },
    {
      after: FILLS + 0.25,
      death: at("journal-after", "worked:EntryFilled", 2),
      inParts: true,
      damage: "paper-book-gone",
    },
  ],
  [
    { after: FILLS, death: at("journal-after", "worked:EntryFilled"), damage: "ledger-gone" },
    {
      after: TARGET + 1,
      death: at("sql-inside", ["journal.db whole", "snapshot"], 2),
      stops: true,
    },
    { after: FILLS + 1, death: at("sql-inside", ["paper.db whole", "checkpoint"]), stops: true },
  ],
];

/** How long before the step the other trade is alerted, in seconds. */
const LEADS: readonly (readonly [OtherPhase, number])[] = [
  ["planned", 0.2],
  ["entering", 2],
  ["open", 10],
  ["runner", 20],
  ["exiting", CLOSE + 0.2],
  ["closed", CLOSE + 5],
];

/** A stop withdraws what waits, and the ledger follows at the machine's own pace. */
const isFine = ({ stops, speed }: Variant, phase: OtherPhase): boolean =>
  stops === true || speed !== undefined ? ["open", "runner", "closed"].includes(phase) : true;

const ALERT_AT = DAY + 60 * SECOND;
const VARIANTS = 3;

/** One cell of the matrix. */
export function cellOf(step: number, phaseIndex: number, variantIndex: number): Cell {
  const variant = STEPS[step]?.[variantIndex % VARIANTS];
  const [phase, lead] = LEADS[phaseIndex % LEADS.length] ?? [];
  if (variant === undefined || phase === undefined || lead === undefined)
    throw new Error(`no cell ${step}`);
  const stepAt = ALERT_AT + Math.round(variant.after * SECOND);
  const number = (step * LEADS.length + phaseIndex) * VARIANTS + variantIndex;
  const script: Script = {
    // Its name begins every order's, so that no two cells meet the same chances.
    account: `paper-${number}`,
    brackets: "native",
    inParts: variant.inParts ?? false,
    worked: { alertAt: ALERT_AT, entry: variant.entry ?? "resting", way: variant.way ?? "targets" },
    other: { alertAt: stepAt - lead * SECOND, entry: "resting", way: "close" },
  };
  const first: Life = {
    death: variant.death,
    ...(variant.speed === undefined ? {} : { speed: variant.speed }),
    ...(variant.copyAt === undefined ? {} : { copyAt: variant.copyAt }),
    ...(variant.stops === true ? { until: stepAt } : {}),
  };
  return {
    name: `K${step}${"abc"[variantIndex % VARIANTS]}, the other ${phase}`,
    script,
    lives: [first, ...second(variant, number)],
    damage: variant.damage ?? "none",
    down: number % 2 === 0 ? 1.5 : 12,
    phase: isFine(variant, phase) ? phase : null,
  };
}

/** Every third cell dies again in recovering; a new ledger in its very first tables. */
function second({ damage }: Variant, number: number): readonly Life[] {
  if (damage === "ledger-gone") return [{ death: at("sql-inside", "ledger.db", 1 + (number % 5)) }];
  return number % 3 === 1
    ? [{ death: { point: null, labels: [], nth: 1 + ((number * 7) % 60) } }]
    : [];
}

/** 34: two phases a step. 102: each phase once. 306: each variant in each phase. */
export function matrixOf(count: 34 | 102 | 306): readonly Cell[] {
  return STEPS.flatMap((_, step) => {
    const phases = count === 34 ? [step % 6, (step + 3) % 6] : [0, 1, 2, 3, 4, 5];
    return phases.flatMap((phase, index) =>
      count === 306
        ? [0, 1, 2].map((variant) => cellOf(step, phase, variant))
        : [cellOf(step, phase, step + (count === 34 ? index : phase))],
    );
  });
}

/** A fresh directory, killed at the n-th statement that makes its tables. */
export const freshCell = (nth: number): Cell => ({
  ...cellOf(0, 0, 0),
  name: `a fresh directory, killed at statement ${nth}`,
  lives: [{ death: at("sql-inside", [], nth) }],
  damage: "none",
  phase: null,
});

/** Killed from outside, wherever it is by then. */
export const randomCell = (number: number, milliseconds: number): Cell => ({
  ...cellOf(number % 13, number, number),
  name: `killed after ${milliseconds} ms`,
  lives: [{ death: null, killedAfter: milliseconds, speed: 200 }],
  damage: "none",
  phase: null,
});

/** The paper book as it was after `kept` of its entries, the journal as it was after `lived` commits. */
export const powerCutCell = (kept: number, lived: number, phaseIndex: number): Cell => {
  const cell = cellOf(15, phaseIndex, 0);
  return {
    ...cell,
    name: `a power cut after ${lived} commits that left ${kept} entries of the paper book`,
    script: { ...cell.script, account: `paper-${kept}-${lived}`, inParts: lived % 2 === 0 },
    lives: [{ death: at("journal-after", [], lived), copyAt: at("book-before", [], kept + 1) }],
    damage: "paper-book-older",
    phase: null,
  };
};

/**
 * The disk refuses the journal from the first fill on; killed after so many facts went into the
 * lifeboat, and killed again in bringing them in.
 */
export const fullDiskCell = (number: number): Cell => {
  const again = ["lifeboat-clear", "journal-after", "journal-before"][number % 3];
  return {
    ...cellOf(7, 1 + (number % 5), 0),
    name: `a full disk, killed at note ${1 + number}, again at ${again}`,
    lives: [
      {
        death: at("lifeboat-after", [], 1 + number),
        refusesFrom: at("journal-before", "worked:EntryFilled"),
      },
      { death: at(again ?? "", []) },
    ],
    phase: null,
  };
};

/** Where an edit can be cut off: before and after it is written down, sent, and taken by the venue. */
const EDIT_STEPS: readonly DeathOrder[] = [
  at("journal-before", "worked:UpdateRead"),
  at("sql-inside", ["journal.db", "worked:UpdateRead"], 2),
  at("journal-after", "worked:UpdateRead"),
  at("send-after", "worked:modify/s1"),
  at("book-before", "worked:modify/s2"),
  at("book-after", "worked:modify/s2"),
];

/** Killed while the alert of an open trade is edited: the stop is moved, and once. */
export const editCells: readonly Cell[] = EDIT_STEPS.map((death, number) => {
  const { worked, ...script } = cellOf(6, 2, 0).script;
  return {
    ...cellOf(6, 2, 0),
    name: `killed at an edit, ${death.point} ${death.labels.join(" ")}`,
    script: { ...script, account: `paper-edit-${number}`, worked: { ...worked, edited: true } },
    lives: [{ death }],
    phase: null,
  };
});
