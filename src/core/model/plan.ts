/**
 * What a trade intends, complete before the first order: one entry per tranche, each with the stop
 * and the target it is born with.
 *
 * All prices are absolute ticks of `instrument`. With `anchor: "fill"` the targets stated here are
 * counted from the alert's price and move with the average fill later.
 */
import type { Side } from "./alert.ts";
import type { Cut, EarlyCut } from "./cut.ts";
import type { Root } from "./instrument.ts";
import type { Contracts, Millis, Money, Ticks } from "./units.ts";

export interface PlannedTranche {
  readonly quantity: Contracts;
  readonly target: Ticks;
}

export interface Plan {
  readonly instrument: Root;
  /** The month pinned for the trade's life, `MESZ26`; exits never look it up again. */
  readonly contract: string;
  readonly side: Side;
  readonly entry: { readonly kind: "limit"; readonly limit: Ticks } | { readonly kind: "market" };
  /** The price the alert named. */
  readonly alerted: Ticks;
  /** The worst entry that was approved. A fill beyond it keeps the tighter stop. */
  readonly worst: Ticks;
  /** What the brackets are counted from until the fill is known. */
  readonly expected: Ticks;
  readonly stop: Ticks;
  /** All target levels in order, also those no tranche ended up with. */
  readonly targets: readonly Ticks[];
  /** Thousandths leaving at each target, in order; used again when only part of it fills. */
  readonly shares: readonly number[];
  readonly tranches: readonly PlannedTranche[];
  readonly anchor: "alert" | "fill";
  readonly breakevenAfter: number;
  readonly onBreakevenPassed: "exit" | "keep";
  /** When resting entries are withdrawn, at the latest. */
  readonly expiresAt: Millis;
  /**
   * With a feed of bars: how long they rest from the first print after the plan. Before it nothing
   * could fill, so the time until then does not count.
   */
  readonly timeout?: Millis;
  /** One after the other; left out where the whole size was taken. */
  readonly cuts?: readonly Cut[];
  readonly cut?: EarlyCut;
  /** The approved loss: worst entry to stop, with slippage and fees. */
  readonly risk: Money;
}
