/** `tradestream ledger rebuild`: the tables again, from the journal. */
import type { Handlers } from "../../ports/console.ts";
import { takeDirectory } from "../books.ts";
import { type Context, leave, stopped } from "../context.ts";
import { placesIn } from "../places.ts";
import { newestDirectory } from "../setup.ts";
import { wire } from "../wire.ts";

export const ledgerRebuild =
  (context: Context): Handlers["ledgerRebuild"] =>
  async (options) => {
    const { screen } = context;
    const directory = await newestDirectory(context, options);
    if (!directory.ok) return leave(context, directory.error);
    const lock = await takeDirectory(context, directory.value);
    if (!lock.ok) return leave(context, lock.error);
    try {
      const rebuilt = await rebuild(context, directory.value);
      if (typeof rebuilt === "string") return leave(context, stopped(1, rebuilt));
      if (options.json) screen.printJson({ ok: true, facts: rebuilt });
      else screen.print(`the ledger in ${directory.value} holds ${rebuilt} facts`);
      return 0;
    } finally {
      lock.value.release();
    }
  };

/** How many facts are in it now, or what went wrong. */
async function rebuild({ clock, screen }: Context, directory: string): Promise<number | string> {
  const places = placesIn(directory);
  const { openJournalReadOnly } = await wire.journal();
  const journal = openJournalReadOnly(places.journal);
  if (!journal.ok) return journal.error.detail;
  const { openLedger } = await wire.ledger();
  const ledger = openLedger(places.ledger, { at: clock.now() });
  const bar = screen.progress("rebuilding the ledger");
  try {
    if (!ledger.ok) return ledger.error.detail;
    const done = ledger.value.rebuild(journal.value, bar.report);
    return done.ok ? ledger.value.progress() : done.error.detail;
  } finally {
    bar.end();
    journal.value.close();
    if (ledger.ok) ledger.value.close();
  }
}
