/** The figures of performance a person is shown, of the trades in a ledger. */
import { studyOf } from "../core/analyze/study.ts";
import { summarised } from "../core/analyze/summary.ts";
import { dollars, toDollars } from "../core/model/units.ts";
import { figureTables, usd } from "../core/views/metrics.ts";
import type { Figures } from "../ports/dashboard.ts";
import { placesIn } from "./places.ts";
import { inTurns } from "./sliced.ts";
import { wire } from "./wire.ts";

/** What paper accounts begin with. */
const USUAL_EQUITY = dollars(50_000);

/** Without intervals: nobody waits for those on a screen that is live. */
export async function figuresOf(directory: string): Promise<Figures> {
  const { openLedgerReadOnly } = await wire.ledger();
  const opened = openLedgerReadOnly(placesIn(directory).ledger);
  if (!opened.ok) return { kind: "none", reason: opened.error.detail };
  const ledger = opened.value;
  try {
    const trades = await inTurns(ledger.closedTrades(null));
    const opening = ledger.opening(null);
    const startingEquity = opening > 0 ? opening : USUAL_EQUITY;
    const summary = await inTurns(
      summarised(await inTurns(studyOf(trades, { startingEquity, days: "all" }))),
    );
    const { basis } = summary;
    const period = basis.from === null ? "no trade is over yet" : `${basis.from} to ${basis.to}`;
    return {
      kind: "figures",
      basis: `${period}, from ${usd(toDollars(startingEquity))}; all accounts, of the ledger`,
      tables: figureTables(summary, {}).map(({ title, rows }) => ({ title, rows })),
    };
  } finally {
    ledger.close();
  }
}
