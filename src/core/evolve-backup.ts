/** Folds what became of backups: the newest one that holds, and whether the last try failed. */
import { unreachable } from "../std/assert.ts";
import type { BackupFact } from "./model/backup-fact.ts";
import type { State } from "./state.ts";

export function evolveBackup(state: State, fact: BackupFact): State {
  switch (fact.kind) {
    case "BackupMade": {
      const { name, begunAt: at, sequence } = fact;
      return { ...state, backups: { newest: { name, at, sequence }, fault: null } };
    }
    case "BackupFailed": {
      const newest = state.backups?.newest ?? null;
      return { ...state, backups: { newest, fault: fact.reason } };
    }
    case "BackupRestored":
      return state; // the gate has a fact of its own
    default:
      return unreachable(fact);
  }
}
