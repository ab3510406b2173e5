/** What is counted over all accounts of a book together, as one of them is judged. */
import type { Instrument } from "../model/instrument.ts";
import { type Money, money } from "../model/units.ts";

/** All accounts that are counted with this one, and what their limit has reached. */
export interface TotalView {
  readonly opening: Money;
  readonly realised: Money;
  /** What all open trades can still lose. */
  readonly open: Money;
  /** Contracts held or asked for in a product family. */
  readonly wantedIn: (instrument: Instrument) => number;
  /** Highest part of the limit a step was taken at today, thousandths. */
  readonly reached: number;
}

/** Where no entry is judged, and only asked how the next one would be. */
export const reachedOnly = (reached: number): TotalView => ({
  ...{ opening: money(0), realised: money(0), open: money(0) },
  wantedIn: () => 0,
  reached,
});
