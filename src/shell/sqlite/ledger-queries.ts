/**
 * Rows of the ledger as the plain objects its port promises. Each question is one prepared
 * statement; a filter that is not given lets everything through.
 */
import type Database from "better-sqlite3";
import type { AlertDecision, AlertRecord } from "../../core/model/alert-record.ts";
import type { AccountId, TradeId } from "../../core/model/ids.ts";
import type {
  EquityDay,
  EquityPoint,
  FillRow,
  LedgerReader,
  OrderRow,
  TradeDetail,
  TradeFilter,
} from "../../ports/ledger.ts";
import { columnQueries } from "./ledger-columns.ts";
import { keyOf } from "./ledger-rows.ts";
import { marketOf, STORED_TRADE, type StoredMarket, tradeRecord } from "./stored-trade.ts";

const ROWS_MAX = 1_000;
/** A page begins below this; where nothing is left out for it, SQLite goes straight there. */
const BEYOND_ALL = Number.MAX_SAFE_INTEGER;

type Queries = Omit<LedgerReader, "progress" | "close">;

export function queriesOn(database: Database.Database): Queries {
  return {
    ...tradeQueries(database),
    ...alertQueries(database),
    ...equityQueries(database),
    ...columnQueries(database),
  };
}

const TRADE = `
  SELECT ${STORED_TRADE} FROM trades t LEFT JOIN alerts a ON a.sequence = t.alert`;

const TRADES = `${TRADE}
   WHERE (:account IS NULL OR t.account = :account)
     AND (:instrument IS NULL OR t.instrument = :instrument)
     AND (:phase IS NULL OR :phase = iif(t.phase IN ('closed', 'abandoned'), t.phase, 'running'))
     AND (:from IS NULL OR t.trade_date >= :from)
     AND (:to IS NULL OR t.trade_date <= :to)
     AND t.number < :below
   ORDER BY t.number DESC LIMIT :limit`;

const ORDERS = `
  SELECT tranche, leg, tag, venue_order AS "order", state, price, quantity, filled, reason,
         changed_at AS changedAt
    FROM orders WHERE trade = ?
   ORDER BY tranche, CASE leg WHEN 'entry' THEN 1 WHEN 'stop' THEN 2 ELSE 3 END`;

const FILLS = `
  SELECT tranche, role AS "by", fill, venue_order AS "order", side, price, quantity, fees, at
    FROM fills WHERE trade = ? ORDER BY sequence`;

function tradeQueries(database: Database.Database): Pick<Queries, "trades" | "trade" | "fills"> {
  const list = database.prepare(TRADES).pluck();
  const one = database.prepare(`${TRADE} WHERE t.number = ?`).pluck();
  const orders = database.prepare(ORDERS);
  const allFills = database.prepare(FILLS);
  const fills = (trade: TradeId) => allFills.all(trade) as FillRow[];
  const everything: Required<{ [Key in keyof TradeFilter]: number | null }> = {
    account: null,
    instrument: null,
    phase: null,
    from: null,
    to: null,
    below: BEYOND_ALL,
    limit: null,
  };
  return {
    fills,
    trades: (filter = {}) => {
      const values = { ...everything, ...filter, limit: bounded(filter.limit) };
      return (list.all(values) as string[]).map(tradeRecord);
    },
    trade: (number): TradeDetail | null => {
      const stored = one.get(number) as string | undefined;
      if (stored === undefined) return null;
      const record = tradeRecord(stored);
      return {
        ...record,
        orders: orders.all(record.id) as OrderRow[],
        fills: fills(record.id),
      };
    },
  };
}

const bounded = (limit: number = ROWS_MAX): number => Math.min(limit, ROWS_MAX);

const ALERTS = `
  SELECT sequence, message, author, text, at, sent_at AS sentAt, received_at AS receivedAt,
         bid, ask, quote_age, outcome, alert, reason
    FROM alerts JOIN message_outcomes USING (sequence)
   WHERE (:outcome IS NULL OR outcome = :outcome) AND sequence < :below
     AND (:from IS NULL OR at >= :from) AND (:until IS NULL OR at < :until)
   ORDER BY sequence DESC LIMIT :limit`;

const DECISIONS = `
  SELECT d.account, d.decision, d.refusal, iif(d.refusal IS NULL, d.why, NULL) AS "by",
         t.number AS trade, t.phase, d.at
    FROM decisions d LEFT JOIN trades t ON t.id = d.trade`;

interface StoredAlert
  extends Omit<AlertRecord, "message" | "alert" | "decisions" | "market">,
    StoredMarket {
  readonly message: string;
  readonly alert: string | null;
}

interface StoredDecision extends Omit<AlertDecision, "refusal"> {
  readonly refusal: string | null;
}

function alertQueries(database: Database.Database): Pick<Queries, "alerts" | "decisionsOn"> {
  const list = database.prepare(ALERTS);
  const decisions = database.prepare(`${DECISIONS} WHERE d.alert = ? ORDER BY d.sequence`);
  const onMessage = database.prepare(
    `${DECISIONS} WHERE d.alert IN (SELECT sequence FROM alerts WHERE message = ?)
      ORDER BY d.sequence LIMIT ${ROWS_MAX}`,
  );
  const decisionOf = (row: StoredDecision): AlertDecision => ({
    ...row,
    refusal: parsedOrNull(row.refusal),
  });
  const decisionsOf = (sequence: number) =>
    (decisions.all(sequence) as StoredDecision[]).map(decisionOf);
  return {
    decisionsOn: (message) => (onMessage.all(keyOf(message)) as StoredDecision[]).map(decisionOf),
    alerts: (filter = {}) => {
      const everything = { outcome: null, below: BEYOND_ALL, from: null, until: null };
      const values = { ...everything, ...filter, limit: bounded(filter.limit) };
      return (list.all(values) as StoredAlert[]).map(({ bid, ask, quote_age, ...row }) => ({
        ...row,
        message: JSON.parse(row.message),
        alert: parsedOrNull(row.alert),
        market: marketOf({ bid, ask, quote_age }),
        decisions: decisionsOf(row.sequence),
      }));
    },
  };
}

const parsedOrNull = (text: string | null) => (text === null ? null : JSON.parse(text));

const OPENING = `
  (SELECT coalesce(sum(opening), 0) FROM accounts WHERE :account IS NULL OR account = :account)`;

const EQUITY = `
  SELECT account, number AS trade, at, trade_date AS tradeDate, net,
         ${OPENING} + sum(net) OVER (ORDER BY sequence) AS equity
    FROM equity WHERE :account IS NULL OR account = :account ORDER BY sequence`;

const EQUITY_BY_DATE = `
  SELECT trade_date AS tradeDate, count(*) AS trades, sum(gross) AS gross, sum(fees) AS fees,
         sum(net) AS net, ${OPENING} + sum(sum(net)) OVER (ORDER BY trade_date) AS equity
    FROM equity WHERE :account IS NULL OR account = :account
   GROUP BY trade_date ORDER BY trade_date`;

function equityQueries(
  database: Database.Database,
): Pick<Queries, "equity" | "equityByDate" | "accounts"> {
  const accounts = database.prepare("SELECT account FROM accounts ORDER BY account").pluck();
  const points = database.prepare(EQUITY);
  const days = database.prepare(EQUITY_BY_DATE);
  return {
    accounts: () => accounts.all() as AccountId[],
    equity: (account) => points.all({ account }) as EquityPoint[],
    equityByDate: (account) => days.all({ account }) as EquityDay[],
  };
}
