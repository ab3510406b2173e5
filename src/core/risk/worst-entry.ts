/**
 * The worst price an entry may pay, which is the price risk is judged at.
 *
 * A limit entry can never pay more than its limit. A market entry has no such wall, so it is judged
 * at the opposite quote, or the alert's price where that is worse, plus the slippage allowance.
 */
import { directionOf } from "../model/alert.ts";
import type { Instrument } from "../model/instrument.ts";
import {
  chaseTicks,
  type Levels,
  reaches,
  stopDistance,
  tighter,
  towardsProfit,
} from "../model/levels.ts";
import type { Quote } from "../model/quote.ts";
import type { Rules } from "../model/rules.ts";
import type { Ticks } from "../model/units.ts";

export function worstEntry(
  instrument: Instrument,
  rules: Rules,
  levels: Levels,
  market: { readonly quote: Quote; readonly firstTarget: Ticks },
): Ticks {
  const { side, entry } = levels;
  const { quote, firstTarget } = market;
  if (rules.entry.kind === "limit") {
    const chased = towardsProfit(
      side,
      entry,
      chaseTicks(instrument, rules.entry.chase, stopDistance(levels)),
    );
    // A wide stop may allow a chase past the first target; no entry is worth its own exit.
    const wall = towardsProfit(side, firstTarget, -1);
    return reaches(side, chased, wall) ? wall : chased;
  }
  return towardsProfit(
    side,
    tighter(side, priceToPay(levels, quote), entry),
    rules.limits.slippage,
  );
}

/** What a market order would pay now: the ask for a buyer, the bid for a seller. */
export const priceToPay = (levels: Levels, quote: Quote): Ticks =>
  directionOf(levels.side) === 1 ? quote.ask : quote.bid;
