/** The page of a trade date as lines of plain text. */
import { centralClock } from "../model/central-time.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { parseIso } from "../model/iso-time.ts";
import type { SheetTable } from "../model/notification.ts";
import { dollars, type Millis } from "../model/units.ts";
import { counted, showDuration, showMoney } from "../model/wording.ts";
import { authorTables } from "./authors.ts";
import type { DayAlert, DayGap, DayGate, DayView } from "./day.ts";
import { clean, cutTo } from "./plain-text.ts";
import { renderTables, type TableColumn } from "./table.ts";
import { formatTime } from "./timeline.ts";
import type { TradeRecordView } from "./trade-record.ts";

const left = (title: string): TableColumn => ({ title, align: "left" });
const right = (title: string): TableColumn => ({ title, align: "right" });

const ALERTS = [
  ...[left("TIME"), left("AUTHOR"), left("ALERT"), left("ACCOUNT"), left("VERDICT")],
  ...[right("#"), right("TO BE HAD"), right("FILLED"), right("NET")],
];
const TRADES = [
  ...[right("#"), left("TRADE"), left("HOW"), right("NET"), right("R"), right("AGAINST")],
  ...[right("FOR"), right("LATE"), right("SLIPPED"), right("FEES"), right("HELD")],
];

export function renderDay(day: DayView, columns: number): readonly string[] {
  return [
    dayTitle(day),
    ...renderTables(dayTables(day), columns),
    "",
    `settings ${day.settingsHash ?? "not known"}`,
  ].map((line) => cutTo(line, columns));
}

export const dayTitle = ({ tradeDate, trades, netUsd }: DayView): string =>
  `${tradeDate}: ${counted(trades.length, "trade")}, net ${money(netUsd)}`;

/** What there is to show of it; a mail shows the same. */
export const dayTables = (day: DayView): readonly SheetTable[] =>
  [
    { title: "Alerts", columns: ALERTS, rows: day.alerts.map(alertCells) },
    { title: "Why not", lines: whyLines(day.alerts) },
    { title: "Trades", columns: TRADES, rows: day.trades.map(tradeCells) },
    { title: "What it cost", lines: costLines(day.costs) },
    ...authorTables(day.authors),
    { title: "Gates", lines: day.gates.map(gateLine) },
    { title: "Gaps", lines: day.gaps.map(gapLine) },
  ].filter(isFilled);

const isFilled = (table: SheetTable): boolean =>
  ("lines" in table ? table.lines : table.rows).length > 0;

const money = (amount: number | null): string =>
  amount === null ? "-" : showMoney(dollars(amount));
/** The page wrote it itself. */
const timeOf = (iso: string): Millis => parseIso(iso) as Millis;
const clockOf = (iso: string): string => formatTime(timeOf(iso));
const price = (root: Root, points: number | null): string =>
  points?.toFixed(instrumentOf(root).decimals) ?? "-";

function alertCells(one: DayAlert): readonly string[] {
  const of = (points: number | null): string => price(one.instrument, points);
  const said = `${one.instrument} ${one.side} ${of(one.alertedPoints)}`;
  return [
    ...[clockOf(one.at), clean(one.author ?? "-"), said, one.account ?? "-", one.verdict],
    ...[one.trade === null ? "" : `#${one.trade}`, of(one.obtainablePoints)],
    ...[of(one.filledPoints), money(one.netUsd)],
  ];
}

const whyLines = (alerts: readonly DayAlert[]): readonly string[] =>
  alerts.flatMap(({ at, detail, verdict }) =>
    detail === null || verdict === "taken" ? [] : [`${clockOf(at)} ${verdict}: ${clean(detail)}`],
  );

function tradeCells(one: TradeRecordView): readonly string[] {
  const points = (went: number | null): string =>
    went === null ? "-" : `${one.partial === null ? "" : ">="}${went.toFixed(2)}`;
  return [
    ...[String(one.trade), `${one.quantity} ${one.instrument} ${one.side}`, one.how ?? one.phase],
    ...[money(one.netUsd), one.resultR?.toFixed(2) ?? "-", points(one.maePoints)],
    ...[points(one.mfePoints), money(one.latenessUsd), money(one.slippageToMarketUsd)],
    ...[money(one.feesUsd), one.heldMs === null ? "-" : showDuration(one.heldMs)],
  ];
}

function costLines(costs: DayView["costs"]): readonly string[] {
  const { byHand } = costs;
  const hand =
    byHand.trades === 0
      ? "no trade was left by hand"
      : `${byHand.trades} left by hand made ${money(byHand.grossUsd)}; at their stops ` +
        `${money(byHand.atStopsUsd)}, at their targets ${money(byHand.atTargetsUsd)}`;
  return [
    `lateness ${money(costs.latenessUsd)}, slippage ${money(costs.slippageUsd)}, ` +
      `at stops ${money(costs.stopSlippageUsd)}, fees ${money(costs.feesUsd)}`,
    hand,
  ];
}

const gateLine = ({ at, text }: DayGate): string => `${clockOf(at)} ${text}`;

const WHAT: Readonly<Record<DayGap["what"], string>> = {
  program: "the program was not running",
  "venue-link": "the venue told nothing unasked",
  prices: "the feed was silent for a while within a trade",
};

function gapLine({ from, to, what, account }: DayGap): string {
  const until = to === null ? "on" : `to ${spokenEnd(from, to)}`;
  return `${clockOf(from)} ${until}: ${WHAT[what]}${account === null ? "" : `, ${account}`}`;
}

/** With its day where that is another one. */
function spokenEnd(from: string, to: string): string {
  const isSameDay = centralClock(timeOf(from)).weekday === centralClock(timeOf(to)).weekday;
  return isSameDay ? clockOf(to) : `${to.slice(0, 10)} ${clockOf(to)}`;
}
