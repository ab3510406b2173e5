/**
 * What the market hub says of a contract, read into numbers.
 *
 * ```text
 * GatewayQuote  "CON.F.US.MES.Z26", {"bestBid":6325.25,"lastUpdated":"..."}     what changed
 * GatewayTrade  "CON.F.US.MES.Z26", [{"price":6325.5,"timestamp":"..."}, null]  one or several
 * ```
 *
 * A quote tells only what changed since the one before; what it leaves out is as it was. Prices are
 * points here, still unchecked against any tick.
 */
import { parseIso } from "../../core/model/iso-time.ts";
import type { Millis } from "../../core/model/units.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { type Fields, fieldsIn, number } from "./json-fields.ts";

export interface QuoteChange {
  /** The venue's id. */
  readonly contract: string;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly last: number | null;
  /** Of the change, by the venue's clock; its other time stamp can stand still for hours. */
  readonly at: Millis | null;
}

export interface Print {
  readonly price: number;
  readonly at: Millis;
}

export interface Prints {
  readonly contract: string;
  /** In the order of their times. */
  readonly prints: readonly Print[];
}

export function quoteTold([contract, payload]: readonly unknown[]): Result<QuoteChange, string> {
  const fields = fieldsIn(Array.isArray(payload) ? payload[0] : payload);
  if (typeof contract !== "string" || fields === null) return err("a quote of another shape");
  return ok({
    contract,
    bid: priceIn(fields, "bestBid"),
    ask: priceIn(fields, "bestAsk"),
    last: priceIn(fields, "lastPrice"),
    at: timeIn(fields, "lastUpdated"),
  });
}

export function printsTold([contract, payload]: readonly unknown[]): Result<Prints, string> {
  if (typeof contract !== "string") return err("a trade of no contract");
  const rows = Array.isArray(payload) ? payload.flat() : [payload];
  const prints: Print[] = [];
  for (const row of rows) {
    if (row === null || row === undefined) continue; // the venue fills its lists up with them
    const fields = fieldsIn(row);
    const price = fields && priceIn(fields, "price");
    const at = fields && timeIn(fields, "timestamp");
    if (price === null || at === null) return err("a trade without a price or a time");
    prints.push({ price, at });
  }
  return ok({ contract, prints: prints.toSorted((one, other) => one.at - other.at) });
}

/** No side of a book is at zero: that means there is none. */
function priceIn(fields: Fields, name: string): number | null {
  const read = number(fields[name]);
  return read.ok && read.value > 0 ? read.value : null;
}

function timeIn(fields: Fields, name: string): Millis | null {
  const text = fields[name];
  return typeof text === "string" ? parseIso(text) : null;
}
