/**
 * Folds what stands between accounts and their firms. Each fact carries its figures, so nothing is
 * worked out here and no plan is asked: the same journal gives the same floor under any pack.
 */
import { unreachable } from "../std/assert.ts";
import { eachAccount } from "./evolve-account.ts";
import type { FactOf } from "./model/fact.ts";
import type { FirmFact } from "./model/firm-fact.ts";
import { FIRM_DAYS_MAX, type FirmState } from "./model/firm-state.ts";
import type { AccountId } from "./model/ids.ts";
import { tradeDateOf } from "./model/trade-date.ts";
import { money } from "./model/units.ts";
import { accountOf, type State, withAccount } from "./state.ts";
import type { FactOfTrade } from "./track/evolve-trade.ts";

export function evolveFirm(state: State, fact: FirmFact): State {
  switch (fact.kind) {
    case "FirmBegan":
      return withAccount(state, { ...accountOf(state, fact.account), firm: fact.firm });
    case "FirmTermsChanged": {
      const { account, plan, buffer, floor, size, dailyLimit } = fact;
      return withFirm(state, account, (firm) => {
        const day = { ...firm.day, size, dailyLimit };
        return { ...firm, plan, buffer, floor, day };
      });
    }
    case "FirmDayClosed":
      return withFirm(state, fact.account, (firm) => closedDay(firm, fact));
    case "FirmFloorRaised": {
      const { account, peak, floor } = fact;
      return withFirm(state, account, (firm) => ({ ...firm, peak, floor }));
    }
    case "FirmStepReached":
      return withFirm(state, fact.account, (firm) => reached(firm, fact));
    case "FirmBreached": {
      const { account, at, of, equity, level } = fact;
      return withFirm(state, account, (firm) => ({ ...firm, breach: { at, of, equity, level } }));
    }
    case "FirmPaidOut": {
      const { account, amount, floor, shift, opening } = fact;
      return withFirm(state, account, (firm) => {
        const payouts = firm.payouts + 1;
        const peak = money(firm.peak - amount);
        return { ...firm, shift, payouts, floor, peak, day: { ...firm.day, opening } };
      });
    }
    case "FirmPlanKept":
      return keptPlan(state, fact);
    default:
      return unreachable(fact);
  }
}

function withFirm(state: State, id: AccountId, change: (firm: FirmState) => FirmState): State {
  const account = accountOf(state, id);
  return account.firm === undefined
    ? state
    : withAccount(state, { ...account, firm: change(account.firm) });
}

function closedDay({ traded = [], ...firm }: FirmState, fact: FactOf<"FirmDayClosed">): FirmState {
  const { result, peak, floor, day } = fact;
  const days = result === null ? firm.days : [...firm.days, result].slice(-FIRM_DAYS_MAX);
  const left = traded.filter((date) => date >= day.date);
  const closed = { ...firm, peak, floor, day, days };
  return left.length === 0 ? closed : { ...closed, traded: left };
}

/** A day may come out at nothing; that something filled on it is what makes it a traded one. */
export function filledOn(state: State, { at, kind }: FactOfTrade, id: AccountId): State {
  if (kind !== "EntryFilled" && kind !== "ExitFilled") return state;
  return withFirm(state, id, (firm) => {
    const date = tradeDateOf(at);
    const { traded: [first = date] = [] } = firm;
    return { ...firm, traded: first < date ? [first, date] : [date] };
  });
}

function reached(firm: FirmState, fact: FactOf<"FirmStepReached">): FirmState {
  const { of, share, until, limit } = fact;
  const marks = { ...firm.day.reached, [of]: Math.max(firm.day.reached[of], share) };
  const next = { ...firm, day: { ...firm.day, reached: marks } };
  return until === null ? next : { ...next, lock: { until, limit } };
}

function keptPlan(state: State, fact: FactOf<"FirmPlanKept">): State {
  const { accounts, name, kept, buffer } = fact;
  const keptPlans = { ...state.keptPlans, [name]: kept };
  const concerned = new Set<string>(accounts);
  return eachAccount({ ...state, keptPlans }, (one) =>
    one.firm !== undefined && concerned.has(one.id)
      ? { ...one, firm: { ...one.firm, plan: name, buffer } }
      : one,
  );
}

/** What was kept for a trade date goes with it, and every account follows its settings again. */
export function beginFirmDay(state: State): State {
  const { keptPlans, ...rest } = state;
  if (keptPlans === undefined) return state;
  const named = new Map(state.settings.accounts.map(({ id, firm }) => [id, firm]));
  return eachAccount(rest, (one) => {
    if (one.firm === undefined) return one;
    const terms = named.get(one.id);
    const { plan, buffer } = terms ?? { plan: null, buffer: one.firm.buffer };
    return { ...one, firm: { ...one.firm, plan, buffer } };
  });
}
