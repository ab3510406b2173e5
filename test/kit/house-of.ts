/** A settled house of so many accounts under one set of rules, in the state a run begins with. */
import { accountId } from "../../src/core/model/ids.ts";
import type { TotalLimits } from "../../src/core/model/limits.ts";
import type { Settings } from "../../src/core/model/rules.ts";
import { dollars, millis } from "../../src/core/model/units.ts";
import { initialState, type State, withAccount } from "../../src/core/state.ts";
import { anAccount, someRules } from "./builders.ts";

/** For so many accounts the usual total would be spent by the first three. */
const FAR: TotalLimits = {
  dailyLoss: {
    limit: dollars(1_000_000),
    steps: { warn: [], half: 750, block: 900, flatten: 1_000 },
  },
};

export function houseOf(count: number): State {
  const ids = Array.from({ length: count }, (_, index) => accountId(`account-${index + 1}`));
  const settings: Settings = {
    ruleSets: { default: someRules({ limits: { total: FAR } }) },
    accounts: ids.map((id) => ({ id, name: id, rules: "default", brackets: "native" })),
  };
  const run = { mode: "paper", priceAgeMax: millis(3_000) } as const;
  const accounts = ids.map((id) => anAccount({ id }));
  return accounts.reduce(withAccount, { ...initialState, run, settings });
}
