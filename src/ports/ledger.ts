/**
 * The journal's facts as tables, for people who ask: which trades, why not that alert, how much.
 *
 * A copy that holds no truth: it may be dropped at any time and rebuilt from the journal, it may be
 * a little behind, and it never holds up a trade. Whoever writes hands it every fact, in order;
 * handing one in twice changes nothing.
 *
 * ```text
 * journal ──apply──► alerts, decisions, trades, orders, fills, equity ──► trades(), alerts() ...
 *         ──follow─► the same, whatever was missed; all of it again if the two tell other stories
 * ```
 *
 * Prices are ticks of the row's instrument, money ten-thousandths of a dollar; an average price
 * comes as an exact sum and, rounded by nothing but the float, in points.
 */
import type { AlertDecision, AlertOutcome, AlertRecord } from "../core/model/alert-record.ts";
import type { AccountId, FillId, OrderId, Tag, TradeId } from "../core/model/ids.ts";
import type { Root } from "../core/model/instrument.ts";
import type { MessageRef } from "../core/model/message.ts";
import type { ExitWay, OrderState } from "../core/model/trade.ts";
import type { TradeColumns } from "../core/model/trade-columns.ts";
import type { TradeDate } from "../core/model/trade-date.ts";
import type { TradeRecord } from "../core/model/trade-record.ts";
import type { Contracts, Millis, Money, Ticks } from "../core/model/units.ts";
import type { BuySell } from "../core/model/venue.ts";
import type { Result } from "../std/result.ts";
import type { Journal, JournalFault, Recorded } from "./journal.ts";

export interface LedgerFault {
  /** `gap`: facts before these are missing here; `follow` brings them in. */
  readonly kind: "gap" | JournalFault["kind"];
  readonly detail: string;
}

/** `done` of `total` facts are in. */
export type Progress = (done: number, total: number) => void;

export interface TradeFilter {
  readonly account?: AccountId;
  readonly instrument?: Root;
  /** `running`: neither closed nor abandoned. */
  readonly phase?: "running" | "closed" | "abandoned";
  /** Trade date of the close, both ends included. */
  readonly from?: TradeDate;
  readonly to?: TradeDate;
  /** Newest first, from below this number on: the last one of the page before. */
  readonly below?: number;
  /** At most 1,000, which is also the default. */
  readonly limit?: number;
}

/** The newest order for one leg of one tranche. */
export interface OrderRow {
  readonly tranche: number;
  readonly leg: "entry" | "stop" | "target";
  readonly tag: Tag | null;
  readonly order: OrderId | null;
  readonly state: OrderState;
  readonly price: Ticks | null;
  readonly quantity: Contracts;
  readonly filled: Contracts;
  readonly reason: string | null;
  readonly changedAt: Millis;
}

export interface FillRow {
  readonly tranche: number;
  readonly by: "entry" | ExitWay;
  readonly fill: FillId;
  readonly order: OrderId;
  readonly side: BuySell;
  readonly price: Ticks;
  readonly quantity: Contracts;
  readonly fees: Money;
  readonly at: Millis;
}

export interface TradeDetail extends TradeRecord {
  readonly orders: readonly OrderRow[];
  readonly fills: readonly FillRow[];
}

export interface AlertFilter {
  readonly outcome?: AlertOutcome;
  /** Read from then on, and before then. */
  readonly from?: Millis;
  readonly until?: Millis;
  /** Newest first, from below this sequence on. */
  readonly below?: number;
  /** At most 1,000, which is also the default. */
  readonly limit?: number;
}

/** After each closed trade. */
export interface EquityPoint {
  readonly account: AccountId;
  readonly trade: number;
  readonly at: Millis;
  readonly tradeDate: TradeDate;
  readonly net: Money;
  /** Opening balances plus every net result so far. */
  readonly equity: Money;
}

export interface EquityDay {
  readonly tradeDate: TradeDate;
  readonly trades: number;
  readonly gross: Money;
  readonly fees: Money;
  readonly net: Money;
  readonly equity: Money;
}

export interface LedgerReader {
  /** The last fact that is in; 0 for an empty ledger. */
  progress(): number;
  trades(filter?: TradeFilter): readonly TradeRecord[];
  trade(number: number): TradeDetail | null;
  /** Of one trade, oldest first. */
  fills(trade: TradeId): readonly FillRow[];
  alerts(filter?: AlertFilter): readonly AlertRecord[];
  /** What was decided about a message, on every account, oldest first. */
  decisionsOn(message: MessageRef): readonly AlertDecision[];
  /** Every account there ever was. */
  accounts(): readonly AccountId[];
  /** Oldest first; null adds all accounts up. */
  equity(account: AccountId | null): readonly EquityPoint[];
  equityByDate(account: AccountId | null): readonly EquityDay[];
  /** Closed trades in columns, oldest first, a page at a time; null takes all accounts. */
  closedTrades(account: string | null): Generator<undefined, TradeColumns, undefined>;
  /** What they began with, added up. */
  opening(account: string | null): Money;
  close(): void;
}

export interface Ledger extends LedgerReader {
  /** One transaction. Facts that are in already are passed over. */
  apply(recorded: readonly Recorded[]): Result<void, LedgerFault>;
  /** Brings in what is missing. */
  follow(journal: Pick<Journal, "head" | "read">, report?: Progress): Result<void, LedgerFault>;
  /** Drops everything and fills it again in one transaction: readers see the old or the new. */
  rebuild(journal: Pick<Journal, "head" | "read">, report?: Progress): Result<void, LedgerFault>;
}
