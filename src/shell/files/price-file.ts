/**
 * A file of prices, read into a tape: CSV, with `.gz` at the end of its name compressed.
 *
 * ```text
 *   bytes ─► (gunzip) ─► lines ─► fields ─► checked rows ─► columns ─► tape
 * ```
 *
 * It streams, so a file larger than memory's patience stops at the limit of rows and not at the
 * limit of memory. The first fault ends it, with the line and what was expected there: prices that
 * are half right are worth nothing.
 */
import type { Calendar } from "../../core/model/exchange-calendar.ts";
import type { Root } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { Sessions } from "../../core/model/rules.ts";
import { BARS_MAX, type BarPlay, barsToTape } from "../../core/paper/bars.ts";
import { PRINTS_MAX, type Tape } from "../../core/paper/tape.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { fieldsOf } from "./csv-fields.ts";
import { type FileTrouble, feedFile } from "./fed-file.ts";
import { LINE_MAX, type LineReader, lineReader } from "./lines.ts";
import {
  HEADER_EXPECTED,
  type PriceKind,
  type PriceRows,
  priceRows,
  type RowFault,
  type RowFaultKind,
} from "./price-rows.ts";

export interface PriceFileOptions {
  readonly path: string;
  readonly instrument: Root;
  /** How bars are played; files of ticks do not ask. */
  readonly bars: BarPlay;
  readonly rowsMax?: number;
  /** When prices count; the exchange's sessions, unless said otherwise. */
  readonly sessions?: Sessions;
  /** The exchange's days; those the program ships, unless said otherwise. */
  readonly calendar?: Calendar | undefined;
}

export interface PriceFile {
  readonly kind: PriceKind;
  readonly tape: Tape;
  /** Rows kept, and rows outside the exchange's sessions, which were not. */
  readonly rows: number;
  readonly strays: number;
}

export interface PriceFileFault {
  readonly kind: RowFaultKind | "missing-file" | "unreadable" | "empty";
  readonly file: string;
  /** Counts from 1; null for a fault of the file as a whole. */
  readonly line: number | null;
  readonly expected: string;
  readonly found: string;
}

/** `prices.csv:12: expected a time after …, found …` */
export function explainPriceFault(fault: PriceFileFault): string {
  const place = fault.line === null ? fault.file : `${fault.file}:${fault.line}`;
  return `${place}: expected ${fault.expected}, found ${fault.found}`;
}

export async function readPriceFile(
  options: PriceFileOptions,
): Promise<Result<PriceFile, PriceFileFault>> {
  const { path } = options;
  const reading = readingOf(options);
  const trouble = await feedFile(path, reading.lines, () => reading.fault !== null);
  const failure = trouble && unreadable(trouble);
  const fault = failure ?? reading.fault;
  if (fault !== null) return err({ file: path, ...fault });
  const { rows } = reading;
  if (rows === null) {
    return err({
      file: path,
      kind: "empty",
      line: null,
      expected: HEADER_EXPECTED,
      found: "nothing",
    });
  }
  if (rows.kept() === 0) {
    const expected = "at least one price inside the exchange's sessions";
    const found = rows.strays() === 0 ? "none" : `${rows.strays()} outside them`;
    return err({ file: path, kind: "empty", line: null, expected, found });
  }
  return ok({ ...finished(rows, options), rows: rows.kept(), strays: rows.strays() });
}

type Fault = Omit<PriceFileFault, "file">;

interface Reading {
  readonly lines: LineReader;
  readonly rows: PriceRows | null;
  readonly fault: Fault | null;
}

function readingOf(options: PriceFileOptions): Reading {
  const instrument = instrumentOf(options.instrument);
  let rows: PriceRows | null = null;
  let fault: Fault | null = null;

  const fail = (number: number, { kind, expected, found }: RowFault): void => {
    fault ??= { kind, line: number, expected, found };
  };
  const takeHeader = (fields: readonly string[], number: number): void => {
    const isBars = fields.some((name) => name.trim().toLowerCase() === "open");
    const { rowsMax = isBars ? BARS_MAX : PRINTS_MAX, sessions = "cme", calendar } = options;
    rows = priceRows(fields, instrument, { rowsMax, sessions, calendar });
    if (rows !== null) return;
    fail(number, { kind: "unknown-header", expected: HEADER_EXPECTED, found: shortened(fields) });
  };
  const lines = lineReader({
    line(text, number) {
      if (fault !== null || text.trim() === "") return;
      const fields = fieldsOf(text);
      if (fields === null) fail(number, notCsv(text));
      else if (rows === null) takeHeader(fields, number);
      else {
        const complaint = rows.take(fields);
        if (complaint !== null) fail(number, complaint);
      }
    },
    tooLong(number) {
      const expected = `a line of at most ${LINE_MAX} characters`;
      fail(number, { kind: "malformed-row", expected, found: "a longer one" });
    },
  });
  return {
    lines,
    get rows() {
      return rows;
    },
    get fault() {
      return fault;
    },
  };
}

const unreadable = ({ isMissing, found }: FileTrouble): Fault => ({
  kind: isMissing ? "missing-file" : "unreadable",
  line: null,
  expected: isMissing ? "a file of prices" : "a file that can be read",
  found,
});

const notCsv = (text: string): RowFault => ({
  kind: "malformed-row",
  expected: "quotation marks that open and close around a field",
  found: shortened([text]),
});

const SHOWN_MAX = 80;

function shortened(fields: readonly string[]): string {
  const text = fields.join(",");
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

function finished(rows: PriceRows, options: PriceFileOptions): Pick<PriceFile, "kind" | "tape"> {
  const content = rows.finish();
  const tape = "open" in content ? barsToTape(content, options.bars) : content;
  return { kind: rows.kind, tape };
}
