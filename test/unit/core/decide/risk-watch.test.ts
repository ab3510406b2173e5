import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import { rebuiltBooks } from "../../../../src/core/evolve-books.ts";
import type { Effect } from "../../../../src/core/model/effect.ts";
import type { Fact, FactOf } from "../../../../src/core/model/fact.ts";
import { accountId, fillId, orderId, twinOf } from "../../../../src/core/model/ids.ts";
import type { Input } from "../../../../src/core/model/input.ts";
import type { DailyLoss } from "../../../../src/core/model/limits.ts";
import type { Quote } from "../../../../src/core/model/quote.ts";
import type { Limits, Rules, Settings } from "../../../../src/core/model/rules.ts";
import {
  contracts,
  dollars,
  type Millis,
  millis,
  money,
} from "../../../../src/core/model/units.ts";
import {
  accountOf,
  bookNameOf,
  initialState,
  type State,
  withAccount,
} from "../../../../src/core/state.ts";
import { anAccount, aQuote, es, later, NOW, planned, someRules } from "../../../kit/builders.ts";
import { heardAt } from "../../../kit/posted.ts";

const ALERT = "🚨 ES long 6326: A\nStop: 6316\n@everyone";
const OTHER = "🚨 ES long 6325: A\nStop: 6315\n@everyone";
const END = millis(Date.parse("2026-11-19T23:00:00Z"));

const loss = (limit: DailyLoss["limit"], steps: Partial<DailyLoss["steps"]> = {}): DailyLoss => ({
  limit,
  steps: { warn: [500], half: 750, block: 900, flatten: 1_000, ...steps },
});

const WITHOUT: Partial<Limits> = { breakers: {}, total: {} };

/** Settled accounts of these names, all by one rule set. */
function house(names: readonly string[], limits: Partial<Limits> = {}): State {
  const ids = names.map((name) => (name.endsWith("~") ? twinOf(accountId(name)) : accountId(name)));
  const rules = someRules({ limits: { ...WITHOUT, ...limits } });
  const settings: Settings = {
    ruleSets: { default: rules, unused: rules },
    accounts: ids.map((id) => ({ id, name: id, rules: "default", brackets: "native" })),
  };
  const run = { mode: "paper", priceAgeMax: millis(3_000) } as const;
  const state = { ...initialState, run, settings, tradeDate: anAccount().tradeDate };
  return rebuiltBooks(ids.map((id) => anAccount({ id })).reduce(withAccount, state));
}

const withoutDaily = ({ limits: { dailyLoss: _, ...limits }, ...rules }: Rules): Rules => ({
  ...rules,
  limits,
});

const changed = (state: State, change: (rules: Rules) => Rules): State => ({
  ...state,
  settings: {
    ...state.settings,
    ruleSets: Object.fromEntries(
      Object.entries(state.settings.ruleSets).map(([name, rules]) => [name, change(rules)]),
    ),
  },
});

const alert = (id = "m1", text = ALERT, at: Millis = NOW) => heardAt(text, { at, id, sentAt: at });

/** Everything that was planned fills at that price. */
function filled(state: State, facts: readonly Fact[], price = 6326): State {
  let next = state;
  for (const fact of facts) {
    if (fact.kind !== "TradePlanned") continue;
    for (const [tranche, { quantity }] of fact.plan.tranches.entries()) {
      const { trade } = fact;
      if (tranche > 0) next = evolve(next, { at: NOW, kind: "EntrySent", trade, tranche });
      next = evolve(next, {
        ...{ at: NOW, kind: "EntryFilled", trade: fact.trade, tranche, quantity },
        fill: fillId(`${fact.trade}-${tranche}`),
        order: orderId(`o-${fact.trade}-${tranche}`),
        price: es(price),
        fees: money(0),
      } as const);
    }
  }
  return next;
}

function inTrade(state: State): State {
  const planned = step(state, alert());
  return filled(planned.state, planned.facts);
}

const priced = (price: number, at: Millis = NOW): Quote => aQuote(es(price), { at });

const rings = (key: string, price: number, at: Millis = later(1_000)): Input => ({
  kind: "price",
  key,
  at,
  quote: priced(price, at),
  quotes: [priced(price, at)],
});

const OWN = "loss/account/one/MES";
const ALL = "loss/book/house/MES";

const kinds = (facts: readonly Fact[]) => facts.map(({ kind }) => kind);
const watches = (effects: readonly Effect[]) =>
  effects.flatMap((one) => (one.kind === "WatchPrice" && one.key.startsWith("loss/") ? [one] : []));

describe("a price that was waited for", () => {
  it("that reaches no step says nothing, and is waited for anew from where it is", () => {
    const { facts, effects } = step(inTrade(house(["one"])), rings(OWN, 6321));
    expect(facts).toEqual([]);
    // 75 of 500 dollars are lost and 1.83 are due in fees: 173.17 to the first step, 3.75 a tick.
    expect(watches(effects)).toMatchObject([
      { key: OWN, band: { atOrBelow: es(6321) - 46, atOrAbove: null } },
    ]);
  });

  it("takes the steps that were passed, and closes everything at the last", () => {
    const half = step(
      inTrade(house(["one"], { dailyLoss: loss(dollars(200)) })),
      rings(OWN, 6315.5),
    );
    expect(half.facts).toMatchObject([
      { kind: "LossStepReached", step: "warn", share: 500, realised: 0, limit: dollars(200) },
      { kind: "LossStepReached", step: "half-size", share: 750 },
    ]);
    const all = step(half.state, rings(OWN, 6312));
    expect(kinds(all.facts).slice(0, 3)).toEqual([
      "LossStepReached",
      "LossStepReached",
      "ExitBegun",
    ]);
    expect(accountOf(all.state, accountId("one")).risk?.lock).toEqual({
      until: END,
      scope: "account",
      reached: 1_000,
      limit: dollars(200),
    });
    // Nothing is left to listen for.
    expect(watches(all.effects)).toEqual([]);
    expect(all.effects).toContainEqual({ kind: "UnwatchPrice", key: OWN });
  });

  it("of an account that is gone, or of one that follows no rules any more, says nothing", () => {
    expect(step(house(["one"]), rings("loss/account/nobody/MES", 6300)).facts).toEqual([]);
    const state = inTrade(house(["one"]));
    const orphan = withAccount(state, { ...accountOf(state, accountId("one")), rules: "gone" });
    expect(step(orphan, rings(OWN, 6200)).facts).toEqual([]);
  });

  it("rings at whatever is traded next while no price is known", () => {
    const state = inTrade(house(["one"]));
    const { effects } = step(state, { ...rings(OWN, 6326), quotes: [] });
    expect(watches(effects)).toMatchObject([{ band: { atOrBelow: 1_000_000_000 } }]);
    const short = "🚨 ES short 6326: A\nStop: 6336\n@everyone";
    const planned = step(house(["one"]), alert("m1", short));
    const sold = filled(planned.state, planned.facts);
    const rung = step(sold, { ...rings(OWN, 6326), quotes: [] });
    expect(watches(rung.effects)).toMatchObject([{ band: { atOrAbove: -1_000_000_000 } }]);
  });

  it("is not waited for where nothing is limited", () => {
    const free = changed(inTrade(house(["one"])), withoutDaily);
    const { facts, effects } = step(free, rings(OWN, 6000));
    expect([facts, watches(effects)]).toEqual([[], []]);
  });
});

describe("the drawdown of a day", () => {
  const limits = { breakers: { drawdown: { limit: dollars(60) } } };
  const risen = (state: State): State => {
    const account = accountOf(state, accountId("one"));
    const risk = { reached: 0, streak: 0, entries: [], troubles: [], slips: [], tallies: [] };
    const best = { ...account, realisedToday: dollars(50), balance: dollars(50_050) };
    return withAccount(state, { ...best, risk: { ...risk, peak: dollars(50), tripped: [] } });
  };

  it("is listened for as well, and trips its breaker until the trade date ends", () => {
    const state = risen(inTrade(house(["one"], limits)));
    const near = step(state, rings(OWN, 6325));
    // 15 dollars down, 1.83 in fees: 43.17 are left, 11 ticks.
    expect(watches(near.effects)).toMatchObject([{ band: { atOrBelow: es(6325) - 11 } }]);
    const { facts, state: tripped, effects } = step(near.state, rings(OWN, 6322));
    expect(facts).toMatchObject([
      { kind: "BreakerOpened", breaker: "drawdown", limit: dollars(60), until: END },
    ]);
    // From there on only the daily loss is listened for.
    expect(watches(effects)[0]?.band.atOrBelow).toBeLessThan(es(6322) - 20);
    expect(step(tripped, alert("m2", OTHER, later(2_000))).facts.at(-1)).toMatchObject({
      refusal: { kind: "breaker", breaker: "drawdown" },
    });
  });

  it("alone is enough to listen", () => {
    const state = risen(changed(inTrade(house(["one"], limits)), withoutDaily));
    expect(watches(step(state, rings(OWN, 6325)).effects)).toHaveLength(1);
  });
});

describe("the loss of all accounts together", () => {
  const total = { dailyLoss: loss(dollars(1_000)), total: { dailyLoss: loss(dollars(400)) } };

  it("is one sum with alarms of its own, and closes what follows the rule set", () => {
    const state = inTrade(house(["one", "two"], total));
    const warned = step(state, rings(ALL, 6319));
    expect(warned.facts).toMatchObject([
      { kind: "TotalStepReached", book: "house", rules: "default", step: "warn", share: 500 },
    ]);
    expect(watches(warned.effects)).toMatchObject([{ key: ALL }]);
    const spent = step(warned.state, rings(ALL, 6312));
    expect(spent.facts.filter(({ kind }) => kind === "ExitBegun")).toHaveLength(2);
    expect(accountOf(spent.state, accountId("two")).risk?.lock?.scope).toBe("total");
    const { facts } = step(spent.state, alert("m2", OTHER, later(9_000)));
    expect(facts.at(-1)).toMatchObject({ refusal: { kind: "daily-loss", scope: "total" } });
  });

  it("is told once where accounts have the same total by rule sets of their own", () => {
    const state = inTrade(house(["one", "two"], total));
    const { settings } = state;
    const accounts = settings.accounts.map((one) =>
      one.id === "two" ? { ...one, rules: "unused" } : one,
    );
    const { facts } = step({ ...state, settings: { ...settings, accounts } }, rings(ALL, 6319));
    const steps = facts.filter((fact) => fact.kind === "TotalStepReached");
    expect(steps).toMatchObject([{ rules: "default" }, { rules: "unused", again: true }]);
    expect(steps[0]).not.toHaveProperty("again");
  });

  it("closes nothing where that step is off", () => {
    const steps = { flatten: null };
    const limits = { ...total, total: { dailyLoss: loss(dollars(400), steps) } };
    const { facts } = step(inTrade(house(["one", "two"], limits)), rings(ALL, 6300));
    expect(kinds(facts)).not.toContain("ExitBegun");
  });

  it("is not told twice where there is one account with the same limit", () => {
    const limits = { dailyLoss: loss(dollars(200)), total: { dailyLoss: loss(dollars(200)) } };
    const { facts } = step(inTrade(house(["one"], limits)), rings(OWN, 6315.5));
    expect(kinds(facts)).toEqual(["LossStepReached", "LossStepReached"]);
  });

  it("may be a part of what all of them hold", () => {
    const part = { total: { dailyLoss: loss({ ofBalance: 40 }) } };
    const { facts } = step(inTrade(house(["one", "two"], part)), rings(ALL, 6319));
    expect(facts).toMatchObject([{ kind: "TotalStepReached", limit: dollars(400) }]);
  });

  it("may be a part for some rules and a sum for others", () => {
    const state = house(["one", "two", "one~"], { total: { dailyLoss: loss(dollars(400)) } });
    const { settings } = state;
    const rules = someRules({
      limits: { ...WITHOUT, total: { dailyLoss: loss({ ofBalance: 40 }) } },
    });
    const accounts = settings.accounts.map((one, n) => (n !== 1 ? one : { ...one, rules: "part" }));
    const ruleSets = { ...settings.ruleSets, part: rules };
    const two = { ...accountOf(state, accountId("two")), rules: "part" };
    const mixed = withAccount({ ...state, settings: { ruleSets, accounts } }, two);
    const [, ...planned] = kinds(step(mixed, alert()).facts);
    expect(planned).toEqual(["TradePlanned", "TradePlanned", "TradePlanned"]);
  });

  it("counts twins by themselves", () => {
    const state = inTrade(house(["one", "one~"], total));
    const twins = step(state, rings("loss/book/twins/MES", 6312));
    expect(twins.facts).toMatchObject([
      { book: "twins", open: dollars(-211.83), limit: dollars(400) },
    ]);
    expect(bookNameOf(twinOf(accountId("one")))).toBe("twins");
    // And the gate sums up each book for itself: both took the whole size.
    expect(state.tradeCount).toBe(2);
  });

  it("without a price counts what is open as it was bought", () => {
    const state = inTrade(house(["one", "two"], total));
    const { facts } = step(state, { ...rings(ALL, 6326), quotes: [] });
    expect(facts).toEqual([]);
  });

  it("of an unopened book is nothing", () => {
    const { facts, effects } = step(house([]), rings("loss/book/twins/MES", 6300));
    expect([facts, watches(effects)]).toEqual([[], []]);
  });
});

describe("what open trades of other accounts leave", () => {
  it("is the same for whoever is judged next, and for an account outside of all rules", () => {
    const total = { total: { dailyLoss: loss(dollars(500)), exposure: { ES: 6 } } };
    const state = inTrade(house(["one", "two"], total));
    const orphan = withAccount(state, { ...accountOf(state, accountId("two")), rules: "gone" });
    const news = { ...orphan.settings.accounts[0], id: accountId("six") } as never;
    const settings = { ...orphan.settings, accounts: [news] };
    const six = withAccount({ ...orphan, settings }, anAccount({ id: accountId("six") }));
    expect(step(six, alert("m2", ALERT, later(61_000))).facts.at(-1)).toMatchObject({
      kind: "TradeRefused",
    });
  });

  it("in contracts is refused beyond the limit of one and of all", () => {
    const one = house(["one", "two"], { exposure: { ES: 2 } });
    expect(step(one, alert()).facts.at(-1)).toMatchObject({
      refusal: { kind: "exposure", scope: "account", wanted: 3, limit: 2 },
    });
    const all = house(["one", "two"], { exposure: { ES: 5 }, total: { exposure: { ES: 4 } } });
    expect(step(all, alert()).facts.slice(-2)).toMatchObject([
      { kind: "TradePlanned" },
      { refusal: { kind: "exposure", scope: "total", wanted: 6, limit: 4 } },
    ]);
  });
});

describe("a day that is nearly lost", () => {
  const reached = (state: State, share: number): State =>
    evolve(state, {
      ...{ at: NOW, kind: "TotalStepReached", book: "house", rules: "default", step: "warn" },
      ...{ share, limit: dollars(400), realised: money(0), open: money(0) },
    } as const);
  const total = { total: { dailyLoss: loss(dollars(9_000)) } };

  it("over all accounts halves everybody's size, and a tightened step locks at once", () => {
    const halved = step(reached(house(["one", "two"], total), 800), alert());
    expect(halved.facts.slice(1)).toMatchObject([
      { plan: { cuts: [{ why: "half-size", scope: "total", from: 3, to: 1, share: 800 }] } },
      { plan: { cuts: [{ scope: "total" }] } },
    ]);
    const tight = { total: { dailyLoss: loss(dollars(9_000), { block: 700 }) } };
    const { facts } = step(reached(house(["one", "two"], tight), 800), alert());
    expect(facts.at(-1)).toMatchObject({
      refusal: { kind: "daily-loss", scope: "total", reached: 800, until: END },
    });
  });

  it("leaves a single contract a single contract", () => {
    const one = ALERT.replace(": A", ": C");
    const { facts } = step(reached(house(["one"], total), 800), alert("m1", one));
    expect(facts.at(-1)).toMatchObject({ kind: "TradePlanned", plan: { tranches: [{}] } });
    expect((facts.at(-1) as FactOf<"TradePlanned">).plan.cuts).toBeUndefined();
  });
});

describe("entries, sources and letters", () => {
  const text = (n: number, letter = "C") =>
    `🚨 ES long ${6326 + n / 4}: ${letter}\nStop: ${6316 + n / 4}\n@everyone`;

  it("so many in a minute are enough", () => {
    let state = house(["one"], { entriesPerMinute: 2, positionSize: 9 });
    state = changed(state, (rules) => ({ ...rules, adds: "allow" }));
    for (const n of [1, 2]) state = step(state, alert(`m${n}`, text(n), later(n))).state;
    expect(step(state, alert("m3", text(3), later(3))).facts.at(-1)).toMatchObject({
      refusal: { kind: "entries-per-minute", taken: 2, limit: 2 },
    });
    expect(step(state, alert("m3", text(3), later(60_001))).facts.at(-1)).toMatchObject({
      kind: "TradePlanned",
    });
  });

  it("have limits of their own: trades, the loss of one, and what they lost today", () => {
    const adds = (rules: Rules): Rules => ({ ...rules, adds: "allow" });
    const { entriesPerMinute: _, ...free } = someRules().limits;
    const state = changed(
      house(["one"], {
        bySize: { A: { lossPerTrade: dollars(100) }, B: { tradesPerDay: 1 } },
        bySource: { "chat-file": { dailyLoss: dollars(50), lossPerTrade: dollars(150) } },
      }),
      (rules) => adds({ ...rules, limits: { ...free, ...rules.limits } }),
    );
    expect(step(state, alert("m1", text(1, "A"))).facts.at(-1)).toMatchObject({
      refusal: { kind: "part-loss", of: "trade", part: "source chat-file", limit: dollars(150) },
    });
    const taken = step(state, alert("m1", text(1, "B")));
    expect(taken.facts.at(-1)).toMatchObject({ kind: "TradePlanned", size: "B" });
    expect(step(taken.state, alert("m2", text(2, "B"), later(1))).facts.at(-1)).toMatchObject({
      refusal: { kind: "part-trades", part: "size B", taken: 1, limit: 1 },
    });
    const { trade } = taken.facts.at(-1) as FactOf<"TradePlanned">;
    const net = dollars(-60);
    const sold = [0, 1].reduce(
      (so, tranche) =>
        evolve(so, {
          ...{
            at: NOW,
            kind: "ExitFilled",
            trade,
            tranche,
            by: "close",
            fill: fillId(`x${tranche}`),
          },
          ...{
            order: orderId(`x${tranche}`),
            price: es(6320),
            quantity: contracts(1),
            fees: money(0),
          },
        } as const),
      filled(taken.state, taken.facts),
    );
    const over = evolve(sold, {
      ...{ at: NOW, kind: "TradeClosed", trade, how: "stop", gross: net, fees: money(0), net },
    } as const);
    expect(step(over, alert("m3", text(3), later(2))).facts.at(-1)).toMatchObject({
      refusal: { kind: "part-loss", of: "day", loss: dollars(60), limit: dollars(50) },
    });
  });

  it("count what the same message brought a moment before", () => {
    const state = house(["one"], { bySize: { A: { tradesPerDay: 1 } } });
    const both = `${ALERT}\n\n🚨 NQ long 21500: A\nStop: 21490`;
    const quotes = [priced(6326), aQuote(es(21_500), { instrument: "MNQ" })];
    expect(step(state, { ...alert("m1", both), quotes }).facts.slice(1)).toMatchObject([
      { kind: "TradePlanned", plan: { instrument: "MES" } },
      { kind: "AlertRead" },
      { refusal: { kind: "part-trades", part: "size A", taken: 1, limit: 1 } },
    ]);
  });

  it("an alert without a letter, where such are refused, has no limits of a letter", () => {
    const state = changed(house(["one"], { bySize: { A: { tradesPerDay: 1 } } }), (rules) => ({
      ...rules,
      sizeUnstated: null,
    }));
    // Of a journal that does not say by which letter its trade was sized.
    const early = evolve(state, { ...planned(), account: accountId("one") });
    expect(step(early, alert("m2", OTHER)).facts.at(-1)).toMatchObject({
      refusal: { kind: "already-in-trade" },
    });
    const unstated = "ES long @ 6326 stop 6316";
    expect(step(state, alert("m1", unstated)).facts.at(-1)).toMatchObject({
      refusal: { kind: "unknown-size" },
    });
  });
});

describe("a feed that was silent", () => {
  const old = { ...alert("m1", ALERT, later(9_000)), quotes: [priced(6326)] };

  it("keeps entries out for a while, once", () => {
    const limits = { breakers: { feed: { pause: millis(30_000) } } };
    const { facts, state } = step(house(["one"], limits), old);
    expect(facts.slice(-2)).toMatchObject([
      { refusal: { kind: "stale-price" } },
      { kind: "BreakerOpened", breaker: "feed", until: NOW + 39_000 },
    ]);
    const next = heardAt(ALERT.replace("6326", "6327"), {
      at: later(9_500),
      id: "m2",
      sentAt: NOW,
    });
    expect(step(state, next).facts.at(-1)).toMatchObject({ refusal: { kind: "breaker" } });
  });

  it("does nothing where it has no breaker", () => {
    expect(step(house(["one", "two"]), old).facts.at(-1)).toMatchObject({ kind: "TradeRefused" });
  });
});

describe("settings that allow more", () => {
  const start = (settings: Settings, at: Millis = later(1_000)): Input => ({
    ...{ kind: "start", at, quotes: [], mode: "paper", version: "test", settings },
    ...{ balances: [], priceAgeMax: millis(3_000) },
  });
  const loosen = ({ limits, ...rules }: Rules): Rules => ({
    ...rules,
    limits: { ...limits, tradesPerDay: 99, positionSize: 4 },
  });
  const looser = (state: State) => changed(state, loosen).settings;

  it("wait for the next trade date on accounts that have traded, and what is tighter does not", () => {
    const traded = inTrade(house(["one", "two"]));
    const rest = withAccount(traded, anAccount({ id: accountId("six") }));
    const { facts, state } = step(rest, start(looser(rest)));
    expect(facts.find(({ kind }) => kind === "LimitsKept")).toMatchObject({
      accounts: expect.arrayContaining(["one", "two"]),
      rules: "default",
      loosened: ["trades a day: 99, was 10"],
      until: "2026-11-19",
      ruleSet: { limits: { tradesPerDay: 10, positionSize: 4 } },
    });
    const one = accountOf(state, accountId("one"));
    expect(one.rules).toBe("default until 2026-11-19 (1)");
    expect(accountOf(state, accountId("six")).rules).toBe("default");
    // Once more: what is kept is still the tighter one.
    const again = step(
      state,
      start(
        changed(state, (rules) => ({
          ...rules,
          limits: { ...rules.limits, tradesPerDay: 50 },
        })).settings,
        later(2_000),
      ),
    );
    expect(again.facts.find(({ kind }) => kind === "LimitsKept")).toMatchObject({
      name: "default until 2026-11-19 (2)",
      ruleSet: { limits: { tradesPerDay: 10 } },
    });
    const rolled = evolve(again.state, {
      at: END,
      kind: "TradeDateBegan",
      tradeDate: "2026-11-20" as never,
    });
    expect(accountOf(rolled, accountId("one")).rules).toBe("default");
    expect(rolled.kept).toEqual({});
  });

  it("begin at once on a new trade date, without trades, and where nothing is looser", () => {
    const kept = (state: State, settings: Settings, at?: Millis) =>
      step(state, start(settings, at)).facts.filter(({ kind }) => kind === "LimitsKept");
    const traded = inTrade(house(["one"]));
    expect(kept(house(["one"]), looser(house(["one"])))).toEqual([]);
    expect(kept(traded, looser(traded), END)).toEqual([]);
    const tight = changed(traded, (rules) => ({
      ...rules,
      limits: { ...rules.limits, tradesPerDay: 2 },
    })).settings;
    expect(kept(traded, tight)).toEqual([]);
  });

  describe("after a step of the total was taken, and half of it was won back", () => {
    const steps = { warn: [], half: 500, block: 900, flatten: null };
    const total = { total: { dailyLoss: { limit: dollars(400), steps } } };
    const hurt = (state: State, lost: number): State =>
      evolve(state, {
        ...{ at: NOW, kind: "TotalStepReached", book: "house", rules: "default" },
        ...{ step: "half-size", share: 500, limit: dollars(400) },
        ...{ realised: money(0), open: dollars(-lost) },
      } as const);
    /** Two accounts, of which one has traded. */
    const traded = (lost = 200): State => {
      const state = house(["one", "two"], total);
      const one = { ...accountOf(state, accountId("one")), tradesToday: 1 };
      return hurt(withAccount(state, one), lost);
    };
    const alertedAfter = (state: State, settings: Settings): readonly Fact[] => {
      const begun = step(state, start(settings)).state;
      const { accounts } = begun.settings;
      const ready = accounts.reduce(
        (so, { id }) => withAccount(so, { ...accountOf(so, id), settled: true }),
        begun,
      );
      return step(ready, alert("m2", OTHER, later(2_000))).facts;
    };
    const cutsAfter = (settings: Settings): readonly unknown[] => {
      const news = alertedAfter(traded(), settings);
      return news.flatMap((fact) => (fact.kind === "TradePlanned" ? [fact.plan.cuts] : []));
    };
    const renamed = ({ settings }: State, change: (rules: Rules) => Rules = (one) => one) => ({
      ruleSets: { other: change(settings.ruleSets["default"] as Rules) },
      accounts: settings.accounts.map((one) => ({ ...one, rules: "other" })),
    });
    const HALVED = [{ why: "half-size", scope: "total", from: 3, to: 1, share: 500 }];

    it("another name of the rules, and other rules that ask the same, go on with half the size", () => {
      expect(cutsAfter(traded().settings)).toEqual([
        [expect.objectContaining(HALVED[0])],
        [expect.objectContaining(HALVED[0])],
      ]);
      expect(cutsAfter(renamed(traded()))).toEqual(cutsAfter(traded().settings));
    });

    it("rules that allow more wait, for accounts that have not traded as well", () => {
      const { ruleSets } = house([]).settings;
      const free = changed(traded(), loosen).settings;
      const larger = renamed(traded(), (rules) => ({
        ...rules,
        limits: { ...rules.limits, total: { dailyLoss: { limit: dollars(9_000), steps } } },
      }));
      const none = renamed(traded(), () => ruleSets["default"] as Rules);
      for (const settings of [free, larger, none]) {
        const kept = step(traded(), start(settings)).facts.find((one) => one.kind === "LimitsKept");
        expect(kept).toMatchObject({ accounts: ["one", "two"] });
        expect(cutsAfter(settings)).toEqual(cutsAfter(traded().settings));
      }
    });

    it("what was lost for good locks under another name as well", () => {
      expect(alertedAfter(traded(380), renamed(traded())).at(-1)).toMatchObject({
        refusal: { kind: "daily-loss", scope: "total", reached: 900, limit: dollars(400) },
      });
    });

    it("the next trade date begins without it", () => {
      const { state } = step(traded(), { kind: "alarm", key: "roll", at: END, quotes: [] });
      expect(state).not.toHaveProperty("deepest");
      const settings = changed(state, loosen).settings;
      const facts = step(state, start(settings, millis(END + 9_000))).facts;
      expect(kinds(facts)).not.toContain("LimitsKept");
    });
  });

  it("wait where a trade of the day before was closed today", () => {
    const state = house(["one"]);
    const one = { ...accountOf(state, accountId("one")), realisedToday: dollars(-100) };
    const { facts } = step(withAccount(state, one), start(looser(state)));
    expect(kinds(facts)).toContain("LimitsKept");
  });

  it("keep nothing for what is no longer in them, or was in none", () => {
    const traded = inTrade(house(["one"]));
    const settings: Settings = { ...looser(traded), accounts: [] };
    expect(kinds(step(traded, start(settings)).facts)).not.toContain("LimitsKept");
    const orphan = withAccount(traded, { ...accountOf(traded, accountId("one")), rules: "gone" });
    expect(kinds(step(orphan, start(looser(traded))).facts)).not.toContain("LimitsKept");
  });
});

describe("rules without any limit of the day", () => {
  it("refuse, shrink and watch nothing", () => {
    const { limits, ...others } = someRules();
    const { dailyLoss, total, consecutiveLosses, entriesPerMinute, breakers, ...known } = limits;
    const free = changed(house(["one"]), () => ({ ...others, limits: known }));
    const traded = inTrade(free);
    expect(step(traded, rings(OWN, 6000)).facts).toEqual([]);
    expect(step(traded, alert("m2", OTHER, later(9_000))).facts.at(-1)).toMatchObject({
      refusal: { kind: "already-in-trade" },
    });
  });
});

describe("several accounts", () => {
  it("of two books are summed up by book while an alert is judged", () => {
    const total = { total: { dailyLoss: loss(dollars(260)) } };
    const { facts } = step(house(["one", "one~", "two"], total), alert());
    expect(facts.slice(1)).toMatchObject([
      { account: "one", plan: { tranches: [{}, {}] } },
      { kind: "TradePlanned" },
      { account: "two", plan: { cuts: [{ why: "room", scope: "total", from: 3, to: 1 }] } },
    ]);
  });

  it("that follow another rule set are not locked by the total of this one", () => {
    const state = house(["one", "two"]);
    const other = withAccount(state, { ...accountOf(state, accountId("two")), rules: "unused" });
    const locked = evolve(other, {
      ...{ at: NOW, kind: "TotalStepReached", book: "house", rules: "default", step: "block" },
      ...{ share: 900, limit: dollars(400), realised: dollars(-400), open: money(0) },
    } as const);
    const locks = ["one", "two"].map((id) => accountOf(locked, accountId(id)).risk?.lock?.scope);
    expect(locks).toEqual(["total", undefined]);
  });

  it("have breakers beside one another, each opened anew under its own name", () => {
    const open = (breaker: "losses" | "errors" | "slippage"): Fact => ({
      at: NOW,
      kind: "BreakerOpened",
      account: accountId("one"),
      breaker,
      measured: 3,
      limit: 3,
      until: later(1_000),
    });
    const facts = [open("losses"), open("errors"), open("slippage"), open("losses")];
    const risk = accountOf(facts.reduce(evolve, house(["one"])), accountId("one")).risk;
    expect(risk?.tripped.map(({ breaker }) => breaker)).toEqual(["errors", "slippage", "losses"]);
  });

  it("prove breakers by their own trades alone", () => {
    const planned = inTrade(house(["one", "two"]));
    const ids = ["one", "two"].map((name) => accountId(name));
    const half = ids.reduce(
      (so, account) =>
        evolve(so, {
          ...{ at: NOW, kind: "BreakerOpened", account, breaker: "errors" },
          ...{ measured: 3, limit: 3, until: NOW },
        } as const),
      planned,
    );
    const { facts } = step(half, {
      ...{ kind: "command", at: later(1), quotes: [priced(6326)] },
      command: { kind: "flatten", account: null },
    });
    expect(kinds(facts)).not.toContain("BreakerClosed");
  });
});

describe("a trade date", () => {
  it("does not begin again when the clock goes back, and a lock outlives both", () => {
    const state = evolve(house(["one"]), {
      ...{ at: NOW, kind: "LossStepReached", account: accountId("one"), step: "block" },
      ...{ share: 900, limit: dollars(500), realised: dollars(-450), open: money(0) },
    } as const);
    const rolled = step(state, { kind: "alarm", key: "roll", at: END, quotes: [] });
    expect(kinds(rolled.facts)).toEqual(["TradeDateBegan"]);
    const risk = accountOf(rolled.state, accountId("one")).risk;
    expect([risk?.reached, risk?.lock]).toEqual([0, undefined]);
    const early = evolve(state, {
      at: NOW,
      kind: "TradeDateBegan",
      tradeDate: "2026-11-20" as never,
    });
    const back = step(early, { kind: "alarm", key: "roll", at: later(5), quotes: [] });
    expect(back.facts).toEqual([]);
    // The clock had run ahead: the lock still knows its own time.
    expect(step(early, alert("m2", ALERT, later(10))).facts.at(-1)).toMatchObject({
      refusal: { kind: "daily-loss", reached: 900, until: END },
    });
    const free = step(early, { ...alert("m2", ALERT, END), quotes: [priced(6326, END)] });
    expect(free.facts.at(-1)).toMatchObject({ kind: "TradePlanned" });
  });

  it("adds the books up anew, with the same result as fill by fill", () => {
    const state = inTrade(house(["one", "two", "one~"]));
    expect(rebuiltBooks(state).books).toEqual(state.books);
    expect(rebuiltBooks(house(["one~"])).books.house.accounts).toBe(0);
    const opened = evolve(house([]), {
      ...{
        at: NOW,
        kind: "AccountOpened",
        account: accountId("one"),
        balance: contracts(5) as never,
      },
    } as const);
    expect(opened.books.house.accounts).toBe(1);
  });
});
