/** A settled house of so many accounts under one set of rules, in the state a run begins with. */
import { accountId } from "../../src/core/model/ids.ts";
import type { Settings } from "../../src/core/model/rules.ts";
import { millis } from "../../src/core/model/units.ts";
import { initialState, type State, withAccount } from "../../src/core/state.ts";
import { anAccount, someRules } from "./builders.ts";

export function houseOf(count: number): State {
  const ids = Array.from({ length: count }, (_, index) => accountId(`account-${index + 1}`));
  const settings: Settings = {
    ruleSets: { default: someRules() },
    accounts: ids.map((id) => ({ id, name: id, rules: "default", brackets: "native" })),
  };
  const run = { mode: "paper", priceAgeMax: millis(3_000) } as const;
  const accounts = ids.map((id) => anAccount({ id }));
  return accounts.reduce(withAccount, { ...initialState, run, settings });
}
