/**
 * What can be traded, and how its prices are written.
 *
 * A tick is `tickUnits / 10^decimals` points: ES 25/100, ZN 15625/1000000. Keeping the two whole
 * numbers makes every conversion between a written price and ticks exact, with no epsilon.
 */
import { err, ok, type Result } from "../../std/result.ts";
import { type Money, money, type Ticks, ticks } from "./units.ts";

export type Root =
  | "ES"
  | "MES"
  | "NQ"
  | "MNQ"
  | "YM"
  | "MYM"
  | "RTY"
  | "M2K"
  | "CL"
  | "MCL"
  | "NG"
  | "GC"
  | "MGC"
  | "SI"
  | "SIL"
  | "ZB"
  | "ZN"
  | "ZF"
  | "ZT"
  | "6E"
  | "M6E";

/** Products that share an expiry rule, a holiday column and a product family. */
export type Group = "equity" | "energy" | "metals" | "rates" | "fx";

export interface Instrument {
  readonly root: Root;
  readonly exchange: "CME" | "CBOT" | "NYMEX" | "COMEX";
  readonly group: Group;
  /** ES and MES are one family: one trade at a time per account and family. */
  readonly family: Root;
  /** Size of a tick in units of 10^-decimals points. */
  readonly tickUnits: number;
  /** Decimals in which every price of this instrument can be written exactly. */
  readonly decimals: number;
  /** Dollars one contract gains or loses per tick. */
  readonly tickValue: Money;
  /** CME month codes in which contracts are listed, in calendar order. */
  readonly months: string;
}

export type PriceFault = "off-tick" | "not-a-price";

/** A written price (points) to ticks. Refuses what is not exactly on the tick grid. */
export function priceToTicks(instrument: Instrument, points: number): Result<Ticks, PriceFault> {
  if (!Number.isFinite(points)) return err("not-a-price");
  const scaled = points * 10 ** instrument.decimals;
  const units = Math.round(scaled);
  if (!Number.isSafeInteger(units)) return err("not-a-price");
  // The written decimal and its binary form differ by far less than a thousandth of a unit.
  if (Math.abs(scaled - units) > 1e-3 || units % instrument.tickUnits !== 0) return err("off-tick");
  return ok(ticks(units / instrument.tickUnits));
}

/** A distance in points to whole ticks, rounded down in size; +7 points on ES is 28 ticks. */
export function distanceToTicks(instrument: Instrument, points: number): Ticks {
  const units = points * 10 ** instrument.decimals;
  return ticks(Math.trunc(units / instrument.tickUnits + Math.sign(units) * 1e-9));
}

/** Ticks as the trader writes them, for JSON: a plain number of points. */
export function ticksToPoints(instrument: Instrument, price: Ticks): number {
  return (price * instrument.tickUnits) / 10 ** instrument.decimals;
}

/** Ticks as text with the instrument's own decimals: `6326.25`. */
export function showPrice(instrument: Instrument, price: Ticks): string {
  return ticksToPoints(instrument, price).toFixed(instrument.decimals);
}

/** The same price counted in another instrument's ticks (an ES alert traded in MES). */
export function convertTicks(
  from: Instrument,
  to: Instrument,
  price: Ticks,
): Result<Ticks, PriceFault> {
  if (from.tickUnits === to.tickUnits && from.decimals === to.decimals) return ok(price);
  return priceToTicks(to, ticksToPoints(from, price));
}

/** What `distance` ticks are worth on `quantity` contracts. */
export function worthOf(instrument: Instrument, distance: number, quantity: number): Money {
  return money(distance * quantity * instrument.tickValue);
}
