/** Looking into the ledger from beside; it may be a moment behind the journal. */
import type { ExitCode, GlobalOptions } from "../ports/console.ts";
import type { LedgerReader } from "../ports/ledger.ts";
import { err, ok, type Result } from "../std/result.ts";
import { type Context, leave, type Stopped, stopped } from "./context.ts";
import { placesIn } from "./places.ts";
import { newestDirectory } from "./setup.ts";
import { wire } from "./wire.ts";

/** Opens the newest ledger, hands it to `look` and closes it. */
export async function lookIntoLedger(
  context: Context,
  options: Pick<GlobalOptions, "config" | "data">,
  look: (ledger: LedgerReader) => ExitCode,
): Promise<ExitCode> {
  const directory = await newestDirectory(context, options);
  if (!directory.ok) return leave(context, directory.error);
  return withLedger(context, directory.value, look);
}

export async function withLedger(
  context: Context,
  directory: string,
  look: (ledger: LedgerReader) => ExitCode,
): Promise<ExitCode> {
  const found = await inLedger(directory, (ledger) => ok(look(ledger)));
  return found.ok ? found.value : leave(context, found.error);
}

/** Of the directory that was asked for, or written last. */
export async function fromLedger<Found>(
  context: Context,
  options: Pick<GlobalOptions, "config" | "data">,
  look: (ledger: LedgerReader) => Promise<Result<Found, Stopped>>,
): Promise<Result<Found, Stopped>> {
  const directory = await newestDirectory(context, options);
  return directory.ok ? inLedger(directory.value, look) : directory;
}

async function inLedger<Found>(
  directory: string,
  look: (ledger: LedgerReader) => Result<Found, Stopped> | Promise<Result<Found, Stopped>>,
): Promise<Result<Found, Stopped>> {
  const { openLedgerReadOnly } = await wire.ledger();
  const opened = openLedgerReadOnly(placesIn(directory).ledger);
  if (!opened.ok) return err(stopped(1, opened.error.detail));
  try {
    return await look(opened.value);
  } finally {
    opened.value.close();
  }
}

const PAGE = 1_000;

/** Everything that a question asked page by page has an answer to, newest first. */
export function everyPage<Row>(
  ask: (below: number | undefined) => readonly Row[],
  numberOf: (row: Row) => number,
): readonly Row[] {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const page = ask(last === undefined ? undefined : numberOf(last));
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}
