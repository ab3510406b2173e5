/**
 * The same few figures for each author, letter, hour ...: one table of sums a label, filled in one
 * pass.
 *
 * The hour is that of the entry in Chicago, when the decision was taken. The weekday is that of the
 * trade date on which the trade was closed, as for every daily figure.
 */
import { centralOffset, MILLIS_PER_DAY, MILLIS_PER_MINUTE } from "../model/central-time.ts";
import type { Labelled, TradeColumns } from "../model/trade-columns.ts";
import { type Millis, MONEY_PER_DOLLAR } from "../model/units.ts";
import { add, EVEN, LOST, type Outcomes, WON } from "./outcomes.ts";

/** Money is dollars here. */
export interface Group {
  readonly count: number;
  readonly wins: number;
  readonly losses: number;
  readonly net: number;
  /** Wins of all trades. */
  readonly winRate: number;
  readonly average: number;
}

export type Groups = Readonly<Record<string, Group>>;

/** Sums of one group lie side by side: the counts of the three outcomes, and the net result. */
const WIDTH = 4;
const NET = 3;

export const sumsFor = (groups: number): Float64Array => new Float64Array(groups * WIDTH);

/** How many groups it has room for. */
export const groupsIn = (sums: Float64Array): number => sums.length / WIDTH;

export const netAt = (sums: Float64Array, group: number): number =>
  sums[group * WIDTH + NET] as number;

/** Adds one trade to the sums of its group. */
export function addTo(sums: Float64Array, group: number, outcome: number, net: number): void {
  add(sums, group * WIDTH + outcome, 1);
  add(sums, group * WIDTH + NET, net);
}

/** Adds the sums of one group to those of another. */
export function addSums(
  sums: Float64Array,
  group: number,
  from: Float64Array,
  other: number,
): void {
  for (let part = 0; part < WIDTH; part++) {
    add(sums, group * WIDTH + part, from[other * WIDTH + part] as number);
  }
}

export function groupAt(sums: Float64Array, group: number): Group {
  const at = (part: number): number => sums[group * WIDTH + part] as number;
  const [wins, losses, net] = [at(WON), at(LOST), at(NET)];
  const count = at(EVEN) + wins + losses;
  return {
    count,
    wins,
    losses,
    net: net / MONEY_PER_DOLLAR,
    winRate: count === 0 ? 0 : wins / count,
    average: count === 0 ? 0 : net / count / MONEY_PER_DOLLAR,
  };
}

/** Those that hold a trade, sorted by name. */
export const namedGroups = (sums: Float64Array, names: readonly string[]): Groups =>
  Object.fromEntries(
    names
      .map((name, group): [string, Group] => [name, groupAt(sums, group)])
      .filter(([, { count }]) => count > 0)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

/** By a label; trades without one are left out. */
export function labelPass({ net }: TradeColumns, outcomes: Outcomes, { codes, names }: Labelled) {
  const sums = sumsFor(names.length);
  // A label nobody gave is not worth a look at each trade.
  const isGiven = names.some((name) => name !== "");
  return {
    take(from: number, to: number): void {
      if (!isGiven) return;
      for (let at = from; at < to; at++) {
        addTo(sums, codes[at] as number, outcomes[at] as number, net[at] as number);
      }
    },
    finish: (): Groups => {
      const { "": _, ...given } = namedGroups(sums, names);
      return given;
    },
  };
}

const SIDES = ["long", "short"] as const;

export function sidePass({ net, direction }: TradeColumns, outcomes: Outcomes) {
  const sums = sumsFor(SIDES.length);
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const side = Number((direction[at] as number) < 0);
        addTo(sums, side, outcomes[at] as number, net[at] as number);
      }
    },
    finish: (): Groups =>
      Object.fromEntries(SIDES.map((name, side) => [name, groupAt(sums, side)])),
  };
}

const MILLIS_PER_HOUR = 60 * MILLIS_PER_MINUTE;
/** Not `08` alone: an object sorts what looks like a number before everything else. */
const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);

export function hourPass({ net, entryAt }: TradeColumns, outcomes: Outcomes) {
  const sums = sumsFor(HOURS.length);
  const stretch = centralStretch();
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const hour = stretch.hourOf(entryAt[at] as number);
        addTo(sums, hour, outcomes[at] as number, net[at] as number);
      }
    },
    finish: (): Groups => namedGroups(sums, HOURS),
  };
}

/** Reads the clock in Chicago, and its offset only where another day begins. */
function centralStretch() {
  let [begin, end, midnight] = [0, 0, 0];
  const enter = (at: number): void => {
    const day = Math.floor(at / MILLIS_PER_DAY) * MILLIS_PER_DAY;
    const [first, last] = [day, day + MILLIS_PER_DAY - 1].map((one) =>
      centralOffset(one as Millis),
    );
    // On the day on which clocks change, an hour at a time.
    const step = first === last ? MILLIS_PER_DAY : MILLIS_PER_HOUR;
    begin = Math.floor(at / step) * step;
    end = begin + step;
    const offset = centralOffset(begin as Millis) * MILLIS_PER_MINUTE;
    midnight = Math.floor((begin + offset) / MILLIS_PER_DAY) * MILLIS_PER_DAY - offset;
  };
  return {
    hourOf(at: number): number {
      if (at < begin || at >= end) enter(at);
      return (((at - midnight) / MILLIS_PER_HOUR) | 0) % 24;
    },
  };
}
