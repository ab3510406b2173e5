/**
 * Time that jumps from one due moment to the next.
 *
 * ```text
 *   agenda   09:00:00 ── 09:00:07 ── 11:42:00 ── ...      a task sees exactly its own moment,
 *               ▲                                         however late or early the host runs it
 *              now
 * ```
 *
 * `runUntil` and `runAll` play it as fast as it goes: tests, replays, the storm. `paced` plays the
 * same agenda along the host's time at some speed: the demo. Tasks run in the same order at the same
 * virtual moments either way, so a day gives the same result at any speed.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { agenda } from "../../std/agenda.ts";
import { invariant } from "../../std/assert.ts";

export interface VirtualClock extends Clock {
  /** Tasks not yet run. */
  pending(): number;
  /** When the next task is due; null when there is none. */
  nextAt(): Millis | null;
  /** Runs the next task if it is due by `until`; false when none is. */
  runNext(until: Millis): boolean;
  /** Runs everything due by `until`, then it is `until`. Returns how many tasks ran. */
  runUntil(until: Millis): number;
  /** Runs until nothing is left or `limit` tasks have run. Returns how many tasks ran. */
  runAll(limit: number): number;
}

/** More tasks than this at one moment are a circle, not a crowd. */
const AT_ONE_MOMENT_MAX = 1_000_000;

export function virtualClock(start: Millis): VirtualClock {
  const due = agenda<() => void>();
  let now = start;
  let ranAtThisMoment = 0;
  let isRunning = false;

  const runNext = (until: Millis): boolean => {
    invariant(!isRunning, "a task never drives the clock that runs it");
    const next = due.first();
    if (next === null || next.at > until) return false;
    ranAtThisMoment = next.at === now ? ranAtThisMoment + 1 : 1;
    invariant(ranAtThisMoment <= AT_ONE_MOMENT_MAX, "tasks of one moment come to an end");
    due.take();
    now = millis(next.at);
    isRunning = true;
    try {
      next.item();
    } finally {
      isRunning = false;
    }
    return true;
  };

  return {
    now: () => now,
    // What should have been done in the past is done now: time never runs backwards.
    schedule: (at, task) => due.add(Math.max(at, now), task),
    pending: due.size,
    nextAt() {
      const next = due.first();
      return next === null ? null : millis(next.at);
    },
    runNext,
    runUntil(until) {
      let count = 0;
      while (runNext(until)) count += 1;
      if (until > now) now = until;
      return count;
    },
    runAll(limit) {
      let count = 0;
      while (count < limit && runNext(millis(Number.MAX_SAFE_INTEGER))) count += 1;
      return count;
    },
  };
}

export interface Pace {
  /** Virtual seconds in one of the host's, or as many as it manages. */
  readonly speed: number | "max";
  /** When to stop. */
  readonly until: Millis;
  /** Called once, when `until` is reached. */
  readonly ended: () => void;
}

export interface Pacer {
  start(): void;
  stop(): void;
  /**
   * Brings virtual time up to the present, for something that reaches the program from outside: a
   * command typed between two due moments would else be dated back to the earlier one.
   */
  catchUp(): void;
}

/** The host as a pacer needs it: a steady count of milliseconds, and a way to come back later. */
export interface HostTime {
  now(): number;
  later(delay: number, task: () => void): () => void;
}

/** How long tasks may run before other work of the process gets its turn. */
const TURN = 5;
/** Longest sleep: somebody else may have put something on the agenda meanwhile. */
const SLEEP_MAX = 50;

export function paced(clock: VirtualClock, pace: Pace, host: HostTime = hostTime): Pacer {
  const { until } = pace;
  const factor = pace.speed === "max" ? Number.POSITIVE_INFINITY : pace.speed;
  let isOn = false;
  let callOff = (): void => {};
  let hostStart = 0;
  let virtualStart = clock.now();

  /** The virtual time that goes with the host's present. */
  const goal = (): Millis => {
    if (factor === Number.POSITIVE_INFINITY) return until;
    const passed = Math.floor((host.now() - hostStart) * factor);
    return millis(Math.min(until, virtualStart + passed));
  };

  const turn = (): void => {
    const goalNow = goal();
    const turnEnds = host.now() + TURN;
    let hasMore = true;
    // A task may stop the pacer.
    while (hasMore && isOn && host.now() < turnEnds) hasMore = clock.runNext(goalNow);
    if (!isOn) return;
    if (hasMore) callOff = host.later(0, turn);
    else if (goalNow < until) callOff = host.later(sleep(), turn);
    else finish();
  };

  /** Until the next task is due; at full speed it never waits for one. */
  const sleep = (): number => {
    const next = Math.min(clock.nextAt() ?? until, until);
    const hostDue = hostStart + (next - virtualStart) / factor;
    return Math.min(SLEEP_MAX, Math.max(1, Math.ceil(hostDue - host.now())));
  };

  const finish = (): void => {
    isOn = false;
    clock.runUntil(until);
    pace.ended();
  };

  return {
    start() {
      invariant(!isOn, "a pacer that runs is not started again");
      isOn = true;
      hostStart = host.now();
      virtualStart = clock.now();
      callOff = host.later(0, turn);
    },
    stop() {
      isOn = false;
      callOff();
    },
    catchUp() {
      if (isOn && pace.speed !== "max") clock.runUntil(goal());
    },
  };
}

const hostTime: HostTime = {
  now: () => performance.now(),
  later(delay, task) {
    if (delay > 0) {
      const timer = setTimeout(task, delay);
      return () => clearTimeout(timer);
    }
    const turn = setImmediate(task);
    return () => clearImmediate(turn);
  },
};
