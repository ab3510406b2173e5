/**
 * Closed trades of the ledger as columns, a page at a time, so that a million of them never hold up
 * whoever asks.
 *
 * ```text
 * rows ─► put_trade(...), called by SQLite for each of them ─► columns
 * ```
 *
 * To fetch a row as an array costs several times the arithmetic about it, most of it for the array.
 * So no row is fetched: the query calls a function of ours with the values.
 *
 * What a trade risked is the way from its average fill to the stop it was planned with; where that
 * stop was no loss, what was approved.
 */
import type Database from "better-sqlite3";
import { ticksToPoints } from "../../core/model/instrument.ts";
import { instrumentOf, isRoot, pointValue } from "../../core/model/instruments.ts";
import { columnsBuilder, type TradeColumns } from "../../core/model/trade-columns.ts";
import type { Money, Ticks } from "../../core/model/units.ts";
import { invariant } from "../../std/assert.ts";

const PAGE = 1_000;

/** Between words; nobody's name has it. */
const BREAK = "\u001f";

/** The words of a row cross as one, for they are worked out once for all rows that have the same. */
const WORDS = ["instrument", "account", "how", "author", "size_letter"].join("||char(31)||");

const PUT = `
  SELECT count(put_trade(at, held, net, fees, quantity, is_long, to_stop, approved, adverse,
                         favourable, ${WORDS}))
    FROM equity
   WHERE sequence > :after AND sequence <= :until AND (:account IS NULL OR account = :account)`;

/** The last of a page; nothing where less than a page is left. */
const PAGE_END = `
  SELECT sequence FROM equity WHERE sequence > ? ORDER BY sequence LIMIT 1 OFFSET ${PAGE - 1}`;

export interface ColumnQueries {
  closedTrades(account: string | null): Generator<undefined, TradeColumns, undefined>;
  opening(account: string | null): Money;
}

type Put = (
  exitAt: number,
  held: number,
  net: number,
  fees: number,
  quantity: number,
  isLong: number,
  toStop: number,
  approved: number,
  adverse: number | null,
  favourable: number | null,
  words: string,
) => void;

export function columnQueries(database: Database.Database): ColumnQueries {
  const sink = { put: (() => {}) as Put };
  defineIn(database, sink);
  const page = database.prepare(PUT);
  const pageEnd = database.prepare(PAGE_END).pluck();
  const opening = database
    .prepare(
      `SELECT coalesce(sum(opening), 0) FROM accounts
        WHERE :account IS NULL OR account = :account`,
    )
    .pluck();
  return {
    *closedTrades(account) {
      const builder = columnsBuilder();
      const put = putter(builder.add);
      for (let after = 0; ; ) {
        const end = pageEnd.get(after) as number | undefined;
        // Each time anew: somebody else may read a page of theirs between two of ours.
        sink.put = put;
        page.get({ after, until: end ?? Number.MAX_SAFE_INTEGER, account });
        if (end === undefined) return yield* builder.finishInSlices();
        after = end;
        yield;
      }
    },
    opening: (account) => opening.get({ account }) as Money,
  };
}

/** SQLite counts the arguments of the function, so they stand one by one. */
function defineIn(database: Database.Database, sink: { readonly put: Put }): void {
  const put: Put = (at, held, net, fees, quantity, isLong, toStop, approved, mae, mfe, words) =>
    sink.put(at, held, net, fees, quantity, isLong, toStop, approved, mae, mfe, words);
  database.function("put_trade", { deterministic: false }, put);
}

function putter(add: ReturnType<typeof columnsBuilder>["add"]): Put {
  const told = wordBook();
  return (at, held, net, fees, quantity, isLong, toStop, approved, adverse, favourable, words) => {
    const { tickValue, pointWorth, pointsPerTick, labels } = told(words);
    const points = (ticks: number | null): number =>
      ticks === null ? Number.NaN : (ticks * pointsPerTick) / quantity;
    // One plain object: a million are made.
    add({
      entryAt: at - held,
      exitAt: at,
      net,
      fees,
      quantity,
      direction: isLong * 2 - 1,
      pointWorth,
      risk: toStop > 0 ? toStop * tickValue : approved,
      mae: points(adverse),
      mfe: points(favourable),
      labels,
    });
  };
}

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
    pointsPerTick: ticksToPoints(instrument, 1 as Ticks),
    labels: { instrument: root, account, exit, author, sizeLetter, tag: "" },
  };
}
