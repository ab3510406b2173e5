/** Folds what became of backups: the newest one that holds, and whether the last try failed. */
import { unreachable } from "../std/assert.ts";
import type { BackupFact } from "./model/backup-fact.ts";
import { type BackupState, NO_BACKUPS } from "./model/backup-state.ts";
import type { State } from "./state.ts";

export const evolveBackup = (state: State, fact: BackupFact): State => ({
  ...state,
  backups: after(state.backups ?? NO_BACKUPS, fact),
});

function after(known: BackupState, fact: BackupFact): BackupState {
  switch (fact.kind) {
    case "BackupMade": {
      const { name, begunAt: at, sequence } = fact;
      return { newest: { name, at, sequence }, fault: null };
    }
    case "BackupFailed":
      return { ...known, fault: fact.reason };
    case "BackupRestored":
      return known;
    default:
      return unreachable(fact);
  }
}
