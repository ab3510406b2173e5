/** What the views of risk are made of, read off a state. */
import { totalLimitOf } from "../core/decide/day-result.ts";
import { totalReached } from "../core/decide/total-reached.ts";
import type { Account } from "../core/model/account.ts";
import { bookNameOf, findRuleSet, firmPlanOf, openTradesOf, type State } from "../core/state.ts";
import type { RiskAccount } from "../core/views/risk.ts";

export const riskAccountOf = (state: State, account: Account): RiskAccount => ({
  account,
  rules: findRuleSet(state, account.rules),
  plan: firmPlanOf(state, account),
  trades: openTradesOf(state, account),
  totalReached: reachedNow(state, account),
});

/** Of the daily loss of all accounts, as the next alert will be judged. */
function reachedNow(state: State, { id, rules: name }: Account): number {
  const book = bookNameOf(id);
  const rules = findRuleSet(state, name);
  const limit = rules && totalLimitOf(state, book, rules);
  const steps = rules?.limits.total?.dailyLoss?.steps;
  return limit === null || steps === undefined
    ? 0
    : totalReached(state, book, { name, limit, steps });
}
