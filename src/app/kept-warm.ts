/**
 * Keeps the code that trades ready, while nothing is to be done.
 *
 * ```text
 * settled ─► drill, a step every few milliseconds, for some seconds ─► twenty steps every 20 s
 * ```
 *
 * The first decision of a process takes some ten milliseconds, the tenth still several times as long
 * as one after some hundred trades. And code that lies idle for an hour is thrown away by the
 * runtime. No turn of it is longer than what a first alert would have taken.
 */
import { millis } from "../core/model/units.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { drills } from "./drill.ts";

interface WarmParts {
  readonly clock: Clock;
  readonly log: Log;
}

export interface KeptWarm {
  stop(): void;
}

interface Pace {
  /** Steps in one turn; a trade takes a dozen. */
  readonly steps: number;
  /** Milliseconds to the next turn. */
  readonly wait: number;
}

/** Of the first ones each may be slow. */
const GENTLE: Pace = { steps: 1, wait: 5 };
const BRISK: Pace = { steps: 20, wait: 10 };
const IDLE: Pace = { steps: 20, wait: 20_000 };
const GENTLE_TURNS = 50;
const BRISK_TURNS = 1_000;

const paceAfter = (turns: number): Pace =>
  turns < GENTLE_TURNS ? GENTLE : turns < GENTLE_TURNS + BRISK_TURNS ? BRISK : IDLE;

export function keepWarm({ clock, log }: WarmParts, drill: Iterator<unknown> = drills()): KeptWarm {
  let turns = 0;
  let callOff = (): void => {};
  const goOn = (): void => {
    const { steps, wait } = paceAfter(turns);
    callOff = clock.schedule(millis(clock.now() + wait), () => {
      if (!isDone(steps)) return;
      turns += 1;
      goOn();
    });
  };

  /** A drill that breaks ends the drills, and nothing else: positions may be open. */
  function isDone(steps: number): boolean {
    try {
      for (let n = 0; n < steps; n++) drill.next();
      return true;
    } catch (fault) {
      log.write("error", "bug", { input: "drill", detail: String(fault) });
      return false;
    }
  }

  goOn();
  return { stop: () => callOff() };
}
