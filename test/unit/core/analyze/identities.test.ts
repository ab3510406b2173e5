/** What must hold of any trades: shuffling, scaling, splitting; and what two libraries say of them. */
import { Decimal } from "decimal.js";
import fc from "fast-check";
import * as statistics from "simple-statistics";
import { describe, expect, test } from "vitest";
import { finished } from "../../../../src/core/analyze/slices.ts";
import { type Summary, summaryOf } from "../../../../src/core/analyze/summary.ts";
import { parseIso } from "../../../../src/core/model/iso-time.ts";
import type { ClosedTrade } from "../../../../src/core/model/trade-columns.ts";
import { dollars } from "../../../../src/core/model/units.ts";
import { at, closedTrade, columnsOf, isNear, leavesOf } from "../../../kit/closed-trades.ts";

const START = parseIso("2026-02-27T14:00:00Z") as number;
const MINUTE = 60_000;

const tradeIn = fc
  .record({
    enters: fc.nat({ max: 30 * 24 * 60 }),
    lasts: fc.nat({ max: 600 }),
    cents: fc.integer({ min: -40_000, max: 45_000 }),
    fees: fc.nat({ max: 2_000 }),
    quantity: fc.integer({ min: 1, max: 6 }),
    isLong: fc.boolean(),
    risk: fc.option(fc.integer({ min: 5_000, max: 40_000 })),
    mae: fc.option(fc.nat({ max: 60 })),
    mfe: fc.option(fc.nat({ max: 60 })),
    author: fc.constantFrom("", "Ann", "Bob"),
  })
  .map(({ enters, lasts, cents, fees, quantity, isLong, risk, mae, mfe, author }) => {
    const entryAt = START + enters * MINUTE;
    return closedTrade({
      ...{ entryAt, exitAt: entryAt + lasts * MINUTE, quantity },
      ...{ net: cents * 100, fees: fees * 100, direction: isLong ? 1 : -1 },
      risk: risk === null ? Number.NaN : risk * 100,
      mae: mae === null ? Number.NaN : mae / 4,
      mfe: mfe === null ? Number.NaN : mfe / 4,
      labels: { author },
    });
  });

const tradesIn = fc.array(tradeIn, { minLength: 0, maxLength: 60 });

const summary = (trades: readonly ClosedTrade[], days: "all" | "traded" = "all"): Summary =>
  finished(summaryOf(columnsOf(trades), { startingEquity: dollars(50_000), days }));

/** Everything in it that is not the same, but for the last digits. */
function differences(one: object, other: object): readonly unknown[] {
  const [found, wanted] = [leavesOf(one as never), leavesOf(other as never)];
  const off = wanted.filter(([key, value], index) => {
    const [otherKey, own] = found[index] ?? [];
    return key !== otherKey || !(own === value || isNear(own, value));
  });
  return found.length === wanted.length ? off : [found.length, wanted.length];
}

describe("any trades", () => {
  test("say the same in whatever order they come", () => {
    fc.assert(
      fc.property(tradesIn, fc.integer(), (trades, seed) => {
        const shuffled = trades
          .map((trade, index) => [Math.imul(index + 1, seed | 1) >>> 0, trade] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, trade]) => trade);
        const [found, wanted] = [summary(shuffled), summary(trades)];
        expect(differences(found.figures, wanted.figures)).toEqual([]);
        expect(differences(found.groups, wanted.groups)).toEqual([]);
        expect(found.daily).toEqual(wanted.daily);
      }),
    );
  });

  test("are as good with ten times the money", () => {
    const SCALED =
      /^pnl\.(?!.*Per)|netPerContract|usdPer|check_WxAW|^drawdown\w+\.(maxAbs|\w+Equity)|usdOnDaily|_usd$/;
    const CHANGED = /maeMfe|riskOfRuin\.(bound|lundberg)/;
    fc.assert(
      fc.property(tradesIn, (trades) => {
        const larger = trades.map((trade) => ({
          ...trade,
          net: trade.net * 10,
          fees: trade.fees * 10,
          risk: trade.risk * 10,
        }));
        const wanted = leavesOf(summary(trades).figures as never);
        const options = { startingEquity: dollars(500_000), days: "all" as const };
        const { figures } = finished(summaryOf(columnsOf(larger), options));
        const off = wanted.filter(([key, value]) => {
          const own = at(figures, key);
          if (CHANGED.test(key)) return false;
          const isScaled = SCALED.test(key) && !key.startsWith("sqn") && !key.startsWith("sharpe");
          const same = isScaled && typeof value === "number" ? value * 10 : value;
          return !(own === same || isNear(own, same));
        });
        expect(off.map(([key, value]) => [key, value, at(figures, key)])).toEqual([]);
      }),
    );
  });

  test("add up: groups, days, weeks and months are the whole", () => {
    fc.assert(
      fc.property(tradesIn, (trades) => {
        const { figures, groups, daily, weekly, monthly } = summary(trades);
        const net = at(figures, "pnl.netPnl") as number;
        const count = at(figures, "counts.trades");
        for (const name of ["side", "hour", "weekday", "instrument"] as const) {
          const parts = Object.values(groups[name]);
          expect(parts.reduce((sum, one) => sum + one.count, 0)).toBe(count);
          expect(parts.reduce((sum, one) => sum + one.net, 0)).toBeCloseTo(net, 6);
        }
        for (const parts of [weekly, monthly]) {
          expect(parts.reduce((sum, one) => sum + one.count, 0)).toBe(count);
          expect(parts.reduce((sum, one) => sum + one.net, 0)).toBeCloseTo(net, 6);
          expect(parts.reduce((sum, one) => sum + one.days, 0)).toBe(daily.length);
        }
        expect(daily.reduce((sum, day) => sum + day.pnl, 0)).toBeCloseTo(net, 6);
        expect(daily.at(-1)?.equityEnd ?? 50_000).toBeCloseTo(50_000 + net, 6);
      }),
    );
  });

  test("have the same days when a trade's exits are told as two trades of one moment", () => {
    fc.assert(
      fc.property(tradesIn, (trades) => {
        const halves = trades.flatMap((trade) => {
          const first = Math.trunc(trade.net / 200) * 100;
          const fees = Math.trunc(trade.fees / 200) * 100;
          return [
            { ...trade, net: first, fees },
            { ...trade, net: trade.net - first, fees: trade.fees - fees },
          ];
        });
        const [found, wanted] = [summary(halves), summary(trades)];
        for (const key of ["returns", "calmar", "var", "cvar", "ulcer", "drawdownDaily"]) {
          const [own, other] = [found.figures[key], wanted.figures[key]];
          // The one figure there that looks at single trades.
          const { freqtrade: _, ...left } = own as { freqtrade?: number };
          const { freqtrade: __, ...right } = other as { freqtrade?: number };
          const perTrade = /perTrade/;
          const rest = Object.fromEntries(
            Object.entries(left).filter(([name]) => !perTrade.test(name)),
          );
          const others = Object.fromEntries(
            Object.entries(right).filter(([name]) => !perTrade.test(name)),
          );
          expect(differences(rest, others)).toEqual([]);
        }
        expect(at(found.figures, "exposure.inMarketSeconds")).toBe(
          at(wanted.figures, "exposure.inMarketSeconds"),
        );
      }),
    );
  });

  test("never say NaN or infinite, and give a reason for every null", () => {
    fc.assert(
      fc.property(tradesIn, fc.constantFrom("all" as const, "traded" as const), (trades, days) => {
        const { figures, notes } = summary(trades, days);
        for (const [key, value] of leavesOf(figures as never)) {
          if (value === null) expect([key, notes[key]?.reason]).toEqual([key, expect.any(String)]);
          else expect([key, Number.isFinite(value)]).toEqual([key, true]);
        }
      }),
    );
  });
});

describe("beside other libraries", () => {
  const some = fc.array(tradeIn, { minLength: 2, maxLength: 60 });

  test("simple-statistics finds the same means, spreads and quantiles", () => {
    fc.assert(
      fc.property(some, (trades) => {
        const nets = trades.map(({ net }) => net / 10_000);
        const { figures, daily } = summary(trades);
        expect(at(figures, "pnl.averageTrade")).toBeCloseTo(statistics.mean(nets), 8);
        expect(at(figures, "pnl.medianTrade")).toBeCloseTo(statistics.median(nets), 8);
        expect(at(figures, "pnl.stdTrade")).toBeCloseTo(
          statistics.sampleStandardDeviation(nets),
          6,
        );
        const returns = daily.map(({ ret }) => ret as number);
        expect(at(figures, "returns.meanDaily")).toBeCloseTo(statistics.mean(returns), 12);
        if (returns.length < 2) return;
        expect(at(figures, "returns.stdDaily_ddof1")).toBeCloseTo(
          statistics.sampleStandardDeviation(returns),
          12,
        );
      }),
    );
  });

  test("decimal.js finds the same equation solved by λ", () => {
    fc.assert(
      fc.property(some, (trades) => {
        const { figures } = summary(trades);
        const lambda = at(figures, "riskOfRuin.lundbergLambdaPerUsd");
        if (typeof lambda !== "number") return;
        const precise = Decimal.clone({ precision: 40 });
        const meanAt = (rate: Decimal): Decimal =>
          trades
            .reduce((sum, { net }) => sum.plus(rate.times(net).div(-10_000).exp()), new precise(0))
            .div(trades.length)
            .minus(1);
        // The root lies between: below it the mean is under one, above it over.
        expect(meanAt(new precise(lambda).times(1 - 1e-9)).isNegative()).toBe(true);
        expect(meanAt(new precise(lambda).times(1 + 1e-9)).isPositive()).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
