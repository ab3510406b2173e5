/**
 * When a rule set takes entries, and by when it holds nothing any more.
 *
 * ```text
 * 17:00 ─────────────── entries ──────────────── 15:00 ─ 15:05 ──────── 16:00
 *   (live: from 08:30)                            none    all is left    the session ends
 * ```
 *
 * Times are minutes of the Chicago day; from 17:00 on they lie on the evening before the trade date.
 * Where a session ends early, both cut-offs come so much before its end.
 */
import type { NewsMargins } from "./news.ts";
import type { Millis } from "./units.ts";

export interface HoursRules {
  readonly entriesFrom: number;
  /** The same of an account that trades live, and of its twin on paper. */
  readonly liveEntriesFrom: number;
  readonly entriesUntil: number;
  /** From here on positions are left; null = they are kept over the end of the session. */
  readonly flatFrom: number | null;
  readonly entriesBeforeEarlyEnd: Millis;
  readonly flatBeforeEarlyEnd: Millis;
  /** Null = entries are taken whatever is published. */
  readonly news: NewsMargins | null;
  /** Whether an account whose venue never closes keeps all this too. */
  readonly alwaysOpen: "exempt" | "kept";
}
