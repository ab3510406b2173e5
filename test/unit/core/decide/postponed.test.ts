import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { Fact, FactOf } from "../../../../src/core/model/fact.ts";
import type { Input } from "../../../../src/core/model/input.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { initialState, type State, withAccount, withTrade } from "../../../../src/core/state.ts";
import { valuesOf } from "../../../../src/std/trie.ts";
import {
  ACCOUNT,
  anAccount,
  anAlert,
  anOpenTrade,
  aQuote,
  later,
  MESSAGE,
  NOW,
  someRules,
  TRADE,
} from "../../../kit/builders.ts";

const postponed = (id = "m2"): FactOf<"ReentryPostponed"> => ({
  at: NOW,
  kind: "ReentryPostponed",
  message: { ...MESSAGE, id },
  account: ACCOUNT,
  author: "alice",
  alert: anAlert(),
  sentAt: NOW,
  trades: [TRADE],
});

const account = anAccount({ open: [TRADE] });
const house: State = withTrade(
  withAccount(
    {
      ...initialState,
      run: { mode: "paper", priceAgeMax: millis(60_000) },
      settings: {
        ruleSets: { default: someRules() },
        accounts: [{ id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" }],
      },
    },
    account,
  ),
  anOpenTrade(),
);
const having = (...facts: readonly Fact[]): State => facts.reduce(evolve, house);
const waiting = having(postponed());

const alarm = (at: Millis): Input => ({
  kind: "alarm",
  key: "postponed",
  at,
  quotes: [aQuote(undefined, { at })],
});
const closed: FactOf<"TradeClosed"> = {
  at: NOW,
  trade: TRADE,
  kind: "TradeClosed",
  how: "exit",
  gross: 0 as never,
  fees: 0 as never,
  net: 0 as never,
};

describe("a postponed re-entry", () => {
  it("waits for its whole age, and sets the alarm again when that rang too early", () => {
    const { facts, effects } = step(waiting, alarm(later(10_000)));
    expect(facts).toEqual([]);
    expect(effects).toEqual([{ kind: "WakeAt", key: "postponed", at: later(10_001) }]);
  });

  it("is refused when it is older than its account takes alerts", () => {
    const { facts, effects, state } = step(waiting, alarm(later(10_001)));
    expect(facts).toMatchObject([
      { kind: "TradeRefused", account: ACCOUNT, refusal: { kind: "stale", age: 10_001 } },
    ]);
    expect(effects).toContainEqual({ kind: "LetSleep", key: "postponed" });
    expect(state.postponed.size).toBe(0);
  });

  it("is refused at once when the rules of its account are no more", () => {
    const strange = withAccount(waiting, { ...account, rules: "gone" });
    expect(step(strange, alarm(later(1))).facts).toMatchObject([
      { kind: "TradeRefused", refusal: { kind: "stale", limit: 0 } },
    ]);
  });

  it("is taken once its trade is over, or was forgotten", () => {
    const over = step(having(postponed(), closed), alarm(later(5))).facts;
    expect(over.map(({ kind }) => kind)).toEqual(["TradePlanned"]);
    const forgotten = { ...waiting, trades: initialState.trades };
    const facts = step(withAccount(forgotten, anAccount()), alarm(later(5))).facts;
    expect(facts.map(({ kind }) => kind)).toEqual(["TradePlanned"]);
  });

  it("waits until the account agrees with the venue", () => {
    const unsettled = withAccount(having(postponed(), closed), anAccount({ settled: false }));
    expect(step(unsettled, alarm(later(5))).facts).toEqual([]);
  });

  it("leaves others of its account waiting when it is decided", () => {
    const about = { at: NOW, account: ACCOUNT, refusal: { kind: "not-settled" } } as const;
    const refused = (id: string): Fact => ({
      ...about,
      kind: "TradeRefused",
      message: { ...MESSAGE, id },
    });
    const left = (...facts: readonly Fact[]) =>
      valuesOf(having(postponed("m2"), postponed("m3"), ...facts).postponed).flatMap((all) =>
        all.map(({ message }) => message.id),
      );
    expect(left()).toEqual(["m2", "m3"]);
    expect(left(refused("m2"))).toEqual(["m3"]);
    expect(left(refused("m4"))).toEqual(["m2", "m3"]);
    expect(left(refused("m3"), refused("m2"))).toEqual([]);
  });
});
