/**
 * When somebody may look: how reads are spread over what is left of their part, and what a check may
 * take beyond it.
 *
 * ```text
 * all calls   ├────────────── reads ──────────────┤─ checks ─┤─ rescue ─┤ ...
 *             ├ at once ┤ spread until more is free
 * promised    ◄──────────┤ to what is open: a look that only looks leaves it alone
 * ```
 *
 * A burst of reads would be followed by as long a blindness, so past the first third they are spread.
 * And some go out whatever else was called: where changes are asked for again and again, nobody but a
 * list can say that they were carried out long ago; without one there would be no end of them.
 */
import { CALLS_SPAN, type Limits, partOf, SHARES } from "./call-limits.ts";
import { type SlidingWindow, slidingWindow } from "./sliding-window.ts";

/** So much of the reads' part may go at once: a start needs many at a time. */
const UNSPREAD = 1 / 3;
/** This part of the calls may be checks; more of them wait as reads do. */
const CHECKS_MOST = 1 / 2;
/** So much of it is left for what follows a fill: the moves of stops, and the reads that check them. */
const SPARE = 1 / 10;
/** This part of the calls is theirs even where changes have used up the rest. */
const READS_LEAST = 1 / 4;
/** Orders and positions belong together. */
const READS_TOGETHER = 2;

export class LookPace {
  readonly #callsMax: number;
  /** All that is called, whoever calls. */
  readonly #calls: SlidingWindow;
  readonly #reads = slidingWindow(CALLS_SPAN);
  readonly #checks = slidingWindow(CALLS_SPAN);
  /** The last few. */
  #readsAt: readonly number[] = [];

  constructor({ callsMax }: Limits, calls: SlidingWindow) {
    this.#callsMax = callsMax;
    this.#calls = calls;
  }

  /** `promised` calls are for others. */
  readAt(now: number, promised: number): number {
    const part = Math.min(partOf(this.#callsMax, SHARES.read.calls), this.#callsMax - promised);
    const inShare = part <= 0 ? Number.POSITIVE_INFINITY : this.#calls.freeAt(part, now);
    return Math.min(Math.max(inShare, this.#nextAt(now, part)), this.#leastAt(now));
  }

  checkAt(now: number, promised: number): number {
    return Math.min(this.readAt(now, promised), this.#asCheckAt(now));
  }

  /** A check beyond their part is a read. */
  count(kind: "check" | "read", now: number): void {
    if (kind === "check" && this.#asCheckAt(now) <= now) return this.#checks.add(now);
    this.#reads.add(now);
    this.#readsAt = [...this.#readsAt, now].slice(-READS_TOGETHER);
  }

  #asCheckAt(now: number): number {
    return Math.max(
      this.#calls.freeAt(partOf(this.#callsMax, SHARES.check.calls), now),
      this.#checks.freeAt(partOf(this.#callsMax, CHECKS_MOST), now),
    );
  }

  /** What is left of the reads' part, spread over the time until there will be more. */
  #nextAt(now: number, part: number): number {
    const left = part - this.#calls.count(now);
    const first = this.#readsAt[this.#readsAt.length - READS_TOGETHER];
    if (first === undefined || left <= 0 || left > part * (1 - UNSPREAD)) return now;
    const gap = (this.#calls.easesAt(now) - now) / (left + 1);
    const gapMin = CALLS_SPAN / (part * (1 - SPARE));
    // The clock may have been set back since.
    return Math.min(first, now) + Math.ceil(READS_TOGETHER * Math.max(gap, gapMin));
  }

  #leastAt(now: number): number {
    const least = partOf(this.#callsMax, READS_LEAST);
    const first = this.#readsAt[this.#readsAt.length - READS_TOGETHER] ?? now;
    const nextAt = Math.min(first, now) + (READS_TOGETHER * CALLS_SPAN) / least;
    const freeAt = this.#calls.freeAt(this.#callsMax, now);
    return Math.max(now, nextAt, this.#reads.freeAt(least, now), freeAt);
  }
}
