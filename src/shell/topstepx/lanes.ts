/**
 * One thing after the other where the order of things matters, everything else at once.
 *
 * ```text
 * order 17   modify ─► answered ─► modify ─► ...       two changes of one order, in their order
 * MES close  close ─► answered ─► close                two closes at once could sell twice
 * order 18   cancel ─► ...                             beside both, at once
 * ```
 *
 * An answer can take ten seconds not to come. A change of an order does not wait so long: it goes,
 * and what rests is compared with what should rest every second anyway. A close is given up instead;
 * whoever wanted it looks at the position and asks anew.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";

export interface Work {
  /** Begins it; `done` is called once, later. */
  readonly begin: (done: () => void) => void;
  /** What becomes of it when the one before has no answer for too long. */
  readonly whenLate: "begin" | "give-up";
  /** It has not begun and never will; not called from inside. */
  readonly givenUp: (reason: string) => void;
}

interface Waiting {
  readonly work: Work;
  readonly until: Millis;
}

interface Lane {
  underway: number;
  readonly waiting: Waiting[];
}

const WAITING_MAX = 16;
const WAIT_MAX = 1_500;

export class Lanes {
  readonly #clock: Clock;
  /** Those in which something is under way. */
  readonly #lanes = new Map<string, Lane>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  run(name: string, work: Work): void {
    const lane = this.#lanes.get(name);
    if (lane === undefined) return this.#begin(name, { underway: 0, waiting: [] }, work);
    const now = this.#clock.now();
    if (lane.waiting.length >= WAITING_MAX) {
      this.#clock.schedule(now, () => work.givenUp("too many requests wait for an answer"));
      return;
    }
    const until = millis(now + WAIT_MAX);
    lane.waiting.push({ work, until });
    this.#clock.schedule(until, () => this.#late(name, lane));
  }

  #begin(name: string, lane: Lane, { begin }: Work): void {
    lane.underway += 1;
    this.#lanes.set(name, lane);
    begin(() => {
      lane.underway -= 1;
      const next = lane.waiting.shift();
      if (next !== undefined) this.#begin(name, lane, next.work);
      else if (lane.underway === 0) this.#lanes.delete(name);
    });
  }

  #late(name: string, lane: Lane): void {
    for (;;) {
      const first = lane.waiting[0];
      if (first === undefined || first.until > this.#clock.now()) return;
      lane.waiting.shift();
      if (first.work.whenLate === "begin") this.#begin(name, lane, first.work);
      else first.work.givenUp("the request before it has no answer yet");
    }
  }
}
