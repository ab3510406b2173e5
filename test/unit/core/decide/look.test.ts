import { describe, expect, it } from "vitest";
import { askedIn, firstLook } from "../../../../src/core/decide/look.ts";
import { step } from "../../../../src/core/engine.ts";
import type { Account } from "../../../../src/core/model/account.ts";
import type { Effect } from "../../../../src/core/model/effect.ts";
import { accountId, type TradeId, tagOf } from "../../../../src/core/model/ids.ts";
import type { Input } from "../../../../src/core/model/input.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import type { VenueReport } from "../../../../src/core/model/venue.ts";
import {
  accountOf,
  initialState,
  type State,
  withAccount,
  withTrade,
} from "../../../../src/core/state.ts";
import { chance } from "../../../../src/std/seeded.ts";
import {
  ACCOUNT,
  aFill,
  anAccount,
  anOpenTrade,
  anOrder,
  aTrade,
  later,
  legOrder,
  NOW,
  someRules,
  TRADE,
  withTranche,
} from "../../../kit/builders.ts";

const named = (name: string, change: Partial<Account> = {}): Account =>
  anAccount({ id: accountId(name), name, login: "L", ...change });
const exposed = (name: string, change: Partial<Account> = {}): Account =>
  named(name, { open: ["ts-t" as TradeId], ...change });

const askedOver = (slots: number, accounts: readonly Account[]): readonly string[] =>
  Array.from({ length: slots }, (_, slot) => askedIn(slot, accounts).join("+") || "-");

describe("whose second it is", () => {
  it("goes round over the exposed", () => {
    expect(askedOver(6, [exposed("a"), exposed("b"), exposed("c")])).toEqual([..."abc", ..."abc"]);
    expect(askedOver(3, [exposed("a")])).toEqual([..."aaa"]);
  });

  it("is mostly that of whoever lacks its stop, and of all in their turn", () => {
    const accounts = [exposed("a"), exposed("b"), exposed("c")];
    const asked = (...names: readonly string[]) =>
      Array.from({ length: 9 }, (_, slot) =>
        askedIn(slot, accounts, ({ name }) => names.includes(name)).join("+"),
      );
    expect(asked("b")).toEqual([..."bbabbbbbc"]);
    expect(asked("a", "c")).toEqual([..."acaacbacc"]);
    expect(asked("f")).toEqual([..."abcabcabc"]);
  });

  it("goes by the list, whatever is heard of a busy neighbour", () => {
    const heard = [exposed("a"), exposed("b", { newsAt: millis(3_500) }), exposed("c")];
    expect(askedOver(6, heard)).toEqual([..."abcabc"]);
  });

  it("is once in ten seconds that of a flat one, in turn", () => {
    const accounts = [exposed("a"), named("f"), named("g")];
    const asked = askedOver(21, accounts);
    expect([asked[0], asked[1], asked[10], asked[20]]).toEqual(["a+f", "a", "a+g", "a+f"]);
    expect(askedOver(11, [exposed("a")])[10]).toBe("a");
  });

  it("comes for each once in ten seconds when all are flat, and never two at a time", () => {
    expect(askedOver(12, [named("f"), named("g")]).join("")).toBe("fg--------fg");
    const many = Array.from({ length: 12 }, (_, index) => named(`f${index}`));
    expect(new Set(askedOver(12, many)).size).toBe(12);
  });

  it("is still that of one that was left a moment ago, for half a minute", () => {
    const left = [named("f"), named("g", { newsAt: millis(2_000) })];
    expect(askedOver(33, left).slice(2)).toEqual(
      Array.from({ length: 31 }, (_, n) => (n % 10 === 8 ? "g+f" : "g")),
    );
    expect(askedIn(33, left)).toEqual([]);
  });

  it("is that of one not compared yet, whatever it holds", () => {
    expect(askedIn(1, [named("f"), named("g", { settled: false })])).toEqual(["g"]);
  });
});

const brackets = "native" as const;
const settingsFor = (ids: readonly string[], login?: string) => ({
  ruleSets: { default: someRules() },
  accounts: ids.map((id) => ({
    ...{ id: accountId(id), name: id, rules: "default", brackets },
    ...(login !== undefined && { login }),
  })),
});

const start = (ids: readonly string[], login?: string): Input => ({
  kind: "start",
  at: NOW,
  quotes: [],
  mode: "live",
  version: "test",
  settings: settingsFor(ids, login),
  priceAgeMax: millis(3_000),
  balances: ids.map((id) => ({ account: accountId(id), balance: anAccount().balance })),
});

const isAlarm = (effect: Effect): effect is Extract<Effect, { kind: "WakeAt" }> =>
  effect.kind === "WakeAt";
const lookAlarms = (effects: readonly Effect[]) =>
  effects.filter(isAlarm).filter(({ key }) => /^(poll|login)\//.test(key));
const soonIn = (effects: readonly Effect[]) =>
  effects.filter(isAlarm).filter(({ key }) => key.startsWith("soon/"));
const asksIn = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.kind === "AskVenue" ? [effect.account] : []));

const report = (said: VenueReport, at: Millis): Input => ({
  kind: "report",
  at,
  quotes: [],
  report: said,
});

describe("accounts by themselves", () => {
  it("are each asked at the start, and each by its own clock", () => {
    const { effects } = step(initialState, start(["a", "b"]));
    expect(asksIn(effects).toSorted()).toEqual(["a", "b"]);
    expect(
      lookAlarms(effects)
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(["poll/a", "poll/b"]);
  });

  it("are not asked when the alarm is that of an account nobody has", () => {
    const input: Input = { kind: "alarm", at: NOW, quotes: [], key: "poll/gone" };
    expect(step(initialState, input).effects).toEqual([]);
  });

  const house = withAccount(initialState, anAccount());

  it("are asked when their alarm rings, and at once after a gap", () => {
    const gap = report({ kind: "link", account: ACCOUNT, state: "up" }, NOW);
    expect(asksIn(step(house, gap).effects)).toEqual([ACCOUNT]);
    const rung: Input = { kind: "alarm", at: NOW, quotes: [], key: "poll/PAPER-1" };
    const { effects } = step(withAccount(house, anAccount({ open: [TRADE] })), rung);
    expect(lookAlarms(effects)).toEqual([
      { kind: "WakeAt", key: "poll/PAPER-1", at: later(1_000) },
    ]);
    expect(lookAlarms(step(house, rung).effects)[0]?.at).toBe(later(10_000));
  });
});

describe("accounts of one login", () => {
  const opened = step(initialState, start(["a", "b"], "L"));

  it("are asked one after the other from the start", () => {
    expect(asksIn(opened.effects)).toHaveLength(1);
    const [alarm] = lookAlarms(opened.effects);
    expect(alarm).toEqual({ kind: "WakeAt", key: "login/L", at: later(1_000) });
    const next = step(opened.state, {
      kind: "alarm",
      at: later(1_000),
      quotes: [],
      key: "login/L",
    });
    expect(asksIn(next.effects)).toHaveLength(1);
    expect(asksIn(next.effects)).not.toEqual(asksIn(opened.effects));
  });

  const ringing = (state: State): State => {
    const account = { ...accountOf(state, accountId("a")), id: ACCOUNT, open: [TRADE] };
    return withTrade(withAccount(state, account), aTrade());
  };

  it("are asked in a moment when one is heard of after a while, else in their turn", () => {
    const state = ringing(opened.state);
    const tag = tagOf(TRADE, "e", 0, 1);
    const heard = (span: number, said: VenueReport, from = state) =>
      step(from, report(said, later(span)));
    const order = { kind: "order", account: ACCOUNT, order: anOrder({ tag }) } as const;
    const fill = { kind: "fill", account: ACCOUNT, fill: aFill({ tag }) } as const;
    const first = heard(2_300, order);
    const soon = (at: number) => [{ kind: "WakeAt", key: `soon/${ACCOUNT}`, at: later(at) }];
    expect(soonIn(first.effects)).toEqual(soon(2_650));
    expect(lookAlarms(first.effects)).toEqual([
      { kind: "WakeAt", key: "login/L", at: later(3_000) },
    ]);
    expect(soonIn(heard(2_400, fill, first.state).effects)).toEqual([]);
    // What is no news is no reason to look.
    expect(lookAlarms(heard(2_400, order, first.state).effects)).toEqual([]);
    expect(soonIn(heard(7_300, fill, first.state).effects)).toEqual(soon(7_650));
    const rung = { kind: "alarm", at: later(2_650), quotes: [], key: `soon/${ACCOUNT}` } as const;
    const { effects } = step(first.state, rung);
    expect([asksIn(effects), lookAlarms(effects)]).toEqual([[ACCOUNT], []]);
  });

  it("are asked first where a stop is not known to work", () => {
    const trade = withTranche(anOpenTrade(), 0, { stop: null });
    const asked = (open: Trade) => {
      const a = { ...accountOf(opened.state, accountId("a")), open: [TRADE] };
      const house = withTrade(withAccount(opened.state, a), open);
      return [0, 1, 2, 3].flatMap((second) => {
        const at = millis(NOW - (NOW % 6_000) + second * 1_000);
        return asksIn(step(house, { kind: "alarm", key: "login/L", quotes: [], at }).effects);
      });
    };
    expect(asked(trade)).toEqual(["a", "a", "b", "a"]);
    expect(asked(anOpenTrade())).toEqual(["b", "a", "b", "a"]);
  });

  describe("one of which is left without its stop", () => {
    const parent = tagOf(TRADE, "e", 0, 1);
    const gone = (role: "stop" | "target", span: number): Input => {
      const order = legOrder(role === "stop" ? "s" : "t", 0);
      const said = anOrder({ order, parent, role, side: "sell", status: "cancelled" });
      return report({ kind: "order", account: ACCOUNT, order: said }, later(span));
    };
    const soon = [{ kind: "WakeAt", key: `soon/${ACCOUNT}`, at: later(2_450) }];
    const { login, ...alone } = accountOf(opened.state, accountId("a"));
    const holding = (account: Account): State =>
      withTrade(
        withAccount(opened.state, { ...account, id: ACCOUNT, open: [TRADE] }),
        anOpenTrade(),
      );

    it("do not wait for its turn, and ask once", () => {
      const busy = holding({ ...alone, login: login ?? "L", newsAt: later(2_200) });
      const first = step(busy, gone("stop", 2_300));
      expect(soonIn(first.effects)).toEqual(soon);
      expect(soonIn(step(first.state, gone("target", 2_400)).effects)).toEqual([]);
      expect(soonIn(step(busy, gone("target", 2_400)).effects)).toEqual([]);
    });

    it("wait for it when that happened a moment ago: the calls are counted", () => {
      const alsoBare = (span: number) => {
        const busy = holding({ ...alone, login: login ?? "L", newsAt: later(2_200) });
        const other = { ...accountOf(busy, accountId("b")), bareAt: later(2_300 - span) };
        return soonIn(step(withAccount(busy, other), gone("stop", 2_300)).effects);
      };
      expect(alsoBare(29_999)).toEqual([]);
      expect(alsoBare(30_000)).toEqual(soon);
    });

    it("do so too when each is asked by itself", () => {
      expect(soonIn(step(holding(alone), gone("stop", 2_300)).effects)).toEqual(soon);
    });
  });

  it("keep their login when the settings say so, and lose it when they do not", () => {
    expect(accountOf(opened.state, accountId("a")).login).toBe("L");
    const alone = step(opened.state, start(["a", "b"]));
    expect("login" in accountOf(alone.state, accountId("a"))).toBe(false);
    const again = step(alone.state, start(["a", "b"], "M"));
    expect(accountOf(again.state, accountId("b")).login).toBe("M");
  });

  it("are looked at in their next second when a trade begins", () => {
    expect(firstLook(opened.state, accountId("a"), later(2_300))).toEqual({
      ...{ kind: "WakeAt", key: "login/L", at: later(3_000) },
    });
    const alone = withAccount(initialState, anAccount());
    expect(firstLook(alone, ACCOUNT, NOW)).toMatchObject({ key: "poll/PAPER-1", at: later(1_000) });
  });

  it("are no more when the settings name no such login: its alarm is the last", () => {
    const input: Input = { kind: "alarm", at: NOW, quotes: [], key: "login/gone" };
    expect(step(opened.state, input).effects).toEqual([]);
  });

  it("are asked again by a gap like by any other news", () => {
    const gap = { kind: "link", account: accountId("b"), state: "down" } as const;
    const down = step(opened.state, report(gap, later(300)));
    expect(asksIn(down.effects)).toEqual(["b"]);
    // Broken off once is broken off.
    expect(step(down.state, report(gap, later(400))).facts).toEqual([]);
  });

  /** Ten minutes of a login with a random number of accounts, trades and news. */
  function callsOf(seed: number): readonly number[] {
    const draw = (site: string, n: number, below: number): number => chance(seed, site, n) % below;
    const ids = Array.from({ length: 1 + draw("accounts", 0, 12) }, (_, index) => `a${index}`);
    let { state, effects } = step(initialState, start(ids, "L"));
    const pairs: number[] = [];
    let wake: number = NOW;
    const take = (now: number): void => {
      for (const _ of asksIn(effects)) pairs.push(now);
      wake = lookAlarms(effects).at(-1)?.at ?? wake;
    };
    take(NOW);
    for (let n = 0, now: number = NOW; now < NOW + 600_000; n++) {
      const news = now + 1 + draw("pause", n, draw("pace", 0, 8_000) + 1);
      now = Math.min(news, wake);
      if (now === wake) {
        ({ state, effects } = step(state, {
          ...{ kind: "alarm", key: "login/L", at: millis(now), quotes: [] },
        }));
      } else {
        const id = accountId(ids[draw("who", n, ids.length)] ?? "a0");
        const gap = report({ kind: "link", account: id, state: "up" }, millis(now));
        ({ state, effects } = step(state, gap));
        // Compared again or not, as chance has it: what counts is who is asked, and how often.
        const settled = draw("settled", n, 3) > 0;
        state = withAccount(state, { ...accountOf(state, id), settled });
      }
      take(now);
    }
    return pairs;
  }

  it("make at most 160 calls in any minute, whatever happens", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const pairs = callsOf(seed);
      for (const [index, from] of pairs.entries()) {
        const inMinute = pairs.slice(index).findIndex((at) => at >= from + 60_000);
        expect(2 * (inMinute === -1 ? pairs.length - index : inMinute)).toBeLessThanOrEqual(160);
      }
    }
  });
});
