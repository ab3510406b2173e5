/**
 * What following each author came to: how many of his alerts became trades, why the others did not,
 * and how far the price had gone from his by the time we heard of it.
 *
 * An alert is executed when any account of it filled. What could be had beside the alerted price is a
 * mean over all entries whose market was known, traded or not; in points, and in parts of the way to
 * the alert's own stop, which can be compared between instruments. More than zero is worse.
 */
import { directionOf } from "../model/alert.ts";
import type { AlertDecision, AlertRecord } from "../model/alert-record.ts";
import { ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { obtainable } from "../model/market-seen.ts";
import type { SheetTable } from "../model/notification.ts";
import { lateness, resultInR, slippageToMarket } from "../model/trade-measures.ts";
import type { TradeRecord } from "../model/trade-record.ts";
import { dollars, type Money, type Ticks, toDollars } from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import { clean } from "./plain-text.ts";
import { renderSheetTable, type TableColumn } from "./table.ts";

export interface AuthorView {
  /** Null: a source without authors. */
  readonly author: string | null;
  /** Messages that were read as entries. */
  readonly alerts: number;
  readonly executed: number;
  readonly executionRate: number;
  /** Why accounts did not trade, by code, most frequent first. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly marketsKnown: number;
  readonly awayPoints: number | null;
  readonly awayOfStop: number | null;
  readonly trades: number;
  readonly latenessUsd: number;
  readonly slippageUsd: number;
  readonly netUsd: number;
  /** Mean of the trades whose risk is known. */
  readonly resultR: number | null;
}

/** By name; `alerts` in any order, messages that are no entries are passed over. */
export function authorsOf(
  alerts: readonly AlertRecord[],
  trades: readonly TradeRecord[],
): readonly AuthorView[] {
  const entries = alerts.filter(({ alert }) => alert !== null);
  const names = new Set([...entries, ...trades].map(({ author }) => author));
  return [...names]
    .toSorted((a, b) => ((a ?? "") < (b ?? "") ? -1 : 1))
    .map((author) =>
      authorOf(
        author,
        entries.filter((one) => one.author === author),
        trades.filter((one) => one.author === author),
      ),
    );
}

function authorOf(
  author: string | null,
  alerts: readonly AlertRecord[],
  trades: readonly TradeRecord[],
): AuthorView {
  const executed = alerts.filter(({ outcome }) => outcome === "executed").length;
  const aways = alerts.flatMap(awayOf);
  const results = trades.map(resultInR).filter((one) => one !== null);
  const sum = (measure: (record: TradeRecord) => Money | null): number =>
    toDollars(trades.reduce((all, one) => all + (measure(one) ?? 0), 0) as Money);
  return {
    author,
    alerts: alerts.length,
    executed,
    executionRate: alerts.length === 0 ? 0 : executed / alerts.length,
    reasons: countReasons(alerts),
    marketsKnown: aways.length,
    awayPoints: mean(aways.map(({ points }) => points)),
    awayOfStop: mean(aways.map(({ ofStop }) => ofStop)),
    trades: trades.filter(({ net }) => net !== null).length,
    latenessUsd: sum(lateness),
    slippageUsd: sum(slippageToMarket),
    netUsd: sum(({ net }) => net),
    resultR: mean(results),
  };
}

const mean = (numbers: readonly number[]): number | null =>
  numbers.length === 0
    ? null
    : Number((numbers.reduce((sum, one) => sum + one, 0) / numbers.length).toFixed(4));

function awayOf({ alert, market }: AlertRecord) {
  if (alert === null || market === null) return [];
  const { side, entry, stop, instrument } = alert;
  const away = directionOf(side) * (obtainable(market, side) - entry);
  const points = ticksToPoints(instrumentOf(instrument), away as Ticks);
  return [{ points, ofStop: away / Math.max(1, Math.abs(entry - stop)) }];
}

/** What kept one account from trading; null where it traded, or still may. */
export function whyNot({ decision, refusal, phase }: AlertDecision): string | null {
  switch (decision) {
    case "refused":
      return refusal?.kind ?? "refused-by-person";
    case "planned":
      return phase === "abandoned" ? "missed" : null;
    case "shadowed":
    case "expired":
    case "withdrawn":
      return decision;
    default:
      return null;
  }
}

function countReasons(alerts: readonly AlertRecord[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const decision of alerts.flatMap(({ decisions }) => decisions)) {
    const why = whyNot(decision);
    if (why !== null) counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}

const LAYOUT: readonly TableColumn[] = [
  { title: "AUTHOR", align: "left" },
  { title: "ALERTS", align: "right" },
  { title: "TRADED", align: "right" },
  { title: "RATE", align: "right" },
  { title: "AWAY", align: "right" },
  { title: "OF STOP", align: "right" },
  { title: "LATE", align: "right" },
  { title: "SLIPPED", align: "right" },
  { title: "NET", align: "right" },
  { title: "R", align: "right" },
];

export function renderAuthors(views: readonly AuthorView[], columns: number): readonly string[] {
  if (views.length === 0) return ["no alerts yet"];
  return authorTables(views).flatMap((one) => renderSheetTable(one, columns));
}

/** Empty where nobody alerted anything. */
export function authorTables(views: readonly AuthorView[]): readonly SheetTable[] {
  if (views.length === 0) return [];
  const lines = views.flatMap((view) => {
    const counted = Object.entries(view.reasons).map(([why, count]) => `${why} ${count}`);
    return counted.length === 0 ? [] : [`${nameOf(view)} was not traded: ${counted.join(", ")}`];
  });
  const table = { title: "Authors", columns: LAYOUT, rows: views.map(cellsOf) };
  return lines.length === 0 ? [table] : [table, { title: "", lines }];
}

const nameOf = ({ author }: AuthorView): string => (author === null ? "-" : clean(author));

const cellsOf = (view: AuthorView): readonly string[] => [
  nameOf(view),
  String(view.alerts),
  String(view.executed),
  `${Math.round(view.executionRate * 100)} %`,
  view.awayPoints?.toFixed(2) ?? "-",
  view.awayOfStop === null ? "-" : `${(view.awayOfStop * 100).toFixed(1)} %`,
  showMoney(dollars(view.latenessUsd)),
  showMoney(dollars(view.slippageUsd)),
  showMoney(dollars(view.netUsd)),
  view.resultR?.toFixed(2) ?? "-",
];
