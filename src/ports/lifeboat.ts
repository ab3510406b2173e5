/**
 * Where facts go while the journal cannot be written: a plain append-only file beside it, so that
 * what was done to reduce risk is not forgotten even if the process dies before the disk heals.
 */
import type { Fact } from "../core/model/fact.ts";

export interface Lifeboat {
  /** Best effort: false when this could not be written either. */
  save(facts: readonly Fact[]): boolean;
  /** What an earlier run left behind, oldest first. */
  load(): readonly Fact[];
  clear(): void;
}
