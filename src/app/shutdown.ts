/**
 * The clean stop: nothing new begins, what was asked is answered, then the last fact is written.
 *
 * ```text
 * sources closed ─► entries withdrawn ─► answers, 10 s at most ─► RunEnded ─► done
 *                        └ flatten: every trade leaves through its legs meanwhile
 * ```
 *
 * Everything happens on the run's own clock and by callbacks, so that a demo that stops at a certain
 * moment of its day stops there at any speed.
 */
import { type Millis, millis } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import type { Clock } from "../ports/clock.ts";
import { heldTrades, isUnanswered, openTrades } from "./exposure.ts";
import type { Loop } from "./loop.ts";

export interface ShutdownParts {
  readonly clock: Clock;
  readonly loop: Loop;
  readonly reason: string;
  /** Close what is open, or leave it to its stops and targets. */
  readonly flatten: boolean;
  /** How long answers are waited for. */
  readonly patience: Millis;
  readonly done: () => void;
}

const LOOK_EVERY = 100;

export function shutDown(parts: ShutdownParts): void {
  const { clock, loop, reason, flatten } = parts;
  const deadline = clock.now() + parts.patience;
  const asked = new Set<number>();
  let isDone = false;

  const look = (): void => {
    if (flatten) for (const trade of heldTrades(loop.state())) closeOnce(trade.number);
    if (clock.now() < deadline && isBusy(loop.state())) later(look, LOOK_EVERY);
    else loop.offer({ kind: "stop", stage: "end", reason }, finish);
  };
  const closeOnce = (trade: number): void => {
    if (asked.has(trade)) return;
    asked.add(trade);
    loop.offer({ kind: "command", command: { kind: "close", trade } });
  };
  const isBusy = (state: State): boolean =>
    openTrades(state).some(isUnanswered) || (flatten && heldTrades(state).length > 0);
  /** In a turn of its own, when the last facts have been told. */
  const finish = (): void => {
    if (!isDone) later(parts.done, 0);
    isDone = true;
  };
  const later = (task: () => void, delay: number): void =>
    void clock.schedule(millis(clock.now() + delay), task);

  loop.offer({ kind: "stop", stage: "begin", reason }, () => later(look, 0));
}
