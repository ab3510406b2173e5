import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { Account } from "../../../../src/core/model/account.ts";
import type { Command } from "../../../../src/core/model/command.ts";
import type { Fact, FactOf } from "../../../../src/core/model/fact.ts";
import type { FirmPlan } from "../../../../src/core/model/firm-plan.ts";
import type { FirmTerms } from "../../../../src/core/model/firm-state.ts";
import { accountId, twinOf } from "../../../../src/core/model/ids.ts";
import type { Settings } from "../../../../src/core/model/rules.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, type Millis, type Money, millis } from "../../../../src/core/model/units.ts";
import {
  accountOf,
  firmPlanOf,
  initialState,
  type State,
  withAccount,
} from "../../../../src/core/state.ts";
import { aQuote, later, NOW, someRules } from "../../../kit/builders.ts";
import { FIRM_PLAN, minis, SIZE, trail } from "../../../kit/firm-plans.ts";
import { heardAt } from "../../../kit/posted.ts";

const ONE = accountId("one");
const TWO = accountId("two");
/** 17:00 in Chicago. */
const ROLL = millis(Date.parse("2026-11-19T23:00:00Z"));

const terms = (change: Partial<FirmTerms> = {}): FirmTerms => ({
  plan: FIRM_PLAN.id,
  buffer: dollars(100),
  ...change,
});

interface Told {
  readonly plans?: readonly FirmPlan[];
  /** Null: none. */
  readonly firm?: FirmTerms | null;
  readonly ids?: readonly Account["id"][];
  readonly live?: boolean;
}

const settingsOf = ({
  plans = [FIRM_PLAN],
  firm = terms(),
  ids = [ONE],
  live,
}: Told): Settings => ({
  ruleSets: { default: someRules() },
  plans: Object.fromEntries(plans.map((plan) => [plan.id, plan])),
  accounts: ids.map((id) => ({
    ...{ id, name: id, rules: "default", brackets: "native" },
    ...(firm !== null && { firm }),
    ...(live === true && { probation: true }),
  })),
});

interface Then {
  readonly state: State;
  readonly facts: readonly Fact[];
}

function started(before: State, told: Told, at: Millis = NOW, balance: Money = dollars(50_000)) {
  const settings = settingsOf(told);
  const balances = settings.accounts.map(({ id }) => ({ account: id, balance }));
  const about = { mode: "paper", version: "test", priceAgeMax: millis(3_000) } as const;
  return step(before, { kind: "start", at, quotes: [], settings, balances, ...about });
}

const house = (told: Told = {}, balance?: Money): State =>
  started(initialState, told, NOW, balance).state;

/** As if it had taken a trade today, which is over. */
const traded = (state: State, ...ids: readonly Account["id"][]): State =>
  (ids.length === 0 ? [ONE] : ids)
    .map((id) => ({ ...accountOf(state, id), tradesToday: 1 }))
    .reduce(withAccount, state);

/** The venue has been compared, with this cash. */
const settled = (state: State, balance: Money, id = ONE): Then => {
  const known = accountOf(state, id);
  const settledAccount = { ...known, settled: true, balance };
  return { state: withAccount(state, settledAccount), facts: [] };
};

const said = (state: State, command: Command): Then =>
  step(state, { kind: "command", at: later(1), quotes: [], command });

const firmFacts = (facts: readonly Fact[]) => facts.filter(({ kind }) => kind.startsWith("Firm"));

const answerIn = (facts: readonly Fact[]) =>
  facts.find((fact): fact is FactOf<"CommandTaken"> => fact.kind === "CommandTaken")?.answer;

describe("an account that names a plan", () => {
  it("begins in its firm's books when it is first seen", () => {
    const { state, facts } = started(initialState, {});
    expect(firmFacts(facts)).toMatchObject([
      {
        kind: "FirmBegan",
        why: "opened",
        firm: { plan: FIRM_PLAN.id, floor: { at: dollars(48_000), lock: dollars(50_000) } },
      },
    ]);
    expect(firmPlanOf(state, accountOf(state, ONE))).toEqual(FIRM_PLAN);
  });

  it("begins at a later start where the settings name a plan only then", () => {
    const without = house({ firm: null });
    expect(accountOf(without, ONE).firm).toBeUndefined();
    const { facts } = started(without, {}, later(1_000));
    expect(firmFacts(facts)).toMatchObject([{ kind: "FirmBegan", account: ONE }]);
  });

  it("is not begun twice, nor anything changed, by a restart", () => {
    expect(firmFacts(started(house(), {}, later(1_000)).facts)).toEqual([]);
  });

  it("is left alone while nobody knows what it holds", () => {
    const settings = settingsOf({});
    const about = { mode: "paper", version: "test", priceAgeMax: millis(3_000) } as const;
    const start = { kind: "start", at: NOW, quotes: [], settings, balances: [], ...about } as const;
    expect(firmFacts(step(initialState, start).facts)).toEqual([]);
  });

  it("follows nothing where the plan is not there", () => {
    const state = house({ plans: [] });
    expect(accountOf(state, ONE).firm).toBeUndefined();
  });
});

const TIGHTER: FirmPlan = {
  ...FIRM_PLAN,
  floor: trail({ kind: "end-of-day", lossMax: 1_500, lock: 50_000 }),
  size: { ...SIZE, limit: { first: minis(3), steps: [] } },
};
const LOOSER: FirmPlan = {
  ...FIRM_PLAN,
  floor: trail({ kind: "end-of-day", lossMax: 3_000, lock: 50_000 }),
  size: { ...SIZE, limit: { first: minis(8), steps: [] } },
};

describe("other settings", () => {
  it("that are tighter count at once, and lift the floor", () => {
    const { state, facts } = started(traded(house()), { plans: [TIGHTER] }, later(1_000));
    expect(firmFacts(facts)).toMatchObject([
      { kind: "FirmTermsChanged", floor: { at: dollars(48_500) }, size: minis(3) },
    ]);
    expect(accountOf(state, ONE).firm?.floor.at).toBe(dollars(48_500));
  });

  it("that are looser count at once where nothing was traded today, and never lower the floor", () => {
    const { state } = started(house(), { plans: [LOOSER] }, later(1_000));
    const { firm } = accountOf(state, ONE);
    expect(firm?.floor.at).toBe(dollars(48_000));
    // Of this trade date it stays what it was.
    expect(firm?.day.size).toBe(minis(5));
    expect(firmPlanOf(state, accountOf(state, ONE))).toEqual(LOOSER);
  });

  it("that are looser wait for the next trade date once something was traded", () => {
    const before = traded(house({ ids: [ONE, TWO] }), ONE, TWO);
    const { state, facts } = started(before, { plans: [LOOSER], ids: [ONE, TWO] }, later(1_000));
    expect(firmFacts(facts)).toMatchObject([
      {
        kind: "FirmPlanKept",
        accounts: [ONE, TWO],
        loosened: [
          "loss of the firm: $3000.00, was $2000.00",
          "size of the firm: 8 minis, was 5 minis",
        ],
        kept: { size: FIRM_PLAN.size, floor: FIRM_PLAN.floor },
      },
    ]);
    expect(firmPlanOf(state, accountOf(state, ONE))).toEqual(FIRM_PLAN);
    const again = started(state, { plans: [LOOSER], ids: [ONE, TWO] }, later(2_000));
    expect(firmFacts(again.facts)).toEqual([]);
    const ready = settled(settled(again.state, dollars(50_000)).state, dollars(50_000), TWO).state;
    const rolled = step(ready, { kind: "alarm", at: ROLL, quotes: [], key: "roll" });
    expect(firmPlanOf(rolled.state, accountOf(rolled.state, ONE))).toEqual(LOOSER);
    expect(accountOf(rolled.state, ONE).firm?.day.size).toBe(minis(8));
    expect(rolled.state.keptPlans).toBeUndefined();
  });

  it("that are looser move the floor to where they have it, once they count", () => {
    const larger: FirmPlan = {
      ...FIRM_PLAN,
      id: "house/larger",
      balanceStart: dollars(150_000),
      floor: trail({ kind: "end-of-day", lossMax: 4_500, lock: 150_000 }),
    };
    const told = { plans: [larger], firm: terms({ plan: larger.id }), ids: [ONE, TWO] };
    const before = traded(house({ ids: [ONE, TWO] }, dollars(151_000)), ONE);
    const kept = started(before, told, later(1_000)).state;
    expect(accountOf(kept, ONE).firm?.floor).toEqual({
      at: dollars(50_000),
      lock: dollars(50_000),
    });
    const ready = settled(kept, dollars(151_000)).state;
    const { state, facts } = step(ready, { kind: "alarm", at: ROLL, quotes: [], key: "roll" });
    expect(firmFacts(facts)).toMatchObject([
      { kind: "FirmTermsChanged", account: ONE, floor: { at: dollars(146_500) } },
      { kind: "FirmDayClosed", floor: { at: dollars(146_500), lock: dollars(150_000) } },
    ]);
    expect(accountOf(state, ONE).firm?.floor.at).toBe(dollars(146_500));
  });

  it("leave a floor where a payout has nailed it down", () => {
    const nailed = trail({ kind: "end-of-day", lossMax: 2_000, lock: null, afterPayout: 50_100 });
    const funded = { ...FIRM_PLAN, floor: nailed };
    const soFar = { highest: dollars(58_000), payouts: 1 };
    const before = house({ plans: [funded], firm: terms({ soFar }) }, dollars(53_000));
    const floor = { at: dollars(50_100), lock: dollars(50_100) };
    expect(accountOf(before, ONE).firm?.floor).toEqual(floor);
    const checked = { ...funded, verified: tradeDate("2026-11-18") };
    const { state, facts } = started(before, { plans: [checked] }, later(1_000));
    expect(firmFacts(facts)).toMatchObject([{ kind: "FirmTermsChanged", floor }]);
    expect(accountOf(state, ONE).firm?.floor).toEqual(floor);
  });

  it("that change again on the same trade date are kept once more", () => {
    const before = traded(house());
    const first = started(before, { plans: [LOOSER] }, later(1_000)).state;
    const wider = { ...LOOSER, size: { ...SIZE, limit: { first: minis(20), steps: [] } } };
    const { state } = started(first, { plans: [wider] }, later(2_000));
    expect(Object.keys(state.keptPlans ?? {})).toHaveLength(2);
    expect(firmPlanOf(state, accountOf(state, ONE))?.size).toEqual(FIRM_PLAN.size);
  });

  it("with a smaller buffer wait too; with a larger one they do not", () => {
    const less = started(traded(house()), { firm: terms({ buffer: dollars(50) }) }, later(1_000));
    expect(firmFacts(less.facts)).toMatchObject([
      {
        kind: "FirmPlanKept",
        loosened: ["buffer above the floor: $50.00, was $100.00"],
        buffer: dollars(100),
      },
    ]);
    const more = started(traded(house()), { firm: terms({ buffer: dollars(200) }) }, later(1_000));
    expect(accountOf(more.state, ONE).firm?.buffer).toBe(dollars(200));
  });

  it("without a plan leave the one there was until the trade date ends", () => {
    const { state, facts } = started(traded(house()), { firm: null, plans: [] }, later(1_000));
    expect(firmFacts(facts)).toMatchObject([
      { kind: "FirmPlanKept", plan: null, loosened: ["no plan of a firm"] },
    ]);
    expect(firmPlanOf(state, accountOf(state, ONE))).toEqual(FIRM_PLAN);
    const ready = settled(state, dollars(50_000)).state;
    const rolled = step(ready, { kind: "alarm", at: ROLL, quotes: [], key: "roll" });
    const account = accountOf(rolled.state, ONE);
    expect(firmPlanOf(rolled.state, account)).toBeNull();
    // What it remembers stays: the same plan named again finds its floor where it was.
    expect(account.firm?.floor.at).toBe(dollars(48_000));
    const back = started(rolled.state, {}, later(12 * 3_600_000));
    expect(firmFacts(back.facts)).toMatchObject([
      { kind: "FirmTermsChanged", plan: FIRM_PLAN.id, floor: { at: dollars(48_000) } },
    ]);
  });

  it("without a plan on a day without a trade let it go at once", () => {
    const { state, facts } = started(house(), { firm: null, plans: [] }, later(1_000));
    expect(firmFacts(facts)).toMatchObject([{ kind: "FirmTermsChanged", plan: null }]);
    expect(firmPlanOf(state, accountOf(state, ONE))).toBeNull();
    const again = started(state, { plans: [], firm: terms() }, later(2_000));
    expect(firmFacts(again.facts)).toEqual([]);
  });

  it("without the account leave it to nobody, and do not forget it", () => {
    const other = started(traded(house()), { ids: [TWO] }, later(1_000));
    expect(accountOf(other.state, ONE).firm?.floor.at).toBe(dollars(48_000));
    const kept = started(traded(other.state, TWO), { plans: [LOOSER], ids: [TWO] }, later(2_000));
    const rolled = step(kept.state, { kind: "alarm", at: ROLL, quotes: [], key: "roll" });
    expect(accountOf(rolled.state, ONE).firm?.plan).toBeNull();
  });

  it("never lower a floor that has come further than the new plan lets it", () => {
    const high = house({ firm: terms({ soFar: { highest: dollars(52_000) } }) }, dollars(52_000));
    expect(accountOf(high, ONE).firm?.floor.at).toBe(dollars(50_000));
    const lower = {
      ...FIRM_PLAN,
      floor: trail({ kind: "end-of-day", lossMax: 2_000, lock: 49_000 }),
    };
    const { state } = started(high, { plans: [lower] }, later(1_000));
    expect(accountOf(state, ONE).firm?.floor).toEqual({
      at: dollars(50_000),
      lock: dollars(50_000),
    });
    const endless = {
      ...FIRM_PLAN,
      floor: trail({ kind: "end-of-day", lossMax: 3_000, lock: null }),
    };
    const on = started(high, { plans: [endless] }, later(1_000)).state;
    expect(accountOf(on, ONE).firm?.floor).toEqual({ at: dollars(50_000), lock: null });
  });
});

describe("beside an account that is looser for today", () => {
  it("one without a firm goes on without one", () => {
    const { state } = started(traded(house()), { plans: [LOOSER] }, later(1_000));
    const [first] = state.settings.accounts;
    if (first === undefined) throw new Error("there is an account");
    const { firm: _, ...bare } = { ...first, id: TWO };
    const known = withAccount(
      state,
      (({ firm: __, ...one }) => ({ ...one, id: TWO }))(accountOf(state, ONE)),
    );
    const both = { ...known, settings: { ...known.settings, accounts: [first, bare] } };
    const { state: rolled } = step(both, { kind: "alarm", at: ROLL, quotes: [], key: "roll" });
    expect(accountOf(rolled, TWO).firm).toBeUndefined();
    expect(accountOf(rolled, ONE).firm?.plan).toBe(FIRM_PLAN.id);
  });

  it("a plan that comes back on a day of trading counts at once", () => {
    const without = started(house(), { firm: null, plans: [] }, later(1_000)).state;
    const { facts } = started(traded(without), { plans: [TIGHTER] }, later(2_000));
    expect(firmFacts(facts)).toMatchObject([{ kind: "FirmTermsChanged", plan: FIRM_PLAN.id }]);
  });
});

describe("the end of a trade date", () => {
  it("is closed by the venue's balance once it has been compared, however late", () => {
    const started1 = settled(house(), dollars(51_000)).state;
    // Nobody was there at the roll.
    const next = started(started1, {}, millis(ROLL + 3_600_000)).state;
    expect(accountOf(next, ONE).firm?.day.date).toBe("2026-11-19");
    const snapshot = {
      ...{ kind: "snapshot", account: ONE, askedAt: millis(ROLL + 3_600_000) },
      ...{ balance: dollars(51_000), fills: [], orders: [], positions: [], absent: [] },
    } as const;
    const told = step(next, {
      ...{ kind: "report", at: millis(ROLL + 3_600_100), quotes: [] },
      report: snapshot as never,
    });
    expect(firmFacts(told.facts)).toMatchObject([
      {
        kind: "FirmDayClosed",
        result: { date: "2026-11-19", net: dollars(1_000), payouts: 0 },
        floor: { at: dollars(49_000) },
        day: { date: "2026-11-20", opening: dollars(51_000) },
      },
    ]);
  });
});

describe("an account whose plan is gone", () => {
  const snapshot = (balance: Money) => {
    const at = later(5_000);
    const report = {
      ...{ kind: "snapshot", account: ONE, askedAt: at, balance },
      ...{ fills: [], orders: [], positions: [], absent: [] },
    } as never; // as short as a venue's list can be
    return { kind: "report", at, quotes: [], report } as const;
  };

  it("is compared like any other, and nothing is asked of it", () => {
    const state = started(house(), { firm: null, plans: [] }, later(1_000)).state;
    const { facts } = step(state, snapshot(dollars(40_000)));
    expect(facts.map(({ kind }) => kind)).toContain("AccountSettled");
    expect(firmFacts(facts)).toEqual([]);
  });

  it("follows none, even where its books still name it", () => {
    const state = house();
    const lost = { ...state, settings: { ...state.settings, plans: {} } };
    expect(firmPlanOf(lost, accountOf(lost, ONE))).toBeNull();
    const { plans: _, ...settings } = state.settings;
    expect(firmPlanOf({ ...state, settings }, accountOf(state, ONE))).toBeNull();
  });
});

describe("an alert for several accounts of one plan", () => {
  it("is read once for all of them", () => {
    const ready = settled(house({ ids: [ONE, TWO] }), dollars(50_000)).state;
    const both = settled(ready, dollars(48_100), TWO).state;
    const input = heardAt("🚨 ES long 6326: A\nStop: 6316\n@everyone", {
      at: later(1_000),
      id: "m1",
      sentAt: later(1_000),
    });
    const { facts } = step(both, { ...input, quotes: [aQuote()] });
    expect(facts.flatMap((fact) => (fact.kind === "TradePlanned" ? fact.account : []))).toEqual([
      ONE,
    ]);
    const refusal = facts.find(({ kind }) => kind === "TradeRefused");
    expect(refusal).toMatchObject({
      account: TWO,
      refusal: { kind: "no-room", scope: "firm-floor" },
    });
  });
});

describe("an operator says", () => {
  const reset = { kind: "firm-reset", account: ONE } as const;
  const payout = { kind: "firm-payout", account: ONE, amount: dollars(500) } as const;
  const refusals: readonly (readonly [string, State, Command, string])[] = [
    ["of no account", house(), { ...reset, account: TWO }, "there is no account two"],
    [
      "by a name",
      withAccount(house({ firm: null }), {
        ...accountOf(house(), ONE),
        name: "Combine",
        open: ["t" as never],
      }),
      { ...reset, account: "Combine" },
      "a trade is open on one; say it when it is over",
    ],
    ["of no firm", house({ firm: null }), reset, "one follows no plan of a firm"],
    [
      "with a trade on",
      withAccount(house(), { ...accountOf(house(), ONE), open: ["t" as never] }),
      reset,
      "a trade is open on one; say it when it is over",
    ],
    ["of an evaluation", house(), payout, "house/evaluation pays nothing out"],
    [
      "of a live account that was not begun anew",
      house({ live: true }, dollars(48_500)),
      reset,
      "the venue has $48500.00 on it, and house/evaluation begins with $50000.00",
    ],
  ];
  it.each(refusals)("%s: refused", (_, state, command, reason) => {
    expect(answerIn(said(state, command).facts)).toEqual({ kind: "refused", reason });
  });

  it("that the firm has begun it anew: on paper beside the account's own money", () => {
    const breached = house({}, dollars(47_000));
    const { state, facts } = said(breached, reset);
    expect(answerIn(facts)).toMatchObject({ kind: "taken" });
    expect(accountOf(state, ONE).firm).toMatchObject({
      shift: dollars(3_000),
      floor: { at: dollars(48_000) },
      day: { opening: dollars(50_000) },
      days: [],
    });
  });

  it("that the firm has begun a live one anew: the venue's balance is its own", () => {
    const { facts } = said(house({ live: true }), reset);
    expect(answerIn(facts)).toMatchObject({ kind: "taken" });
  });

  const FUNDED: FirmPlan = {
    ...FIRM_PLAN,
    stage: {
      kind: "funded",
      payout: {
        ...{ split: null, smallest: null, buffer: dollars(0), countMax: null },
        ways: [
          { name: "standard", qualifyingDays: null, consistency: null, shareMax: 500, cap: null },
        ],
      },
    },
    floor: trail({ kind: "end-of-day", lossMax: 2_000, lock: 50_100, afterPayout: 50_000 }),
  };

  it("that it was paid out: the floor goes where the firm puts it, the money leaves the figures", () => {
    const { state } = said(house({ plans: [FUNDED] }, dollars(51_500)), payout);
    expect(accountOf(state, ONE).firm).toMatchObject({
      payouts: 1,
      shift: dollars(-500),
      floor: { at: dollars(50_000), lock: dollars(50_000) },
      day: { opening: dollars(51_000) },
    });
  });

  it("that a live one was paid out: there the venue books it", () => {
    const { state } = said(house({ plans: [FUNDED], live: true }, dollars(51_500)), payout);
    expect(accountOf(state, ONE).firm).toMatchObject({ payouts: 1, shift: 0 });
  });

  const booked: readonly (readonly [string, number, number, number])[] = [
    ["today", 51_100, 100, 51_000],
    ["on a day before", 51_400, -100, 51_500],
    ["by nobody yet", 51_600, 100, 51_500],
  ];
  it.each(booked)(
    "that a live one was paid out, booked %s: no word makes room for a loss",
    (_, balance, today, opening) => {
      const before = house({ plans: [FUNDED], live: true }, dollars(51_500));
      const one = {
        ...accountOf(before, ONE),
        balance: dollars(balance),
        realisedToday: dollars(today),
      };
      const { state } = said(withAccount(before, one), payout);
      // What the day may lose counts from here.
      expect(accountOf(state, ONE).firm?.day.opening).toBe(dollars(opening));
    },
  );
});

describe("what is folded", () => {
  it("of an account that has no firm changes nothing", () => {
    const state = house({ firm: null });
    const floor = { at: dollars(1), lock: null };
    const fact: Fact = {
      at: NOW,
      kind: "FirmFloorRaised",
      account: ONE,
      peak: dollars(1),
      floor,
    };
    expect(evolve(state, fact)).toBe(state);
  });

  it("remembers so many days and no more", () => {
    let state = house();
    const { firm } = accountOf(state, ONE);
    if (firm === undefined) throw new Error("it has a firm");
    const { peak, floor, day } = firm;
    for (let n = 1; n <= 510; n++) {
      const result = { date: day.date, net: dollars(n), payouts: 0 };
      const closed = { at: NOW, kind: "FirmDayClosed", account: ONE, result } as const;
      state = evolve(state, { ...closed, peak, floor, day });
    }
    const { days = [] } = accountOf(state, ONE).firm ?? {};
    expect(days).toHaveLength(500);
    expect(days[0]?.net).toBe(dollars(11));
  });

  it("concerns a twin like any other", () => {
    const twin = twinOf(ONE);
    const { facts } = started(initialState, { ids: [ONE, twin] });
    expect(firmFacts(facts).map((fact) => "account" in fact && fact.account)).toEqual([ONE, twin]);
  });
});
