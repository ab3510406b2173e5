import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { Fact, FactOf } from "../../../../src/core/model/fact.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import type { Input } from "../../../../src/core/model/input.ts";
import { OPEN_ROOM, type RoomMode } from "../../../../src/core/model/room.ts";
import type { Rules } from "../../../../src/core/model/rules.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import {
  initialState,
  POSTPONED_MAX,
  type State,
  withAccount,
  withTrade,
} from "../../../../src/core/state.ts";
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
import { heardAt } from "../../../kit/posted.ts";

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

  it("waits as long where its looser rules wait for the next trade date", () => {
    const { kept, settings } = waiting;
    const late = { ...kept, late: settings.ruleSets["default"] as Rules };
    const held = withAccount({ ...waiting, kept: late }, { ...account, rules: "late" });
    expect(step(held, alarm(later(1))).facts).toEqual([]);
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

  it("is refused at once when nothing may enter any more", () => {
    const gate = { gate: "reducing", gateReason: "flattened by the operator" } as const;
    const closed = withAccount(waiting, { ...account, ...gate });
    expect(step(closed, alarm(later(5))).facts).toMatchObject([
      { kind: "TradeRefused", refusal: { kind: "gate", gate: "reducing" } },
    ]);
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

const held = (id: string, trades: FactOf<"AlertHeld">["trades"] = []): FactOf<"AlertHeld"> => ({
  ...postponed(id),
  kind: "AlertHeld",
  trades,
});
const flat: State = withAccount({ ...house, trades: initialState.trades }, anAccount());
const uncompared = withAccount(flat, anAccount({ settled: false }));

const heard = (mode: RoomMode = OPEN_ROOM.mode): Input =>
  heardAt("🚨 ES long 6326: C\nStop: 6316\n@everyone", { at: NOW, room: { ...OPEN_ROOM, mode } });

describe("an alert on an account that nobody has compared yet", () => {
  it("is held", () => {
    const { facts, effects } = step(uncompared, heard());
    expect(facts).toMatchObject([
      { kind: "AlertRead" },
      { kind: "AlertHeld", account: ACCOUNT, sentAt: NOW, trades: [] },
    ]);
    expect(effects).toContainEqual({ kind: "WakeAt", key: "postponed", at: later(10_001) });
  });

  it("is refused where its room only looks on, and where enough wait already", () => {
    const shadow = step(uncompared, heard("shadow")).facts.at(-1);
    expect(shadow).toMatchObject({ kind: "TradeRefused", refusal: { kind: "not-settled" } });
    const full = Array.from({ length: POSTPONED_MAX }, (_, index) => held(`w${index}`));
    const more = step(full.reduce<State>(evolve, uncompared), heard()).facts.at(-1);
    expect(more).toMatchObject({ kind: "TradeRefused", refusal: { kind: "not-settled" } });
    const last = step(full.slice(1).reduce<State>(evolve, uncompared), heard()).facts.at(-1);
    expect(last).toMatchObject({ kind: "AlertHeld" });
  });

  it("waits while the venue speaks of other accounts", () => {
    const settled = evolve(flat, held("m1"));
    const about = { kind: "clock", account: accountId("other"), offset: millis(0) } as const;
    const others = withAccount(settled, anAccount({ id: accountId("other") }));
    const report: Input = { kind: "report", report: about, at: later(5), quotes: [aQuote()] };
    expect(step(others, report).facts).toEqual([]);
    const ours: Input = { ...report, report: { ...about, account: ACCOUNT } };
    expect(step(others, ours).facts.map(({ kind }) => kind)).toEqual(["TradePlanned"]);
  });

  it.each([
    ["not compared", anAccount({ settled: false }), "not-settled"],
    ["the line down", anAccount({ link: { state: "down", at: NOW } }), "link-down"],
    ["the time wrong", anAccount({ clockOff: millis(7_000) }), "clock-off"],
    ["its trades not over", anAccount({ settled: false, open: [TRADE] }), "stale"],
  ])("too old with %s is refused for that", (_, account, kind) => {
    const trades = kind === "stale" ? [TRADE] : [];
    const state = evolve(withAccount(house, account), held("m1", trades));
    expect(step(state, alarm(later(10_001))).facts).toMatchObject([
      { kind: "TradeRefused", refusal: { kind } },
    ]);
  });
});
