/** What the books know of their own copies. */
import type { Millis } from "./units.ts";

export interface BackupMark {
  readonly name: string;
  readonly at: Millis;
  /** The last fact in it. */
  readonly sequence: number;
}

export interface BackupState {
  /** The newest one that was found whole and equal; null before the first. */
  readonly newest: BackupMark | null;
  /** Why the last try came to nothing; null while they work. */
  readonly fault: string | null;
}
