import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert, Side } from "../../../../src/core/model/alert.ts";
import type { FirmState } from "../../../../src/core/model/firm-state.ts";
import { parseIso } from "../../../../src/core/model/iso-time.ts";
import type { Quote } from "../../../../src/core/model/quote.ts";
import type { Refusal } from "../../../../src/core/model/refusal.ts";
import type { Rules } from "../../../../src/core/model/rules.ts";
import { tradeDateOf } from "../../../../src/core/model/trade-date.ts";
import {
  contracts,
  dollars,
  millis,
  money,
  type Ticks,
  ticks,
} from "../../../../src/core/model/units.ts";
import { beginningOf } from "../../../../src/core/risk/firm-books.ts";
import { NO_NEWS } from "../../../../src/core/risk/firm-news.ts";
import {
  type Approved,
  judge,
  type RiskView,
  tradedInstrument,
} from "../../../../src/core/risk/judge.ts";
import {
  aLeg,
  anAccount,
  anAlert,
  anOpenTrade,
  aPlan,
  aQuote,
  aShortPlan,
  aTrade,
  es,
  later,
  NOW,
  someRules,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";
import { FIRM_PLAN, minis } from "../../../kit/firm-plans.ts";

interface Change extends Partial<Omit<RiskView, "quoteOf">> {
  readonly quote?: Quote | null;
}

function aView({ quote = aQuote(), at = NOW, ...change }: Change = {}): RiskView {
  return {
    at,
    tradeDate: tradeDateOf(at),
    rules: someRules(),
    account: anAccount(),
    openTrades: [],
    quoteOf: () => quote,
    priceAgeMax: millis(3_000),
    shadow: false,
    smallest: false,
    ...change,
  };
}

function approvedOf(alert: Alert, change: Change = {}): Approved {
  const verdict = judge(alert, aView(change));
  if (!verdict.ok) throw new Error(`refused: ${JSON.stringify(verdict.error)}`);
  return verdict.value;
}

function refusalOf(alert: Alert, change: Change = {}): Refusal {
  const verdict = judge(alert, aView(change));
  if (verdict.ok) throw new Error("it was approved");
  return verdict.error;
}

/** The default alert upside down. */
const aShort = (change: Partial<Alert> = {}): Alert =>
  anAlert({ side: "short", stop: es(6336), ...change });

describe("an alert of size A with a 10-point stop on a fresh day", () => {
  it("is taken at 3 MES with a limit 2 points late and 191.16 dollars at risk", () => {
    const approved = approvedOf(anAlert());
    expect(approved.instrument.root).toBe("MES");
    expect(approved).toMatchObject({ quantity: 3, worst: es(6328), risk: dollars(191.16) });
    expect(approved.targets).toEqual({ levels: [es(6333), es(6338)], shares: [500, 500] });
  });

  it("is taken the same way round when short", () => {
    const approved = approvedOf(aShort());
    expect(approved).toMatchObject({ quantity: 3, worst: es(6324), risk: dollars(191.16) });
    expect(approved.targets).toEqual({ levels: [es(6319), es(6314)], shares: [500, 500] });
  });

  it("has its ES prices read in the micro contract, or in ES itself without a mapping", () => {
    expect(tradedInstrument(anAlert(), someRules()).root).toBe("MES");
    expect(tradedInstrument(anAlert(), someRules({ tradeAs: {} })).root).toBe("ES");
  });

  it("costs a fixed fee where the rules say so, and no slippage where they allow none", () => {
    const rules = someRules({
      fees: { kind: "flat", roundTurn: dollars(2.5) },
      limits: { slippage: 0 },
    });
    // 48 ticks x 3 x 1.25 + 3 x 2.50
    expect(approvedOf(anAlert(), { rules }).risk).toBe(dollars(187.5));
  });

  it("is judged at the price to be paid when entered at the market", () => {
    const rules = someRules({ entry: { kind: "market", timeout: millis(30_000) } });
    const approved = approvedOf(anAlert(), { rules });
    // Ask 6326.25 and 2 ticks; 43 ticks + 2 to the stop.
    expect(approved).toMatchObject({ worst: es(6326.75), risk: dollars(3 * (45 * 1.25 + 1.22)) });
  });
});

describe("an account", () => {
  it.each(["reducing", "halted"] as const)("that is %s takes nothing", (gate) => {
    const account = anAccount({ gate, gateReason: "the operator said so" });
    expect(refusalOf(anAlert(), { account })).toEqual({
      kind: "gate",
      gate,
      reason: "the operator said so",
    });
  });

  it("that is closed for no stated reason takes nothing either", () => {
    const account = anAccount({ gate: "halted" });
    expect(refusalOf(anAlert(), { account })).toMatchObject({ kind: "gate", reason: "" });
  });

  it("whose truth is not known yet takes nothing", () => {
    const account = anAccount({ settled: false });
    expect(refusalOf(anAlert(), { account })).toEqual({ kind: "not-settled" });
  });

  it("whose clock is not the venue's takes nothing, compared or not", () => {
    const clockOff = millis(5_001);
    const refusal = { kind: "clock-off", offset: clockOff, limit: millis(5_000) };
    expect(refusalOf(anAlert(), { account: anAccount({ clockOff }) })).toEqual(refusal);
  });

  it("whose line to the venue is down takes nothing, compared or not", () => {
    const link = { state: "down", at: NOW } as const;
    expect(refusalOf(anAlert(), { account: anAccount({ link }) })).toEqual({ kind: "link-down" });
    const whole = anAccount({ link: { state: "up", at: NOW }, settled: false });
    expect(refusalOf(anAlert(), { account: whole })).toEqual({ kind: "not-settled" });
  });

  it("takes nothing while the outcome of an entry is unknown, whatever the product", () => {
    const lost = withEntry(aTrade({}, aPlan({ instrument: "MCL" }), 7), 0, { state: "unknown" });
    expect(refusalOf(anAlert(), { openTrades: [lost] })).toEqual({
      kind: "outcome-unknown",
      trade: 7,
    });
  });

  it("takes ten trades a day, not eleven", () => {
    approvedOf(anAlert(), { account: anAccount({ tradesToday: 9 }) });
    expect(refusalOf(anAlert(), { account: anAccount({ tradesToday: 10 }) })).toEqual({
      kind: "trades-per-day",
      taken: 10,
      limit: 10,
    });
  });
});

describe("the alert's own numbers", () => {
  it("must put the stop on the losing side", () => {
    for (const stop of [es(6326), es(6330)]) {
      expect(refusalOf(anAlert({ stop }))).toEqual({
        kind: "stop-wrong-side",
        entry: es(6326),
        stop,
      });
    }
    expect(refusalOf(aShort({ stop: es(6320) }))).toMatchObject({ kind: "stop-wrong-side" });
  });

  it("must keep the stop within 1 to 30 points on ES", () => {
    const stop = (points: number) => ({ stop: es(6326 - points) });
    approvedOf(anAlert({ ...stop(1), size: "C" }));
    expect(refusalOf(anAlert(stop(0.75)))).toEqual({
      kind: "stop-too-near",
      distance: 3,
      limit: 4,
    });
    expect(refusalOf(anAlert(stop(30)))).toMatchObject({ kind: "loss-per-trade" });
    expect(refusalOf(anAlert(stop(30.25)))).toEqual({
      kind: "stop-too-far",
      distance: 121,
      limit: 120,
    });
  });

  it("must be of a family that is traded", () => {
    const rules = someRules({ limits: { stopDistance: { NQ: { min: 1, max: 120 } } } });
    expect(refusalOf(anAlert(), { rules })).toEqual({ kind: "not-traded", instrument: "MES" });
  });

  it("must make every target a profit", () => {
    expect(refusalOf(anAlert({ targets: [es(6330), es(6320)] }))).toEqual({
      kind: "target-wrong-side",
      entry: es(6326),
      target: es(6320),
    });
  });

  it.each([
    { entry: ticks(23_001) },
    { stop: ticks(22_961) },
    { targets: [ticks(23_100), ticks(23_101)] },
  ])("must exist in the traded contract: %o", (change) => {
    // A 6E tick is half an M6E tick: 1.15005 cannot be written in M6E.
    const alert = anAlert({ instrument: "6E", entry: ticks(23_000), stop: ticks(22_960) });
    const view = { rules: someRules({ tradeAs: { "6E": "M6E" } }), quote: aQuote(ticks(11_500)) };
    expect(approvedOf({ ...alert, size: "C" }, view).levels.entry).toBe(11_500);
    expect(refusalOf({ ...alert, ...change }, view)).toEqual({
      kind: "off-grid",
      instrument: "M6E",
    });
  });

  it("may leave the size open only where the rules have an answer", () => {
    const alert = anAlert({ size: null });
    expect(approvedOf(alert).quantity).toBe(1);
    expect(refusalOf(alert, { rules: someRules({ sizeUnstated: null }) })).toEqual({
      kind: "unknown-size",
    });
  });
});

describe("one trade at a time per product family", () => {
  it("refuses a second one in the same direction, held or only on its way", () => {
    for (const trade of [anOpenTrade(aPlan(), 4), aTrade({}, aPlan(), 4)]) {
      expect(refusalOf(anAlert(), { openTrades: [trade] })).toEqual({
        kind: "already-in-trade",
        trade: 4,
      });
    }
  });

  it("refuses the opposite direction even where adding is allowed", () => {
    const openTrades = [anOpenTrade(aPlan(), 4)];
    for (const adds of ["refuse", "allow"] as const) {
      expect(refusalOf(aShort(), { openTrades, rules: someRules({ adds }) })).toEqual({
        kind: "opposite-open",
        trade: 4,
      });
    }
  });

  it("counts ES and MES as one", () => {
    const openTrades = [anOpenTrade(aPlan({ instrument: "ES" }), 4)];
    expect(refusalOf(anAlert(), { openTrades })).toMatchObject({ kind: "already-in-trade" });
  });

  it("says nothing about another family", () => {
    const openTrades = [anOpenTrade(aPlan({ instrument: "MNQ", side: "short" }), 4)];
    expect(approvedOf(anAlert(), { openTrades }).quantity).toBe(3);
  });
});

describe("an instrument that was closed by hand", () => {
  it("is not entered again, and no other is concerned", () => {
    const account = anAccount({ blocked: [{ instrument: "MES", trade: 4 }] });
    expect(refusalOf(anAlert(), { account })).toEqual({
      ...{ kind: "closed-by-hand", instrument: "MES", trade: 4 },
    });
    const other = anAccount({ blocked: [{ instrument: "MNQ", trade: 4 }] });
    expect(approvedOf(anAlert(), { account: other }).quantity).toBe(3);
  });
});

describe("where adding is allowed", () => {
  const rules = someRules({ adds: "allow", limits: { lossPerTrade: dollars(1_000) } });
  const limit = { kind: "position-size", wanted: 6, limit: 5 };

  it("the contracts held count towards the position size", () => {
    const openTrades = [anOpenTrade(aPlan(), 4)];
    expect(approvedOf(anAlert({ size: "B" }), { rules, openTrades }).quantity).toBe(2);
    expect(refusalOf(anAlert(), { rules, openTrades })).toEqual(limit);
  });

  it("nothing is added to what a person took over", () => {
    const openTrades = [anOpenTrade(aPlan(), 4), { ...anOpenTrade(aPlan(), 5), released: true }];
    expect(refusalOf(anAlert({ size: "C" }), { rules, openTrades })).toEqual({
      kind: "already-in-trade",
      trade: 5,
    });
  });

  it("so do the contracts that are ordered and may still fill", () => {
    const openTrades = [aTrade({}, aPlan(), 4)];
    expect(refusalOf(anAlert(), { rules, openTrades })).toEqual(limit);
    const half = withTranche(anOpenTrade(aPlan(), 4), 1, {
      entered: { quantity: contracts(0), priceSum: 0 },
    });
    expect(
      refusalOf(anAlert(), { rules, openTrades: [withEntry(half, 1, { state: "working" })] }),
    ).toEqual(limit);
    expect(
      approvedOf(anAlert(), { rules, openTrades: [withEntry(half, 1, { state: "cancelled" })] })
        .quantity,
    ).toBe(3);
  });

  it("contracts that have left no longer count", () => {
    const one = anOpenTrade(aPlan(), 4);
    const left = withTranche(one, 1, {
      exited: { quantity: contracts(2), priceSum: 2 * es(6330) },
      stop: aLeg(),
    });
    expect(approvedOf(anAlert(), { rules, openTrades: [left] }).quantity).toBe(3);
  });
});

describe("the market", () => {
  it("must be open", () => {
    // Friday 2026-11-20, 16:30 in Chicago.
    const at = millis(Date.parse("2026-11-20T22:30:00Z"));
    expect(refusalOf(anAlert(), { at })).toEqual({
      kind: "market-closed",
      reason: "weekend",
      opensAt: Date.parse("2026-11-22T23:00:00Z"),
    });
  });

  it("need not be open for an account whose venue never closes", () => {
    const at = millis(Date.parse("2026-11-21T18:00:00Z"));
    const quote = aQuote(es(6326), { at });
    expect(refusalOf(anAlert(), { at, quote })).toMatchObject({ kind: "market-closed" });
    const account = anAccount({ sessions: "always-open" });
    expect(approvedOf(anAlert(), { at, quote, account }).quantity).toBe(3);
  });

  it("that is closed is named before what the closed market's prices say", () => {
    const at = millis(Date.parse("2026-11-21T18:00:00Z"));
    expect(refusalOf(anAlert(), { at, quote: null })).toMatchObject({ kind: "market-closed" });
  });

  it("must have a price", () => {
    expect(refusalOf(anAlert(), { quote: null })).toEqual({ kind: "no-price", instrument: "MES" });
  });

  it("must have a fresh price", () => {
    approvedOf(anAlert(), { at: later(3_000) });
    expect(refusalOf(anAlert(), { at: later(3_001) })).toEqual({
      kind: "stale-price",
      age: 3_001,
      limit: 3_000,
    });
  });

  it("must stand within 10 points of the alert's price", () => {
    // Targets far away, so that only the collar speaks.
    const alert = anAlert({ targets: [es(6400)] });
    approvedOf(alert, { quote: aQuote(es(6336)) });
    expect(refusalOf(alert, { quote: aQuote(es(6336.25)) })).toEqual({
      kind: "collar",
      last: es(6336.25),
      alerted: es(6326),
      limit: 40,
    });
  });

  it("must stand exactly at the alert's price where no collar is given", () => {
    const rules = someRules({ limits: { collar: {} } });
    approvedOf(anAlert(), { rules });
    expect(refusalOf(anAlert(), { rules, quote: aQuote(es(6326.25)) })).toMatchObject({
      kind: "collar",
      limit: 0,
    });
  });

  it("must not have touched the stop", () => {
    expect(refusalOf(anAlert(), { quote: aQuote(es(6316)) })).toEqual({
      kind: "stop-touched",
      price: es(6316),
      stop: es(6316),
    });
  });

  it("must not have gone half the way to it", () => {
    approvedOf(anAlert(), { quote: aQuote(es(6321.25)) });
    expect(refusalOf(anAlert(), { quote: aQuote(es(6321)) })).toEqual({
      kind: "too-far-gone",
      price: es(6321),
      limit: es(6321),
    });
  });

  it("must not ask for a price at Target 1 or beyond", () => {
    approvedOf(anAlert(), { quote: aQuote(es(6332.5)) });
    expect(refusalOf(anAlert(), { quote: aQuote(es(6332.75)) })).toEqual({
      kind: "target-passed",
      price: es(6333),
      target: es(6333),
    });
  });

  it("is not asked for an alert that can only be kept as a shadow", () => {
    const approved = approvedOf(anAlert(), { shadow: true, quote: null });
    expect(approved).toMatchObject({ quantity: 3, worst: es(6328) });
    expect(approved.quote).toEqual({
      instrument: "MES",
      at: NOW,
      last: es(6326),
      bid: es(6326),
      ask: es(6326),
      high: es(6326),
      low: es(6326),
    });
  });
});

describe("where adding is allowed, the loss that is possible", () => {
  // 3 contracts from 6326 to 6316: $150, 2 ticks of slippage $7.50, fees $3.66.
  const ON = dollars(161.16);
  const another = dollars(63.72);
  const within = (limit: number) =>
    someRules({ adds: "allow", limits: { lossPerTrade: money(limit) } });
  const small = anAlert({ size: "C" });

  it("is that of the alert and of what it is added to", () => {
    const openTrades = [anOpenTrade(aPlan(), 4)];
    const enough = within(ON + another);
    expect(approvedOf(small, { rules: enough, openTrades }).risk).toBe(another);
    const limit = money(ON + another - 1);
    expect(refusalOf(small, { rules: within(limit), openTrades })).toEqual({
      kind: "loss-per-trade",
      risk: another,
      open: ON,
      limit,
    });
  });

  it("counts every trade of the family, and what has not filled yet at its worst", () => {
    // Two points worse: 12 points x 3 x $5 = $180.
    const openTrades = [anOpenTrade(aPlan(), 4), aTrade({}, aPlan(), 5)];
    const rules = someRules({ adds: "allow", limits: { positionSize: 99 } });
    expect(refusalOf(small, { rules, openTrades })).toMatchObject({
      open: money(ON + dollars(191.16)),
    });
  });

  it("counts from where the stop is confirmed: at breakeven only costs are left", () => {
    const one = anOpenTrade(aPlan(), 4);
    const runner = one.tranches.reduce(
      (trade, _, index) => withTranche(trade, index, { stop: aLeg({ price: es(6326) }) }),
      one,
    );
    const costs = dollars(11.16);
    expect(
      approvedOf(small, { rules: within(costs + another), openTrades: [runner] }).quantity,
    ).toBe(1);
    expect(
      refusalOf(small, { rules: within(costs + another - 1), openTrades: [runner] }),
    ).toMatchObject({ kind: "loss-per-trade", open: costs });
  });

  it("says nothing about another family", () => {
    const openTrades = [anOpenTrade(aPlan({ instrument: "MNQ" }), 4)];
    expect(approvedOf(small, { rules: within(another), openTrades }).quantity).toBe(1);
  });
});

describe("the size", () => {
  it("may not pass the position size", () => {
    const rules = someRules({ limits: { positionSize: 2 } });
    expect(refusalOf(anAlert(), { rules })).toEqual({ kind: "position-size", wanted: 3, limit: 2 });
  });

  it("may not lose more than a trade may", () => {
    const rules = someRules({ limits: { lossPerTrade: dollars(191.15) } });
    expect(refusalOf(anAlert(), { rules })).toEqual({
      kind: "loss-per-trade",
      risk: dollars(191.16),
      limit: dollars(191.15),
    });
  });

  it("that was cut risks its part of the whole, and no limit counts what is left out", () => {
    const dailyLoss = {
      limit: dollars(130),
      steps: { warn: [], half: null, block: 900, flatten: 1_000 },
    };
    const rules = someRules({ limits: { dailyLoss, exposure: { ES: 2 } } });
    expect(approvedOf(anAlert(), { rules })).toMatchObject({
      quantity: 2,
      risk: dollars(2 * 63.72),
      cuts: [{ why: "room", from: 3, to: 2 }],
    });
    const narrow = someRules({ limits: { dailyLoss, exposure: { ES: 1 } } });
    expect(refusalOf(anAlert(), { rules: narrow })).toEqual({
      kind: "exposure",
      scope: "account",
      family: "ES",
      wanted: 2,
      limit: 1,
    });
  });

  it("is refused where the day has no room left for one", () => {
    const dailyLoss = {
      limit: dollars(63.71),
      steps: { warn: [], half: null, block: null, flatten: null },
    };
    expect(refusalOf(anAlert(), { rules: someRules({ limits: { dailyLoss } }) })).toMatchObject({
      kind: "no-room",
      each: dollars(63.72),
    });
  });

  it("is the smallest there is for an alert that could be read in two ways", () => {
    expect(approvedOf(anAlert({ size: "A" }), { smallest: true })).toMatchObject({
      quantity: 1,
      letter: "C",
    });
  });

  it("by risk is refused when not even one contract fits", () => {
    const bySize = { A: dollars(63.72), B: dollars(63.71), C: dollars(1) };
    const rules = someRules({ sizing: { kind: "risk", bySize } });
    expect(approvedOf(anAlert(), { rules })).toMatchObject({ quantity: 1, risk: dollars(63.72) });
    expect(refusalOf(anAlert({ size: "B" }), { rules })).toEqual({
      kind: "risk-too-small",
      risk: dollars(63.72),
      budget: dollars(63.71),
    });
  });
});

it("the hours of the rules are kept where there are any", () => {
  const early = parseIso("2026-11-19T08:29:59-06:00") ?? NOW;
  const account = anAccount({ probation: 0 });
  const quote = aQuote(es(6326), { at: early });
  const { hours, ...unhurried } = someRules();
  expect(refusalOf(anAlert(), { account, at: early, quote })).toMatchObject({
    kind: "outside-hours",
  });
  expect(approvedOf(anAlert(), { account, at: early, quote, rules: unhurried }).quantity).toBe(1);
});

describe("an account of a firm", () => {
  const firmWith = (size: number): FirmState => {
    const firm = beginningOf(
      FIRM_PLAN,
      { plan: FIRM_PLAN.id, buffer: dollars(100) },
      { balance: dollars(50_000), shift: money(0), date: tradeDateOf(NOW) },
    );
    return { ...firm, day: { ...firm.day, size: minis(size) } };
  };
  const reading = {
    plan: FIRM_PLAN,
    product: null,
    late: null,
    news: NO_NEWS,
    one: minis(0.1),
    isCapped: false,
  };

  it("takes what the firm lets it hold, and the plan says what was cut off", () => {
    const whole = approvedOf(anAlert(), { account: anAccount({ firm: firmWith(5) }), reading });
    expect(whole.quantity).toBe(3);
    expect(whole.cuts).toBeUndefined();
    const account = anAccount({ firm: firmWith(0.2) });
    expect(approvedOf(anAlert(), { account, reading })).toMatchObject({
      quantity: 2,
      risk: dollars(2 * 63.72),
      cuts: [{ why: "firm-cap", from: 3, to: 2, most: minis(0.2) }],
    });
    expect(
      refusalOf(anAlert(), { account: anAccount({ firm: firmWith(0) }), reading }),
    ).toMatchObject({ kind: "firm-cap", most: 0 });
  });

  it("is refused by its firm before the alert's own numbers are looked at", () => {
    const lock = { until: later(1), limit: dollars(1_000) };
    const account = anAccount({ firm: { ...firmWith(5), lock } });
    const far = anAlert({ stop: es(6200) });
    expect(refusalOf(far, { account, reading })).toMatchObject({ kind: "firm-locked" });
    expect(refusalOf(far)).toMatchObject({ kind: "stop-too-far" });
  });

  it("has its contracts counted after probation and before any dollar", () => {
    const account = anAccount({ firm: firmWith(0.2), probation: 5 });
    const rules = someRules({ limits: { lossPerTrade: dollars(130) } });
    expect(approvedOf(anAlert(), { account, reading, rules }).quantity).toBe(2);
    const small = anAccount({ firm: firmWith(0.2), probation: 0 });
    expect(approvedOf(anAlert(), { account: small, reading }).cuts).toMatchObject([
      { why: "probation", from: 3, to: 1 },
    ]);
  });
});

/** Everything mirrored at the alert's price: what is up becomes down. */
const upsideDown = (price: Ticks): Ticks => ticks(2 * es(6326) - price);

const mirroredAlert = (alert: Alert): Alert => ({
  ...alert,
  side: alert.side === "long" ? "short" : "long",
  stop: upsideDown(alert.stop),
  targets: alert.targets.map(upsideDown),
});

const mirroredQuote = (quote: Quote): Quote => ({
  ...quote,
  last: upsideDown(quote.last),
  bid: upsideDown(quote.ask),
  ask: upsideDown(quote.bid),
  high: upsideDown(quote.low),
  low: upsideDown(quote.high),
});

function mirroredRefusal(refusal: Refusal): Refusal {
  switch (refusal.kind) {
    case "stop-wrong-side":
      return { ...refusal, stop: upsideDown(refusal.stop) };
    case "target-wrong-side":
      return { ...refusal, target: upsideDown(refusal.target) };
    case "collar":
      return { ...refusal, last: upsideDown(refusal.last) };
    case "too-far-gone":
      return { ...refusal, price: upsideDown(refusal.price), limit: upsideDown(refusal.limit) };
    case "stop-touched":
      return { ...refusal, price: upsideDown(refusal.price), stop: upsideDown(refusal.stop) };
    case "target-passed":
      return { ...refusal, price: upsideDown(refusal.price), target: upsideDown(refusal.target) };
    default:
      return refusal;
  }
}

const offsets = (reach: number) =>
  fc.integer({ min: -reach, max: reach }).map((offset) => ticks(es(6326) + offset));

const alerts: fc.Arbitrary<Alert> = fc
  .record({
    stop: fc.oneof(
      offsets(130),
      fc.integer({ min: 8, max: 44 }).map((n) => ticks(es(6326) - n)),
    ),
    targets: fc.oneof(
      fc.constant([]),
      fc.array(offsets(80), { maxLength: 3 }),
      fc.constant([es(6330)]),
    ),
    size: fc.constantFrom("A", "B", "C", null),
    side: fc.constant<Side>("long"),
  })
  .map(anAlert);

const quotes: fc.Arbitrary<Quote> = fc
  .record({ last: offsets(44), below: fc.nat(4), above: fc.nat(4), reach: fc.nat(20) })
  .map(({ last, below, above, reach }) =>
    aQuote(last, {
      bid: ticks(last - below),
      ask: ticks(last + above),
      low: ticks(last - reach),
      high: ticks(last + 2 * reach),
    }),
  );

const ruleSets: fc.Arbitrary<Rules> = fc
  .record({
    entry: fc.constantFrom<Rules["entry"]>(
      { kind: "market", timeout: millis(30_000) },
      { kind: "limit", chase: { unit: "stop-share", value: 200 }, timeout: millis(30_000) },
      { kind: "limit", chase: { unit: "points", value: 1.5 }, timeout: millis(30_000) },
    ),
    sizing: fc.constantFrom<Rules["sizing"]>(someRules().sizing, {
      kind: "risk",
      bySize: { A: dollars(200), B: dollars(100), C: dollars(40) },
    }),
    at: fc.constantFrom(
      { unit: "points", value: 7 } as const,
      { unit: "r", value: 0.73 } as const,
      { unit: "ticks", value: 21 } as const,
    ),
    adds: fc.constantFrom("refuse", "allow"),
  })
  .map(({ at, ...rules }) => someRules({ ...rules, exits: { targets: [{ at, share: 1_000 }] } }));

describe("an alert and a market turned upside down", () => {
  it("get the same verdict, turned upside down", () => {
    const open = fc.constantFrom(null, "same", "opposite");
    const kinds = new Set<string>();
    fc.assert(
      fc.property(alerts, quotes, ruleSets, open, (alert, quote, rules, other) => {
        const [long, short] = [anOpenTrade(aPlan(), 2), anOpenTrade(aShortPlan(), 2)];
        const tradesFor = (same: typeof long, opposite: typeof long) =>
          other === null ? [] : [other === "same" ? same : opposite];
        const upright = judge(alert, aView({ quote, rules, openTrades: tradesFor(long, short) }));
        const turned = judge(
          mirroredAlert(alert),
          aView({ quote: mirroredQuote(quote), rules, openTrades: tradesFor(short, long) }),
        );
        kinds.add(upright.ok ? "approved" : upright.error.kind);
        if (upright.ok && turned.ok) {
          expect(turned.value.quantity).toBe(upright.value.quantity);
          expect(turned.value.risk).toBe(upright.value.risk);
          expect(turned.value.worst).toBe(upsideDown(upright.value.worst));
          const { levels, shares } = upright.value.targets;
          expect(turned.value.targets).toEqual({ levels: levels.map(upsideDown), shares });
        } else {
          expect(turned).toEqual(
            upright.ok ? upright : { ok: false, error: mirroredRefusal(upright.error) },
          );
        }
      }),
      { numRuns: 2_000 },
    );
    // The property says something only about verdicts that occurred.
    expect(kinds.size).toBeGreaterThanOrEqual(10);
  });
});
