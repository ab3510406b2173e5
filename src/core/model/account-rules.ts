/** The settings of one account among those of all, found in one step however many there are. */
import type { AccountId } from "./ids.ts";
import type { AccountRules } from "./rules.ts";

type ById = ReadonlyMap<AccountId, AccountRules>;

/** Settings never change, they are replaced: each list is read once. */
const remembered = new WeakMap<readonly AccountRules[], ById>();

export function accountRulesOf(
  accounts: readonly AccountRules[],
  id: AccountId,
): AccountRules | undefined {
  const known = remembered.get(accounts) ?? byId(accounts);
  remembered.set(accounts, known);
  return known.get(id);
}

/** The first of a name counts. */
const byId = (accounts: readonly AccountRules[]): ById =>
  new Map(accounts.map((one) => [one.id, one] as const).toReversed());
