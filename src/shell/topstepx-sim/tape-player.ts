/**
 * Prices of a tape, told to the venue in the rhythm in which they were recorded.
 *
 * ```text
 * recorded    09:30:00.0   09:30:00.4   09:30:02.0
 * told        now          + 0.4 s      + 2 s          whatever day it is
 * ```
 */
import { type Millis, millis, type Ticks } from "../../core/model/units.ts";
import type { Tape } from "../../core/paper/tape.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Print } from "./cues.ts";

export interface TapePlayerParts {
  readonly tape: Tape;
  readonly clock: Clock;
  readonly print: (print: Print) => void;
  /** After the last price. */
  readonly ended: () => void;
}

/** Returns what stops it. A tape has at least one price. */
export function playTape({ tape, clock, print, ended }: TapePlayerParts): () => void {
  const shift = clock.now() - (tape.at[0] as number);
  let index = 0;
  let callOff = (): void => {};

  const dueAt = (): Millis => millis((tape.at[index] as number) + shift);
  const play = (): void => {
    for (; index < tape.length && dueAt() <= clock.now(); index += 1) print(printAt(tape, index));
    if (index < tape.length) callOff = clock.schedule(dueAt(), play);
    else ended();
  };
  play();
  return () => callOff();
}

/** All of a tape, at the times it was recorded. */
export const printsOf = (tape: Tape): readonly (Print & { readonly at: Millis })[] =>
  Array.from(tape.at, (at, index) => ({ ...printAt(tape, index), at: millis(at) }));

// The index is in range and a tape holds whole ticks, so each is a number of its kind.
const printAt = (tape: Tape, index: number): Print => ({
  root: tape.instrument,
  last: tape.last[index] as Ticks,
  bid: tape.bid[index] as Ticks,
  ask: tape.ask[index] as Ticks,
  size: tape.size?.[index] || 1,
});
