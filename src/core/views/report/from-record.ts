/** A trade of the ledger as a row and as a card of a report. */
import { inSlices, type Sliced } from "../../analyze/slices.ts";
import { directionOf } from "../../model/alert.ts";
import type { AlertDecision } from "../../model/alert-record.ts";
import { ticksToPoints } from "../../model/instrument.ts";
import { instrumentOf, pointValue } from "../../model/instruments.ts";
import { type ClosedTrade, columnsBuilder, type TradeColumns } from "../../model/trade-columns.ts";
import { excursionsOf, initialRiskOf, resultInR } from "../../model/trade-measures.ts";
import type { TradeRecord } from "../../model/trade-record.ts";
import { money, toDollars } from "../../model/units.ts";
import { type CardFillOf, chainOf } from "./chain.ts";
import type { ReportTrade, TradeCard } from "./report.ts";

/**
 * A closed trade; of an open one its end is its plan's time. Written out name by name, here and below:
 * a report makes ten thousand of each, and one with a spread in it costs thirty times as much.
 */
export function tradeOfRecord(record: TradeRecord): ReportTrade {
  const { entry, how, reason } = record;
  const excursions = excursionsOf(record);
  return {
    number: record.number,
    account: record.account,
    instrument: record.instrument,
    side: record.side,
    tag: "",
    author: record.author ?? "",
    sizeLetter: record.sizeLetter ?? "",
    quantity: entry.quantity,
    entryAt: record.openedAt ?? record.plannedAt,
    exitAt: record.closedAt ?? record.plannedAt,
    entry: record.entryPoints,
    exit: record.exitPoints,
    how: reason === null ? (how ?? "") : `${how ?? ""} (${reason})`,
    net: toDollars(record.net ?? NO_MONEY),
    fees: toDollars(record.fees),
    risk: toDollars(initialRiskOf(record)),
    r: resultInR(record),
    mae: excursions?.maePoints ?? null,
    mfe: excursions?.mfePoints ?? null,
    pointUsd: toDollars(pointValue(instrumentOf(record.instrument))) * entry.quantity,
  };
}

const NO_MONEY = money(0);

/** What the ledger knows of one trade beside its record. */
export interface CardSource extends TradeRecord {
  readonly fills: readonly CardFillOf[];
}

export function cardOfRecord(record: CardSource, decisions: readonly AlertDecision[]): TradeCard {
  const { text, author, stop, targets, contract, fills } = record;
  const instrument = instrumentOf(record.instrument);
  return {
    trade: { ...tradeOfRecord(record), number: record.number },
    contract,
    stop: ticksToPoints(instrument, stop),
    targets: targets.map((target) => ticksToPoints(instrument, target)),
    fills: fills.map(({ at, price, quantity, by }) => ({
      at,
      price: ticksToPoints(instrument, price),
      quantity,
      way: by === "entry" ? "in" : "out",
    })),
    alert: text === null ? null : { author, text },
    chain: chainOf(record, decisions),
  };
}

/** The same trades as columns, with all that the ledger knows of them. */
export function* columnsOfRecords(records: readonly TradeRecord[]): Sliced<TradeColumns> {
  const builder = columnsBuilder();
  yield* inSlices(records.length, (from, until) => {
    for (const record of records.slice(from, until)) builder.add(closedTradeOf(record));
  });
  return builder.finish();
}

function closedTradeOf(record: TradeRecord): ClosedTrade {
  const { instrument } = record;
  const excursions = excursionsOf(record);
  return {
    entryAt: record.openedAt ?? record.plannedAt,
    exitAt: record.closedAt ?? record.plannedAt,
    net: record.net ?? 0,
    fees: record.fees,
    quantity: record.entry.quantity,
    direction: directionOf(record.side),
    pointWorth: pointValue(instrumentOf(instrument)),
    risk: initialRiskOf(record),
    mae: excursions?.maePoints ?? Number.NaN,
    mfe: excursions?.mfePoints ?? Number.NaN,
    labels: {
      instrument,
      account: record.account,
      tag: "",
      author: record.author ?? "",
      sizeLetter: record.sizeLetter ?? "",
      exit: record.how ?? "",
    },
  };
}
