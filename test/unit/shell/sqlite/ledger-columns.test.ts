/** Closed trades out of the ledger: what its rows hold, page by page, beside a plain reading of them. */
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { finished } from "../../../../src/core/analyze/slices.ts";
import type { TradeColumns } from "../../../../src/core/model/trade-columns.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { openLedger, openLedgerReadOnly } from "../../../../src/shell/sqlite/ledger.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

/** More than two pages, and not a whole number of them. */
const TRADES = 4_700;

interface Stored {
  readonly account: string;
  readonly author: string;
  readonly net: number;
  readonly adverse: number | null;
  readonly toStop: number;
}

const stored: readonly Stored[] = Array.from({ length: TRADES }, (_, index) => ({
  account: index % 3 === 0 ? "first" : "second",
  author: ["Ann", "Bob", ""][(index % 7) % 3] as string,
  net: ((index * 7_919) % 8_500) - 4_000,
  adverse: index % 5 === 0 ? null : index % 40,
  toStop: index % 11 === 0 ? -8 : 80,
}));

function ledgerFile(): string {
  const path = join(temporaryFolder(), "ledger.db");
  const made = openLedger(path, { at: millis(0) });
  if (!made.ok) expect.fail(made.error.detail);
  made.value.close();
  const database = new Database(path);
  const add = database.prepare(
    `INSERT INTO equity (sequence, trade, number, account, at, trade_date, gross, fees, net, held,
                         quantity, is_long, to_stop, approved, instrument, author, how,
                         size_letter, adverse, favourable)
     VALUES (:sequence, :sequence, :sequence, :account, 1772460000000 + :sequence, '2026-03-02', 0,
             12200, :net, 60000, 2, :sequence % 2, :toStop, 777, 'MES', :author, 'stop', 'B',
             :adverse, :adverse)`,
  );
  const fill = database.transaction(() => {
    for (const [index, row] of stored.entries()) add.run({ sequence: 17 * index + 3, ...row });
  });
  fill();
  database.close();
  return path;
}

const authorsOf = ({ labels: { author } }: TradeColumns): readonly string[] =>
  [...author.codes].map((code) => author.names[code] as string);

describe("the columns", () => {
  const reader = () => {
    const opened = openLedgerReadOnly(ledgerFile());
    if (!opened.ok) expect.fail(opened.error.detail);
    return opened.value;
  };

  test("hold every trade, in the order of the facts", () => {
    const ledger = reader();
    const columns = finished(ledger.closedTrades(null));
    ledger.close();
    expect(columns.length).toBe(TRADES);
    expect([...columns.net]).toEqual(stored.map(({ net }) => net));
    expect(authorsOf(columns)).toEqual(stored.map(({ author }) => author));
    // Ticks of a quarter point, on two contracts.
    expect([...columns.mae]).toEqual(
      stored.map(({ adverse }) => (adverse === null ? Number.NaN : adverse / 8)),
    );
    // A tick of an MES is 1.25 dollars; where the stop was no loss, what was approved.
    expect([...columns.risk]).toEqual(
      stored.map(({ toStop }) => (toStop > 0 ? toStop * 12_500 : 777)),
    );
    expect([columns.direction[0], columns.direction[1]]).toEqual([1, -1]);
    expect([columns.quantity[0], columns.fees[0], columns.pointWorth[0]]).toEqual([
      2, 12_200, 50_000,
    ]);
    expect((columns.exitAt[9] as number) - (columns.entryAt[9] as number)).toBe(60_000);
    const { instrument, account, exit, sizeLetter, tag } = columns.labels;
    expect([instrument.names, account.names, exit.names, sizeLetter.names, tag.names]).toEqual([
      ...[["MES"], ["first", "second"], ["stop"], ["B"], [""]],
    ]);
  });

  test("hold those of one account where that is asked", () => {
    const ledger = reader();
    const columns = finished(ledger.closedTrades("first"));
    ledger.close();
    const own = stored.filter(({ account }) => account === "first");
    expect([...columns.net]).toEqual(own.map(({ net }) => net));
    expect(columns.labels.account.names).toEqual(["first"]);
  });

  test("two who read in turns get their own", () => {
    const ledger = reader();
    const readers = [ledger.closedTrades("first"), ledger.closedTrades("second")] as const;
    const steps = readers.map((one) => one.next());
    while (steps.some(({ done }) => done !== true)) {
      for (const [index, one] of readers.entries()) {
        if (steps[index]?.done !== true) steps[index] = one.next();
      }
    }
    ledger.close();
    const lengths = steps.map(({ value }) => (value as TradeColumns).length);
    const first = stored.filter(({ account }) => account === "first").length;
    expect(lengths).toEqual([first, TRADES - first]);
  });

  test("of an empty ledger are empty", () => {
    const empty = join(temporaryFolder(), "ledger.db");
    const made = openLedger(empty, { at: millis(0) });
    if (!made.ok) expect.fail(made.error.detail);
    expect(finished(made.value.closedTrades(null)).length).toBe(0);
    made.value.close();
  });
});
