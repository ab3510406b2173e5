/**
 * From an approved alert to a complete plan: contract, entry, tranches, each with stop and target.
 *
 * Nothing here can say no any more. What the plan states is what the orders will say.
 */

import type { Calendar } from "../model/exchange-calendar.ts";
import { frontContract } from "../model/expiry.ts";
import type { Levels, Targets } from "../model/levels.ts";
import type { Plan, PlannedTranche } from "../model/plan.ts";
import { QUOTE_AGE_MAX } from "../model/quote.ts";
import type { Rules } from "../model/rules.ts";
import type { TradeDate } from "../model/trade-date.ts";
import { type Millis, millis } from "../model/units.ts";
import type { Approved } from "../risk/judge.ts";
import { priceToPay } from "../risk/worst-entry.ts";
import { split } from "./split.ts";

export interface PlanMoment {
  readonly at: Millis;
  readonly tradeDate: TradeDate;
  /** A quote older than this is no quote. */
  readonly priceAgeMax: Millis;
  /** By which contracts roll; left out: the one the program ships. */
  readonly calendar?: Calendar;
}

export function planTrade(approved: Approved, rules: Rules, moment: PlanMoment): Plan {
  const { instrument, levels, targets, quantity, worst, risk, quote, cuts } = approved;
  const limited = rules.entry.kind === "limit";
  return {
    instrument: instrument.root,
    contract: frontContract(instrument.root, moment.tradeDate, moment.calendar).code,
    side: levels.side,
    entry: limited ? { kind: "limit", limit: worst } : { kind: "market" },
    alerted: levels.entry,
    worst,
    expected: limited ? worst : priceToPay(levels, quote),
    stop: levels.stop,
    targets: targets.levels,
    shares: targets.shares,
    tranches: tranchesOf(quantity, targets),
    anchor: rules.exits.anchor,
    breakevenAfter: breakevenAfter(rules, levels),
    onBreakevenPassed: rules.exits.onBreakevenPassed,
    ...expiryOf(rules.entry, moment),
    ...(cuts === undefined ? {} : { cuts }),
    risk,
  };
}

/**
 * Between bars nothing can fill, so with them the time-out begins with the first print. A feed that
 * prints nothing for as long as its prices are trusted is stale, and nothing rests for more than one
 * time-out beyond that.
 */
function expiryOf(
  { timeout }: Rules["entry"],
  { at, priceAgeMax }: PlanMoment,
): Pick<Plan, "expiresAt" | "timeout"> {
  return priceAgeMax > QUOTE_AGE_MAX
    ? { expiresAt: millis(at + priceAgeMax + timeout), timeout }
    : { expiresAt: millis(at + timeout) };
}

/** The alert's own targets bring breakeven after the first of them, if the trader wants it at all. */
const breakevenAfter = ({ exits }: Rules, levels: Levels): number =>
  levels.targets.length > 0 ? Math.min(1, exits.breakevenAfter) : exits.breakevenAfter;

function tranchesOf(quantity: number, { shares, levels }: Targets): readonly PlannedTranche[] {
  const tranches: PlannedTranche[] = [];
  let index = 0;
  for (const part of split(quantity, shares)) {
    const target = levels[index++];
    if (part > 0 && target !== undefined) tranches.push({ quantity: part, target });
  }
  return tranches;
}
