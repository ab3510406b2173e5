/**
 * A sign of life for whoever started us, given only by a house that is alive.
 *
 * ```text
 * a third of the patience ─► a question through the loop ─► answered? ─► facts can be written? ─► alive
 * ```
 *
 * The question goes the way of every alert and every price: a process that hangs, and a loop that does
 * not turn, give no sign. One whose disk refuses still lets positions out, and a restart would lose
 * what it holds in memory; so with something open it stays alive, and without it has a minute.
 */

import { millis } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import type { Clock } from "../ports/clock.ts";
import type { Supervisor } from "../ports/supervisor.ts";
import { openTrades } from "./exposure.ts";
import type { Loop } from "./loop.ts";

export interface WatchdogParts {
  readonly clock: Clock;
  readonly loop: Pick<Loop, "offer" | "state" | "impaired">;
  readonly supervisor: Supervisor;
  readonly status: () => string;
}

export interface Watchdog {
  stop(): void;
}

const REFUSING_MAX = 60_000;
/** Where nobody wants signs of life the status is told all the same. */
const STATUS_EVERY = 30_000;

export function keepWatchdog({ clock, loop, supervisor, status }: WatchdogParts): Watchdog {
  const { patience } = supervisor;
  const every = patience === null ? STATUS_EVERY : Math.max(1, Math.floor(patience / 3));
  let refusingSince: number | null = null;
  let said = "";
  let isStopped = false;
  let callOff = (): void => {};

  function isAlive(state: State): boolean {
    refusingSince = loop.impaired() ? (refusingSince ?? clock.now()) : null;
    if (refusingSince === null || openTrades(state).length > 0) return true;
    return clock.now() - refusingSince < REFUSING_MAX;
  }

  function answered(): void {
    if (isStopped) return;
    if (patience !== null && isAlive(loop.state())) supervisor.alive();
    const text = status();
    if (text === said) return;
    said = text;
    supervisor.status(text);
  }

  function ask(): void {
    loop.offer({ kind: "health", moves: [], healings: [] }, answered);
    callOff = clock.schedule(millis(clock.now() + every), ask);
  }

  said = status();
  supervisor.ready(said);
  ask();
  return {
    stop() {
      isStopped = true;
      callOff();
      supervisor.stopping();
    },
  };
}
