/**
 * How sure the headline figures are: intervals by resampling (bootstrap).
 *
 * The trades are drawn again with replacement, as many as there are, a thousand times; each figure is
 * taken of each draw, and the middle 95 % of what comes out is its interval. Days are drawn the same
 * way for what is made of daily returns. Chance comes from a seed, so the same trades have the same
 * intervals. Source: B. Efron (1979), percentile method.
 *
 * Of more than ten thousand trades ten thousand are taken, without replacement, and the interval is
 * drawn together by √(taken / all), as the spread of a mean shrinks (m out of n bootstrap).
 *
 * Trades in a row are taken to be independent, which they rarely are: read the width as a least.
 */
import { seeded } from "../../std/seeded.ts";
import type { TradeColumns } from "../model/trade-columns.ts";
import { MONEY_PER_DOLLAR } from "../model/units.ts";
import { EVEN_BELOW } from "./outcomes.ts";
import type { Study } from "./study.ts";

export const TRADES_MAX = 10_000;
const RESAMPLES = 1_000;
const [LOW, HIGH] = [0.025, 0.975];
/** A figure that so many draws did not have has no interval. */
const MISSING_MAX = 0.05;

/** What goes to the thread that resamples. Copies: they are handed over. */
export interface ResampleTask {
  readonly seed: number;
  readonly net: Float64Array<ArrayBuffer>;
  readonly risk: Float64Array<ArrayBuffer>;
  readonly returns: Float64Array<ArrayBuffer>;
  /** What a distance from the figure itself is multiplied by. */
  readonly shrink: number;
  /** All trades with a risk, for a figure that grows with their number. */
  readonly risked: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}
/** By the keys of the figures; null = too many draws did not have it. */
export type Intervals = Readonly<Record<string, Interval | null>>;

export function resampleTask(
  { net, risk, length }: TradeColumns,
  { returns, risked }: Pick<Study, "returns" | "risked">,
  seed: number,
): ResampleTask {
  const taken = Math.min(length, TRADES_MAX);
  const places = taken === length ? null : drawnOnce(length, taken, seed);
  const pick = (column: Float64Array): Float64Array<ArrayBuffer> =>
    places === null
      ? Float64Array.from(column)
      : Float64Array.from(places, (at) => column[at] as number);
  return {
    ...{ seed, net: pick(net), risk: pick(risk), risked: risked.count },
    returns: Float64Array.from(returns?.values ?? []),
    shrink: length === 0 ? 1 : Math.sqrt(taken / length),
  };
}

/** One of each stretch of equal length: spread over the whole record, and in order. */
function drawnOnce(length: number, taken: number, seed: number): readonly number[] {
  const dice = seeded(seed);
  const stretch = length / taken;
  return Array.from({ length: taken }, (_, index) => {
    const from = Math.floor(index * stretch);
    return from + dice.below(Math.floor((index + 1) * stretch) - from);
  });
}

/** Undefined figures are not numbers here. */
type Figures = Readonly<Record<string, number>>;
type Draw = () => number;

/** Intervals about the figures as they are: `figureOf` a key, not a number where there is none. */
export function resampled(task: ResampleTask, figureOf: (key: string) => number | null): Intervals {
  const { net, returns, seed } = task;
  const dice = seeded(seed);
  const trades = drawable(task);
  return {
    ...intervalsOf(task, figureOf, {
      whole: tradeFigures(trades, inSequence(net.length)),
      draw: () => tradeFigures(trades, () => dice.below(net.length)),
      isPossible: net.length > 1,
    }),
    ...intervalsOf({ ...task, shrink: 1 }, figureOf, {
      whole: dayFigures(returns, inSequence(returns.length)),
      draw: () => dayFigures(returns, () => dice.below(returns.length)),
      isPossible: returns.length > 1,
    }),
  };
}

function inSequence(length: number): Draw {
  let at = -1;
  return () => {
    at = (at + 1) % length;
    return at;
  };
}

interface Source {
  readonly whole: Figures;
  readonly draw: () => Figures;
  readonly isPossible: boolean;
}

function intervalsOf(
  { shrink }: ResampleTask,
  figureOf: (key: string) => number | null,
  { whole, draw, isPossible }: Source,
): Intervals {
  const keys = Object.keys(whole);
  if (!isPossible) return Object.fromEntries(keys.map((key) => [key, null]));
  const draws = Array.from({ length: RESAMPLES }, draw);
  return Object.fromEntries(
    keys.map((key) => {
      const values = draws.map((one) => one[key] as number).filter((one) => !Number.isNaN(one));
      const figure = figureOf(key);
      const center = whole[key] as number;
      const isMissing = figure === null || Number.isNaN(center);
      if (isMissing || values.length < RESAMPLES * (1 - MISSING_MAX)) return [key, null];
      const sorted = values.toSorted((a, b) => a - b);
      const at = (share: number): number =>
        figure + ((sorted[Math.round(share * (sorted.length - 1))] as number) - center) * shrink;
      return [key, { low: at(LOW), high: at(HIGH) }];
    }),
  );
}

/** What of a trade each of a thousand draws asks for, divided once. */
interface Drawable {
  readonly net: Float64Array;
  readonly multiples: Float64Array;
  readonly risked: number;
}

const drawable = ({ net, risk, risked }: ResampleTask): Drawable => ({
  ...{ net, risked },
  multiples: net.map((made, at) => made / (risk[at] as number)),
});

function tradeFigures({ net, multiples: ofTrade, risked }: Drawable, pick: Draw): Figures {
  let [sum, won, lost, wins, losses] = [0, 0, 0, 0, 0];
  let [staked, multiples, squares] = [0, 0, 0];
  for (let count = 0; count < net.length; count++) {
    const at = pick();
    const made = net[at] as number;
    const multiple = ofTrade[at] as number;
    sum += made;
    const isWin = Number(made >= EVEN_BELOW);
    const isLoss = Number(made <= -EVEN_BELOW);
    wins += isWin;
    losses += isLoss;
    won += isWin * made;
    lost -= isLoss * made;
    if (Number.isNaN(multiple)) continue;
    staked += 1;
    multiples += multiple;
    squares += multiple * multiple;
  }
  const mean = multiples / staked;
  const deviation = Math.sqrt((squares - staked * mean * mean) / (staked - 1));
  return {
    "winRate.overAllTrades": wins / net.length,
    profitFactor: over(won, lost),
    payoffRatio: over(over(won, wins), over(lost, losses)),
    "expectancy.usdPerTrade": sum / net.length / MONEY_PER_DOLLAR,
    "expectancy.rPerTrade": over(multiples, staked),
    "sqn.rMultiples_ddof1": Math.sqrt(risked) * over(mean, deviation),
  };
}

function dayFigures(returns: Float64Array, pick: Draw): Figures {
  const count = returns.length;
  let [sum, squares, downside] = [0, 0, 0];
  for (let day = 0; day < count; day++) {
    const made = returns[pick()] as number;
    sum += made;
    squares += made * made;
    if (made < 0) downside += made * made;
  }
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares - count * mean * mean) / (count - 1));
  return {
    "sharpe.daily_rf0_annualised252": over(mean, deviation) * Math.sqrt(252),
    "sortino.daily_mar0_annualised252": over(mean, Math.sqrt(downside / count)) * Math.sqrt(252),
  };
}

const over = (a: number, b: number): number => (b > 0 ? a / b : Number.NaN);
