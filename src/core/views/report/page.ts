/**
 * A report as one page of HTML that needs nothing else: no network, no script, no font. Its policy
 * (Content-Security-Policy) forbids all of them, and knows its only style by its digest.
 *
 * ```text
 * figures ─ equity, drawdown ─ months ─ distribution, excursions ─ by hour, letter ... ─ trades ─ cards
 * ```
 *
 * What a stranger wrote stands in it as text and nothing else (see `html.ts`).
 */
import { type Chart, svgOf } from "../charts/frame.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import { figureRow, figureTables, groupRow, groupTables, usd } from "../metrics.ts";
import { cardSection } from "./cards.ts";
import {
  adverseChart,
  type Charted,
  type Division,
  distributionChart,
  divisionChart,
  drawdownChart,
  equityChart,
  favourableChart,
} from "./charts.ts";
import { monthTable } from "./month-table.ts";
import type { Report, ReportTrade } from "./report.ts";
import { REPORT_STYLE } from "./style.ts";
import { tradeList } from "./trade-list.ts";
import { dayAndClock, NO_TRADES, scopeText, withThousands } from "./words.ts";

/** `digest`: SHA-256 of a text in UTF-8, as base64. */
export function reportPage(report: Report, digest: (text: string) => string): string {
  const { text } = page(report, digest(REPORT_STYLE));
  // The style is ours and holds no sign that ends it; `html` would escape it.
  return text.replace(STYLE_PLACE, () => `<style>${REPORT_STYLE}</style>`);
}

const STYLE_PLACE = "<style></style>";

const page = (report: Report, digest: string): Markup => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${digest}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>Trading report: ${scopeText(report)}</title>
<style></style>
</head>
<body>
<header>
<h1>Trading report</h1>
<p>${scopeText(report)}</p>
<p class="soft">Made ${dayAndClock(report.madeAt)} Chicago time. Days are trade dates, which begin at 17:00 in Chicago.</p>
</header>
<main>
${report.trades.length === 0 ? html`<p>${NO_TRADES}</p>` : body(report)}
</main>
</body>
</html>
`;

function body(report: Report): Markup {
  const { summary, trades } = report;
  const charted: Charted = { summary, trades };
  return html`${tiles(report)}
${section("Equity", pair([equityChart(charted), drawdownChart(charted)]))}
${section("Months", monthTable(summary.monthly))}
${section("Results", pair([distributionChart(trades), divisionChart(summary, "exit")]))}
${section("Excursions", excursions(trades))}
${section("When and how large", divisions(report))}
${section("Figures", figures(report))}
${section("Trades", tradeList(report))}
${cardSection(report)}`;
}

const section = (title: string, content: Markup): Markup =>
  html`<section><h2>${title}</h2>${content}</section>`;

/** Two side by side where there is room; what is not there leaves no gap. */
const pair = (charts: readonly (Chart | null)[]): Markup =>
  html`<div class="grid2">${charts.filter((chart) => chart !== null).map((chart) => figure(chart, idOf(chart)))}</div>`;

/** No two charts have one title. */
const idOf = ({ title }: Chart): string => title.toLowerCase().replace(/[^a-z]+/g, "-");

const figure = (chart: Chart, id: string): Markup =>
  html`<figure><figcaption><h3>${chart.title}</h3><p>${withThousands(chart.says)}</p></figcaption>${svgOf(chart, id)}</figure>`;

/** The first look. */
const HEADLINES: readonly (readonly [key: string, words: string])[] = [
  ["pnl.netPnl", "Net result"],
  ["returns.totalReturn", "Return"],
  ["winRate.overDecidedTrades", "Win rate, of decided"],
  ["profitFactor", "Profit factor"],
  ["expectancy.usdPerTrade", "Expectancy a trade"],
  ["drawdownByTrade.maxAbs", "Deepest drawdown"],
  ["sharpe.daily_rf0_annualised252", "Sharpe ratio"],
  ["sqn.rMultiples_cap100", "System quality number"],
];

const tiles = ({ summary, intervals }: Report): Markup =>
  html`<dl class="tiles">${HEADLINES.map(([key, words]) => {
    const { value, between, remark } = figureRow(summary, intervals, key, words);
    const under = [between === "" ? "" : `95 %: ${between}`, remark].filter((one) => one !== "");
    const sign = value?.startsWith("-") ? "neg" : "";
    return html`<div><dt>${words}</dt><dd class="${sign}">${withThousands(value ?? "-")}</dd><dd>${withThousands(under.join("; "))}</dd></div>`;
  })}</dl>`;

const UNSEEN = "No trade says how far it went against us or for us.";

function excursions(trades: readonly ReportTrade[]): Markup {
  const charts = [adverseChart(trades), favourableChart(trades)];
  return charts.every((chart) => chart === null)
    ? html`<p class="soft">${UNSEEN}</p>`
    : pair(charts);
}

const DIVISIONS: readonly Division[] = ["hour", "sizeLetter", "weekday", "instrument", "author"];
/** The others are drawn where there is something to compare. */
const ALWAYS: readonly Division[] = ["hour", "sizeLetter"];

function divisions({ summary }: Report): Markup {
  const shown = DIVISIONS.filter(
    (by) => ALWAYS.includes(by) || Object.keys(summary.groups[by]).length > 1,
  );
  const tables = groupTables(summary).map(
    ({ title, rows }) =>
      html`<div class="whole"><h3>${title}</h3><table class="numbers"><thead><tr><th>Group<th>Trades<th>Won<th>Net<th>Average</thead><tbody>${rows.map((row) => html`<tr>${groupRow(row).map((cell) => html`<td>${withThousands(cell)}`)}`)}</tbody></table></div>`,
  );
  const more =
    tables.length === 0
      ? NOTHING
      : html`<details><summary>The same in numbers</summary><div class="grid2">${tables}</div></details>`;
  return html`${pair(shown.map((by) => divisionChart(summary, by)))}${more}`;
}

const figures = ({ summary, intervals }: Report): Markup =>
  html`<p class="soft">Intervals hold the true figure in 95 of 100 records like this one; a dash is a figure that cannot be said. From ${withThousands(usd(summary.basis.startingEquity))}.</p>${figureTables(
    summary,
    intervals,
  ).map(
    ({ title, rows }) =>
      html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="figures"><thead><tr><th>${title}<th>Value<th>95 % interval<th>Remark</thead><tbody>${rows.map(({ words, value, between, remark }) => html`<tr><td>${words}<td>${withThousands(value ?? "-")}<td>${withThousands(between)}<td>${remark}`)}</tbody></table></div>`,
  )}`;
