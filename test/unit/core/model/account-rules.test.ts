/** One account among the settings of thousands. */
import { expect, test } from "vitest";
import { evolve } from "../../../../src/core/evolve.ts";
import { accountRulesOf } from "../../../../src/core/model/account-rules.ts";
import { DEFAULT_CONFIG } from "../../../../src/core/model/defaults.ts";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import type { AccountRules } from "../../../../src/core/model/rules.ts";
import { dollars, millis } from "../../../../src/core/model/units.ts";
import { accountOf, initialState } from "../../../../src/core/state.ts";

const AT = millis(1_795_100_400_000);
const { settings } = DEFAULT_CONFIG;
const [usual] = settings.accounts;
if (usual === undefined) throw new Error("there is an account by default");

test("the first of its name, or none", () => {
  const [first, second] = ["A", "B"].map((name) => ({ ...usual, name })) as [
    AccountRules,
    AccountRules,
  ];
  expect(accountRulesOf([first, second], usual.id)).toBe(first);
  expect(accountRulesOf([first], accountId("nobody"))).toBeUndefined();
});

test("a house of a thousand accounts opens each without looking through all of them", () => {
  let looks = 0;
  const ids = Array.from({ length: 1_000 }, (_, n) => accountId(`A-${n}`));
  const accounts = ids.map((id) => ({
    ...usual,
    name: `name of ${id}`,
    get id() {
      looks += 1;
      return id;
    },
  }));
  const facts: readonly Fact[] = [
    { at: AT, kind: "SettingsAdopted", settings: { ...settings, accounts } },
    ...ids.map((account): Fact => {
      return { at: AT, kind: "AccountOpened", account, balance: dollars(50_000) };
    }),
    { at: AT, kind: "SettingsAdopted", settings: { ...settings, accounts } },
  ];
  const state = facts.reduce(evolve, initialState);
  expect(ids.map((id) => accountOf(state, id).name)).toEqual(accounts.map(({ name }) => name));
  expect(looks).toBeLessThan(10 * ids.length);
});
