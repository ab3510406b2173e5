/** How far a tape's price went since a moment, and the longest time without a print. */
import type { PricePath } from "../model/stretch.ts";
import { type Millis, millis } from "../model/units.ts";
import { extremesBetween, indexAt, type Tape } from "./tape.ts";

/** `stand` is the print the market stands at by `now`; null before the first. */
export function pathOfTape(
  tape: Tape,
  since: Millis,
  { stand, now }: { readonly stand: number; readonly now: Millis },
): PricePath | null {
  const begins = tape.at[0];
  if (stand < 0 || begins === undefined) return null;
  const first = indexAt(tape, millis(since - 1), stand) + 1;
  return {
    reach: first > stand ? null : extremesBetween(tape, first, stand),
    from: millis(Math.max(since, begins)),
    silence: longestSilence(tape, first, stand, { from: Math.max(since, begins), to: now }),
  };
}

function longestSilence(
  { at }: Tape,
  first: number,
  last: number,
  { from, to }: { readonly from: number; readonly to: number },
): Millis {
  let longest = 0;
  let before = from;
  // The index is in range, so an element is a number.
  for (let index = first; index <= last; index++) {
    const time = at[index] as number;
    if (time - before > longest) longest = time - before;
    before = time;
  }
  return millis(Math.max(longest, to - before));
}
