/**
 * The drill of a backup: what was unpacked from it is opened as a start would open it, folded from
 * the first fact on, and compared with the books it was made of.
 *
 * ```text
 * the books ───── newest snapshot, and the facts after it ─► state ─┐
 * the backup ──── every fact from the first on ────────────► state ─┴─ equal, or there is no backup
 * ```
 *
 * The snapshot was stored by the running house. So two ways to the same state are compared, and not
 * a file with its own copy.
 */
import { evolve } from "../core/evolve.ts";
import type { Millis } from "../core/model/units.ts";
import { fingerprintOf } from "../core/risk/reloaded-config.ts";
import { initialState, type State } from "../core/state.ts";
import { err, ok, type Result } from "../std/result.ts";
import { type Readable, stateBefore } from "./recover.ts";
import { wire } from "./wire.ts";

export type Drill = (unpacked: string, sequence: number) => Result<string, string>;

/** `books`: the journal the backup is made of. */
export async function drillAgainst(books: string, at: Millis): Promise<Drill> {
  const { DamagedJournal, openJournal, openJournalReadOnly } = await wire.journal();
  const compare: Drill = (unpacked, sequence) => {
    const restored = openJournal(unpacked, { at });
    if (!restored.ok) return err(restored.error.detail);
    // Books that wait for a migration cannot be read yet: their copy, which has it behind it, can.
    const original = openJournalReadOnly(books);
    try {
      const found = fingerprintOf(foldAll(restored.value, sequence));
      const known = fingerprintOf(
        foldShort(original.ok ? original.value : restored.value, sequence),
      );
      return found === known ? ok(found) : err(`the state at fact ${sequence} is another one`);
    } finally {
      if (original.ok) original.value.close();
      restored.value.close();
    }
  };
  return (unpacked, sequence) => {
    try {
      return compare(unpacked, sequence);
    } catch (failure) {
      if (failure instanceof DamagedJournal) return err(failure.message);
      throw failure;
    }
  };
}

/** Every fact up to that one, from the first. */
export const foldAll = (journal: Readable, sequence: number): State =>
  foldOn(journal, { state: initialState, sequence: 0 }, sequence);

/** From the newest snapshot at or before it. */
const foldShort = (journal: Readable, sequence: number): State =>
  foldOn(journal, stateBefore(journal, sequence + 1), sequence);

function foldOn(
  journal: Readable,
  from: { readonly state: State; readonly sequence: number },
  until: number,
): State {
  let { state } = from;
  for (const { sequence, fact } of journal.read(from.sequence)) {
    if (sequence > until) break;
    state = evolve(state, fact);
  }
  return state;
}
