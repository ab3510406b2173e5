/**
 * Calls that came to nothing, for whoever looks after the program: each change, and of reads the
 * first of a kind in a minute, with the number of those before it that were not told. A night without
 * a network is a few hundred lines, not sixty thousand.
 */
import type { Millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";

export interface Fault {
  /** Of the call; there are only so many. */
  readonly path: string;
  readonly outcome: "not-sent" | "unknown";
  readonly isChange: boolean;
  /** Holds no secret. */
  readonly reason: string;
}

export interface FaultLog {
  note(fault: Fault): void;
  last(): { readonly at: Millis; readonly words: string } | null;
}

const SPAN = 60_000;

export function faultLog(clock: Clock, log: Log): FaultLog {
  const told = new Map<string, { readonly at: number; untold: number }>();
  let last: ReturnType<FaultLog["last"]> = null;
  return {
    note({ path, outcome, isChange, reason }) {
      const now = clock.now();
      last = { at: now, words: `${path}: ${reason}` };
      const key = `${path} ${outcome}`;
      const before = told.get(key);
      if (!isChange && before !== undefined && Math.abs(now - before.at) < SPAN) {
        before.untold += 1;
        return;
      }
      told.set(key, { at: now, untold: 0 });
      const untold = before?.untold ?? 0;
      log.write("warn", "topstepx-call-failed", { path, outcome, reason, untold });
    },
    last: () => last,
  };
}
