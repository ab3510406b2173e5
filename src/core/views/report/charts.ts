/** The charts of a report, each with the sentence that says what is to be seen in it. */
import type { Day } from "../../analyze/periods.ts";
import type { Summary } from "../../analyze/summary.ts";
import type { TradeDate } from "../../model/trade-date.ts";
import { type AxisTick, axisOf, plainTicks } from "../charts/axis.ts";
import { type Bar, barChart, histogram } from "../charts/bars.ts";
import { dateTicks } from "../charts/dates.ts";
import type { Chart } from "../charts/frame.ts";
import { lineChart } from "../charts/line.ts";
import { scatterChart } from "../charts/scatter.ts";
import { groupsIn, usd } from "../metrics.ts";
import type { ReportTrade } from "./report.ts";
import { percentText } from "./words.ts";

export type Charted = {
  readonly summary: Summary;
  readonly trades: readonly ReportTrade[];
};

/** Below so many dates a line through them would be mostly straight; then every trade is a step. */
const DATES_LEAST = 12;

interface Curve {
  readonly equity: readonly number[];
  readonly ticks: readonly AxisTick[];
  readonly step: string;
}

function curveOf({ summary, trades }: Charted): Curve {
  const { daily, basis } = summary;
  if (daily.length < DATES_LEAST) return byTrade(basis.startingEquity, trades);
  const equity = [basis.startingEquity, ...daily.map((day: Day) => day.equityEnd)];
  const dates = daily.map(({ date }) => date as TradeDate);
  return { equity, ticks: dateTicks(dates), step: "trade date" };
}

function byTrade(start: number, trades: readonly ReportTrade[]): Curve {
  const equity = [start];
  for (const { net } of trades) equity.push((equity.at(-1) as number) + net);
  const axis = axisOf(0, Math.max(1, trades.length), Math.min(5, Math.max(1, trades.length)));
  const ticks = plainTicks({ ...axis, ticks: axis.ticks.filter((one) => one <= trades.length) });
  return { equity, ticks: ticks.filter(({ value }) => Number.isInteger(value)), step: "trade" };
}

export function equityChart(charted: Charted): Chart {
  const { equity, ticks, step } = curveOf(charted);
  const [start, end] = [equity[0] as number, equity.at(-1) as number];
  return lineChart({
    title: `Equity after each ${step}`,
    says: `From ${usd(start)} to ${usd(end)}; the dashed line is where it began.`,
    ...{ values: equity, ticks, base: start, look: "equity" },
  });
}

export function drawdownChart(charted: Charted): Chart {
  const { equity, ticks, step } = curveOf(charted);
  let peak = equity[0] as number;
  const below = equity.map((value) => {
    peak = Math.max(peak, value);
    return value - peak;
  });
  const deepest = Math.min(...below);
  return lineChart({
    title: `Drawdown after each ${step}`,
    says: deepest < 0 ? `At its deepest ${usd(-deepest)} below the peak.` : "Never below the peak.",
    ...{ values: below, ticks, base: 0, look: "drawdown" },
  });
}

/** Of one trade at least. */
export function distributionChart(trades: readonly ReportTrade[]): Chart {
  const values = trades.map(({ net }) => net);
  const { wins, losses } = countsOf(values);
  const even = values.length - wins - losses;
  const says = `${wins} trades won, ${losses} lost${even === 0 ? "" : `, ${even} broke even`}; on average ${usd(meanOf(values))}.`;
  return histogram({
    title: "Results of the trades",
    says,
    values,
  });
}

function countsOf(values: readonly number[]) {
  const wins = values.filter((value) => value > 0).length;
  return { wins, losses: values.filter((value) => value < 0).length };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const MARKS = "Dots won, crosses did not.";

/** Null where no trade says how far it went. */
export const adverseChart = (trades: readonly ReportTrade[]): Chart | null =>
  excursionChart(trades, {
    title: "Worst excursion and result",
    edge: "y = -x",
    of: ({ mae }) => mae,
    line: "the dashed line is leaving at the worst price",
  });

export const favourableChart = (trades: readonly ReportTrade[]): Chart | null =>
  excursionChart(trades, {
    title: "Best excursion and result",
    edge: "y = x",
    of: ({ mfe }) => mfe,
    line: "the dashed line is leaving at the best price",
  });

interface Excursion {
  readonly title: string;
  readonly edge: "y = x" | "y = -x";
  readonly line: string;
  readonly of: (trade: ReportTrade) => number | null;
}

function excursionChart(
  trades: readonly ReportTrade[],
  { title, edge, line, of }: Excursion,
): Chart | null {
  const points = trades.flatMap((trade) => {
    const far = of(trade);
    return far === null ? [] : [{ x: far * trade.pointUsd, y: trade.net }];
  });
  if (points.length === 0) return null;
  const unseen = trades.length - points.length;
  const left =
    unseen === 0 ? "" : ` ${unseen} of ${trades.length} trades do not say how far they went.`;
  const says = `${MARKS} ${upper(line)}.${left}`;
  return scatterChart({ title, edge, points, says });
}

const upper = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export type Division = "hour" | "sizeLetter" | "weekday" | "author" | "instrument" | "exit";

const TITLES: Readonly<Record<Division, string>> = {
  hour: "By hour of the entry, Chicago",
  sizeLetter: "By size letter",
  weekday: "By weekday of the trade date",
  author: "By author",
  instrument: "By instrument",
  exit: "By exit",
};

/** More would be hairs; the table beside it has all. */
const BARS_MAX = 24;

/** Net result of each group; null where no trade says. */
export function divisionChart({ groups }: Pick<Summary, "groups">, by: Division): Chart | null {
  const all = groupsIn(groups[by]);
  const bars = all.slice(0, BARS_MAX).map(
    ([name, { count, winRate, net }]): Bar => ({
      name: by === "hour" ? name.slice(0, 2) : name.slice(0, by === "weekday" ? 3 : undefined),
      value: net,
      says: `${name}: ${usd(net)} in ${count} trades, ${percentText(winRate)} won`,
    }),
  );
  const ranked = all.map(([name, { net }]) => ({ name, net })).toSorted((a, b) => b.net - a.net);
  const [best, worst] = [ranked[0], ranked.at(-1)];
  if (best === undefined || worst === undefined) return null;
  const only = `All of it: ${best.name} with ${usd(best.net)}.`;
  const span = `Net result. Best: ${best.name} with ${usd(best.net)}; worst: ${worst.name} with ${usd(worst.net)}.`;
  return barChart({ title: TITLES[by], says: best === worst ? only : span, bars });
}
