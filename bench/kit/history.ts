/** A past in books on disk: the journal, and if asked for the ledger that goes with it. */
import { join } from "node:path";
import { snapshotOf } from "../../src/app/recover.ts";
import { evolve } from "../../src/core/evolve.ts";
import { millis } from "../../src/core/model/units.ts";
import { initialState, type State } from "../../src/core/state.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { openLedger } from "../../src/shell/sqlite/ledger.ts";
import { opened } from "./opened.ts";
import { type Life, type PastShape, pastOf } from "./past.ts";

export interface History {
  readonly journalPath: string;
  readonly facts: number;
  readonly state: State;
}

/** `snapshot`: one is stored at the last roll of the trade date, as a running house does. */
export function writeHistory(
  folder: string,
  life: Life,
  shape: PastShape,
  { snapshot }: { readonly snapshot: boolean },
): History {
  const journalPath = join(folder, "journal.db");
  const journal = opened(openJournal(journalPath, { at: millis(0) }));
  let state = initialState;
  for (const facts of pastOf(life, shape)) {
    if (!journal.append(facts).ok) throw new Error("the journal refused a past");
    for (const fact of facts) state = evolve(state, fact);
  }
  const facts = journal.head().sequence;
  if (snapshot) journal.saveSnapshot(snapshotOf(state, facts));
  journal.close();
  return { journalPath, facts, state };
}

/** Every fact of the journal in its tables. */
export function writeLedger(folder: string, { journalPath }: History): void {
  const journal = opened(openJournal(journalPath, { at: millis(0) }));
  const ledger = opened(openLedger(join(folder, "ledger.db"), { at: millis(0) }));
  if (!ledger.follow(journal).ok) throw new Error("the ledger refused a past");
  ledger.close();
  journal.close();
}
