/**
 * The dead man's switch: somebody outside is told at regular times that this house is well, and rings
 * when he hears nothing. A machine that is off cannot say so itself.
 *
 * ```text
 * every 5 min ─► through the loop ─► nothing failed? ─► one GET ─► whatever comes back
 * ```
 *
 * Whether it is heard matters to nobody here: trading knows nothing of it. The address is a secret,
 * because who knows it can keep the alarm silent; it is in no line and no log.
 */
import { type Millis, millis } from "../core/model/units.ts";
import type { HealthView } from "../core/views/health.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Loop } from "./loop.ts";

/** `done` is called once: null, or why it was not heard, without the address. */
export type Ping = (url: string, done: (failure: string | null) => void) => void;

export interface DeadManParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly loop: Pick<Loop, "offer">;
  readonly view: () => Pick<HealthView, "state">;
  readonly ping: Ping;
  readonly url: string;
  readonly every: Millis;
}

export interface DeadMan {
  stop(): void;
}

/** A start says at once that it is there, but for a moment to find its feet. */
const FIRST_AFTER = 15_000;

export function keepDeadMan(parts: DeadManParts): DeadMan {
  const { clock, log, loop, view, ping, url, every } = parts;
  let isStopped = false;
  let isAsking = false;
  let hasFailed = false;
  let callOff = (): void => {};

  function heard(failure: string | null): void {
    isAsking = false;
    if (failure !== null && !hasFailed) log.write("warn", "ping-unheard", { detail: failure });
    if (failure === null && hasFailed) log.write("info", "ping-heard", {});
    hasFailed = failure !== null;
  }

  function answered(): void {
    if (isStopped || isAsking || view().state === "failed") return;
    isAsking = true;
    ping(url, heard);
  }

  function due(): void {
    loop.offer({ kind: "health", moves: [], healings: [] }, answered);
    callOff = clock.schedule(millis(clock.now() + every), due);
  }

  callOff = clock.schedule(millis(clock.now() + FIRST_AFTER), due);
  return {
    stop() {
      isStopped = true;
      callOff();
    },
  };
}
