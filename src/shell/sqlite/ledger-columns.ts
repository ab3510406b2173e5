/**
 * Closed trades of the ledger as columns, a page at a time, so that a million of them never hold up
 * whoever asks.
 *
 * What a trade risked is the way from its average fill to the stop it was planned with; where that
 * stop was no loss, what was approved.
 */
import type Database from "better-sqlite3";
import type { Root } from "../../core/model/instrument.ts";
import { instrumentOf, pointValue } from "../../core/model/instruments.ts";
import {
  type ClosedTrade,
  columnsBuilder,
  type TradeColumns,
} from "../../core/model/trade-columns.ts";
import type { Money } from "../../core/model/units.ts";

const PAGE = 2_000;

const CLOSED = `
  SELECT e.sequence, coalesce(t.opened_at, t.planned_at), e.at, e.net, e.fees, t.entry_quantity,
         t.side = 'long', t.instrument, t.entry_sum, t.stop, t.risk, coalesce(t.author, ''),
         e.account, coalesce(t.how, '')
    FROM equity e JOIN trades t ON t.id = e.trade
   WHERE e.sequence > :after AND (:account IS NULL OR e.account = :account)
   ORDER BY e.sequence LIMIT ${PAGE}`;

type Row = readonly [
  sequence: number,
  entryAt: number,
  exitAt: number,
  net: number,
  fees: number,
  quantity: number,
  isLong: number,
  instrument: Root,
  entrySum: number,
  stop: number,
  approved: number,
  author: string,
  account: string,
  how: string,
];

export interface ColumnQueries {
  closedTrades(account: string | null): Generator<undefined, TradeColumns, undefined>;
  opening(account: string | null): Money;
}

export function columnQueries(database: Database.Database): ColumnQueries {
  const page = database.prepare(CLOSED).raw();
  const opening = database
    .prepare(
      `SELECT coalesce(sum(opening), 0) FROM accounts
        WHERE :account IS NULL OR account = :account`,
    )
    .pluck();
  return {
    *closedTrades(account) {
      const builder = columnsBuilder();
      let after = 0;
      for (;;) {
        const rows = page.all({ after, account }) as Row[];
        for (const row of rows) builder.add(closedTrade(row));
        if (rows.length < PAGE) return builder.finish();
        after = rows.at(-1)?.[0] ?? after;
        yield;
      }
    },
    opening: (account) => opening.get({ account }) as Money,
  };
}

function closedTrade(row: Row): ClosedTrade {
  const [, entryAt, exitAt, net, fees, quantity, isLong, root, entrySum, stop] = row;
  const [approved, author, account, exit] = row.slice(10) as unknown as [
    number,
    string,
    string,
    string,
  ];
  const instrument = instrumentOf(root);
  const direction = isLong === 1 ? 1 : -1;
  const toStop = direction * (entrySum - stop * quantity) * instrument.tickValue;
  return {
    ...{ entryAt, exitAt, net, fees, quantity, direction, pointWorth: pointValue(instrument) },
    risk: toStop > 0 ? toStop : approved,
    ...{ mae: Number.NaN, mfe: Number.NaN },
    labels: { instrument: root, author, account, exit, tag: "", sizeLetter: "" },
  };
}
