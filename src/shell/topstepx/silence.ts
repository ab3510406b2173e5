/**
 * How long to leave the venue alone after it said "too many".
 *
 * ```text
 * 429 ─► 1 s ─► 429 ─► 2 s ─► 429 ─► 4 s ...  30 s      longer each time, where it does not say
 *  └ after 3 s, and every 3 s, two looks go out all the same: nobody may be blind for half a minute
 * ```
 *
 * How long is mostly a guess, and a call that was sent since and answered well shows that it was too
 * long. What the venue itself asked for holds.
 */
import { type Millis, millis } from "../../core/model/units.ts";

/** How long to leave the venue alone where it does not say, each time in a row. */
const HOLDS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** Longer than it may ask for. */
const HOLD_MAX = 300_000;
/** What looks goes out so often all the same, two at a time: orders and positions. */
const PROBE_EVERY = 3_000;
const PROBED_TOGETHER = 2;

export class Silence {
  #until = 0;
  #since = 0;
  #isGuess = false;
  #holds = 0;
  /** The last few. */
  #probes: readonly number[] = [];

  /** Null while the venue may be called. Never for longer than the longest: the clock was set back since. */
  until(now: number): Millis | null {
    const left = this.#until - now;
    return left > 0 && left <= HOLD_MAX ? millis(this.#until) : null;
  }

  begin(now: number, retryAfter: Millis | null): void {
    const isNew = this.until(now) === null;
    const step = HOLDS[Math.min(this.#holds, HOLDS.length - 1)] ?? HOLD_MAX;
    // Calls that were under way are told so too: that is the same "too many", unless it says when.
    if (isNew) this.#holds += 1;
    else if (retryAfter === null) return;
    const until = now + Math.min(retryAfter ?? step, HOLD_MAX);
    this.#until = isNew ? until : Math.max(this.#until, until);
    this.#since = now;
    this.#isGuess = retryAfter === null;
  }

  /** A call sent at that time was answered with something else. */
  ease(now: number, sentAt: number): void {
    if (this.until(now) === null) this.#holds = 0;
    else if (this.#isGuess && sentAt > this.#since) this.#until = now;
  }

  /** When a look may go out in spite of it. */
  probeAt(now: number): number {
    const last = this.#probes[this.#probes.length - PROBED_TOGETHER] ?? this.#since;
    const free = Math.min(Math.max(last, this.#since), now) + PROBE_EVERY;
    return Math.min(Math.max(now, free), this.until(now) ?? now);
  }

  probed(now: number): void {
    this.#probes = [...this.#probes, now].slice(-PROBED_TOGETHER);
  }
}
