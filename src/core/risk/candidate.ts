/** An entry while it is judged: complete, and not approved yet. */
import type { SizeLetter } from "../model/alert.ts";
import type { Cut } from "../model/cut.ts";
import type { Instrument } from "../model/instrument.ts";
import type { Levels, Targets } from "../model/levels.ts";
import type { Quote } from "../model/quote.ts";
import { type Contracts, type Money, money, type Ticks } from "../model/units.ts";

export interface Candidate {
  readonly instrument: Instrument;
  readonly levels: Levels;
  readonly targets: Targets;
  readonly quantity: Contracts;
  readonly worst: Ticks;
  readonly risk: Money;
  readonly quote: Quote;
  readonly letter: SizeLetter;
  /** Why it is less than the rules say; left out where it is not. */
  readonly cuts?: readonly Cut[];
}

export function withCuts(candidate: Candidate, cuts: readonly Cut[]): Candidate {
  const quantity = cuts.at(-1)?.to;
  if (quantity === undefined) return candidate;
  const risk = money((candidate.risk / candidate.quantity) * quantity);
  return { ...candidate, quantity, risk, cuts: [...(candidate.cuts ?? []), ...cuts] };
}
