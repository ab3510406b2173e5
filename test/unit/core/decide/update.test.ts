import { describe, expect, it } from "vitest";
import { digestOf, settleUpdates } from "../../../../src/core/decide/update.ts";
import { bindingOf } from "../../../../src/core/decide/update-binding.ts";
import { ATTENDED_MAX, step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { Fact } from "../../../../src/core/model/fact.ts";
import type { InputOf } from "../../../../src/core/model/input.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import type { Update } from "../../../../src/core/model/update.ts";
import type { State } from "../../../../src/core/state.ts";
import { newTurn } from "../../../../src/core/turn.ts";
import { valuesOf } from "../../../../src/std/trie.ts";
import { aQuote, later, MESSAGE, NOW, someRules } from "../../../kit/builders.ts";
import { houseOf } from "../../../kit/house-of.ts";
import { type Hearing, heardAt } from "../../../kit/posted.ts";

const ALERT = "🚨 ES long 6326: A\nStop: 6316\n@everyone";

const heard = (
  id: string,
  text: string,
  at: Millis,
  more: Partial<Hearing> = {},
): InputOf<"message"> => heardAt(text, { at, id, ...more });

/** Their entries are on their way. */
const taken = (count: number): State => {
  let state = houseOf(count);
  for (let from = 0; from < count; from += 200)
    state = step(state, heard("m1", ALERT, NOW, { from })).state;
  return state;
};
const kinds = (facts: readonly Fact[]) =>
  [...new Set(facts.map(({ kind }) => kind))].map(
    (kind) => `${kind} ${facts.filter((fact) => fact.kind === kind).length}`,
  );

describe("a close for more accounts than one step serves", () => {
  const COUNT = 2 * ATTENDED_MAX + 1;
  const state = taken(COUNT);
  const close = heard("m2", "All out of ES", later(1_000));
  const first = step(state, close);
  const woken = first.effects.flatMap((one) =>
    one.kind === "WakeAt" && one.at === later(1_000) ? [one.key] : [],
  );

  it("is decided for all of them in one step, and the first are served", () => {
    expect(kinds(first.facts)).toEqual([
      "UpdateRead 1",
      `UpdateSettled ${COUNT}`,
      `ExitBegun ${COUNT}`,
      `EntryWithdrawn ${ATTENDED_MAX}`,
      `EntryNotSent ${ATTENDED_MAX}`,
    ]);
    expect(first.effects.some(({ kind }) => kind === "FanOut")).toBe(false);
  });

  it("wakes the others at once, each for a step of its own", () => {
    expect(woken).toHaveLength(COUNT - ATTENDED_MAX);
    let next = first.state;
    const facts: Fact[] = [];
    for (const key of woken) {
      const one = step(next, { kind: "alarm", at: later(1_000), quotes: close.quotes, key });
      facts.push(...one.facts);
      next = one.state;
    }
    const rest = COUNT - ATTENDED_MAX;
    expect(kinds(facts)).toEqual([`EntryWithdrawn ${rest}`, `EntryNotSent ${rest}`]);
    expect(valuesOf(next.trades).every(({ entryEnding }) => entryEnding !== null)).toBe(true);
  });

  it("is finished by the next run when this one dies behind the first step", () => {
    let next = first.facts.reduce(evolve, state);
    const { settings } = state;
    const balances = valuesOf(state.accounts).map(({ id, balance }) => ({ account: id, balance }));
    const rules = { mode: "paper", version: "test", priceAgeMax: millis(3_000) } as const;
    const start = { kind: "start", at: later(2_000), quotes: [], settings, balances } as const;
    next = step(next, { ...start, ...rules }).state;
    const asked = { askedAt: later(2_000), orders: [], fills: [] };
    for (const { account, balance } of balances) {
      const report = { kind: "snapshot", account, balance, positions: [], ...asked } as const;
      next = step(next, { kind: "report", at: later(2_100), quotes: [], report }).state;
    }
    const open = valuesOf(next.trades).filter(
      (one) => one.exit === null || one.entryEnding === null,
    );
    expect(open).toEqual([]);
  });

  it("leaves what it does not speak of alone", () => {
    const none = step(state, heard("m2", "All out of NQ", later(1_000)));
    expect(kinds(none.facts)).toEqual(["UpdateRead 1", "UpdateSettled 1"]);
  });
});

describe("the same edit", () => {
  const edit = { event: "edit", previous: ALERT } as const;
  const first = step(taken(1), heard("m1", "CANCELLED", later(1_000), edit));

  it("is known by what it says, and other edits by what they say", () => {
    expect(kinds(first.facts)[0]).toBe("UpdateRead 1");
    expect(step(first.state, heard("m1", "CANCELLED", later(2_000), edit)).facts).toEqual([]);
    const other = step(first.state, heard("m1", "hm", later(2_000), edit));
    expect(kinds(other.facts)).toEqual(["MessageIgnored 1"]);
    expect(step(other.state, heard("m1", "hm", later(3_000), edit)).facts).toEqual([]);
  });

  it("has a digest that a new message does not need", () => {
    const { message } = heard("m1", "a", NOW);
    expect(digestOf(message)).toBeUndefined();
    const edited = { ...message, event: "edit" } as const;
    expect(digestOf(edited)).toMatch(/^[\da-f]{32}$/);
    expect(digestOf(edited)).not.toBe(digestOf({ ...edited, event: "delete" }));
    expect(digestOf(edited)).not.toBe(digestOf({ ...edited, text: "b" }));
  });
});

describe("an answer", () => {
  it("to a message nobody knows speaks of the last alert", () => {
    const { facts } = step(taken(1), heard("m2", "Cancel", later(1_000), { replyTo: "m0" }));
    expect(facts.slice(0, 3)).toMatchObject([
      { kind: "UpdateRead" },
      { kind: "UpdateSettled", how: "applied" },
      { kind: "EntryWithdrawn" },
    ]);
  });
});

describe("what is said before an entry", () => {
  it("of a trade that goes on is done like any other word", () => {
    const state = taken(1);
    const turn = newTurn(state, later(1_000), [aQuote()]);
    const word = { message: { ...MESSAGE, id: "m2" }, sentAt: later(1_000) };
    settleUpdates(turn, word, [{ action: "cancel", instrument: "ES" }]);
    expect(kinds(turn.facts)).toEqual(["UpdateSettled 1", "EntryWithdrawn 1"]);
  });
});

describe("the trades a word is bound to", () => {
  const state = taken(2);
  const trades = valuesOf(state.trades);
  const bound = (update: Update, more: object = {}, all = trades) => {
    const word = { message: { ...MESSAGE, id: "m2" }, sentAt: later(1_000), ...more };
    const binding = bindingOf(state, all, word, update);
    return binding.kind === "trades" ? all.filter(binding.has).length : binding.reason;
  };
  const trim: Update = { action: "trim", instrument: null, share: 500, price: null };
  const close: Update = { action: "close", instrument: "ES", price: null };

  it("are on every account that follows the alert", () => {
    expect([bound(trim), bound(close)]).toEqual([2, 2]);
  });

  it("are of its channel and source, and of no younger alert", () => {
    const elsewhere = { message: { ...MESSAGE, channel: "lobby", id: "m2" } };
    const pasted = { message: { ...MESSAGE, source: "paste", id: "m2" } };
    const none = "no trade of this channel was open when it was said";
    expect(bound(trim, elsewhere)).toBe(none);
    expect(bound(trim, pasted)).toBe(none);
    expect(bound(trim, { sentAt: later(-1) })).toBe(none);
    expect(bound(close, { sentAt: later(-1) })).toContain("no ES trade");
  });

  it("are still those where the rules of an account are no more", () => {
    const settings = { ...state.settings, ruleSets: {} };
    const word = { message: { ...MESSAGE, id: "m2" }, sentAt: later(1_000) };
    const mes: Update = { ...close, instrument: "MES" };
    expect(bindingOf({ ...state, settings }, trades, word, mes).kind).toBe("trades");
  });

  it("are those in what each account trades for the product that is named", () => {
    const rules = someRules({ tradeAs: { NQ: "MES" } });
    const nasdaq: Update = { ...close, instrument: "NQ" };
    const word = { message: { ...MESSAGE, id: "m2" }, sentAt: later(1_000) };
    const under = (ruleSets: State["settings"]["ruleSets"]) =>
      bindingOf({ ...state, settings: { ...state.settings, ruleSets } }, trades, word, nasdaq).kind;
    expect(under({ default: rules })).toBe("trades");
    expect(under({ default: someRules(), other: rules })).toBe("none");
    expect(under({ other: rules })).toBe("none");
    expect(under({ default: someRules() })).toBe("none");
  });

  it("are of the newest alert, of two at one time of the later trade", () => {
    const [one, two] = trades;
    if (one === undefined || two === undefined) throw new Error("two accounts took it");
    const later2 = { ...two, cause: { ...two.cause, id: "m9" }, number: 9 };
    expect(bound(trim, {}, [later2, one])).toBe(1);
    expect(bound(trim, {}, [one, later2])).toBe(1);
    const older = { ...one, number: 12, alertedAt: later(-5) };
    expect(bound(trim, {}, [older, later2])).toBe(1);
  });

  it("are none where one message alerted two products and none is named", () => {
    const [one, two] = trades;
    if (one === undefined || two === undefined) throw new Error("two accounts took it");
    const cause = { ...two.cause, id: "m1#2" };
    const other = { ...two, cause, plan: { ...two.plan, instrument: "MNQ" } } as const;
    expect(bound(trim, {}, [one, other])).toBe("it names no product, and ES and NQ are open");
    expect(bound({ ...trim, instrument: "NQ" }, {}, [one, other])).toBe(1);
    expect(bound(trim, {}, [one, { ...other, released: true }])).toBe(2);
  });

  it("are those of the alert that is answered or edited, an edit whenever it is said to be", () => {
    expect(bound(trim, { about: "m1" })).toBe(2);
    expect(bound(trim, { about: "m7" })).toBe("the alert it speaks of was not taken");
    expect(bound(close, { about: "m7" })).toBe(2);
    expect(bound(close, { about: "m7", edit: "x" })).toBe("the alert it speaks of was not taken");
    expect(bound(close, { about: "m1", edit: "x", sentAt: later(-1) })).toBe(2);
  });
});
