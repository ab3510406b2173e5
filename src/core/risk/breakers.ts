/**
 * The circuit breakers, as one table: what trips each, for how long, and what closes it again.
 *
 * | Breaker | Trips when | Entries stop | Then |
 * |---|---|---|---|
 * | losses | so many trades in a row lost more than a tenth of their risk | until the next trade date | one trade at the smallest size: its win closes it |
 * | drawdown | the day stands so far below the best it had booked | until the next trade date | closed |
 * | errors | so many orders were refused or unanswered in so short a time | for its pause | one trade at the smallest size, without trouble |
 * | slippage | the last fills were worse than allowed for, on average | until the next trade date | one trade at the smallest size |
 * | feed | an alert met a price too old to trade on | for its pause | closed |
 *
 * Two more conditions stop entries and are no breakers, because they last exactly as long as they
 * are true: the clock (`clock-off`) and the line to the venue (`link-down`).
 */
import type { Account } from "../model/account.ts";
import type { AccountRisk, Tripped } from "../model/account-risk.ts";
import type { BreakerName, DayLimits } from "../model/limits.ts";
import { amountOf } from "../model/limits.ts";
import type { Trade } from "../model/trade.ts";
import { tradeDateEnd, tradeDateOf } from "../model/trade-date.ts";
import { type Millis, type Money, millis } from "../model/units.ts";
import { openingOf, riskOf } from "./memory.ts";

export type BreakerState = "open" | "half-open" | "closed";

const PROVED_BY_A_TRADE: ReadonlySet<BreakerName> = new Set<BreakerName>([
  ...(["losses", "errors", "slippage"] as const),
]);

/** A breaker whose limit was taken out of the settings stays as it was: only time and trades end it. */
export const stateAt = ({ breaker, until }: Tripped, at: Millis): BreakerState => {
  if (at < until) return "open";
  return PROVED_BY_A_TRADE.has(breaker) ? "half-open" : "closed";
};

export const openAt = ({ tripped }: AccountRisk, at: Millis): Tripped | undefined =>
  tripped.find((one) => stateAt(one, at) === "open");

export const halfOpenAt = ({ tripped }: AccountRisk, at: Millis): Tripped | undefined =>
  tripped.find((one) => stateAt(one, at) === "half-open");

/** The trade that is on since the breaker asked for one. */
export const proofOf = ({ until }: Tripped, trades: readonly Trade[]): Trade | undefined =>
  trades.find(({ plannedAt }) => plannedAt >= until);

export type TradeOutcome = "win" | "loss" | "scratch";

/** Within a tenth of what was risked nothing was won and nothing lost. */
export function outcomeOf(net: Money, risk: Money): TradeOutcome {
  if (10 * Math.abs(net) <= risk) return "scratch";
  return net > 0 ? "win" : "loss";
}

/** What trips now, and was not open before. */
export type Trip = Omit<Tripped, "at">;

export interface Standing {
  readonly account: Account;
  readonly limits: DayLimits & { readonly slippage: number };
  readonly at: Millis;
  /** If everything were left now. */
  readonly result: Money;
}

export function tripsOf(standing: Standing, news: ReadonlySet<BreakerName>): readonly Trip[] {
  const { tripped } = riskOf(standing.account);
  return [lossesTrip, drawdownTrip, errorsTrip, slippageTrip].flatMap((tripOf) => {
    const trip = tripOf(standing);
    if (trip === null || !news.has(trip.breaker)) return [];
    const known = tripped.find(({ breaker }) => breaker === trip.breaker);
    return known !== undefined && stateAt(known, standing.at) === "open" ? [] : [trip];
  });
}

const endOfDay = (at: Millis): Millis => tradeDateEnd(tradeDateOf(at));

function lossesTrip({ account, limits, at }: Standing): Trip | null {
  const { consecutiveLosses: limit } = limits;
  const { streak } = riskOf(account);
  return limit === undefined || streak < limit
    ? null
    : { breaker: "losses", measured: streak, limit, until: endOfDay(at) };
}

function drawdownTrip({ account, limits, at, result }: Standing): Trip | null {
  const allowed = limits.breakers?.drawdown?.limit;
  if (allowed === undefined) return null;
  const limit = amountOf(allowed, openingOf(account));
  const { peak } = riskOf(account);
  const measured = peak - result;
  // A day that never stood above its beginning is the daily loss's own business.
  return peak <= 0 || measured < limit
    ? null
    : { breaker: "drawdown", measured, limit, until: endOfDay(at) };
}

function errorsTrip({ account, limits, at }: Standing): Trip | null {
  const errors = limits.breakers?.errors;
  if (errors === undefined) return null;
  const { count, within, pause } = errors;
  const risk = riskOf(account);
  const isAsked = risk.tripped.some(
    (one) => one.breaker === "errors" && stateAt(one, at) === "half-open",
  );
  // A trade of proof that meets trouble proves the opposite.
  const limit = isAsked ? 1 : count;
  const measured = risk.troubles.filter((one) => one > at - within).length;
  return measured < limit
    ? null
    : { breaker: "errors", measured, limit, until: millis(at + pause) };
}

/** In thousandths of a tick. */
function slippageTrip({ account, limits, at }: Standing): Trip | null {
  const fills = limits.breakers?.slippage?.fills;
  if (fills === undefined) return null;
  const last = riskOf(account).slips.slice(-fills);
  if (last.length < fills) return null;
  const measured = Math.floor((1_000 * last.reduce((sum, one) => sum + one, 0)) / fills);
  const limit = 1_000 * limits.slippage;
  return measured <= limit ? null : { breaker: "slippage", measured, limit, until: endOfDay(at) };
}

export const feedTrip = (
  { breakers }: DayLimits,
  account: Pick<Account, "risk">,
  at: Millis,
  stale: { readonly age: Millis; readonly limit: Millis },
): Trip | null => {
  const pause = breakers?.feed?.pause;
  const known = riskOf(account).tripped.find(({ breaker }) => breaker === "feed");
  if (pause === undefined || (known !== undefined && stateAt(known, at) === "open")) return null;
  return { breaker: "feed", measured: stale.age, limit: stale.limit, until: millis(at + pause) };
};

/** Which breakers a trade that is over has proved: a win, or merely no trouble of their own kind. */
export function provedBy(
  { account, at }: Pick<Standing, "account" | "at">,
  trade: Pick<Trade, "plannedAt">,
  outcome: TradeOutcome,
): readonly BreakerName[] {
  return riskOf(account).tripped.flatMap((one) => {
    if (stateAt(one, at) !== "half-open") return [];
    if (one.breaker === "losses") return outcome === "win" ? [one.breaker] : [];
    return trade.plannedAt >= one.until ? [one.breaker] : [];
  });
}
