/**
 * Looking into a journal from beside: while a process writes it, and after it has ended.
 *
 * Nothing is locked and nothing is changed. What is found damaged on the way is said, not thrown.
 */
import type { ExitCode, GlobalOptions } from "../ports/console.ts";
import { type Context, leave, type Stopped, stopped } from "./context.ts";
import { placesIn } from "./places.ts";
import type { Readable } from "./recover.ts";
import { newestDirectory } from "./setup.ts";
import { wire } from "./wire.ts";

/** Opens the newest journal, hands it to `look`, closes it, and says what could not be read. */
export async function lookInto(
  context: Context,
  options: Pick<GlobalOptions, "config" | "data">,
  look: (journal: Readable, directory: string) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  const directory = await newestDirectory(context, options);
  if (!directory.ok) return leave(context, directory.error);
  const { DamagedJournal, openJournalReadOnly } = await wire.journal();
  const opened = openJournalReadOnly(placesIn(directory.value).journal);
  if (!opened.ok) return leave(context, unreadable(opened.error.detail));
  try {
    return await look(opened.value, directory.value);
  } catch (failure) {
    if (!(failure instanceof DamagedJournal)) throw failure;
    return leave(context, unreadable(`${directory.value}: ${failure.message}`));
  } finally {
    opened.value.close();
  }
}

const unreadable = (detail: string): Stopped => stopped(1, detail);
