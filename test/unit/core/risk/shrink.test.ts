/** One case for each thing that can happen to a mini that does not fit. */
import { describe, expect, it } from "vitest";
import type { Alert } from "../../../../src/core/model/alert.ts";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import type { FirmPlan } from "../../../../src/core/model/firm-plan.ts";
import { priceToTicks, type Root } from "../../../../src/core/model/instrument.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { Quote } from "../../../../src/core/model/quote.ts";
import type { Refusal } from "../../../../src/core/model/refusal.ts";
import type { Rules } from "../../../../src/core/model/rules.ts";
import { contracts, dollars, millis, money, type Ticks } from "../../../../src/core/model/units.ts";
import { explainRefusal } from "../../../../src/core/notify/explain.ts";
import { readPlan } from "../../../../src/core/risk/firm-gate.ts";
import {
  type Approved,
  assess,
  judge,
  judgeAccount,
  type RiskView,
} from "../../../../src/core/risk/judge.ts";
import { NOTHING_REMEMBERED } from "../../../../src/core/risk/memory.ts";
import {
  anAccount,
  anAlert,
  anOpenTrade,
  aPlan,
  aQuote,
  es,
  NOW,
  someRules,
  TODAY,
} from "../../../kit/builders.ts";
import { aFirmState, FIRM_PLAN, minis, SIZE } from "../../../kit/firm-plans.ts";

type Limits = Partial<Rules["limits"]>;

const one = { kind: "contracts", bySize: { A: 1, B: 1, C: 1 } } as const;

const rulesOf = (limits: Limits = {}, change: Partial<Rules> = {}): Rules =>
  someRules({ tradeAs: {}, sizing: one, ...change, limits });

const quoteOf = ({ root }: { readonly root: Root }): Quote =>
  aQuote(es(6326), { instrument: root });

const viewOf = (change: Partial<RiskView> = {}): RiskView => ({
  ...{ at: NOW, tradeDate: TODAY, rules: rulesOf(), account: anAccount(), openTrades: [] },
  ...{ quoteOf, priceAgeMax: millis(3_000), shadow: false, smallest: false },
  ...change,
});

const ask = (change: Partial<RiskView> = {}, alert: Alert = anAlert({ size: "A" })) =>
  judge(alert, viewOf(change));

function takenOf(change: Partial<RiskView> = {}, alert?: Alert): Approved {
  const verdict = ask(change, alert);
  if (!verdict.ok) throw new Error(`refused: ${JSON.stringify(verdict.error)}`);
  return verdict.value;
}

function refusalOf(change: Partial<RiskView> = {}, alert?: Alert): Refusal {
  const verdict = ask(change, alert);
  if (verdict.ok) throw new Error("it was approved");
  return verdict.error;
}

const whysOf = ({ cuts = [] }: Approved): readonly string[] =>
  cuts.map(({ why, from, to }) => `${why} ${from}-${to}`);

/** Of a firm that allows so many minis. */
const following = (size: number, change: Partial<FirmPlan> = {}): Partial<RiskView> => {
  const plan = { ...FIRM_PLAN, ...change };
  const known = aFirmState(dollars(48_000));
  const firm = { ...known, day: { ...known.day, date: TODAY, size: minis(size) } };
  const asked = { at: NOW, date: TODAY, calendar: CME_CALENDAR, news: [] };
  const reading = readPlan(plan, { instrument: instrumentOf("ES"), ...asked });
  return { account: anAccount({ firm }), reading };
};

describe("an ES that could lose more than a trade may", () => {
  it("is three MES, with the numbers of both", () => {
    const taken = takenOf();
    expect(taken).toMatchObject({ instrument: { root: "MES" }, quantity: 3 });
    expect(taken.risk).toBe(dollars(191.16));
    expect(taken.cuts).toEqual([
      {
        ...{ why: "micro", from: 1, to: 9, instrument: "ES", micro: "MES", ratio: 10 },
        refusal: { kind: "loss-per-trade", risk: dollars(628.78), limit: dollars(200) },
      },
      {
        ...{ why: "loss-per-trade", from: 9, to: 3, limit: dollars(200) },
        ...{ open: 0, each: dollars(63.72) },
      },
    ]);
    expect(taken.score.total).toBeGreaterThan(0);
  });

  it("is refused where that is not wanted, and where nothing is smaller", () => {
    const { shrinkToMicro: _, ...without } = rulesOf();
    expect(refusalOf({ rules: without })).toEqual({
      ...{ kind: "loss-per-trade", risk: dollars(628.78), limit: dollars(200) },
    });
    const rules = rulesOf({ lossPerTrade: dollars(50) }, { tradeAs: { ES: "MES" } });
    expect(refusalOf({ rules })).toEqual({
      ...{ kind: "loss-per-trade", risk: dollars(63.72), limit: dollars(50) },
    });
  });

  it("is never guessed at: without a fresh price of MES there is none", () => {
    const only = (quote: Quote | null) => ({
      quoteOf: ({ root }: { readonly root: Root }) => (root === "ES" ? aQuote() : quote),
    });
    expect(refusalOf(only(null))).toMatchObject({
      kind: "loss-per-trade",
      micro: { instrument: "MES", refusal: { kind: "no-price", instrument: "MES" } },
    });
    const old = aQuote(es(6326), { at: millis(NOW - 9_000) });
    const refusal = refusalOf(only(old));
    expect(refusal.micro?.refusal.kind).toBe("stale-price");
    expect(explainRefusal(refusal, instrumentOf("ES"))).toBe(
      "it could lose $628.78 and the limit per trade is $200.00; in MES: the last price is 9 s old " +
        "and is trusted for 3 s; check the market data",
    );
  });

  it("is one contract while the account begins small", () => {
    const account = anAccount({ probation: 0 });
    const rules = rulesOf({}, { sizing: { ...one, bySize: { A: 3, B: 1, C: 1 } } });
    expect(whysOf(takenOf({ account, rules }))).toEqual([
      "probation 3-1",
      "micro 1-9",
      "probation 9-1",
    ]);
  });

  it("is not entered where that one was closed by hand", () => {
    const account = anAccount({ blocked: [{ instrument: "MES", trade: 3 }] });
    expect(refusalOf({ account }).micro?.refusal).toEqual({
      ...{ kind: "closed-by-hand", instrument: "MES", trade: 3 },
    });
  });

  it("leaves the account's one contract where another is on", () => {
    const account = anAccount({ probation: 0 });
    const rules = rulesOf({}, { adds: "allow" });
    const trade = anOpenTrade(aPlan(), 1);
    const openTrades = [trade];
    expect(refusalOf({ account, rules, openTrades })).toMatchObject({ kind: "probation" });
    const bySize = { A: dollars(150), B: dollars(100), C: dollars(50) };
    const byRisk = rulesOf({}, { adds: "allow", sizing: { kind: "risk", bySize } });
    expect(refusalOf({ account, rules: byRisk, openTrades }).micro?.refusal.kind).toBe("probation");
  });

  it("is looked at once for all accounts that follow the rules", () => {
    const assessed = assess(anAlert({ size: "A" }), viewOf());
    const two = [judgeAccount(assessed, viewOf()), judgeAccount(assessed, viewOf())];
    expect(two[0]).toEqual(two[1]);
    expect(assessed.micro()).toBe(assessed.micro());
  });
});

describe("in the micro", () => {
  it("limits that count contracts count as they do for minis", () => {
    const rules = rulesOf({ positionSize: 2 });
    expect(whysOf(takenOf({ rules }))).toEqual(["micro 1-9", "position-size 9-2"]);
    const exposed = rulesOf({ exposure: { ES: 1 } });
    expect(whysOf(takenOf({ rules: exposed }))).toEqual(["micro 1-9", "exposure 9-1"]);
  });

  it("what is held over all accounts counts too", () => {
    const total = {
      ...{ opening: dollars(50_000), realised: money(0), open: money(0), reached: 0 },
      wantedIn: () => 3,
    };
    const rules = rulesOf({ total: { exposure: { ES: 5 } } });
    expect(takenOf({ rules, total }).cuts?.at(-1)).toEqual({
      ...{ why: "exposure", scope: "total", family: "ES", limit: 5, held: 3, from: 9, to: 2 },
    });
    const full = { ...total, wantedIn: () => 5 };
    expect(refusalOf({ rules, total: full }).micro?.refusal).toMatchObject({
      ...{ kind: "exposure", scope: "total", wanted: 6 },
    });
    expect(takenOf({ rules: rulesOf({ total: {} }), total }).quantity).toBe(3);
  });

  it("the limit of a size letter counts too", () => {
    const rules = rulesOf({ bySize: { A: { lossPerTrade: dollars(130) }, B: {} } });
    expect(takenOf({ rules }).cuts?.at(-1)).toMatchObject({
      ...{ why: "loss-per-trade", part: "size A", limit: dollars(130), from: 9, to: 2 },
    });
    const alone = rulesOf({
      lossPerTrade: dollars(1_000),
      bySize: { A: { lossPerTrade: dollars(130), tradesPerDay: 3 } },
    });
    expect(takenOf({ rules: alone }).cuts?.[0]).toMatchObject({
      refusal: { kind: "part-loss", of: "trade" },
    });
    const none = rulesOf({ bySize: { A: { tradesPerDay: 3 } } });
    expect(takenOf({ rules: none }).quantity).toBe(3);
  });

  it("a spent day is no matter of size", () => {
    const rules = rulesOf({ bySize: { A: { dailyLoss: dollars(100) } } });
    const lost = {
      source: "chat-file",
      channel: "alerts",
      size: "A",
      trades: 1,
      net: dollars(-100),
    } as const;
    const account = anAccount({ risk: { ...NOTHING_REMEMBERED, tallies: [lost] } });
    expect(refusalOf({ rules, account })).toMatchObject({ kind: "part-loss", of: "day" });
    expect(refusalOf({ rules, account }).micro).toBeUndefined();
  });

  it("what is left of the day decides", () => {
    const rules = rulesOf({ lossPerTrade: dollars(1_000) });
    const account = anAccount({ realisedToday: dollars(-300) });
    expect(whysOf(takenOf({ rules, account }))).toEqual([
      "micro 1-9",
      "position-size 9-5",
      "room 5-3",
    ]);
  });

  it("what was halved in minis is not halved again", () => {
    const half = { kind: "contracts", bySize: { A: 3, B: 1, C: 1 } } as const;
    const risk = {
      ...{ reached: 750, peak: money(0), streak: 0, entries: [] },
      ...{ troubles: [], slips: [], tripped: [], tallies: [] },
    };
    const account = anAccount({ risk });
    expect(whysOf(takenOf({ account, rules: rulesOf({}, { sizing: half }) }))).toEqual([
      "half-size 3-1",
      "micro 1-9",
      "loss-per-trade 9-3",
    ]);
    expect(whysOf(takenOf({ account }))).toEqual([
      "micro 1-9",
      "half-size 9-4",
      "loss-per-trade 4-3",
    ]);
  });

  it("of dollars by letter as many are bought as they come to", () => {
    const bySize = { A: dollars(150), B: dollars(100), C: dollars(50) };
    const rules = rulesOf({}, { sizing: { kind: "risk", bySize } });
    expect(takenOf({ rules }).cuts).toEqual([
      {
        ...{ why: "micro", from: 0, to: 2, instrument: "ES", micro: "MES", ratio: 10 },
        refusal: { kind: "risk-too-small", risk: dollars(628.78), budget: dollars(150) },
      },
    ]);
    expect(refusalOf({ rules }, anAlert({ size: "C" })).micro?.refusal).toEqual({
      ...{ kind: "risk-too-small", risk: dollars(63.72), budget: dollars(50) },
    });
  });

  it("a part of one contract is so many of them", () => {
    const rules = rulesOf({}, { sizing: { ...one, ratio: 300 } });
    const taken = takenOf({ rules });
    expect(whysOf(taken)).toEqual(["micro 1-10", "ratio 10-3"]);
    expect(taken.cuts?.[0]).toMatchObject({ refusal: { kind: "ratio-too-small", ratio: 300 } });
  });
});

describe("for a firm", () => {
  const rules = rulesOf({ lossPerTrade: dollars(1_000), positionSize: 50 });

  it("half a mini is five micros", () => {
    const taken = takenOf({ rules, ...following(0.5) });
    expect(whysOf(taken)).toEqual(["micro 1-9", "firm-cap 9-5"]);
    expect(taken.cuts?.[0]).toMatchObject({ refusal: { kind: "firm-cap", most: 500, one: 1_000 } });
  });

  it("the micro has to be one of its products", () => {
    const refusal = refusalOf({ rules, ...following(0.5, { products: ["ES"] }) });
    expect(refusal).toMatchObject({
      kind: "firm-cap",
      micro: { instrument: "MES", refusal: { kind: "firm-product", instrument: "MES" } },
    });
    expect(explainRefusal(refusal, instrumentOf("ES"))).toMatch(
      /; not one more fits; in MES: house\/evaluation does not let MES be traded$/,
    );
  });

  it("a micro may not count too much either", () => {
    const heavy = { size: { ...SIZE, microWeight: minis(0.6) } };
    expect(refusalOf({ rules, ...following(0.5, heavy) }).micro?.refusal.kind).toBe("firm-cap");
  });
});

describe("another product", () => {
  const alertOf = (instrument: Root, entry: number, stop: number): Alert => {
    const ticksOf = (points: number): Ticks => {
      const price = priceToTicks(instrumentOf(instrument), points);
      if (!price.ok) throw new Error(`${points}`);
      return price.value;
    };
    return anAlert({ instrument, entry: ticksOf(entry), stop: ticksOf(stop), size: "A" });
  };
  const priced =
    (instrument: Root, last: Ticks, ask: Ticks = last) =>
    ({ root }: { readonly root: Root }): Quote =>
      aQuote(last, { instrument: root, ...(root !== instrument && { ask }) });
  const r = { unit: "r", value: 2 } as const;
  const targets = [{ at: r, share: 1_000 }];

  it("a price that the micro does not have is no price of it", () => {
    const alert = alertOf("6E", 1.10005, 1.09505);
    const rules = someRules({ exits: { targets }, sizing: one, tradeAs: {} });
    const view = { rules, quoteOf: priced("6E", alert.entry) };
    expect(refusalOf(view, alert).micro).toEqual({
      ...{ instrument: "M6E", refusal: { kind: "off-grid", instrument: "M6E" } },
    });
  });

  it("is not bought where its own price makes one worse than the whole mini", () => {
    const alert = alertOf("SI", 30, 29.98);
    const entry = { kind: "market", timeout: millis(30_000) } as const;
    const far = { at: { unit: "points", value: 1 }, share: 1_000 } as const;
    const exits = { targets: [far] };
    const limits = { lossPerTrade: dollars(100) };
    const rules = someRules({ exits, sizing: one, tradeAs: {}, entry, limits });
    const beyond = (alert.entry + 40) as Ticks;
    const view = { rules, quoteOf: priced("SI", alert.entry, beyond) };
    expect(refusalOf(view, alert).micro).toMatchObject({
      ...{ instrument: "SIL", refusal: { kind: "risk-too-small" } },
    });
  });

  it("has five of them in one, where a micro is a fifth", () => {
    const alert = alertOf("SI", 30, 29.98);
    const rules = someRules({
      ...{ exits: { targets }, sizing: one, tradeAs: {} },
      limits: { lossPerTrade: dollars(100), positionSize: contracts(9) },
    });
    const taken = takenOf({ rules, quoteOf: priced("SI", alert.entry) }, alert);
    expect(taken.instrument.root).toBe("SIL");
    expect(taken.cuts?.[0]).toMatchObject({ why: "micro", from: 1, ratio: 5 });
  });
});
