/**
 * What a message turned out to be. Every message gets exactly one of these, and silence is never
 * one: even "none" says why, and whether a person should look.
 *
 * ```text
 * message ─┬─► entries   open these, after doing what `before` says
 *          ├─► update    something changed for trades that are already open
 *          ├─► tracked   options and currencies: read in full, executed nowhere
 *          └─► none      nothing to do, because ...; review = a person should see it
 * ```
 */
import type { Alert } from "../model/alert.ts";
import type { Tracked } from "../model/tracked.ts";
import type { Update } from "../model/update.ts";

export interface Entries {
  readonly kind: "entries";
  readonly entries: readonly Alert[];
  /** "Stopped on the first one, re-entering": this happens before the entries. */
  readonly before: readonly Update[];
  /** Why other alerts of the same message were not taken; each alert is judged alone. */
  readonly leftOut: readonly string[];
}

export interface None {
  readonly kind: "none";
  readonly reason: string;
  readonly review: boolean;
  /** The alert as it was read, where only its size is unclear: somebody may still take it. */
  readonly complete?: Alert;
}

export type Parsed =
  | Entries
  | { readonly kind: "update"; readonly updates: readonly Update[] }
  | { readonly kind: "tracked"; readonly tracked: readonly Tracked[] }
  | None;

/** Why most messages are none. */
export const NOTHING_IN_IT = "no alert in it";

/** Certainly not an entry. */
export const none = (reason: string): None => ({ kind: "none", reason, review: false });

/** Not an entry, yet close enough to one that a person should see it. */
export const doubtful = (reason: string): None => ({ kind: "none", reason, review: true });

/** Of a message that may have said something else at first: what it says of older trades holds. */
export function withoutEntries(parsed: Parsed): Parsed {
  if (parsed.kind !== "entries") return parsed;
  const { entries, before } = parsed;
  if (before.length > 0) return { kind: "update", updates: before };
  const [complete] = entries;
  const doubt = unsure("it was edited before it was heard");
  return complete === undefined || entries.length > 1 ? doubt : { ...doubt, complete };
}

/** Careful people would disagree about it, so nothing is traded and somebody is asked. */
export const unsure = (why: string): None => doubtful(`unsure: ${why}`);
