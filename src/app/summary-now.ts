/** A summary of the newest trade date, week or month there is, for who wants to see what one looks like. */
import type { SummaryPeriod } from "../core/model/duty.ts";
import { beginningOf } from "../core/risk/duty-hours.ts";
import type { SummaryText } from "../core/views/summary.ts";
import type { GlobalOptions } from "../ports/console.ts";
import { err, ok, type Result } from "../std/result.ts";
import { type Context, type Stopped, stopped } from "./context.ts";
import { newestDateIn } from "./day-of.ts";
import { placesIn } from "./places.ts";
import { newestDirectory } from "./setup.ts";
import { summaryOf } from "./summaries.ts";
import { wire } from "./wire.ts";

export async function summaryNow(
  context: Context,
  options: Pick<GlobalOptions, "config" | "data">,
  period: SummaryPeriod,
): Promise<Result<SummaryText, Stopped>> {
  const directory = await newestDirectory(context, options);
  if (!directory.ok) return directory;
  const places = placesIn(directory.value);
  const [{ openJournalReadOnly }, { openLedgerReadOnly }] = await Promise.all([
    wire.journal(),
    wire.ledger(),
  ]);
  const journal = openJournalReadOnly(places.journal);
  if (!journal.ok) return err(stopped(1, journal.error.detail));
  const ledger = openLedgerReadOnly(places.ledger);
  if (!ledger.ok) journal.value.close();
  if (!ledger.ok) return err(stopped(1, ledger.error.detail));
  try {
    const date = newestDateIn(journal.value);
    if (date === null) return err(stopped(2, "nothing has happened yet"));
    const books = { clock: context.clock, journal: journal.value, ledger: ledger.value };
    const at = context.clock.now();
    const from = beginningOf(period, date);
    const fact = { at, due: at, kind: "SummaryDue", period, from, tradeDate: date } as const;
    const made = await summaryOf(books, fact, ledger.value.progress());
    return made.ok ? ok(made.value) : err(stopped(1, made.error));
  } finally {
    journal.value.close();
    ledger.value.close();
  }
}
