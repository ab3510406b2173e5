import { describe, expect, it } from "vitest";
import { lineOf } from "../../../../src/core/model/trade-sums.ts";
import { contracts, dollars } from "../../../../src/core/model/units.ts";
import {
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
