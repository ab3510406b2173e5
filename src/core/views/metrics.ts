/**
 * What the metrics look like: as JSON with the keys other tools are compared by, and as tables for a
 * person, who is not asked to read a hundred and fifty of them.
 */
import type { Intervals } from "../analyze/bootstrap.ts";
import { METRICS } from "../analyze/catalogue.ts";
import type { Unit } from "../analyze/figure.ts";
import type { Group, Groups } from "../analyze/groups.ts";
import type { Metric } from "../analyze/metric.ts";
import type { Figures, Summary } from "../analyze/summary.ts";
import { MONEY_PER_DOLLAR, type Money } from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import { renderTable, type TableColumn, type TableRow } from "./table.ts";

/** As `metrics --json` writes it. */
export function metricsJson(summary: Summary, intervals: Intervals): object {
  const { figures, groups, bestDay, worstDay, notes, basis, daily, weekly, monthly } = summary;
  const { returns, ...others } = figures;
  const named = Object.entries(groups).map(([name, group]) => [
    `by${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    group,
  ]);
  return {
    ...others,
    returns: { ...(returns as Figures), bestDay, worstDay },
    ...Object.fromEntries(named),
    ...{ intervals, notes, basis, daily, weekly, monthly },
  };
}

/** The figure with that key; null where there is none. */
export function figureIn(figures: Figures, key: string): number | null {
  const [outer = "", inner] = key.split(".");
  const found = figures[outer] ?? null;
  if (typeof found === "number" || found === null) return found;
  const value = found[inner ?? ""] ?? null;
  return typeof value === "number" ? value : null;
}

/** What a person is shown, and how it is called there. */
const SHOWN: readonly (readonly [title: string, keys: readonly (readonly [string, string])[]])[] = [
  [
    "Trades",
    [
      ["counts.trades", "trades"],
      ["winRate.overAllTrades", "win rate, of all"],
      ["winRate.overDecidedTrades", "win rate, of decided"],
      ["pnl.netPnl", "net"],
      ["pnl.totalFees", "fees"],
      ["profitFactor", "profit factor"],
      ["payoffRatio", "payoff ratio"],
      ["expectancy.usdPerTrade", "expectancy"],
      ["expectancy.rPerTrade", "expectancy in R"],
      ["sqn.rMultiples_cap100", "system quality number"],
      ["kelly.discrete_decidedTrades", "Kelly fraction"],
      ["riskOfRuin.bound_2000usd", "risk to lose $2000"],
    ],
  ],
  [
    "Streaks and time",
    [
      ["streaks.maxWins_flatBreaks", "most wins in a row"],
      ["streaks.maxLosses_flatBreaks", "most losses in a row"],
      ["streaks.current_flatBreaks", "run now"],
      ["holding.averageSeconds", "held on average"],
      ["exposure.fractionOfTopstepSession", "of the session in the market"],
      ["maeMfe.avgMaePoints", "worst excursion, mean"],
      ["maeMfe.avgMfePoints", "best excursion, mean"],
      ["maeMfe.avgMfeCaptureWinners", "captured of the best, winners"],
    ],
  ],
  [
    "Days",
    [
      ["counts.tradingDays", "trade dates"],
      ["returns.totalReturn", "total return"],
      ["returns.cagr_252", "a year at that rate"],
      ["sharpe.daily_rf0_annualised252", "Sharpe ratio"],
      ["sharpe.probabilisticSharpe_vs0", "Sharpe above zero, probably"],
      ["sortino.daily_mar0_annualised252", "Sortino ratio"],
      ["calmar.cagrOverMaxDdDaily", "Calmar ratio"],
      ["other.omega_mar0_dailyUsd", "omega"],
      ["other.gainToPain_dailyUsd", "gain to pain"],
      ["other.tailRatio95", "tail ratio"],
      ["other.bestDayShareOfNetProfit", "best day of the net"],
    ],
  ],
  [
    "Drawdown and risk",
    [
      ["drawdownByTrade.maxAbs", "deepest drawdown"],
      ["drawdownByTrade.maxFraction", "deepest in parts of the peak"],
      ["drawdownDaily.longestUnderwaterDays", "longest below a peak, days"],
      ["drawdownByTrade.recoveryFactor", "recovery factor"],
      ["ulcer.indexPercent_n", "ulcer index"],
      ["var.hist95_linear_usdOnDailyPnl", "value at risk of a day, 95 %"],
      ["cvar.hist95_linear_usdOnDailyPnl", "beyond it on average"],
      ["var.hist99_linear_usdOnDailyPnl", "value at risk of a day, 99 %"],
    ],
  ],
];

const metricBy = new Map(METRICS.map((metric) => [metric.key, metric]));

const LAYOUT: readonly TableColumn[] = [
  { title: "", align: "left" },
  { title: "VALUE", align: "right" },
  { title: "95 % INTERVAL", align: "right" },
  { title: "REMARK", align: "left" },
];

export const GROUP_LAYOUT: readonly TableColumn[] = [
  { title: "", align: "left" },
  { title: "TRADES", align: "right" },
  { title: "WON", align: "right" },
  { title: "NET", align: "right" },
  { title: "AVERAGE", align: "right" },
];

export function renderMetrics(
  summary: Summary,
  intervals: Intervals,
  columns: number,
): readonly string[] {
  const { basis } = summary;
  const period = basis.from === null ? "no trades" : `${basis.from} to ${basis.to}`;
  const series = basis.days === "all" ? "every trade date" : "days with trades";
  const start = usd(basis.startingEquity);
  const tables = figureTables(summary, intervals).flatMap(({ title, rows }) => [
    "",
    title,
    ...renderTable(
      LAYOUT,
      rows.map(({ words, value, between, remark }) => [words, value ?? "-", between, remark]),
      columns,
    ),
  ]);
  const others = groupTables(summary).flatMap(({ title, rows }) => [
    "",
    title,
    ...renderTable(GROUP_LAYOUT, rows.map(groupRow), columns),
  ]);
  return [`${period}, ${series}, from ${start}`, ...tables, ...others];
}

export interface FigureRow {
  readonly words: string;
  /** Null: it is undefined, and the remark says why. */
  readonly value: string | null;
  /** The interval; "" where none is drawn. */
  readonly between: string;
  readonly remark: string;
}

/** What a person is shown of the figures, in tables. */
export const figureTables = (summary: Summary, intervals: Intervals) =>
  SHOWN.map(([title, keys]) => ({
    title,
    rows: keys.map(([key, words]) => figureRow(summary, intervals, key, words)),
  }));

export function figureRow(
  { figures, notes }: Summary,
  intervals: Intervals,
  key: string,
  words: string,
): FigureRow {
  const unit = (metricBy.get(key) as Metric).unit;
  const value = figureIn(figures, key);
  const interval = intervals[key];
  const between =
    interval === undefined || interval === null
      ? ""
      : `${shown(interval.low, unit)} to ${shown(interval.high, unit)}`;
  const remark = notes[key]?.text ?? "";
  return { words, value: value === null ? null : shown(value, unit), between, remark };
}

export function shown(value: number, unit: Unit): string {
  switch (unit) {
    case "USD":
      return usd(value);
    case "fraction":
      return `${(value * 100).toFixed(2)} %`;
    case "%":
      return `${value.toFixed(3)} %`;
    case "count":
      return String(value);
    case "s":
      return `${Math.round(value)} s`;
    case "points":
      return `${value.toFixed(2)} points`;
    case "R":
      return `${value.toFixed(3)} R`;
    case "ratio":
      return value.toFixed(3);
    case "1/USD":
      return value.toExponential(3);
  }
}

export const usd = (dollars: number): string =>
  showMoney(Math.round(dollars * MONEY_PER_DOLLAR) as Money);

export type NamedGroup = readonly [name: string, group: Group];

/** By what trades are told apart; of one group there is nothing to compare. */
export const groupTables = ({ groups }: Pick<Summary, "groups">) =>
  (
    [
      ["By side", groups.side],
      ["By instrument", groups.instrument],
      ["By size letter", groups.sizeLetter],
      ["By author", groups.author],
      ["By tag", groups.tag],
      ["By account", groups.account],
      ["By exit", groups.exit],
      ["By hour of the entry, Chicago", groups.hour],
      ["By weekday of the trade date", groups.weekday],
    ] as const
  ).flatMap(([title, of]) => {
    const rows = groupsIn(of);
    return rows.length < 2 ? [] : [{ title, rows }];
  });

export const groupsIn = (groups: Groups): readonly NamedGroup[] =>
  Object.entries(groups).filter(([, { count }]) => count > 0);

export const groupRow = ([name, { count, winRate, net, average }]: NamedGroup): TableRow => [
  name,
  String(count),
  shown(winRate, "fraction"),
  shown(net, "USD"),
  shown(average, "USD"),
];
