/**
 * Backups as the books see them: what was made, what failed, and what a restored house may do.
 *
 * A fault is told once and then again only when it is another one. A house on restored books lets
 * nothing in until a person has seen how they stand beside the venue: what happened after the last
 * fact is in none of them.
 */
import { unreachable } from "../../std/assert.ts";
import { valuesOf } from "../../std/trie.ts";
import type { BackupCause } from "../model/backup-fact.ts";
import type { Fact } from "../model/fact.ts";
import type { InputOf } from "../model/input.ts";
import type { Millis } from "../model/units.ts";
import type { State } from "../state.ts";
import { record, type Turn } from "../turn.ts";

export function decideBackup(turn: Turn, { report }: InputOf<"backup">): void {
  const { at } = turn;
  switch (report.kind) {
    case "failed":
      return fail(turn, report.cause, report.reason);
    case "made": {
      const { backup, copyFault } = report;
      // One that was made after the last fact of a run is found by the next; it is told once.
      if (turn.state.backups?.newest?.name === backup.name) return;
      const before = turn.state.backups?.fault ?? null;
      record(turn, { at, kind: "BackupMade", ...backup });
      if (copyFault !== null) fail(turn, backup.cause, copyFault, before);
      return;
    }
    default:
      return unreachable(report);
  }
}

/** `before`: what was wrong until now. */
function fail(
  turn: Turn,
  cause: BackupCause,
  reason: string,
  before = turn.state.backups?.fault ?? null,
): void {
  const again = before === reason ? { again: true as const } : {};
  record(turn, { at: turn.at, kind: "BackupFailed", cause, reason, ...again });
}

export interface RestoredBooks {
  readonly at: Millis;
  readonly name: string;
  readonly sequence: number;
  readonly quarantine: string;
}

/** What is written behind the last fact of books that were restored; an account that is halted stays so. */
export function restoredFacts(state: State, books: RestoredBooks): readonly Fact[] {
  const { at, name, sequence } = books;
  const reason = `the books were restored from the backup ${name}, to fact ${sequence}`;
  const accounts = valuesOf(state.accounts).filter(({ gate }) => gate === "active");
  return [
    { kind: "BackupRestored", ...books },
    ...accounts.map(
      ({ id }): Fact => ({ at, kind: "GateMoved", account: id, gate: "reducing", reason }),
    ),
  ];
}
