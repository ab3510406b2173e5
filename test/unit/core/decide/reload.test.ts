import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { Config } from "../../../../src/core/model/config.ts";
import { DEFAULT_CONFIG } from "../../../../src/core/model/defaults.ts";
import type { Fact, FactOf } from "../../../../src/core/model/fact.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import type { Input, OfferedConfig } from "../../../../src/core/model/input.ts";
import type { DailyLoss } from "../../../../src/core/model/limits.ts";
import type { Limits, Rules, Settings } from "../../../../src/core/model/rules.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, type Millis, millis } from "../../../../src/core/model/units.ts";
import { raisedSince } from "../../../../src/core/risk/raised.ts";
import {
  accountOf,
  findRuleSet,
  initialState,
  rulesOf,
  type State,
  withAccount,
  withTrade,
} from "../../../../src/core/state.ts";
import { anyRules } from "../../../kit/any-rules.ts";
import {
  ACCOUNT,
  anAccount,
  anOpenTrade,
  later,
  NOW,
  someRules,
  TRADE,
} from "../../../kit/builders.ts";

const OTHER = accountId("PAPER-2");
const loss = (limit: number): DailyLoss => ({
  limit: dollars(limit),
  steps: { warn: [], half: null, block: 900, flatten: 1_000 },
});

const limited = (limits: Partial<Limits> = {}): Rules => someRules({ limits });

const settingsOf = (rules: Rules, more: Partial<Settings> = {}): Settings => ({
  ruleSets: { default: rules },
  accounts: [ACCOUNT, OTHER].map((id) => ({ id, name: id, rules: "default", brackets: "native" })),
  ...more,
});

const configOf = (settings: Settings): Config => ({ ...DEFAULT_CONFIG, settings });

/** Two accounts, the first with an open trade if asked for. */
function house(rules: Rules, { isOpen = false } = {}): State {
  const run = { mode: "paper", priceAgeMax: millis(3_000) } as const;
  const begun: State = {
    ...initialState,
    ...{ run, settings: settingsOf(rules), tradeDate: anAccount().tradeDate, tradeCount: 1 },
  };
  const accounts = [anAccount({ id: OTHER }), anAccount({ open: isOpen ? [TRADE] : [] })];
  const state = accounts.reduce(withAccount, begun);
  return isOpen ? withTrade(state, anOpenTrade()) : state;
}

const RUNNING = configOf(settingsOf(limited()));

const offer = (offered: OfferedConfig, at: Millis = NOW): Input => ({
  ...{ kind: "reload", at, quotes: [], by: "file", running: RUNNING },
  offered,
});
const sound = (settings: Settings): OfferedConfig => ({
  kind: "sound",
  config: configOf(settings),
});
const edited = (state: State, rules: Rules, more: Partial<Settings> = {}) =>
  step(state, offer(sound(settingsOf(rules, more))));

type Reloaded = FactOf<"ConfigReloaded">;
const reloadIn = (facts: readonly Fact[]): Reloaded | undefined =>
  facts.find((fact): fact is Reloaded => fact.kind === "ConfigReloaded");

const closed: Fact = {
  ...{ at: later(9_000), kind: "TradeClosed", trade: TRADE, how: "stop" },
  ...{ gross: dollars(0), fees: dollars(0), net: dollars(0) },
};

describe("a changed configuration", () => {
  it("is told once, with both fingerprints and each key", () => {
    const { state, facts } = edited(house(limited()), limited({ tradesPerDay: 2 }));
    const reloaded = reloadIn(facts);
    expect(reloaded).toMatchObject({
      by: "file",
      changes: [{ key: "rules.default.limits.tradesPerDay", was: "10", is: "2" }],
      omitted: 0,
    });
    expect(rulesOf(state, accountOf(state, ACCOUNT)).limits.tradesPerDay).toBe(2);
    expect(edited(state, limited({ tradesPerDay: 2 })).facts).toEqual([]);
    const third = reloadIn(edited(state, limited({ tradesPerDay: 1 })).facts);
    expect(third?.was).toBe(reloaded?.is);
  });

  it("is nothing where it is as it was at the start", () => {
    expect(step(house(limited()), offer(sound(RUNNING.settings))).facts).toEqual([]);
  });

  it("leaves out the rules where they stay as they were", () => {
    const { facts, state } = edited(house(limited()), limited({ tradesPerDay: 99 }));
    const reloaded = reloadIn(facts);
    expect(reloaded?.changes).toMatchObject([{ outcome: "waits" }]);
    expect([reloaded?.settings, reloaded?.kept, reloaded?.held]).toEqual(Array(3).fill(undefined));
    expect(state.settings).toEqual(settingsOf(limited()));
  });

  it("counts for the whole run and no longer", () => {
    const { state } = edited(house(limited()), limited({ tradesPerDay: 2 }));
    expect(state.offered?.sound).toMatch(/^[0-9a-f]{32}$/);
    const started: Fact = {
      ...{ at: later(1), kind: "RunStarted", mode: "paper", version: "1" },
      priceAgeMax: millis(3_000),
    };
    expect(evolve(state, started).offered).toBeUndefined();
  });

  it("sets the time without an operator anew", () => {
    const waits = { ...house(limited()), attendedAt: NOW };
    const { effects } = edited(waits, limited(), { attended: millis(3_600_000) });
    expect(effects).toContainEqual({
      ...{ kind: "WakeAt", key: "attendance", at: later(3_000_000) },
    });
  });
});

describe("a configuration with a mistake", () => {
  const flaw = (line: number | null) => ({ file: "c.yaml", line, key: "paste", reason: "no" });
  const broken = (line: number): OfferedConfig => ({
    kind: "broken",
    flaws: [flaw(line)],
    omitted: 0,
  });

  it("is told once, changes nothing, and is over with a sound one", () => {
    const first = step(house(limited()), offer(broken(3)));
    expect(first.facts).toMatchObject([{ kind: "ConfigRefused", flaws: [{ line: 3 }] }]);
    expect(first.state.settings).toEqual(settingsOf(limited()));
    expect(step(first.state, offer(broken(3))).facts).toEqual([]);
    expect(step(first.state, offer(broken(4))).facts).toHaveLength(1);
    const over = step(first.state, offer(sound(RUNNING.settings)));
    expect(reloadIn(over.facts)).toMatchObject({ changes: [] });
    expect(over.state.offered?.fault).toBeUndefined();
    expect(step(over.state, offer(broken(3))).facts).toHaveLength(1);
  });

  it("does not forget what was sound before it", () => {
    const tight = edited(house(limited()), limited({ tradesPerDay: 2 })).state;
    const faulty = step(tight, offer(broken(3))).state;
    expect(faulty.offered?.sound).toBe(tight.offered?.sound);
  });
});

describe("an account with an open trade", () => {
  const wide = limited({ dailyLoss: loss(500) });
  const tight = limited({ dailyLoss: loss(250), tradesPerDay: 2 });
  const open = house(wide, { isOpen: true });

  it("follows the rules it opened with, tightened for entries, until it is flat", () => {
    const { state, facts } = edited(open, tight);
    const name = "default, as opened (1)";
    expect(reloadIn(facts)?.held).toMatchObject([{ name, after: "default", accounts: [ACCOUNT] }]);
    expect(accountOf(state, ACCOUNT).rules).toBe(name);
    expect(accountOf(state, OTHER).rules).toBe("default");
    const { limits } = rulesOf(state, accountOf(state, ACCOUNT));
    expect(limits).toMatchObject({ tradesPerDay: 2, dailyLoss: { steps: { flatten: 2_000 } } });
    expect(accountOf(evolve(state, closed), ACCOUNT).rules).toBe("default");
  });

  it("goes on by them over further edits", () => {
    const { state } = edited(open, tight);
    const again = edited(state, limited({ dailyLoss: loss(100), tradesPerDay: 2 }));
    expect(reloadIn(again.facts)?.held).toMatchObject([
      {
        name: "default, as opened (1)",
        ruleSet: { limits: { dailyLoss: { limit: dollars(100) } } },
      },
    ]);
    expect(
      findRuleSet(again.state, "default, as opened (1)")?.limits.dailyLoss?.steps.flatten,
    ).toBe(5_000);
    const other = edited(state, limited({ dailyLoss: loss(400), tradesPerDay: 2 }));
    expect(reloadIn(other.facts)?.held).toBeUndefined();
  });

  it("shares them with the others of its rules, and leaves what is not concerned alone", () => {
    const both = withAccount(open, anAccount({ id: OTHER, open: [TRADE] }));
    expect(reloadIn(edited(both, tight).facts)?.held).toMatchObject([
      { accounts: [ACCOUNT, OTHER] },
    ]);
    const fewer = limited({ dailyLoss: loss(500), tradesPerDay: 2 });
    const { state, facts } = edited(open, fewer);
    expect(reloadIn(facts)?.held).toBeUndefined();
    expect(state.held).toBeUndefined();
  });

  it("keeps them over the roll of the trade date, and they go when nobody follows them", () => {
    const began: Fact = {
      at: later(1),
      kind: "TradeDateBegan",
      tradeDate: tradeDate("2026-11-20"),
    };
    const { state } = edited(open, tight);
    const rolled = evolve(state, began);
    expect(accountOf(rolled, ACCOUNT).rules).toBe("default, as opened (1)");
    expect(evolve(evolve(state, closed), began).held).toBeUndefined();
  });

  it("follows other settings at once after a start", () => {
    const { state } = edited(open, tight);
    const adopted = evolve(state, {
      ...{ at: later(1), kind: "SettingsAdopted", settings: settingsOf(wide) },
    });
    expect(accountOf(adopted, ACCOUNT).rules).toBe("default");
    expect(adopted.held).toBeUndefined();
  });

  it("has none of rules that are gone, or of accounts that were never opened", () => {
    const strange = withAccount(open, anAccount({ open: [TRADE], rules: "gone" }));
    expect(reloadIn(edited(strange, tight).facts)?.held).toBeUndefined();
    const more = { ...open.settings, accounts: [...open.settings.accounts] };
    const [first] = more.accounts;
    if (first === undefined) throw new Error("there are accounts");
    more.accounts.push({ ...first, id: accountId("NEW") });
    const { facts } = edited({ ...open, settings: more }, tight);
    expect(reloadIn(facts)?.held).toHaveLength(1);
  });
});

describe("limits that are kept until the trade date ends", () => {
  const kept = limited({ tradesPerDay: 5, dailyLoss: loss(500) });
  const name = "default until 2026-11-19 (1)";
  const waiting = (isOpen: boolean): State => {
    const state = { ...house(limited(), { isOpen }), kept: { [name]: kept } };
    return withAccount(state, { ...accountOf(state, ACCOUNT), rules: name });
  };

  it("are tightened as all others are, and never loosened", () => {
    const { facts, state } = edited(waiting(false), limited({ tradesPerDay: 2 }));
    expect(reloadIn(facts)?.kept).toMatchObject({ [name]: { limits: { tradesPerDay: 2 } } });
    expect(rulesOf(state, accountOf(state, ACCOUNT)).limits.tradesPerDay).toBe(2);
    const looser = limited({ tradesPerDay: 9, dailyLoss: loss(500) });
    expect(reloadIn(edited(waiting(false), looser).facts)?.kept).toBeUndefined();
    const { facts: none } = edited(waiting(false), looser, { ruleSets: {} });
    expect(reloadIn(none)?.kept).toBeUndefined();
  });

  it("are what its account goes back to, on the same date; on the next one, the settings", () => {
    const { state } = edited(waiting(true), limited({ dailyLoss: loss(100) }));
    expect(accountOf(state, ACCOUNT).rules).toBe(`${name}, as opened (1)`);
    expect(accountOf(evolve(state, closed), ACCOUNT).rules).toBe(name);
    const began: Fact = {
      at: later(1),
      kind: "TradeDateBegan",
      tradeDate: tradeDate("2026-11-20"),
    };
    expect(accountOf(evolve(evolve(state, began), closed), ACCOUNT).rules).toBe("default");
    const left = { ...state, settings: { ...state.settings, accounts: [] } };
    expect(evolve(left, began).held).toMatchObject({ [`${name}, as opened (1)`]: { after: name } });
  });
});

describe("whatever is written in whatever order", () => {
  it("no account may do more than at the start of the run", () => {
    const edits = fc.array(anyRules, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(anyRules, edits, fc.boolean(), (start, all, isOpen) => {
        let state = house(start, { isOpen });
        for (const rules of all) state = edited(state, rules).state;
        const { limits } = rulesOf(state, accountOf(state, OTHER));
        expect(raisedSince(start, rulesOf(state, accountOf(state, OTHER)))).toEqual([]);
        const held = rulesOf(state, accountOf(state, ACCOUNT)).limits;
        expect([held.tradesPerDay, held.positionSize, held.lossPerTrade]).toEqual([
          ...[limits.tradesPerDay, limits.positionSize, limits.lossPerTrade],
        ]);
      }),
      { numRuns: 100, seed: 11 },
    );
  });
});
