/**
 * Puts a summary together when its fact says that it is due: in its own time, between prices and
 * alerts, which wait for none of it.
 *
 * ```text
 * SummaryDue ─► the ledger has come so far ─► report of the stretch ─┐
 *                                             page of the day ───────┴► title, figures, tables, charts
 * ```
 *
 * What cannot be put together says why: a person who waits for a summary is told something.
 */

import type { FactOf } from "../core/model/fact.ts";
import { millis } from "../core/model/units.ts";
import { authorsOf } from "../core/views/authors.ts";
import { daySummary, type SummaryText, stretchSummary } from "../core/views/summary.ts";
import type { Clock } from "../ports/clock.ts";
import type { LedgerReader } from "../ports/ledger.ts";
import { err, ok, type Result } from "../std/result.ts";
import { dayIn, dayRowsOf } from "./day-of.ts";
import type { Readable } from "./recover.ts";
import { type ReportParts, reportOfLedger } from "./report-of.ts";

export interface SummaryParts {
  readonly clock: Clock;
  readonly journal: Readable;
  /** Null: it could not be opened. */
  readonly ledger: LedgerReader | null;
  readonly draw?: ReportParts["draw"];
}

/** How long a ledger may take that starts from nothing, and how often it is looked at. */
const BEHIND_MAX = 120_000;
const LOOK_EVERY = 250;

export async function summaryOf(
  { clock, journal, ledger, draw }: SummaryParts,
  fact: FactOf<"SummaryDue">,
  sequence: number,
): Promise<Result<SummaryText, string>> {
  if (ledger === null) return err("the ledger could not be opened");
  const behind = await lagOf(clock, ledger, sequence);
  if (behind > 0)
    return err(`the ledger is ${behind} facts behind; \`tradestream ledger rebuild\` mends it`);
  const { from, tradeDate: to, period } = fact;
  const choice = { from, to, account: null, author: null };
  const asked = { madeAt: clock.now(), choice, days: "all", ...(draw && { draw }) } as const;
  const report = await reportOfLedger(ledger, asked);
  const rows = dayRowsOf(ledger, from, to);
  if (period === "day") return ok(daySummary((await dayIn(journal, to)).page(rows), report));
  return ok(stretchSummary(fact, report, authorsOf(rows.alerts, rows.trades)));
}

/** The ledger follows the journal a short step behind; how many facts, when patience is over. */
async function lagOf(clock: Clock, ledger: LedgerReader, sequence: number): Promise<number> {
  const until = clock.now() + BEHIND_MAX;
  while (ledger.progress() < sequence && clock.now() < until) {
    await new Promise<void>((resolve) => {
      clock.schedule(millis(clock.now() + LOOK_EVERY), resolve);
    });
  }
  return sequence - ledger.progress();
}
