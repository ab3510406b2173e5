/**
 * What the fills of a trade add up to: contracts held, breakeven, and the money made or lost.
 *
 * Fills are kept as sums (contracts, and price x contracts in ticks), so nothing here is averaged
 * before it must be, and a trade that is fully out gives its exact result:
 *
 * ```text
 * gross = direction x (sum of exit prices - sum of entry prices) x tick value
 * ```
 *
 * While a tranche is only partly out, the exited contracts bear their share of its entry sum. That
 * share may end in a fraction of a ten-thousandth of a dollar; it is rounded down, so a running
 * figure never looks better than it is, and the fraction is gone once the tranche is out.
 */
import { directionOf } from "./alert.ts";
import { instrumentOf } from "./instruments.ts";
import type { FillSum, OrderState, Trade, Tranche } from "./trade.ts";
import { type Contracts, contracts, type Money, money, type Ticks, ticks } from "./units.ts";

/** Contracts of a tranche bought and not yet sold (for a short: sold and not yet bought). */
export const heldOfTranche = (tranche: Tranche): Contracts =>
  contracts(tranche.entered.quantity - tranche.exited.quantity);

export const heldOf = (trade: Trade): Contracts =>
  contracts(trade.tranches.reduce((sum, tranche) => sum + heldOfTranche(tranche), 0));

/** All entry fills of a trade in one sum. */
export const enteredOf = (trade: Trade): FillSum =>
  trade.tranches.reduce((sum, tranche) => plus(sum, tranche.entered), NOTHING);

/**
 * Where a stop costs nothing but fees: the contract-weighted mean of all entry fills, rounded to
 * the tick in the trade's favour (up for a long, down for a short). Null before the first fill.
 */
export function breakevenOf(trade: Trade): Ticks | null {
  const { quantity, priceSum } = enteredOf(trade);
  if (quantity === 0) return null;
  const mean = priceSum / quantity;
  return ticks(trade.plan.side === "long" ? Math.ceil(mean) : Math.floor(mean));
}

/** What the exited contracts made, before fees; negative for a loss. */
export function grossOf(trade: Trade): Money {
  const [entered, exited] = [enteredOf(trade), exitedOf(trade)];
  if (entered.quantity === exited.quantity) {
    const { tickValue } = instrumentOf(trade.plan.instrument);
    return money(directionOf(trade.plan.side) * (exited.priceSum - entered.priceSum) * tickValue);
  }
  return money(trade.tranches.reduce((sum, tranche) => sum + grossOfTranche(trade, tranche), 0));
}

const exitedOf = (trade: Trade): FillSum =>
  trade.tranches.reduce((sum, tranche) => plus(sum, tranche.exited), NOTHING);

function grossOfTranche(trade: Trade, { entered, exited }: Tranche): number {
  if (entered.quantity === 0 || exited.quantity === 0) return 0;
  // Both sums brought to the same number of contracts; the division comes last.
  const moved = exited.priceSum * entered.quantity - entered.priceSum * exited.quantity;
  const { tickValue } = instrumentOf(trade.plan.instrument);
  return Math.floor((directionOf(trade.plan.side) * moved * tickValue) / entered.quantity);
}

/** Where the venue says that its stop works. */
export const confirmedStop = ({ stop }: Tranche): readonly Ticks[] =>
  stop?.state === "working" ? [stop.price] : [];

const MAY_FILL: readonly OrderState[] = ["planned", "sent", "unknown", "working"];

/** Contracts of a tranche that may still be entered. */
export const pendingOf = ({ entry, quantity, entered }: Tranche): number =>
  MAY_FILL.includes(entry.state) ? Math.max(0, quantity - entered.quantity) : 0;

/** Contracts held, and those ordered that may still fill: both will have to be carried. */
export const wantedOf = ({ tranches }: Trade): Contracts =>
  contracts(tranches.reduce((sum, one) => sum + heldOfTranche(one) + pendingOf(one), 0));

/**
 * Of what is held, from its entry to its confirmed stop (or the stop wanted, where none is yet); of
 * what may still fill, from the worst entry. Slippage and fees are not in it, and a stop that locks
 * in a profit risks nothing.
 */
export const openRiskOf = (trade: Trade): Money => money(Math.max(0, stopRiskOf(trade)));

/** The same where a stop that locks in a profit counts as one, below zero. */
export const stopRiskOf = (trade: Trade): Money =>
  money(trade.tranches.reduce((sum, tranche) => sum + riskOfTranche(trade, tranche), 0));

function riskOfTranche(trade: Trade, tranche: Tranche): number {
  const { plan, stopAim } = trade;
  const [stop = stopAim] = confirmedStop(tranche);
  const toStop = directionOf(plan.side) * instrumentOf(plan.instrument).tickValue;
  const { quantity, priceSum } = tranche.entered;
  const held = Math.max(0, heldOfTranche(tranche));
  // The held part bears its share of the entry sum; a fraction of a ten-thousandth counts as risk.
  const ofHeld =
    held === 0 ? 0 : Math.ceil((toStop * (priceSum - stop * quantity) * held) / quantity);
  return ofHeld + toStop * (plan.worst - stopAim) * pendingOf(tranche);
}

/**
 * What a trade makes at any price, fees of leaving aside, as a straight line:
 *
 * ```text
 * result at p = direction x held x p x tick value + base
 * ```
 *
 * Lines add up, so many trades of one instrument and side are one.
 */
export interface Line {
  readonly held: number;
  readonly base: Money;
}

export function lineOf(trade: Trade): Line {
  const held = heldOf(trade);
  const worth = directionOf(trade.plan.side) * instrumentOf(trade.plan.instrument).tickValue;
  let paid = 0;
  for (const { entered, exited } of trade.tranches) {
    const left = entered.quantity - exited.quantity;
    if (left !== 0 && entered.quantity !== 0) paid += (entered.priceSum * left) / entered.quantity;
  }
  // A fraction of a ten-thousandth of a dollar counts as lost.
  return { held, base: money(Math.floor(grossOf(trade) - worth * paid) - trade.fees) };
}

const NOTHING: FillSum = { quantity: contracts(0), priceSum: 0 };

const plus = (a: FillSum, b: FillSum): FillSum => ({
  quantity: contracts(a.quantity + b.quantity),
  priceSum: a.priceSum + b.priceSum,
});
