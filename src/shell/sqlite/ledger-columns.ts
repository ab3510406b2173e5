/**
 * Closed trades of the ledger as columns, a page at a time, so that a million of them never hold up
 * whoever asks.
 *
 * What a trade risked is the way from its average fill to the stop it was planned with; where that
 * stop was no loss, what was approved. Each value that crosses from SQLite costs as much as a dozen
 * trades' arithmetic, so small ones cross together, and the words of a row as one.
 */
import type Database from "better-sqlite3";
import { ticksToPoints } from "../../core/model/instrument.ts";
import { instrumentOf, isRoot, pointValue } from "../../core/model/instruments.ts";
import { columnsBuilder, type TradeColumns } from "../../core/model/trade-columns.ts";
import type { Money, Ticks } from "../../core/model/units.ts";
import { invariant } from "../../std/assert.ts";

const PAGE = 2_000;

/** Contracts and side in one number: fewer of both than this. */
const BELOW = 2 ** 20;

/** Between words; nobody's name has it. */
const BREAK = "\u001f";

const CLOSED = `
  SELECT sequence, at, held, net, fees * ${BELOW} + quantity * 2 + is_long,
         to_stop, approved,
         instrument || char(31) || account || char(31) || how || char(31) || author || char(31) ||
           size_letter,
         adverse, favourable
    FROM equity
   WHERE sequence > :after AND (:account IS NULL OR account = :account)
   ORDER BY sequence LIMIT ${PAGE}`;

type Row = readonly [
  sequence: number,
  exitAt: number,
  held: number,
  net: number,
  packed: number,
  toStop: number,
  approved: number,
  words: string,
  /** Ticks x contracts; null where nobody saw all of it. */
  adverse: number | null,
  favourable: number | null,
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
      const told = wordBook();
      let after = 0;
      for (;;) {
        const rows = page.all({ after, account }) as Row[];
        for (const row of rows) builder.add(closedTrade(row, told(row[7])));
        if (rows.length < PAGE) return builder.finish();
        after = (rows.at(-1) as Row)[0];
        yield;
      }
    },
    opening: (account) => opening.get({ account }) as Money,
  };
}

type Told = ReturnType<ReturnType<typeof wordBook>>;

/** What the words of a row mean, worked out once for all rows that have the same. */
function wordBook() {
  const known = new Map<string, ReturnType<typeof meaningOf>>();
  return (words: string) => {
    const found = known.get(words) ?? meaningOf(words);
    if (known.size < WORDS_MAX) known.set(words, found);
    return found;
  };
}

const WORDS_MAX = 50_000;

function meaningOf(words: string) {
  const [root = "", account = "", exit = "", author = "", sizeLetter = ""] = words.split(BREAK);
  invariant(isRoot(root), `the ledger names only instruments of ours, had ${root}`);
  const instrument = instrumentOf(root);
  return {
    tickValue: instrument.tickValue,
    pointWorth: pointValue(instrument),
    tickSize: ticksToPoints(instrument, 1 as Ticks),
    labels: { instrument: root, account, exit, author, tag: "", sizeLetter },
  };
}

function closedTrade(row: Row, { tickValue, tickSize, pointWorth, labels }: Told) {
  const [, exitAt, held, net, packed, toStop, approved, , adverse, favourable] = row;
  const small = packed % BELOW;
  const perContract = tickSize / (small >> 1);
  // One plain object: a million are made.
  return {
    entryAt: exitAt - held,
    exitAt,
    net,
    fees: (packed - small) / BELOW,
    quantity: small >> 1,
    direction: (small & 1) * 2 - 1,
    pointWorth,
    risk: toStop > 0 ? toStop * tickValue : approved,
    mae: adverse === null ? Number.NaN : adverse * perContract,
    mfe: favourable === null ? Number.NaN : favourable * perContract,
    labels,
  };
}
