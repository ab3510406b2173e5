/**
 * How many calls went out in the last so many milliseconds, and when there will be room again.
 *
 * ```text
 *        ├────────── span ──────────┤
 *  · ·   · ··  ·    ····   ·  ·   · now        a call counts until it is older than the span
 * ```
 *
 * Sliding, because nobody knows how the venue counts: what fits here fits every fixed window too.
 */
export interface SlidingWindow {
  add(now: number): void;
  count(now: number): number;
  /** The first moment at which fewer than `max` count; now, or later. */
  freeAt(max: number, now: number): number;
  /** When the oldest of those that count will count no more; now when none does. */
  easesAt(now: number): number;
}

/** So many at once are thrown away, as it costs as much as one. */
const FORGOTTEN_AT = 256;

export function slidingWindow(span: number): SlidingWindow {
  let times: number[] = [];
  /** Those before it count no more. */
  let first = 0;
  const look = (now: number): void => {
    const ahead = (times.at(-1) ?? now) - now;
    // The host's clock was set back: what was just sent was still just sent.
    if (ahead > 0) times = times.map((time) => time - ahead);
    while ((times[first] ?? now) < now - span) first += 1;
    if (first < FORGOTTEN_AT) return;
    times = times.slice(first);
    first = 0;
  };
  return {
    add(now) {
      look(now);
      times.push(now);
    },
    count(now) {
      look(now);
      return times.length - first;
    },
    freeAt(max, now) {
      look(now);
      const place = times.length - max;
      const last = place < first ? undefined : times[place];
      return last === undefined ? now : last + span + 1;
    },
    easesAt(now) {
      look(now);
      const oldest = times[first];
      return oldest === undefined ? now : oldest + span + 1;
    },
  };
}
