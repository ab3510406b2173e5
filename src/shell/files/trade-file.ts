/**
 * A file of closed trades (CSV, `.gz` compressed), read into columns.
 *
 * ```text
 *   bytes ─► (gunzip) ─► lines ─► fields ─► checked rows ─► columns
 * ```
 *
 * The first fault ends it, with its row and column: figures of half a record are worth nothing. It
 * streams, so a file without an end stops at the limit of rows.
 */
import { columnsBuilder, type TradeColumns } from "../../core/model/trade-columns.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { fieldsOf } from "./csv-fields.ts";
import { type FileTrouble, feedFile } from "./fed-file.ts";
import { LINE_MAX, lineReader } from "./lines.ts";
import { type FieldFault, type ReadRow, tradeRows } from "./trade-rows.ts";

export const TRADES_MAX = 2_000_000;

export interface TradeFileFault {
  readonly file: string;
  /** As a spreadsheet counts: the header is row 1. Null for the file as a whole. */
  readonly row: number | null;
  readonly column: string | null;
  readonly expected: string;
  readonly found: string;
}

/** `trades.csv, row 3, column exit_price: expected a price above zero, found "NaN"` */
export function explainTradeFault({ file, row, column, expected, found }: TradeFileFault): string {
  const parts = [
    file,
    ...(row === null ? [] : [`row ${row}`]),
    ...(column === null ? [] : [`column ${column}`]),
  ];
  return `${parts.join(", ")}: expected ${expected}, found ${found}`;
}

export interface TradeFileOptions {
  readonly path: string;
  readonly tradesMax?: number;
}

type Fault = Omit<TradeFileFault, "file">;

export async function readTradeFile({
  path,
  tradesMax = TRADES_MAX,
}: TradeFileOptions): Promise<Result<TradeColumns, TradeFileFault>> {
  const builder = columnsBuilder();
  let readRow: ReadRow | null = null;
  let fault: Fault | null = null;
  /** Money: beyond what a sum of doubles keeps exactly. */
  let turnover = 0;

  const fail = (row: number, { column, expected, found }: Omit<Fault, "row">): void => {
    fault ??= { row, column, expected, found };
  };
  const takeTrade = (fields: readonly string[], row: number, reader: ReadRow): void => {
    const trade = reader(fields);
    if (!trade.ok) return fail(row, trade.error);
    turnover += Math.abs(trade.value.net) + trade.value.fees;
    if (turnover > Number.MAX_SAFE_INTEGER) fail(row, TOO_MUCH);
    else if (builder.length() === tradesMax) fail(row, tooMany(tradesMax));
    else builder.add(trade.value);
  };
  const lines = lineReader({
    line(text, row) {
      if (fault !== null || text.trim() === "") return;
      const fields = fieldsOf(text);
      if (fields === null) fail(row, UNCLOSED);
      else if (readRow !== null) takeTrade(fields, row, readRow);
      else {
        const rows = tradeRows(fields);
        if (rows.ok) readRow = rows.value;
        else fail(row, rows.error);
      }
    },
    tooLong: (row) => fail(row, TOO_LONG),
  });
  const trouble = await feedFile(path, lines, () => fault !== null);
  const failure = trouble && unreadable(trouble);
  const first = failure ?? fault ?? (readRow === null ? EMPTY : null);
  return first === null ? ok(builder.finish()) : err({ file: path, ...first });
}

const HEADER =
  "a header: entry_time,exit_time,instrument,side,quantity,entry_price,exit_price,fees";
const EMPTY: Fault = { row: null, column: null, expected: HEADER, found: "nothing" };

const ofRow = (expected: string, found: string): Omit<Fault, "row"> => ({
  ...{ column: null, expected, found },
});
const TOO_LONG = ofRow(`at most ${LINE_MAX} characters`, "more");
const UNCLOSED = ofRow("quotation marks that open and close around a field", "others");
const TOO_MUCH: FieldFault = {
  column: "net",
  expected: "results that still add up exactly",
  found: "900 thousand million dollars in all",
};
const tooMany = (most: number) => ofRow(`at most ${most} trades; split the file`, "one more");

const unreadable = ({ found }: FileTrouble): Fault => ({
  ...{ row: null, column: null, expected: "a file of closed trades that can be read", found },
});
