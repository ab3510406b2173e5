/**
 * Everything the metrics are made of, found in a few passes over the trades and kept ready: from then
 * on each metric is a line of arithmetic.
 *
 * ```text
 * columns ─► in order ─► forward: results, risk, streaks, equity, days, excursions, groups
 *                        forward again: squared distances from the means found before
 *                        backward: the time in the market
 *                        selection: medians and tails        λ of ruin
 * ```
 *
 * A generator: it yields every few milliseconds, so that a million trades never hold up an alert.
 */
import { LABELS, type Label, type TradeColumns } from "../model/trade-columns.ts";
import { adjustment } from "./adjustment.ts";
import {
  type DailySeries,
  type DayChoice,
  dailySeries,
  daysPass,
  type TradedDays,
} from "./days.ts";
import { type Depths, depthsOf, type EquityPath, pathOf, pathPass } from "./equity-path.ts";
import { type Excursions, excursionPass } from "./excursion-sums.ts";
import type { Figure } from "./figure.ts";
import { type Groups, hourPass, labelPass, sidePass } from "./groups.ts";
import { type Moments, momentsOf } from "./moments.ts";
import { inOrder } from "./order.ts";
import { type Outcomes, outcomePass } from "./outcomes.ts";
import { presencePass } from "./presence.ts";
import { type Results, resultsPass, type Squares, squaresPass } from "./results.ts";
import { type Risked, riskPass, riskSquaresPass } from "./risked.ts";
import { type Streaks, streaksPass } from "./runs.ts";
import { selectQuantiles } from "./select.ts";
import { inSlices, inSlicesBackward, type Sliced } from "./slices.ts";

export interface StudyOptions {
  /** Money, above zero. */
  readonly startingEquity: number;
  readonly days: DayChoice;
}

/** The returns of the days and what is found in them. */
export interface Returns {
  readonly values: Float64Array;
  readonly sorted: Float64Array;
  readonly moments: Moments;
}

export interface Study extends StudyOptions {
  readonly results: Results;
  readonly squares: Squares;
  readonly risked: Risked;
  readonly streaks: { readonly breaking: Streaks; readonly ignoring: Streaks };
  readonly excursions: Excursions;
  /** After each trade. */
  readonly path: EquityPath;
  /** Milliseconds with a position. */
  readonly present: number;
  readonly lastExit: number;
  readonly traded: TradedDays;
  readonly daily: DailySeries;
  readonly dailyPath: EquityPath;
  readonly dailyDepths: Depths;
  /** Null: the equity fell to zero on the way. */
  readonly returns: Returns | null;
  readonly returnsOnStart: Returns;
  /** Of the net results: 5 % and the middle; and the middle of the times held. */
  readonly quantiles: { readonly low: number; readonly median: number; readonly held: number };
  /** Lundberg's coefficient, per unit of money. */
  readonly lambda: Figure;
  readonly groups: Readonly<Record<Label | "side" | "hour", Groups>>;
}

export function* studyOf(trades: TradeColumns, options: StudyOptions): Sliced<Study> {
  const columns = yield* inOrder(trades);
  const told = outcomePass(columns);
  yield* inSlices(columns.length, told.take);
  const outcomes = told.finish();
  const sums = yield* summed(columns, outcomes, options.startingEquity);
  const { results, risked } = sums;
  const spread = squaresPass(columns, outcomes, results);
  const riskSpread = riskSquaresPass(columns, risked.mean);
  yield* inSlices(columns.length, (from, to) => {
    spread.take(from, to);
    riskSpread.take(from, to);
  });
  const present = presencePass(columns);
  yield* inSlicesBackward(columns.length, present.takeBackward);
  const [low = 0, median = 0] = yield* selectQuantiles(columns.net, [0.05, 0.5]);
  const held = yield* timesHeld(columns);
  const [heldMedian = 0] = yield* selectQuantiles(held, [0.5]);
  const squares = spread.finish();
  const lambda = yield* adjustment(columns.net, results, squares.all);
  return {
    ...{ ...options, ...sums, squares, lambda },
    risked: { ...risked, squares: riskSpread.finish() },
    present: present.finish(),
    lastExit: columns.exitAt[columns.length - 1] ?? 0,
    quantiles: { low, median, held: heldMedian },
    ...(yield* inDays(sums.traded, options)),
  };
}

/** All that one look at each trade can tell. */
function* summed(columns: TradeColumns, outcomes: Outcomes, startingEquity: number) {
  const results = resultsPass(columns, outcomes);
  const risked = riskPass(columns);
  const breaking = streaksPass(outcomes, "breaks");
  const ignoring = streaksPass(outcomes, "ignored");
  const excursions = excursionPass(columns, outcomes);
  const path = pathPass(columns.net, startingEquity);
  const traded = daysPass(columns, outcomes);
  const side = sidePass(columns, outcomes);
  const hour = hourPass(columns, outcomes);
  const labels = LABELS.map(
    (name) => [name, labelPass(columns, outcomes, columns.labels[name])] as const,
  );
  const passes = [
    ...[results, risked, breaking, ignoring, excursions, path, traded, side, hour],
    ...labels.map(([, pass]) => pass),
  ];
  // All of them over one slice before the next: it is in the processor's cache by then.
  yield* inSlices(columns.length, (from, to) => {
    for (const pass of passes) pass.take(from, to);
  });
  // Each label is there.
  const byLabel = Object.fromEntries(labels.map(([name, pass]) => [name, pass.finish()])) as Record<
    Label,
    Groups
  >;
  return {
    results: results.finish(),
    risked: risked.finish(),
    streaks: { breaking: breaking.finish(), ignoring: ignoring.finish() },
    excursions: excursions.finish(),
    path: path.finish(),
    traded: traded.finish(),
    groups: { ...byLabel, side: side.finish(), hour: hour.finish() },
  };
}

function* timesHeld({ length, entryAt, exitAt }: TradeColumns): Sliced<Float64Array> {
  const held = new Float64Array(length);
  yield* inSlices(length, (from, to) => {
    for (let at = from; at < to; at++) held[at] = (exitAt[at] as number) - (entryAt[at] as number);
  });
  return held;
}

function* inDays(traded: TradedDays, { startingEquity, days }: StudyOptions) {
  const daily = yield* dailySeries(traded, startingEquity, days);
  return {
    daily,
    dailyPath: pathOf(daily.net, startingEquity),
    dailyDepths: depthsOf(daily.net, startingEquity),
    returns: daily.returns === null ? null : returnsOf(daily.returns),
    returnsOnStart: returnsOf(daily.returnsOnStart),
  };
}

export const returnsOf = (values: Float64Array): Returns => ({
  values,
  sorted: values.toSorted(),
  moments: momentsOf(values),
});
