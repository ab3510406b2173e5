/** Folds what concerns live accounts alone: who allowed them, and how they begin. */
import { setIn } from "../std/trie.ts";
import type { Account } from "./model/account.ts";
import type { FactOf } from "./model/fact.ts";
import type { AccountRules } from "./model/rules.ts";
import type { State } from "./state.ts";

export function enable(state: State, fact: FactOf<"LiveEnabled">): State {
  const { at, account, name, rules, ruleSet, firm } = fact;
  const enabled = { at, name, rules, ruleSet, ...(firm !== undefined && { firm }) };
  return { ...state, enabled: setIn(state.enabled, account, enabled) };
}

/** A live account begins small; how long it has done so is not forgotten. */
export const beginning = (
  rules: AccountRules | undefined,
  known: { readonly probation?: number },
): Pick<Account, "probation"> =>
  rules?.probation === true ? { probation: known.probation ?? 0 } : {};
