/** What the market says to an entry: whether there is a price, and whether it has answered already. */
import { err, ok, type Result } from "../../std/result.ts";
import { distanceToTicks, type Instrument } from "../model/instrument.ts";
import { type Levels, reaches, type Targets } from "../model/levels.ts";
import type { Quote } from "../model/quote.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Limits } from "../model/rules.ts";
import { type Millis, type Ticks, ticks } from "../model/units.ts";
import { priceToPay } from "./worst-entry.ts";

interface MarketView {
  readonly at: Millis;
  readonly quoteOf: (instrument: Instrument) => Quote | null;
  readonly priceAgeMax: Millis;
}

export function freshQuote(instrument: Instrument, view: MarketView): Result<Quote, Refusal> {
  const quote = view.quoteOf(instrument);
  if (quote === null) return err({ kind: "no-price", instrument: instrument.root });
  const age = (view.at - quote.at) as Millis;
  return age > view.priceAgeMax
    ? err({ kind: "stale-price", age, limit: view.priceAgeMax })
    : ok(quote);
}

export const quoteAt = ({ root }: Instrument, price: Ticks, at: Millis): Quote => ({
  instrument: root,
  at,
  last: price,
  bid: price,
  ask: price,
  high: price,
  low: price,
});

/** Has the market already answered? Compared with what we would have to pay now. */
export function refuseMarket(
  instrument: Instrument,
  levels: Levels,
  targets: Targets,
  limits: Limits,
  quote: Quote,
): Refusal | null {
  const { side, entry, stop } = levels;
  const collar = distanceToTicks(instrument, limits.collar[instrument.family] ?? 0);
  if (Math.abs(quote.last - entry) > collar) {
    return { kind: "collar", last: quote.last, alerted: entry, limit: collar };
  }
  if (reaches(side, stop, quote.last)) return { kind: "stop-touched", price: quote.last, stop };
  const halfway = ticks(entry + Math.trunc((stop - entry) / 2));
  if (reaches(side, halfway, quote.last))
    return { kind: "too-far-gone", price: quote.last, limit: halfway };
  const [first] = targets.levels;
  const pay = priceToPay(levels, quote);
  return first !== undefined && reaches(side, pay, first)
    ? { kind: "target-passed", price: pay, target: first }
    : null;
}
