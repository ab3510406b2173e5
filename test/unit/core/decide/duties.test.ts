/** The messages of the day, where something is missing; the scenarios tell whole days. */
import { describe, expect, it } from "vitest";
import { DUTY_KEY, nextCutOff, tellDuties } from "../../../../src/core/decide/duties.ts";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import { minuteOf } from "../../../../src/core/model/calendar.ts";
import type { FactOf } from "../../../../src/core/model/fact.ts";
import { accountId, twinOf } from "../../../../src/core/model/ids.ts";
import type { Settings } from "../../../../src/core/model/rules.ts";
import { dollars, type Millis, millis } from "../../../../src/core/model/units.ts";
import {
  barsOf,
  initialState,
  type State,
  withAccount,
  withTrade,
} from "../../../../src/core/state.ts";
import { newTurn } from "../../../../src/core/turn.ts";
import { narratorOf } from "../../../../src/core/views/narrator.ts";
import { dutyDetails, dutyText, tellDuty } from "../../../../src/core/views/tell-duty.ts";
import { narrate } from "../../../../src/core/views/timeline.ts";
import { setIn, type Trie } from "../../../../src/std/trie.ts";
import {
  ACCOUNT,
  anAccount,
  anOpenTrade,
  aQuote,
  someRules,
  TODAY,
  TRADE,
} from "../../../kit/builders.ts";

type Waiting = State["postponed"] extends Trie<infer List> ? List : never;

const READY = minuteOf(TODAY, 8 * 60 + 15);
const name = () => "Paper";

const settings = (change: Partial<Settings> = {}): Settings => ({
  ruleSets: { default: someRules() },
  accounts: [
    { id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" },
    { id: accountId("NEVER-OPENED"), name: "Never", rules: "default", brackets: "native" },
  ],
  duties: { ready: 8 * 60 + 15, closing: 15 * 60 + 15 },
  ...change,
});

const house = (change: Partial<Settings> = {}, account = anAccount()): State => ({
  ...withAccount(initialState, account),
  settings: settings(change),
  tradeDate: TODAY,
});

function told(state: State, at: Millis = READY, quotes = [aQuote(undefined, { at: READY })]) {
  const turn = newTurn(state, at, quotes);
  tellDuties(turn, { kind: "alarm", key: DUTY_KEY, at, quotes });
  return turn;
}

const readyIn = (state: State, quotes = [aQuote(undefined, { at: READY })]) =>
  told(state, READY, quotes).facts[0] as FactOf<"ReadyTold">;

describe("the morning's message", () => {
  it("is of nobody's concern where nobody asked for it, or where another alarm rings", () => {
    const { duties: _, ...none } = settings();
    expect(told({ ...house(), settings: none }).asks).toEqual([]);
    const turn = newTurn(house(), READY, []);
    tellDuties(turn, { kind: "alarm", key: "roll", at: READY, quotes: [] });
    expect(turn.facts).toEqual([]);
  });

  it("says what is missing: prices, hours, a limit of the day", () => {
    const { hours: _, ...rules } = someRules();
    const { dailyLoss: __, ...limits } = rules.limits;
    const bySize = { A: dollars(300), B: dollars(200), C: dollars(100) };
    const ruleSets = { default: { ...rules, limits, sizing: { kind: "risk", bySize } as const } };
    const ready = readyIn(house({ ruleSets }), []);
    expect(ready).toMatchObject({ cutOff: null, accounts: [{ dailyLoss: null }] });
    expect(dutyText(ready, name)).toBe("NOT READY for 2026-11-19 (paper): there are no prices");
    expect(dutyDetails(ready, name)).toEqual([
      {
        label: "Paper",
        value:
          "balance $50000.00, sizes A $300.00, B $200.00, C $100.00 at risk, loss per trade $200.00, no daily loss, 10 trades a day",
      },
      { label: "Prices", value: "none" },
    ]);
    expect(tellDuty(narratorOf(settings(), []), ready).tone).toBe("bad");
  });

  it("has the figures of every account, price and source", () => {
    const sources = { discord: { state: "up", at: READY }, vip: { state: "down", at: READY } };
    const ready = readyIn({ ...house(), sources: sources as NonNullable<State["sources"]> });
    expect(dutyDetails(ready, name)).toEqual([
      {
        label: "Paper",
        value:
          "balance $50000.00, sizes A 3, B 2, C 1, loss per trade $200.00, daily loss $500.00, 10 trades a day",
      },
      { label: "Prices", value: "MES 0 s old" },
      { label: "discord", value: "heard" },
      { label: "vip", value: "not heard" },
      { label: "Entries until", value: "Thursday 15:00 CT" },
    ]);
    expect(tellDuty(narratorOf(settings(), []), { ...ready, unready: [] }).tone).toBe("good");
  });

  it("is not ready while a part of the house does not work, and names what is worse than it should be", () => {
    const ailing = (state: "failed" | "degraded", reason: string) => ({
      state,
      reason,
      since: READY,
    });
    const health = {
      disk: ailing("failed", "100 MB free"),
      prices: ailing("failed", "MES is 9 min old"),
      backups: ailing("degraded", "the newest is 10 h old"),
    };
    const ready = readyIn({ ...house(), health });
    expect(dutyText(ready, name)).toBe(
      "NOT READY for 2026-11-19 (paper): the disk does not work: 100 MB free",
    );
    expect(dutyDetails(ready, name)).toEqual(
      expect.arrayContaining([
        { label: "the disk", value: "failed: 100 MB free" },
        { label: "the price feed", value: "failed: MES is 9 min old" },
        { label: "backups", value: "degraded: the newest is 10 h old" },
      ]),
    );
  });

  it("knows no cut-off before the first trade date, or after the last", () => {
    expect(nextCutOff(newTurn({ ...house(), tradeDate: null }, READY, []))).toBeNull();
    expect(nextCutOff(newTurn(house(), minuteOf(TODAY, 16 * 60), []))).toBeNull();
  });

  it("is asked for never again where no hour is set", () => {
    expect(told(house({ duties: { ready: null, closing: null } })).asks).toEqual([]);
  });
});

describe("the afternoon's message", () => {
  const closing: FactOf<"ClosingTold"> = {
    ...{ kind: "ClosingTold", at: millis(READY + 90_000), due: READY, tradeDate: TODAY },
    accounts: [
      { account: ACCOUNT, trades: 2, net: dollars(-20), balance: dollars(49_980), open: [3, 4] },
    ],
    waiting: 2,
  };

  it("names the trades that are on", () => {
    const state = withTrade(house({}, anAccount({ open: [TRADE] })), anOpenTrade());
    const { facts } = told(state, minuteOf(TODAY, 15 * 60 + 15));
    expect(facts.at(-1)).toMatchObject({ kind: "ClosingTold", accounts: [{ open: [1] }] });
  });

  it("counts what waits for another trade, and leaves twins out", () => {
    const twin = {
      id: twinOf(ACCOUNT),
      name: "Twin",
      rules: "default",
      brackets: "native",
    } as const;
    const state = withAccount(house(), anAccount({ id: twin.id }));
    const accounts = [...settings().accounts, twin];
    const postponed = setIn(state.postponed, "discord/alerts", [{}, {}] as unknown as Waiting);
    const { facts } = told(
      { ...state, postponed, settings: settings({ accounts }) },
      minuteOf(TODAY, 15 * 60 + 15),
    );
    expect(facts.at(-1)).toMatchObject({ accounts: [{ account: ACCOUNT }], waiting: 2 });
  });

  it("says what is open, what waits, and that it is late", () => {
    expect(dutyText(closing, name)).toBe(
      "closing 2026-11-19, 1 min 30 s late: nothing ran here Thursday 08:15 CT: Paper 2 trades, -$20.00, NOT FLAT: #3, #4; 2 waiting",
    );
    expect(dutyDetails(closing, name)).toEqual([{ label: "Paper", value: "balance $49980.00" }]);
    expect(tellDuty(narratorOf(settings(), []), closing).tone).toBe("bad");
  });
});

describe("a channel that took a test", () => {
  const push = [{ channel: "phone", fingerprint: "7f" }];
  const start = (offered = push): State =>
    step(house({}, anAccount({ probation: 0 })), {
      ...{ kind: "start", at: READY, quotes: [], mode: "live", version: "1", balances: [] },
      ...{ settings: settings({ accounts: [] }), priceAgeMax: millis(3_000), push: offered },
    }).state;
  const passed = (state: State, fingerprint: string) =>
    step(state, {
      ...{ kind: "command", at: READY, quotes: [] },
      command: { kind: "channel-passed", channel: "phone", fingerprint },
    });

  it("is asked for by a live start, once for each way it goes", () => {
    expect(barsOf(start()).unproved).toEqual(push);
    const { state, facts } = passed(start(), "7f");
    expect(barsOf(state).unproved).toBeUndefined();
    expect(barsOf(passed(start(), "80").state).unproved).toEqual(push);
    expect(barsOf(start([])).unproved).toEqual([]);
    const fact = facts[1] as FactOf<"ChannelPassed">;
    expect(dutyText(fact, name)).toBe("the channel phone took a test message");
    expect(dutyDetails(fact, name)).toEqual([]);
    const narrator = narratorOf(settings(), []);
    expect(tellDuty(narrator, fact).tone).toBe("good");
    expect(narrate(narrator, facts[0] as FactOf<"CommandTaken">).lines[0]?.text).toBe(
      "command: test of phone",
    );
  });
});

describe("a source", () => {
  const moved = { kind: "SourceMoved", at: READY, source: "discord", state: "up" } as const;

  it("is heard or not, and of another run nothing is known", () => {
    const state = evolve(house(), moved);
    expect(state.sources).toEqual({ discord: { state: "up", at: READY } });
    const began = { kind: "RunStarted", at: READY, mode: "paper", version: "1" } as const;
    expect(evolve(state, { ...began, priceAgeMax: millis(1) }).sources).toBeUndefined();
    expect(dutyDetails(moved, name)).toEqual([]);
    const narrator = narratorOf(settings(), []);
    expect(tellDuty(narrator, moved).tone).toBe("good");
    expect(tellDuty(narrator, { ...moved, state: "down" }).tone).toBe("bad");
  });
});
