/**
 * What became of the copies of the books that are kept for the day the books are lost.
 *
 * ```text
 * due ─┬─ copied, checked, drilled ─► BackupMade: what it holds, and how far it goes
 *      └─ anything else ────────────► BackupFailed: the copies before it stay as they were
 * restored ─► BackupRestored, the first fact that is written on such a copy
 * ```
 */
import type { Millis } from "./units.ts";

interface Timed {
  readonly at: Millis;
}

/** What a backup was made for. */
export type BackupCause =
  /** The hours since the one before are over. */
  | "schedule"
  /** A trade date has ended. */
  | "session"
  /** The program was stopped. */
  | "stop"
  /** The books are about to be brought to the shape of a newer program. */
  | "migration"
  /** Somebody said so. */
  | "command";

/** A backup that was found whole, restored on trial and found equal. */
export interface MadeBackup {
  readonly name: string;
  readonly cause: BackupCause;
  /** When it was begun. */
  readonly begunAt: Millis;
  /** The last fact in it. */
  readonly sequence: number;
  readonly files: number;
  /** Of all its files, as they lie on the disk. */
  readonly bytes: number;
  /** From the first copy to the last check. */
  readonly took: Millis;
}

export type BackupFact =
  | (Timed & MadeBackup & { readonly kind: "BackupMade" })
  | (Timed & {
      readonly kind: "BackupFailed";
      readonly cause: BackupCause;
      readonly reason: string;
      /** Nothing has worked since it was told last. */
      readonly again?: true;
    })
  | (Timed & {
      readonly kind: "BackupRestored";
      readonly name: string;
      /** The last fact that was kept; what came after it is in none of these books. */
      readonly sequence: number;
      /** Where the books before it lie now. */
      readonly quarantine: string;
    });

/** What a running house is told of its backups. */
export type BackupReport =
  | { readonly kind: "made"; readonly backup: MadeBackup; readonly copyFault: string | null }
  | { readonly kind: "failed"; readonly cause: BackupCause; readonly reason: string };

interface Kinded {
  readonly kind: string;
}

export const isOfBackup = <Fact extends Kinded>(fact: Fact | BackupFact): fact is BackupFact =>
  fact.kind === "BackupMade" || fact.kind === "BackupFailed" || fact.kind === "BackupRestored";
