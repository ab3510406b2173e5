import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import type { InputOf } from "../../../../src/core/model/input.ts";
import type { Limits } from "../../../../src/core/model/rules.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { RECENT_MAX, type State, withAccount } from "../../../../src/core/state.ts";
import { anAccount, aQuote, later, NOW, someRules } from "../../../kit/builders.ts";
import { houseOf } from "../../../kit/house-of.ts";
import { heardAt } from "../../../kit/posted.ts";

const ALERT = "🚨 ES long 6326: A\nStop: 6316\n@everyone";

const heard = (at: Millis = NOW, from = 0, id = "m1"): InputOf<"message"> =>
  heardAt(ALERT, { at, id, from, sentAt: NOW });

describe("the alerts of late", () => {
  it("are remembered up to a number, the newest ones", () => {
    const [read] = step(houseOf(1), heard()).facts;
    if (read?.kind !== "AlertRead") throw new Error("it was not read");
    const many = Array.from({ length: RECENT_MAX + 5 }, (_, n) => `m${n}`);
    const state = many.reduce(
      (sofar, id) => evolve(sofar, { ...read, message: { ...read.message, id } }),
      houseOf(1),
    );
    expect(state.recent.map(({ message }) => message.id)).toEqual(many.slice(5));
  });
});

describe("an alert for an account that begins small, and one that does not", () => {
  it("becomes a plan for each: one contract, and the whole size", () => {
    const begins = anAccount({ id: accountId("account-1"), probation: 0 });
    const { facts } = step(withAccount(houseOf(2), begins), heard());
    const plans = facts.flatMap((fact) => (fact.kind === "TradePlanned" ? [fact.plan] : []));
    const sizes = plans.map(({ tranches }) => tranches.map(({ quantity }) => quantity));
    expect(sizes).toEqual([[1], [1, 2]]);
  });
});

describe("an alert for more accounts than one step judges", () => {
  const first = step(houseOf(201), heard());

  it("is judged for 200, and handed in again for the rest", () => {
    const planned = first.facts.filter(({ kind }) => kind === "TradePlanned");
    expect([first.facts[0]?.kind, planned.length]).toEqual(["AlertRead", 200]);
    expect(first.effects.at(-1)).toMatchObject({ kind: "WakeAt" });
    const again = first.effects.find(({ kind }) => kind === "FanOut");
    expect(again).toMatchObject({ input: { from: 200, message: { id: "m1" } } });
  });

  it("is judged for the rest without being read anew", () => {
    const rest = step(first.state, heard(later(5), 200));
    expect(rest.facts).toMatchObject([
      { kind: "TradePlanned", account: "account-201", number: 201 },
    ]);
    expect(rest.effects.some(({ kind }) => kind === "FanOut")).toBe(false);
  });

  it("is too old for the rest when they had to wait for the disk", () => {
    const rest = step(first.state, heard(later(10_001), 200));
    expect(rest.facts).toMatchObject([
      { kind: "TradeRefused", account: "account-201", refusal: { kind: "stale", age: 10_001 } },
    ]);
  });

  it("goes no further when the first step refused it", () => {
    const stale = step(houseOf(201), heard(later(11_000)));
    expect(stale.facts.map(({ kind }) => kind)).toEqual(["AlertRead", "AlertRefused"]);
    expect(step(stale.state, heard(later(11_000), 200)).facts).toEqual([]);
  });
});

describe("an option alert", () => {
  it("is written down and taken once, and nothing else", () => {
    const input = heard();
    const option = { ...input, message: { ...input.message, text: "BTO SPY 662C 12/19 @ 1.20" } };
    const { state, facts } = step(houseOf(1), option);
    expect(facts).toMatchObject([{ kind: "AlertTracked", tracked: [{ kind: "entry" }] }]);
    expect(step(state, option).facts).toEqual([]);
  });
});

describe("an alert in a house", () => {
  it("without accounts is read, and nothing else", () => {
    expect(step(houseOf(0), heard()).facts.map(({ kind }) => kind)).toEqual(["AlertRead"]);
  });

  it("that was never started finds every price stale", () => {
    const facts = step({ ...houseOf(1), run: null }, heard(later(1), 0)).facts;
    expect(facts.at(-1)).toMatchObject({ kind: "TradePlanned" });
    const old = { ...heard(later(1)), quotes: [aQuote()] };
    expect(step({ ...houseOf(1), run: null }, old).facts.slice(-2)).toMatchObject([
      { kind: "TradeRefused", refusal: { kind: "stale-price", limit: 0 } },
      { kind: "BreakerOpened", breaker: "feed" },
    ]);
  });
});

describe("an alert for accounts with limits of their own", () => {
  const seconds = (value: number) => millis(value * 1_000);

  /** An account a rule set, in that order. */
  function houseWith(...limits: readonly Partial<Limits>[]): State {
    const house = houseOf(limits.length);
    const accounts = house.settings.accounts.map((one, at) => ({ ...one, rules: `rules-${at}` }));
    const ruleSets = Object.fromEntries(
      limits.map((limit, at) => [`rules-${at}`, someRules({ limits: limit })]),
    );
    const state: State = { ...house, settings: { ruleSets, accounts } };
    return accounts.reduce((so, { id, rules }) => withAccount(so, anAccount({ id, rules })), state);
  }
  const said = (state: State, at: Millis, id = "m1") =>
    step(state, heard(at, 0, id)).facts.map((fact) =>
      "refusal" in fact ? `${fact.kind} ${fact.refusal.kind}` : fact.kind,
    );

  it("is too old for those who say so", () => {
    const house = houseWith({ ageMax: seconds(5) }, { ageMax: seconds(20) });
    expect(said(house, later(10_000))).toEqual(["AlertRead", "TradeRefused stale", "TradePlanned"]);
  });

  it("is refused once when it is too old for all, by the limit of the most patient", () => {
    const house = houseWith(
      { ageMax: seconds(5) },
      { ageMax: seconds(20) },
      { ageMax: seconds(10) },
    );
    expect(step(house, heard(later(25_000))).facts.at(-1)).toMatchObject({
      kind: "AlertRefused",
      refusal: { kind: "stale", age: 25_000, limit: 20_000 },
    });
  });

  it("is refused by each when they have different reasons", () => {
    const house = houseWith({}, { ageMax: seconds(60) });
    const first = step(house, heard());
    expect(said(first.state, later(20_000), "m2")).toEqual([
      "AlertRead",
      "TradeRefused stale",
      "TradeRefused duplicate",
    ]);
  });

  it("is a repeat for those who still remember", () => {
    const patient = { ageMax: seconds(60) };
    const house = houseWith(patient, { ...patient, duplicateWindow: seconds(10) });
    const first = step(house, heard());
    expect(said(first.state, later(20_000), "m2")).toEqual([
      "AlertRead",
      "TradeRefused duplicate",
      "TradeRefused already-in-trade",
    ]);
    expect(said(first.state, later(10_000), "m2")).toEqual(["AlertRead", "AlertRefused duplicate"]);
  });

  it("does not repeat itself when its accounts are judged in several steps", () => {
    const first = step(houseOf(201), heard());
    const again = { ...heard(later(5), 200), message: heard(NOW, 0, "m1").message };
    expect(step(first.state, again).facts.map(({ kind }) => kind)).toEqual(["TradePlanned"]);
  });
});
