/** How many contracts an alert is worth: by its letter, or by the dollars it may lose. */
import type { SizeLetter } from "../model/alert.ts";
import type { Sizing } from "../model/rules.ts";
import { type Contracts, contracts, type Money } from "../model/units.ts";

const LETTERS: readonly SizeLetter[] = ["A", "B", "C"];

/** The letter that buys the least: what an alert gets that could be read in two ways. */
export const smallestOf = ({ bySize }: Sizing): SizeLetter =>
  LETTERS.reduce((least, letter) => (bySize[letter] <= bySize[least] ? letter : least));

/** `riskPerContract` is the loss of one contract from the worst entry to the stop, costs included. */
export function sizeOf(sizing: Sizing, letter: SizeLetter, riskPerContract: Money): Contracts {
  if (sizing.kind === "contracts") return contracts(sizing.bySize[letter]);
  return contracts(Math.floor(sizing.bySize[letter] / riskPerContract));
}
