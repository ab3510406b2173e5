import { describe, expect, it } from "vitest";
import { isBound, type Told } from "../../../../src/core/decide/close-first.ts";
import { step } from "../../../../src/core/engine.ts";
import type { InputOf } from "../../../../src/core/model/input.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import type { Millis } from "../../../../src/core/model/units.ts";
import type { State } from "../../../../src/core/state.ts";
import { anOpenTrade, aTrade, later, MESSAGE, NOW, someRules } from "../../../kit/builders.ts";
import { houseOf } from "../../../kit/house-of.ts";
import { heardAt } from "../../../kit/posted.ts";

describe("a message that says the earlier trade is over", () => {
  const told = (change: Partial<Told> = {}): Told => ({
    ref: { ...MESSAGE, id: "m2" },
    sentAt: later(60_000),
    updates: [{ action: "stopped", instrument: "ES", price: null }],
    ...change,
  });
  const speaksOf = (change: Partial<Told>, trade: Trade = anOpenTrade()) =>
    isBound(trade, told(change), someRules());

  it("speaks of this channel's trades in the product it names, whatever the size of the contract", () => {
    expect(speaksOf({})).toBe(true);
    expect(speaksOf({ updates: [{ action: "close", instrument: "MES", price: null }] })).toBe(true);
    expect(speaksOf({ updates: [{ action: "close", instrument: "NQ", price: null }] })).toBe(false);
    expect(speaksOf({ updates: [] })).toBe(false);
  });

  it("and names no product speaks of all of them", () => {
    expect(speaksOf({ updates: [{ action: "close", instrument: null, price: null }] })).toBe(true);
  });

  it("speaks of the product that is traded for the one it names", () => {
    const rules = someRules({ tradeAs: { NQ: "MES" } });
    const nasdaq = told({ updates: [{ action: "close", instrument: "NQ", price: null }] });
    expect(isBound(anOpenTrade(), nasdaq, rules)).toBe(true);
  });

  it("says nothing about another channel or another source", () => {
    expect(speaksOf({ ref: { ...MESSAGE, channel: "elsewhere" } })).toBe(false);
    expect(speaksOf({ ref: { ...MESSAGE, source: "paste" } })).toBe(false);
  });

  it("says nothing about a trade whose alert is younger, or that a person took over", () => {
    const trade = aTrade({ alertedAt: later(5_000) });
    expect(speaksOf({ sentAt: later(4_999) }, trade)).toBe(false);
    expect(speaksOf({ sentAt: later(5_000) }, trade)).toBe(true);
    expect(speaksOf({}, aTrade({ released: true }))).toBe(false);
  });
});

const FIRST = "🚨 ES long 6326: A\nStop: 6316\n@everyone";
const AGAIN = `Stopped on the first one. Re-entering now:\n${FIRST}`;

const heard = (id: string, text: string, at: Millis, from = 0): InputOf<"message"> =>
  heardAt(text, { at, id, from, sentAt: id === "m1" ? NOW : later(1_000) });

describe("a re-entry for more accounts than one step judges", () => {
  const planned = step(
    step(houseOf(201), heard("m1", FIRST, NOW)).state,
    heard("m1", FIRST, NOW, 200),
  ).state;
  const kinds = (state: State, input: InputOf<"message">) => {
    const { facts } = step(state, input);
    const count = (kind: string) => facts.filter((fact) => fact.kind === kind).length;
    return [count("ExitBegun"), count("ReentryPostponed"), count("AlertRefused")];
  };

  it("leaves all of them in the first step and waits on each", () => {
    const first = heard("m2", AGAIN, later(2_000));
    const { state } = step(planned, first);
    expect(kinds(planned, first)).toEqual([201, 200, 0]);
    expect(kinds(state, { ...first, from: 200 })).toEqual([0, 1, 0]);
  });

  it("that is too old closes on each of them", () => {
    const first = heard("m2", AGAIN, later(60_000));
    const { state } = step(planned, first);
    expect(kinds(planned, first)).toEqual([201, 0, 1]);
    expect(kinds(state, { ...first, from: 200 })).toEqual([0, 0, 0]);
  });

  it("that repeats another closes nothing, however old it is", () => {
    const { state } = step(planned, heard("m2", AGAIN, later(2_000)));
    expect(kinds(state, heard("m3", AGAIN, later(50_000)))).toEqual([0, 0, 1]);
  });
});
