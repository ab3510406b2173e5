/**
 * How many contracts an alert is worth: by its letter, or by the dollars it may lose; and what part
 * of that an account takes.
 *
 * ```text
 * rules: A = 3     ratio 0.5 ─► 1 (down)     ratio 0.3 ─► 0: refused, not one     ratio 2 ─► 6
 * ```
 */
import type { SizeLetter } from "../model/alert.ts";
import type { Sizing } from "../model/rules.ts";
import { type Contracts, contracts, type Money } from "../model/units.ts";

const LETTERS: readonly SizeLetter[] = ["A", "B", "C"];

/** A ratio that changes nothing, in thousandths. */
export const WHOLE = 1_000;

/** The letter that buys the least: what an alert gets that could be read in two ways. */
export const smallestOf = ({ bySize }: Sizing): SizeLetter =>
  LETTERS.reduce((least, letter) => (bySize[letter] <= bySize[least] ? letter : least));

/** The same size in micros; dollars stay dollars. */
export function inMicros(sizing: Sizing, ratio: number): Sizing {
  if (sizing.kind === "risk") return sizing;
  const { A, B, C } = sizing.bySize;
  return { ...sizing, bySize: { A: A * ratio, B: B * ratio, C: C * ratio } };
}

/** What the account takes of it, rounded down: never more than its part, and nothing of too little. */
export const sizeOf = (sizing: Sizing, letter: SizeLetter, riskPerContract: Money): Contracts =>
  partOf(wholeSizeOf(sizing, letter, riskPerContract), sizing);

/** `riskPerContract` is the loss of one contract from the worst entry to the stop, costs included. */
export function wholeSizeOf(sizing: Sizing, letter: SizeLetter, riskPerContract: Money): Contracts {
  if (sizing.kind === "contracts") return contracts(sizing.bySize[letter]);
  return contracts(Math.floor(sizing.bySize[letter] / riskPerContract));
}

export const partOf = (quantity: Contracts, { ratio = WHOLE }: Sizing): Contracts =>
  contracts(Math.floor((quantity * ratio) / WHOLE));
