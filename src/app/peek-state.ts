/** The state a directory's journal adds up to, read beside whoever writes it. */
import type { State } from "../core/state.ts";
import { placesIn } from "./places.ts";
import { foldJournal } from "./recover.ts";
import { wire } from "./wire.ts";

/** Null when there is no journal there, or none that can be read. */
export async function peekState(directory: string): Promise<State | null> {
  const { hasJournal } = await wire.dataDirectory();
  if (!hasJournal(directory)) return null;
  const { DamagedJournal, openJournalReadOnly } = await wire.journal();
  const opened = openJournalReadOnly(placesIn(directory).journal);
  if (!opened.ok) return null;
  try {
    return foldJournal(opened.value);
  } catch (failure) {
    if (!(failure instanceof DamagedJournal)) throw failure;
    return null; // no ground to act on, as none at all
  } finally {
    opened.value.close();
  }
}
