/** A trade as its row of the ledger holds it, and as the record its port promises. */
import { type Instrument, ticksToPoints } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { MarketSeen } from "../../core/model/market-seen.ts";
import type { FillSum } from "../../core/model/trade.ts";
import type { Reach, TradeRecord } from "../../core/model/trade-record.ts";
import { type Contracts, type Millis, money, type Ticks } from "../../core/model/units.ts";

export interface StoredMarket {
  readonly bid: Ticks | null;
  readonly ask: Ticks | null;
  readonly quote_age: Millis | null;
}

/**
 * Of `trades t` and its `alerts a`, in the order in which `StoredTrade` takes them. A row comes as the
 * text of a list: forty values fetched one by one cost three times as much as one text that is parsed,
 * an object of forty names ten times that, and a report reads ten thousand.
 */
const TRADE_COLUMNS = `
  t.id, t.number, t.account, t.author, json(t.message), a.text, t.instrument, t.contract, t.side,
  t.size_letter, t.phase, t.size, t.alerted, t.stop, json(t.targets), t.risk, a.bid, a.ask, a.quote_age,
  t.entry_quantity, t.entry_sum, t.exit_quantity, t.exit_sum, t.stop_slip, t.reach_high,
  t.reach_low, t.reach_by, t.unseen, t.unseen_for, t.targets_hit, t.how, t.reason, t.gross, t.fees,
  t.net, a.sent_at, a.received_at, t.planned_at, t.sent_at, t.filled_at, t.opened_at, t.closed_at,
  t.trade_date`;

/** One column: what `tradeRecord` reads. */
export const STORED_TRADE = `json_array(${TRADE_COLUMNS})`;

type R = TradeRecord;
type Unseen = NonNullable<Reach["unseen"]>;

/** Named as in the record, where they are the same there. */
type StoredTrade = readonly [
  id: R["id"],
  number: number,
  account: R["account"],
  author: R["author"],
  message: R["message"],
  text: R["text"],
  root: R["instrument"],
  contract: string,
  side: R["side"],
  sizeLetter: R["sizeLetter"],
  phase: R["phase"],
  size: R["size"],
  alerted: R["alerted"],
  stop: R["stop"],
  targets: R["targets"],
  risk: R["risk"],
  bid: StoredMarket["bid"],
  ask: StoredMarket["ask"],
  quoteAge: StoredMarket["quote_age"],
  entryQuantity: Contracts,
  entrySum: number,
  exitQuantity: Contracts,
  exitSum: number,
  stopSlip: number,
  high: Ticks | null,
  low: Ticks | null,
  by: Reach["by"],
  unseenWhy: Unseen["why"] | null,
  unseenFor: Unseen["lasted"],
  targetsHit: number,
  how: R["how"],
  reason: R["reason"],
  gross: R["gross"],
  fees: R["fees"],
  net: R["net"],
  alertedAt: R["alertedAt"],
  receivedAt: R["receivedAt"],
  plannedAt: R["plannedAt"],
  sentAt: R["sentAt"],
  filledAt: R["filledAt"],
  openedAt: R["openedAt"],
  closedAt: R["closedAt"],
  tradeDate: R["tradeDate"],
];

/** By their places in that list, and written out: for the same reason. */
export function tradeRecord(text: string): TradeRecord {
  const stored: StoredTrade = JSON.parse(text);
  const instrument = instrumentOf(stored[6]);
  const entry: FillSum = { quantity: stored[19], priceSum: stored[20] };
  const exit: FillSum = { quantity: stored[21], priceSum: stored[22] };
  return {
    id: stored[0],
    number: stored[1],
    account: stored[2],
    author: stored[3],
    message: stored[4],
    text: stored[5],
    instrument: instrument.root,
    contract: stored[7],
    side: stored[8],
    sizeLetter: stored[9],
    phase: stored[10],
    size: stored[11],
    alerted: stored[12],
    stop: stored[13],
    targets: stored[14],
    risk: stored[15],
    market: marketOf({ bid: stored[16], ask: stored[17], quote_age: stored[18] }),
    entry,
    exit,
    entryPoints: averagePoints(instrument, entry),
    exitPoints: averagePoints(instrument, exit),
    stopSlippage: money(stored[23] * instrument.tickValue),
    reach: reachOf(stored),
    targetsHit: stored[29],
    how: stored[30],
    reason: stored[31],
    gross: stored[32],
    fees: stored[33],
    net: stored[34],
    alertedAt: stored[35],
    receivedAt: stored[36],
    plannedAt: stored[37],
    sentAt: stored[38],
    filledAt: stored[39],
    openedAt: stored[40],
    closedAt: stored[41],
    tradeDate: stored[42],
  };
}

export const marketOf = ({ bid, ask, quote_age: age }: StoredMarket): MarketSeen | null =>
  bid === null || ask === null || age === null ? null : { bid, ask, age };

/** The sum is turned into points first, exactly; dividing is the only rounding. */
const averagePoints = (instrument: Instrument, { quantity, priceSum }: FillSum): number | null =>
  quantity === 0 ? null : ticksToPoints(instrument, priceSum as Ticks) / quantity;

function reachOf(stored: StoredTrade): Reach | null {
  const [high, low, by, why, lasted] = [stored[24], stored[25], stored[26], stored[27], stored[28]];
  if (high === null || low === null) return null;
  return { high, low, by, unseen: why === null ? null : { why, lasted } };
}
