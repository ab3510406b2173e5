/**
 * The same few figures for each author, letter, hour ...: one table of sums a label, filled in one
 * pass.
 *
 * The hour is that of the entry in Chicago, when the decision was taken. The weekday is that of the
 * trade date on which the trade was closed, as for every daily figure.
 */
import { centralOffset, MILLIS_PER_MINUTE } from "../model/central-time.ts";
import type { Labelled, TradeColumns } from "../model/trade-columns.ts";
import { type Millis, MONEY_PER_DOLLAR } from "../model/units.ts";
import { EVEN_BELOW } from "./results.ts";

/** Money is dollars here. */
export interface Group {
  readonly count: number;
  readonly wins: number;
  readonly losses: number;
  readonly net: number;
  readonly fees: number;
  /** Wins of all trades. */
  readonly winRate: number;
  readonly average: number;
}

export type Groups = Readonly<Record<string, Group>>;

/** Sums of one group lie side by side: count, wins, losses, net, fees. */
const WIDTH = 5;

export const sumsFor = (groups: number): Float64Array => new Float64Array(groups * WIDTH);

/** Adds one trade to the sums of its group. */
export function addTo(sums: Float64Array, group: number, net: number, fees: number): void {
  const at = group * WIDTH;
  sums[at] = (sums[at] as number) + 1;
  if (net >= EVEN_BELOW) sums[at + 1] = (sums[at + 1] as number) + 1;
  else if (net <= -EVEN_BELOW) sums[at + 2] = (sums[at + 2] as number) + 1;
  sums[at + 3] = (sums[at + 3] as number) + net;
  sums[at + 4] = (sums[at + 4] as number) + fees;
}

/** Adds the sums of one group to those of another. */
export function addSums(
  sums: Float64Array,
  group: number,
  from: Float64Array,
  other: number,
): void {
  for (let part = 0; part < WIDTH; part++) {
    const at = group * WIDTH + part;
    sums[at] = (sums[at] as number) + (from[other * WIDTH + part] as number);
  }
}

export function groupAt(sums: Float64Array, group: number): Group {
  const [count = 0, wins = 0, losses = 0, net = 0, fees = 0] = sums.subarray(
    group * WIDTH,
    group * WIDTH + WIDTH,
  );
  return {
    ...{ count, wins, losses },
    net: net / MONEY_PER_DOLLAR,
    fees: fees / MONEY_PER_DOLLAR,
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
export function labelPass({ net, fees }: TradeColumns, { codes, names }: Labelled) {
  const sums = sumsFor(names.length);
  // A label nobody gave is not worth a look at each trade.
  const isGiven = names.some((name) => name !== "");
  return {
    take(from: number, to: number): void {
      if (!isGiven) return;
      for (let at = from; at < to; at++) {
        addTo(sums, codes[at] as number, net[at] as number, fees[at] as number);
      }
    },
    finish: (): Groups => {
      const { "": _, ...given } = namedGroups(sums, names);
      return given;
    },
  };
}

const SIDES = ["long", "short"] as const;

export function sidePass({ net, fees, direction }: TradeColumns) {
  const sums = sumsFor(SIDES.length);
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const side = (direction[at] as number) > 0 ? 0 : 1;
        addTo(sums, side, net[at] as number, fees[at] as number);
      }
    },
    finish: (): Groups =>
      Object.fromEntries(SIDES.map((name, side) => [name, groupAt(sums, side)])),
  };
}

const MILLIS_PER_HOUR = 60 * MILLIS_PER_MINUTE;
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

export function hourPass({ net, fees, entryAt }: TradeColumns) {
  const sums = sumsFor(HOURS.length);
  // Clocks change on the hour, and trades come in bursts: mostly it is the hour of the one before.
  let [known, group] = [Number.NaN, 0];
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const hour = Math.floor((entryAt[at] as number) / MILLIS_PER_HOUR);
        if (hour !== known) {
          known = hour;
          group = centralHour(hour);
        }
        addTo(sums, group, net[at] as number, fees[at] as number);
      }
    },
    finish: (): Groups => namedGroups(sums, HOURS),
  };
}

function centralHour(hour: number): number {
  const offset = centralOffset((hour * MILLIS_PER_HOUR) as Millis) / 60;
  return (((hour + offset) % 24) + 24) % 24;
}
