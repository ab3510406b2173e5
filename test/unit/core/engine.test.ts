import { describe, expect, it } from "vitest";
import { step } from "../../../src/core/engine.ts";
import { evolve } from "../../../src/core/evolve.ts";
import type { Effect } from "../../../src/core/model/effect.ts";
import type { Fact } from "../../../src/core/model/fact.ts";
import {
  accountId,
  fillId,
  type OrderId,
  orderId,
  type TradeId,
} from "../../../src/core/model/ids.ts";
import type { Input } from "../../../src/core/model/input.ts";
import type { Trade } from "../../../src/core/model/trade.ts";
import { tradeDate } from "../../../src/core/model/trade-date.ts";
import { dollars } from "../../../src/core/model/units.ts";
import { sceneOf } from "../../../src/core/scenery.ts";
import {
  accountOf,
  findTrade,
  initialState,
  openTradesOf,
  rulesOf,
  type State,
  tradeOf,
  withAccount,
  withTrade,
} from "../../../src/core/state.ts";
import type { Beside } from "../../../src/core/track/scene.ts";
import { newTurn } from "../../../src/core/turn.ts";
import { canonical } from "../../../src/std/canonical.ts";
import { setIn } from "../../../src/std/trie.ts";
import {
  ACCOUNT,
  aFill,
  anAccount,
  anOpenTrade,
  anOrder,
  aPlan,
  aQuote,
  aShortPlan,
  aTrade,
  later,
  legOrder,
  NOW,
  someRules,
  TRADE,
  withEntry,
} from "../../kit/builders.ts";

const SETTINGS = {
  ruleSets: { default: someRules() },
  accounts: [{ id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" }],
} as const;

const running: State = {
  ...withAccount(initialState, anAccount()),
  run: { mode: "paper", priceAgeMax: later(3_000 - NOW) },
  settings: SETTINGS,
  tradeDate: tradeDate("2026-11-19"),
};

const holding = withTrade(withAccount(running, anAccount({ open: [TRADE] })), anOpenTrade());

const alarm = (key: string, at = NOW): Input => ({ kind: "alarm", at, quotes: [aQuote()], key });

const kindsOf = (effects: readonly Effect[]): readonly string[] => effects.map(({ kind }) => kind);

describe("a step", () => {
  it("gives the same facts, effects and state for the same state and input", () => {
    const [once, twice] = [step(holding, alarm(TRADE)), step(holding, alarm(TRADE))];
    expect(canonical(once)).toBe(canonical(twice));
  });

  it("changes nothing for an alarm or a price of a trade nobody knows", () => {
    const nobody = "ts-nobody" as TradeId;
    for (const input of [
      alarm(nobody),
      { kind: "price", at: NOW, quotes: [], key: nobody, quote: aQuote() } as const,
    ]) {
      expect(step(running, input)).toEqual({ state: running, facts: [], effects: [] });
    }
  });

  it("asks no venue for an account it does not have", () => {
    expect(step(running, alarm("poll/nobody")).effects).toEqual([]);
  });

  it("is broken off when the rules of a trade never come to rest", () => {
    // Kept under another name than its own, it hears of no fact about itself.
    const stray = { ...running, trades: setIn(running.trades, "ts-stray", endless()) };
    expect(() => step(stray, alarm("ts-stray"))).toThrow("come to rest");
  });
});

/** Withdrawn with an order to cancel: it asks for the cancel until that is a fact. */
const endless = () =>
  withEntry(aTrade({ entryEnding: "a test" }), 0, { state: "working", order: orderId("o1") });

const START = {
  kind: "start",
  at: later(1_000),
  quotes: [],
  mode: "paper",
  version: "test",
  settings: SETTINGS,
  priceAgeMax: later(3_000 - NOW),
  balances: [],
} as const;
const STARTED = ["WakeAt", "AskVenue", "WakeAt", "WakeAt", "WakeAt", "WatchPrice"];

describe("alarms", () => {
  const resting = withTrade(
    withAccount(running, anAccount({ open: [TRADE] })),
    [0, 1].reduce(
      (trade, index) => withEntry(trade, index, { state: "working", order: orderId(`o${index}`) }),
      aTrade(),
    ),
  );

  it("are all set again at a start", () => {
    expect(kindsOf(step(resting, START).effects)).toEqual(STARTED);
  });

  it("are all that a start under a closed gate asks for, until the venue has answered", () => {
    const reduceBecause = "config.yaml is broken";
    const { facts, effects, state } = step(resting, { ...START, reduceBecause });
    expect(facts.slice(1)).toEqual([
      { at: START.at, kind: "GateMoved", account: null, gate: "reducing", reason: reduceBecause },
    ]);
    expect(accountOf(state, ACCOUNT)).toMatchObject({
      gate: "reducing",
      gateReason: reduceBecause,
    });
    expect(kindsOf(effects)).toEqual(STARTED);
    const truth = { account: ACCOUNT, askedAt: START.at, positions: [], fills: [] };
    const report = { ...truth, kind: "snapshot", orders: [], balance: dollars(50_000) } as const;
    const heard = step(state, { kind: "report", at: later(1_100), quotes: [], report });
    expect(heard.facts.map(({ kind }) => kind)).toContain("EntryWithdrawn");
  });

  it("of price are called off when the time alarm withdraws the entry", () => {
    const { effects } = step(resting, alarm(TRADE, later(30_000)));
    expect(kindsOf(effects)).toEqual(["Send", "Send", "WakeAt", "UnwatchPrice"]);
  });

  it("of time stay when a price rings that changes nothing, and the price is watched again", () => {
    const quote = aQuote();
    const { effects, facts } = step(resting, {
      kind: "price",
      at: later(1_000),
      quotes: [quote],
      key: TRADE,
      quote,
    });
    expect(facts).toEqual([]);
    expect(kindsOf(effects)).toEqual(["WatchPrice"]);
  });
});

describe("folding", () => {
  const about = { at: NOW };

  it("gives accounts new rules and keeps their books", () => {
    const other = withAccount(running, anAccount({ id: accountId("old"), rules: "gone" }));
    const settings = {
      ruleSets: { tight: someRules() },
      accounts: [{ id: ACCOUNT, name: "Main", rules: "tight", brackets: "none" }],
    } as const;
    const adopted = evolve(other, { ...about, kind: "SettingsAdopted", settings });
    const renamed = { name: "Main", rules: "tight", brackets: "none" };
    expect(accountOf(adopted, ACCOUNT)).toEqual({ ...anAccount(), ...renamed });
    expect(accountOf(adopted, accountId("old")).rules).toBe("gone");
  });

  it("lets an account keep the hours its settings give it, and the exchange's without any", () => {
    const named = { id: ACCOUNT, name: "Main", rules: "tight", brackets: "none" } as const;
    const adopt = (sessions: { sessions?: "always-open" }): string =>
      accountOf(
        evolve(running, {
          ...about,
          kind: "SettingsAdopted",
          settings: { ruleSets: {}, accounts: [{ ...named, ...sessions }] },
        }),
        ACCOUNT,
      ).sessions;
    expect([adopt({ sessions: "always-open" }), adopt({})]).toEqual(["always-open", "cme"]);
  });

  it("takes the balance a flat account has at its venue, and keeps its own while a trade is open", () => {
    const settle = (state: State): number =>
      accountOf(
        evolve(state, { ...about, kind: "AccountSettled", account: ACCOUNT, balance: dollars(51) }),
        ACCOUNT,
      ).balance;
    expect(settle(running)).toBe(dollars(51));
    const exposed = withAccount(running, anAccount({ open: [TRADE] }));
    expect(settle(exposed)).toBe(anAccount().balance);
  });

  it("opens an account that no settings speak of", () => {
    const account = accountId("stray");
    const opened = evolve(running, {
      ...about,
      kind: "AccountOpened",
      account,
      balance: dollars(100),
    });
    expect(accountOf(opened, account)).toMatchObject({
      name: "stray",
      rules: "",
      brackets: "none",
      balance: dollars(100),
    });
  });

  it("passes over a fact about a trade that is no longer kept", () => {
    const fact: Fact = { ...about, kind: "TradeReleased", trade: TRADE };
    expect(evolve(running, fact)).toBe(running);
  });

  it("forgets strangers' orders after two days", () => {
    const order = orderId("o7");
    const seen = evolve(running, {
      ...about,
      kind: "ForeignOrderSeen",
      account: ACCOUNT,
      order,
      contract: "MESZ26",
      detail: "buy 1 MESZ26",
    });
    const rolled = (days: number): State =>
      evolve(seen, {
        at: later(days * 86_400_000),
        kind: "TradeDateBegan",
        tradeDate: tradeDate("2026-11-20"),
      });
    expect([rolled(2).foreign.size, rolled(3).foreign.size]).toEqual([1, 0]);
  });
});

describe("an instrument that was closed by hand", () => {
  const about = { at: NOW, trade: TRADE, gross: dollars(0), fees: dollars(0), net: dollars(0) };
  const end = (state: State, how: "external" | "exit") =>
    evolve(state, { ...about, kind: "TradeClosed", how });
  const blockedIn = (state: State) => accountOf(state, ACCOUNT).blocked;
  const blocked = { instrument: "MES", trade: 1 };

  it("is blocked on that account, once, until somebody resumes", () => {
    expect(blockedIn(end(holding, "exit"))).toEqual([]);
    const once = end(holding, "external");
    expect(blockedIn(once)).toEqual([blocked]);
    expect(blockedIn(end(once, "external"))).toEqual([blocked]);
    const gate = { at: NOW, kind: "GateMoved", account: null, reason: "asked" } as const;
    expect(blockedIn(evolve(once, { ...gate, gate: "reducing" }))).toEqual([blocked]);
    expect(blockedIn(evolve(once, { ...gate, gate: "active" }))).toEqual([]);
  });
});

describe("the state", () => {
  it("has no account, no rules and no trade that were never made", () => {
    expect(() => accountOf(initialState, ACCOUNT)).toThrow("opened before it is used");
    expect(() => rulesOf(initialState, anAccount())).toThrow("rule set default exists");
    expect(() => tradeOf(initialState, TRADE)).toThrow("planned before it is used");
    expect(findTrade(initialState, TRADE)).toBeUndefined();
    expect(openTradesOf(initialState, anAccount({ open: [TRADE] }))).toEqual([]);
  });

  it("shows a trade what else is open in its contract on its account", () => {
    const other = "ts-other" as TradeId;
    const beside = (change: Partial<Trade>, plan = aPlan()): Beside => {
      const account = anAccount({ open: [TRADE, other] });
      const second = { ...aTrade({}, plan), id: other, ...change };
      const state = withTrade(withTrade(withAccount(running, account), anOpenTrade()), second);
      return sceneOf(newTurn(state, NOW, []), anOpenTrade()).beside;
    };
    expect(sceneOf(newTurn(holding, NOW, []), anOpenTrade()).beside).toBe("nothing");
    expect(beside({}, aPlan({ contract: "MNQZ26" }))).toBe("nothing");
    expect(beside({})).toBe("same-side");
    expect(beside({}, aShortPlan())).toBe("opposite");
    const exit = { since: NOW, tries: 0, triedAt: NOW, closeAskedAt: null, closeTries: 0 };
    expect(beside({ exit: { ...exit, reason: "reversed" } }, aShortPlan())).toBe("reversed");
    expect(beside({ exit: { ...exit, reason: "late-fill" } }, aShortPlan())).toBe("opposite");
  });

  it("shows a trade which of its orders a list has as cancelled that knows of all its fills", () => {
    const gone = anOrder({ order: legOrder("s", 0), status: "cancelled" });
    const both = ["1-in1", "1-in2"];
    let sought: OrderId | null = legOrder("s", 0);
    const shows = (known = both, account = ACCOUNT, order = gone): boolean => {
      const fills = known.map((id) => aFill({ fill: fillId(id) }));
      const truth = { account, askedAt: NOW, orders: [order], positions: [], fills };
      const turn = { ...newTurn(holding, later(2), []), truth };
      return sceneOf(turn, anOpenTrade()).showsGone(sought);
    };
    expect([shows(), shows(["1-in1"])]).toEqual([true, false]);
    expect(shows(both, accountId("other"))).toBe(false);
    expect(shows(both, ACCOUNT, { ...gone, status: "working" })).toBe(false);
    expect(shows(both, ACCOUNT, { ...gone, order: legOrder("t", 0) })).toBe(false);
    // One that no list ever showed need not be shown as over.
    sought = null;
    expect([shows(), shows(["1-in1"])]).toEqual([true, false]);
  });

  it("has no fresh price before a run has said what fresh is", () => {
    const state = { ...holding, run: null };
    const scene = sceneOf(newTurn(state, later(1), [aQuote()]), anOpenTrade());
    expect(scene.quote).toBeNull();
    expect(scene.lastQuote).toEqual(aQuote());
  });
});
