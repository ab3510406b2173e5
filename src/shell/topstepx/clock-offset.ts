/**
 * How far our clock is from the venue's, told by the `Date` of its answers.
 *
 * ```text
 * ours     sent ├───────────┤ received
 * theirs            │ Date: 15:31:07          somewhere in between it was 15:31:07.000 to .999
 * ```
 *
 * Each answer bounds the difference from both sides; the bounds of many answers meet within some
 * tens of milliseconds. An answer that contradicts them says that a clock was set: it counts alone.
 */
import { type Millis, millis } from "../../core/model/units.ts";

export interface Heard {
  readonly sentAt: Millis;
  readonly receivedAt: Millis;
  readonly date: Millis;
}

export interface ClockOffset {
  hear(heard: Heard): void;
  /** What to add to our time to have theirs; null before the first answer. */
  offset(): Millis | null;
}

/** The header has whole seconds. */
const SECOND = 1_000;

export function clockOffset(): ClockOffset {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  return {
    hear({ sentAt, receivedAt, date }) {
      const lowest = date - receivedAt;
      const highest = date + SECOND - sentAt;
      // Our clock was set while we waited: this one says nothing.
      if (highest < lowest) return;
      low = Math.max(low, lowest);
      high = Math.min(high, highest);
      if (low <= high) return;
      low = lowest;
      high = highest;
    },
    offset: () => (Number.isFinite(low) ? millis(Math.round((low + high) / 2)) : null),
  };
}
