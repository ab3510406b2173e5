/**
 * What follows from a trade's record: what it cost against the alert and against the market, how far
 * it went against us and for us, what it made of its risk, and where the time went.
 *
 * ```text
 * long        alerted ── lateness ──► ask at receipt ── slippage ──► average fill
 *                                     low ◄── adverse ──┴── favourable ──► high
 * ```
 *
 * A short is the mirror of it. Money is what all its contracts cost together; more than zero is to
 * our disadvantage. Source of the excursions: John Sweeney, Maximum Adverse Excursion; points count
 * from the average fill and dollars are points x point value x contracts entered.
 */
import { directionOf } from "./alert.ts";
import { ticksToPoints } from "./instrument.ts";
import { instrumentOf } from "./instruments.ts";
import { obtainable } from "./market-seen.ts";
import type { TradeRecord } from "./trade-record.ts";
import { type Millis, type Money, millis, money, type Ticks } from "./units.ts";

const tickValueOf = ({ instrument }: TradeRecord): Money => instrumentOf(instrument).tickValue;

/** From one price to the average fill, for all contracts entered. */
function costAgainst(record: TradeRecord, price: Ticks | null): Money | null {
  const { entry, side } = record;
  if (price === null || entry.quantity === 0) return null;
  const beyond = directionOf(side) * (entry.priceSum - price * entry.quantity);
  return money(beyond * tickValueOf(record));
}

/** What the entry cost beyond the alerted price. */
export const slippageToAlert = (record: TradeRecord): Money | null =>
  costAgainst(record, record.alerted);

const marketPrice = ({ market, side }: TradeRecord): Ticks | null =>
  market === null ? null : obtainable(market, side);

/** What the entry cost beyond what could be had when the alert reached us. */
export const slippageToMarket = (record: TradeRecord): Money | null =>
  costAgainst(record, marketPrice(record));

/** What the price had run away by then: lost before anybody here could act. */
export function lateness(record: TradeRecord): Money | null {
  const [toAlert, toMarket] = [slippageToAlert(record), slippageToMarket(record)];
  return toAlert === null || toMarket === null ? null : money(toAlert - toMarket);
}

/** Both at least zero. */
export interface Excursions {
  readonly maePoints: number;
  readonly mfePoints: number;
  readonly mae: Money;
  readonly mfe: Money;
}

/** Null before the first fill, and where nothing is known but the trade's own fills. */
export function excursionsOf(record: TradeRecord): Excursions | null {
  const { entry, reach, side } = record;
  if (reach === null || reach.by === null || entry.quantity === 0) return null;
  const above = reach.high * entry.quantity - entry.priceSum;
  const below = entry.priceSum - reach.low * entry.quantity;
  const [adverse, favourable] = side === "long" ? [below, above] : [above, below];
  const points = (sum: number): number =>
    ticksToPoints(instrumentOf(record.instrument), sum as Ticks) / entry.quantity;
  return {
    maePoints: points(adverse),
    mfePoints: points(favourable),
    mae: money(adverse * tickValueOf(record)),
    mfe: money(favourable * tickValueOf(record)),
  };
}

/** From the average fill to the planned stop; what was approved where that stop was no loss. */
export function initialRiskOf(record: TradeRecord): Money {
  const toStop = costAgainst(record, record.stop);
  return toStop !== null && toStop > 0 ? toStop : record.risk;
}

/** The net result in parts of the initial risk; null until it is closed. */
export function resultInR(record: TradeRecord): number | null {
  const risk = initialRiskOf(record);
  return record.net === null || risk <= 0 ? null : record.net / risk;
}

/** From alert to close, step by step; null where a step has no time, or the source's clock is ahead. */
export interface Delays {
  readonly alertToReceived: Millis | null;
  readonly receivedToDecided: Millis | null;
  readonly decidedToSent: Millis | null;
  readonly sentToFilled: Millis | null;
  readonly alertToFilled: Millis | null;
  /** From the first fill to the close. */
  readonly held: Millis | null;
}

export function delaysOf(record: TradeRecord): Delays {
  const { alertedAt, receivedAt, plannedAt, sentAt, filledAt, openedAt, closedAt } = record;
  return {
    alertToReceived: between(alertedAt, receivedAt),
    receivedToDecided: between(receivedAt, plannedAt),
    decidedToSent: between(plannedAt, sentAt),
    sentToFilled: between(sentAt, filledAt),
    alertToFilled: between(alertedAt, filledAt),
    held: between(openedAt, closedAt),
  };
}

const between = (from: Millis | null, to: Millis | null): Millis | null =>
  from === null || to === null || to < from ? null : millis(to - from);
