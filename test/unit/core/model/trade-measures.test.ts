/** What a trade cost, how far it went, what it made of its risk: told in points, dollars and time. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marketSeen, obtainable } from "../../../../src/core/model/market-seen.ts";
import type { Quote } from "../../../../src/core/model/quote.ts";
import {
  delaysOf,
  excursionsOf,
  initialRiskOf,
  lateness,
  resultInR,
  slippageToAlert,
  slippageToMarket,
} from "../../../../src/core/model/trade-measures.ts";
import type { TradeRecord } from "../../../../src/core/model/trade-record.ts";
import { contracts, dollars, millis, money, ticks } from "../../../../src/core/model/units.ts";
import { aTradeRecord } from "../../../kit/trade-records.ts";

/** The same trade upside down: prices mirrored at nothing, the other side. */
const mirrored = (record: TradeRecord): TradeRecord => ({
  ...record,
  side: record.side === "long" ? "short" : "long",
  alerted: record.alerted === null ? null : ticks(-record.alerted),
  stop: ticks(-record.stop),
  market: record.market && {
    bid: ticks(-record.market.ask),
    ask: ticks(-record.market.bid),
    age: record.market.age,
  },
  entry: { ...record.entry, priceSum: -record.entry.priceSum },
  reach: record.reach && {
    ...record.reach,
    high: ticks(-record.reach.low),
    low: ticks(-record.reach.high),
  },
});

const someRecord = fc
  .record({
    fills: fc.array(fc.integer({ min: 25_000, max: 25_040 }), { minLength: 1, maxLength: 4 }),
    alerted: fc.integer({ min: 25_000, max: 25_040 }),
    bid: fc.integer({ min: 25_000, max: 25_040 }),
    above: fc.nat(60),
    below: fc.nat(60),
    side: fc.constantFrom("long" as const, "short" as const),
  })
  .map(({ fills, alerted, bid, above, below, side }) =>
    aTradeRecord({
      side,
      alerted: ticks(alerted),
      stop: ticks(side === "long" ? 24_960 : 25_080),
      market: { bid: ticks(bid), ask: ticks(bid + 1), age: millis(0) },
      entry: {
        quantity: contracts(fills.length),
        priceSum: fills.reduce((sum, price) => sum + price, 0),
      },
      reach: {
        high: ticks(Math.max(...fills) + above),
        low: ticks(Math.min(...fills) - below),
        by: "ticks",
        unseen: null,
      },
    }),
  );

describe("what a trade cost", () => {
  it("counts from the alert, and from what could be had when the alert came", () => {
    // 3 MES at 6327.00: the alert said 6325.00, the ask was 6326.00.
    const record = aTradeRecord();
    expect(slippageToAlert(record)).toBe(dollars(30));
    expect(slippageToMarket(record)).toBe(dollars(15));
    expect(lateness(record)).toBe(dollars(15));
  });

  it("is not known where the alert or the market is not, or nothing filled", () => {
    expect(slippageToAlert(aTradeRecord({ alerted: null }))).toBeNull();
    const blind = aTradeRecord({ market: null });
    expect([slippageToMarket(blind), lateness(blind)]).toEqual([null, null]);
    const empty = aTradeRecord({ entry: { quantity: contracts(0), priceSum: 0 } });
    expect([slippageToAlert(empty), slippageToMarket(empty), lateness(empty)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("is lost to lateness or to slippage, and nowhere else", () => {
    fc.assert(
      fc.property(someRecord, (record) => {
        const parts = (lateness(record) ?? 0) + (slippageToMarket(record) ?? 0);
        expect(parts).toBe(slippageToAlert(record));
      }),
    );
  });
});

describe("how far a trade went", () => {
  it("against it and for it, in points and dollars", () => {
    // From 6327.00 down to 6315.00 and up to 6333.25.
    expect(excursionsOf(aTradeRecord())).toEqual({
      maePoints: 12,
      mfePoints: 6.25,
      mae: dollars(180),
      mfe: dollars(93.75),
    });
  });

  it("is never below zero, and dollars are points x point value x contracts", () => {
    fc.assert(
      fc.property(someRecord, (record) => {
        const seen = excursionsOf(record);
        expect(seen?.maePoints).toBeGreaterThanOrEqual(0);
        expect(seen?.mfePoints).toBeGreaterThanOrEqual(0);
        const worth = 50_000 * record.entry.quantity;
        expect(seen?.mae).toBeCloseTo((seen?.maePoints ?? Number.NaN) * worth, 4);
        expect(seen?.mfe).toBeCloseTo((seen?.mfePoints ?? Number.NaN) * worth, 4);
      }),
    );
  });

  it("is the same for a short as for the long it mirrors, as is all else", () => {
    fc.assert(
      fc.property(someRecord, (record) => {
        const other = mirrored(record);
        expect(excursionsOf(other)).toEqual(excursionsOf(record));
        for (const measure of [slippageToAlert, slippageToMarket, lateness, initialRiskOf])
          expect(measure(other)).toBe(measure(record));
      }),
    );
  });

  it("is not known where nobody told prices, nor before the first fill", () => {
    const { reach } = aTradeRecord();
    if (reach === null) expect.fail("the sample has a reach");
    expect(excursionsOf(aTradeRecord({ reach: { ...reach, by: null } }))).toBeNull();
    expect(excursionsOf(aTradeRecord({ reach: null }))).toBeNull();
    const empty = { quantity: contracts(0), priceSum: 0 };
    expect(excursionsOf(aTradeRecord({ entry: empty }))).toBeNull();
  });
});

describe("a result in R", () => {
  it("is the net result over what lay between the fills and the planned stop", () => {
    const record = aTradeRecord({ net: dollars(-90) });
    expect(initialRiskOf(record)).toBe(dollars(180));
    expect(resultInR(record)).toBe(-0.5);
  });

  it("takes what was approved where that stop was no loss", () => {
    const filledBeyond = aTradeRecord({ stop: ticks(25_400), net: dollars(19.116) });
    expect(initialRiskOf(filledBeyond)).toBe(dollars(191.16));
    expect(resultInR(filledBeyond)).toBe(0.1);
    const empty = aTradeRecord({ entry: { quantity: contracts(0), priceSum: 0 } });
    expect(initialRiskOf(empty)).toBe(dollars(191.16));
  });

  it("is not known before the end, nor where nothing was risked", () => {
    expect(resultInR(aTradeRecord({ net: null }))).toBeNull();
    expect(resultInR(aTradeRecord({ stop: ticks(25_400), risk: money(0) }))).toBeNull();
  });
});

describe("where the time went", () => {
  it("is told step by step", () => {
    expect(delaysOf(aTradeRecord())).toEqual({
      alertToReceived: 400,
      receivedToDecided: 20,
      decidedToSent: 5,
      sentToFilled: 75,
      alertToFilled: 500,
      held: 60_000,
    });
  });

  it("is not known for a step without a time, or where the source's clock is ahead", () => {
    const unsent = delaysOf(aTradeRecord({ sentAt: null }));
    expect([unsent.decidedToSent, unsent.sentToFilled]).toEqual([null, null]);
    const { receivedAt } = aTradeRecord();
    const ahead = aTradeRecord({ alertedAt: millis((receivedAt ?? 0) + 1) });
    expect(delaysOf(ahead).alertToReceived).toBeNull();
  });
});

it("what could be had is the ask for a long and the bid for a short, however old", () => {
  const quote: Quote = {
    ...{ instrument: "ES" as const, last: ticks(10), high: ticks(10), low: ticks(10) },
    ...{ bid: ticks(9), ask: ticks(11), at: millis(1_000) },
  };
  expect(marketSeen(quote, millis(3_500))).toEqual({ bid: 9, ask: 11, age: 2_500 });
  // A quote stamped by another clock is at most as young as now.
  expect(marketSeen(quote, millis(500)).age).toBe(0);
  const seen = marketSeen(quote, millis(3_500));
  expect([obtainable(seen, "long"), obtainable(seen, "short")]).toEqual([11, 9]);
});
