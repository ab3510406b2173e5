import { describe, expect, it } from "vitest";
import { lineOf } from "../../../../src/core/model/trade-sums.ts";
import { contracts, dollars } from "../../../../src/core/model/units.ts";
import {
  markOf,
  openResult,
  openResultOf,
  type Prices,
  targetResultOf,
  worstLoss,
  worstLossOf,
} from "../../../../src/core/risk/day.ts";
import {
  aLeg,
  anOpenTrade,
  aPlan,
  aQuote,
  aShortPlan,
  aTrade,
  es,
  TODAY,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";

const at = (price: number | null): Prices => ({
  quoteOf: () => (price === null ? null : aQuote(es(price))),
  fees: { kind: "flat", roundTurn: dollars(2) },
  slippage: 2,
  tradeDate: TODAY,
});

/** 3 contracts in at 6326.25 or so, whatever the builder books. */
const long = anOpenTrade(aPlan(), 1);
const short = anOpenTrade(aShortPlan(), 2);

describe("an open trade if it were left now", () => {
  it("is worth the bid for a long and the ask for a short, fees paid", () => {
    const better = openResultOf(long, at(6330)) - openResultOf(long, at(6329));
    expect(better).toBe(dollars(3 * 5));
    const worse = openResultOf(short, at(6330)) - openResultOf(short, at(6329));
    expect(worse).toBe(dollars(-3 * 5));
    const spread = openResultOf(short, {
      ...at(6326),
      quoteOf: () => aQuote(es(6326), { ask: es(6327) }),
    });
    expect(openResultOf(short, at(6326)) - spread).toBe(dollars(0.75 * 5 * 3));
  });

  it("is what the fills and the fees say, to the cent", () => {
    const paid = { ...long, fees: dollars(1.86) };
    // 3 x 16 ticks x 1.25, less what was paid and what leaving costs.
    expect(markOf(paid, at(6330))).toBe(dollars(60 - 1.86));
    expect(openResultOf(paid, at(6330))).toBe(dollars(60 - 1.86 - 3));
    expect(markOf({ ...short, fees: dollars(1.86) }, at(6330))).toBe(dollars(-63.75 - 1.86));
    expect(openResultOf(paid, at(null))).toBe(dollars(-1.86 - 3));
    const wide = { ...at(6330), quoteOf: () => aQuote(es(6330), { bid: es(6329) }) };
    expect(openResultOf(paid, wide)).toBe(dollars(45 - 1.86 - 3));
  });

  it("counts as it was bought while no price is known", () => {
    expect(openResultOf(long, at(null))).toBe(-long.fees - 3 * dollars(1));
  });

  it("adds up; nothing open is nothing", () => {
    const sum = openResultOf(long, at(6326)) + openResultOf(short, at(6326));
    expect(openResult([long, short], at(6326))).toBe(sum);
    expect([openResult([], at(6326)), worstLoss([], at(6326))]).toEqual([0, 0]);
  });
});

describe("a trade that leaves at its targets", () => {
  it("makes the way to each of them, less its fees", () => {
    const made = (trade: typeof long) =>
      trade.tranches.reduce(
        (sum, { quantity, targetAim }) =>
          sum + Math.abs(targetAim - trade.plan.alerted) * dollars(1.25) * quantity,
        0,
      );
    expect(targetResultOf(long, at(null))).toBe(made(long) - dollars(3));
    expect(targetResultOf(short, at(null))).toBe(made(short) - dollars(3));
  });

  it("makes nothing while nothing has filled", () => {
    expect(targetResultOf(aTrade({}, aPlan()), at(null))).toBe(0);
  });
});

describe("what a trade can still lose", () => {
  it("is its approved risk before anything has filled", () => {
    const planned = aTrade({}, aPlan());
    const table = { ...at(6326), fees: { kind: "table" } as const };
    expect(worstLossOf(planned, table)).toBe(aPlan().risk);
  });

  it("is what is held and what may still fill at the stop, slipped, with every fee", () => {
    const paid = { ...long, fees: dollars(1.86) };
    // 3 x 40 ticks to the stop and 3 x 2 of slippage at 1.25, fees of the entry and of the way out.
    expect(worstLossOf(paid, at(6326))).toBe(dollars(150 + 7.5 + 1.86 + 3));
    const entered = { quantity: contracts(1), priceSum: es(6326) };
    const sent = aTrade({ fees: dollars(0.62) }, aPlan());
    const half = withTranche(withEntry(sent, 0, { state: "filled" }), 0, { entered, stop: aLeg() });
    // One is in at 6326; two may still be bought at 6328, and all three sold at the stop.
    expect(worstLossOf(half, at(6326))).toBe(dollars(50 + 2 * 60 + 7.5 + 0.62 + 1 + 2 * 2));
  });

  it("is nothing once its stop locks in more than it costs", () => {
    const safe = [0, 1].reduce(
      (trade, index) => withTranche(trade, index, { stop: aLeg({ price: es(6331) }) }),
      long,
    );
    expect(worstLossOf(safe, at(6335))).toBe(0);
  });

  it("is what leaving now would lose where the price is beyond the stop", () => {
    const now = openResultOf(long, at(6300));
    expect(worstLossOf(long, at(6300))).toBe(-now);
    expect(worstLoss([long, long], at(6300))).toBe(-2 * now);
  });
});

describe("the line of a trade", () => {
  it("leaves a fraction of the entry on the losing side", () => {
    const odd = withTranche(long, 0, {
      entered: { quantity: contracts(3), priceSum: 3 * es(6326) + 1 },
      exited: { quantity: contracts(1), priceSum: es(6326) },
    });
    const line = lineOf(odd);
    expect(Number.isInteger(line.base)).toBe(true);
    expect(line.held).toBe(4);
  });
});
