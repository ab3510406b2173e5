/**
 * Copies of the books for the day the books are lost.
 *
 * ```text
 * books ─► copied as of one moment ─► checked ─► packed ─► unpacked on trial, folded, compared
 *                                                  └─► (sealed) ─► manifest ─► one rename: it is there
 * ```
 *
 * A backup that is listed was whole, chained and equal when it was made; `verify` says whether its
 * files still are what they were then. Nothing is ever listed half made.
 */
import type { BackupCause } from "../core/model/backup-fact.ts";
import type { Millis } from "../core/model/units.ts";
import type { Result } from "../std/result.ts";

/** One file of the books, as it was and as it lies in the backup. */
export interface BackupFile {
  /** In the data directory. */
  readonly name: string;
  /** In the backup. */
  readonly stored: string;
  readonly bytes: number;
  /** Of what lies in the backup, hex. */
  readonly sha256: string;
  readonly unpackedBytes: number;
  /** Of what it was made of, hex. */
  readonly unpackedSha256: string;
  /** Of each table; of a file that is no database, none. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface Backup {
  readonly name: string;
  /** When it was begun. */
  readonly at: Millis;
  readonly cause: BackupCause;
  /** The program that made it. */
  readonly version: string;
  /** The last fact in it, and the chain up to there. */
  readonly sequence: number;
  readonly chain: string;
  /** Fingerprint of the state those facts add up to. */
  readonly state: string;
  /** From the first copy to the last comparison. */
  readonly took: Millis;
  /** Only the owner of a private key can read it. */
  readonly sealed: boolean;
  readonly files: readonly BackupFile[];
}

export type Listed =
  | { readonly kind: "whole"; readonly backup: Backup }
  /** What its manifest should say cannot be believed, or a file is missing. */
  | { readonly kind: "broken"; readonly name: string; readonly detail: string };

/** Bytes in, bytes out: what only somebody else can read, or what it was before. */
export type Transform = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** What is copied: the journal, another database, or a file that is written in one piece. */
export interface SourceFile {
  readonly kind: "journal" | "database" | "plain";
  readonly name: string;
  readonly path: string;
}

export interface BackupOrder {
  readonly at: Millis;
  readonly cause: BackupCause;
  readonly version: string;
  /** The journal among them; what is not there is left out. */
  readonly sources: readonly SourceFile[];
  /**
   * Folds a journal that was just unpacked from the backup, to its last fact, and the books
   * themselves to the same one: the fingerprint they agree on, or how they differ.
   */
  readonly drill: (unpacked: string, sequence: number) => Result<string, string>;
  /** Null: readable like the books themselves. */
  readonly seal: Transform | null;
}

/** Why there is no new backup; what was there before is untouched. */
export interface ArchiveFault {
  readonly kind: "disk" | "damaged" | "unequal";
  /** A sentence for the operator. */
  readonly detail: string;
}

/** What is wrong with a backup, file by file. */
export interface Damage {
  readonly file: string;
  readonly detail: string;
}

export interface UnpackOrder {
  readonly name: string;
  /** A directory that is there and empty. */
  readonly into: string;
  /** For a sealed one. */
  readonly unseal: Transform | null;
}

export interface Archive {
  /** Newest first. */
  list(): readonly Listed[];
  make(order: BackupOrder): Promise<Result<Backup, ArchiveFault>>;
  /** Every byte of it compared with its manifest. */
  verify(name: string): Promise<Result<Backup, readonly Damage[]>>;
  /** Verified, then unpacked, checked and its chain walked. */
  unpack(order: UnpackOrder): Promise<Result<Backup, readonly Damage[]>>;
  /** The same backup in another archive's directory. */
  copyTo(directory: string, name: string): Promise<Result<void, ArchiveFault>>;
  remove(name: string): void;
}
