/**
 * Who hears of a turn when it is over: those who asked for something, and those who only listen.
 *
 * ```text
 * nothing was sent ─► at once
 * an order leaves ──► in a turn of their own, behind its bytes
 * ```
 */
import type { Audience } from "../ports/audience.ts";
import type { Clock } from "../ports/clock.ts";
import type { Recorded } from "../ports/journal.ts";
import type { Log } from "../ports/log.ts";
import type { Decided } from "./decider.ts";

export const hasSent = ({ step }: Decided): boolean =>
  step.effects.some(({ kind }) => kind === "Send");

/** Who asked for something hears what became of it when its facts are safe. */
export interface Askers {
  /** Their orders have left, their facts have still to be written. */
  owe(decided: readonly Decided[]): void;
  /** These and all that were owed; a moment later where an order is just leaving. */
  tell(decided: readonly Decided[]): void;
  areTold(): boolean;
  /** What is safe is told, and from here on nothing waits. */
  stop(): void;
}

export function createAskers(clock: Clock): Askers {
  let owed: readonly Decided[] = [];
  let safe: readonly Decided[] = [];
  const tellNow = (): void => {
    const told = safe;
    safe = [];
    for (const { letter, step } of told) letter.hearing?.(step);
  };
  return {
    owe(decided) {
      owed = [...owed, ...decided];
    },
    tell(decided) {
      safe = [...safe, ...owed, ...decided];
      owed = [];
      if (decided.some(hasSent)) clock.schedule(clock.now(), tellNow);
      else tellNow();
    },
    areTold: () => owed.length + safe.length === 0,
    stop: tellNow,
  };
}

interface TellerParts {
  readonly audience: readonly Audience[];
  readonly clock: Clock;
  readonly log: Log;
}

/** Tells what was written, in its order. */
export interface Teller {
  tell(recorded: readonly Recorded[], when: "now" | "later"): void;
  /** What waits is told, and from here on nothing waits. */
  stop(): void;
}

export function createTeller({ audience, clock, log }: TellerParts): Teller {
  let waiting: (readonly Recorded[])[] = [];
  let isStopped = false;
  /** One who cannot listen keeps nobody else from hearing. */
  const tellNow = (recorded: readonly Recorded[]): void => {
    for (const one of audience) {
      try {
        one.told(recorded);
      } catch (failure) {
        log.write("error", "audience-failed", { detail: String(failure) });
      }
    }
  };
  const tellAll = (): void => {
    const all = waiting;
    waiting = [];
    for (const recorded of all) tellNow(recorded);
  };
  return {
    tell(recorded, when) {
      if (recorded.length === 0) return;
      waiting.push(recorded);
      if (isStopped || (when === "now" && waiting.length === 1)) tellAll();
      else if (waiting.length === 1) clock.schedule(clock.now(), tellAll);
    },
    stop() {
      isStopped = true;
      tellAll();
    },
  };
}
