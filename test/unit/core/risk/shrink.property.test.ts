/**
 * Whatever the limits, the size and the day: an entry in the micro fits all of them, never has more at
 * risk than the mini would have had, and is taken only where the mini is refused.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { Refusal } from "../../../../src/core/model/refusal.ts";
import type { Rules, Sizing } from "../../../../src/core/model/rules.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, type Money, millis, money } from "../../../../src/core/model/units.ts";
import { readPlan } from "../../../../src/core/risk/firm-gate.ts";
import { type Approved, judge, type RiskView } from "../../../../src/core/risk/judge.ts";
import type { Result } from "../../../../src/std/result.ts";
import { anAccount, anAlert, aQuote, es, NOW, someRules, TODAY } from "../../../kit/builders.ts";
import { aFirmState, FIRM_PLAN, minis, SIZE } from "../../../kit/firm-plans.ts";

interface Day {
  readonly stop: number;
  readonly sizing: Sizing;
  readonly ratio: number;
  readonly isMarket: boolean;
  readonly lossPerTrade: number;
  readonly dailyLoss: number;
  readonly lost: number;
  readonly reached: number;
  readonly positionSize: number;
  readonly exposure: number | null;
  /** Dollars between the cash and the floor, and minis; null: no firm. */
  readonly firm: { readonly room: number; readonly size: number } | null;
  readonly probation: boolean;
  readonly part: number | null;
}

const amount = fc.integer({ min: 1, max: 4_000 });
const sizing: fc.Arbitrary<Sizing> = fc.oneof(
  fc
    .integer({ min: 1, max: 5 })
    .map((A) => ({ kind: "contracts" as const, bySize: { A, B: 1, C: 1 } })),
  amount.map((of) => ({
    kind: "risk" as const,
    bySize: { A: dollars(of), B: dollars(of), C: dollars(of) },
  })),
);

const day: fc.Arbitrary<Day> = fc.record({
  stop: fc.integer({ min: 4, max: 120 }),
  sizing,
  ratio: fc.constantFrom(300, 500, 1_000, 2_000),
  isMarket: fc.boolean(),
  lossPerTrade: amount,
  dailyLoss: amount,
  lost: fc.integer({ min: 0, max: 2_000 }),
  reached: fc.constantFrom(0, 500, 750),
  positionSize: fc.constantFrom(1, 2, 5, 100),
  exposure: fc.option(fc.constantFrom(1, 3, 40)),
  firm: fc.option(fc.record({ room: amount, size: fc.constantFrom(0.1, 0.5, 1, 5) })),
  probation: fc.boolean(),
  part: fc.option(amount),
});

/** Nothing stands in the way of the size itself. */
const LOOSE = {
  ...{ lossPerTrade: dollars(1e6), positionSize: 1e6, breakers: {} },
} as const;

function rulesOf(of: Day, change: Partial<Rules> = {}): Rules {
  const { limits, entry, shrinkToMicro: _, ...rules } = someRules();
  const { total: __, consecutiveLosses: ___, ...own } = limits;
  const { timeout } = entry;
  return {
    ...rules,
    tradeAs: {},
    entry: of.isMarket ? { kind: "market", timeout } : entry,
    sizing: { ...of.sizing, ratio: of.ratio },
    limits: {
      ...own,
      lossPerTrade: dollars(of.lossPerTrade),
      positionSize: of.positionSize,
      dailyLoss: {
        limit: dollars(of.dailyLoss),
        steps: { warn: [], half: 750, block: null, flatten: 1_000 },
      },
      ...(of.exposure !== null && { exposure: { ES: of.exposure } }),
      ...(of.part !== null && { bySize: { A: { lossPerTrade: dollars(of.part) } } }),
    },
    ...change,
  };
}

const ON = { shrinkToMicro: true } as const;
const MICRO = { tradeAs: { ES: "MES" } } as const;

function viewOf(of: Day, rules: Rules): RiskView {
  const at = NOW;
  const size = minis(of.firm?.size ?? 5);
  const plan = { ...FIRM_PLAN, size: { ...SIZE, limit: { first: size, steps: [] } } };
  const known = aFirmState(money(dollars(50_000 - of.lost) - dollars(of.firm?.room ?? 0)));
  const date = tradeDate(TODAY);
  const firm = { ...known, day: { ...known.day, date, size } };
  const asked = { instrument: instrumentOf(rules.tradeAs.ES ?? "ES"), at, date };
  return {
    ...{ at, tradeDate: TODAY, rules, openTrades: [], priceAgeMax: millis(3_000) },
    account: anAccount({
      balance: dollars(50_000 - of.lost),
      realisedToday: dollars(-of.lost),
      ...(of.probation && { probation: 0 }),
      ...(of.firm !== null && { firm }),
      risk: {
        ...{ reached: of.reached, peak: money(0), streak: 0, entries: [] },
        ...{ troubles: [], slips: [], tripped: [], tallies: [] },
      },
    }),
    quoteOf: ({ root }) => aQuote(es(6326), { instrument: root }),
    ...{ shadow: false, smallest: false },
    reading:
      of.firm === null ? null : readPlan(plan, { ...asked, calendar: CME_CALENDAR, news: [] }),
  };
}

const ask = (of: Day, rules: Rules): Result<Approved, Refusal> =>
  judge(anAlert({ size: "A", stop: es(6326 - of.stop / 4) }), viewOf(of, rules));

const riskOf = (verdict: Result<Approved, Refusal>): number =>
  verdict.ok ? verdict.value.risk : 0;

it("what is taken in the micro fits every limit, and was refused in the mini", () => {
  let shrunken = 0;
  fc.assert(
    fc.property(day, (of) => {
      const without = ask(of, rulesOf(of));
      const verdict = ask(of, rulesOf(of, ON));
      if (without.ok) {
        expect(verdict).toEqual(without);
        return;
      }
      expect(verdict.ok ? without.error.kind : verdict.error.kind).toBe(without.error.kind);
      if (!verdict.ok) return;
      shrunken += 1;
      const { instrument, quantity, risk, cuts = [] } = verdict.value;
      expect(instrument.root).toBe("MES");
      const within = (limit: number | null): void => {
        if (limit !== null) expect(risk).toBeLessThanOrEqual(dollars(limit));
      };
      within(of.lossPerTrade);
      within(of.part);
      within(of.dailyLoss - of.lost);
      within(of.firm?.room ?? null);
      expect(quantity).toBeLessThanOrEqual(of.positionSize);
      if (of.exposure !== null) expect(quantity).toBeLessThanOrEqual(of.exposure);
      if (of.firm !== null) expect(quantity / 10).toBeLessThanOrEqual(of.firm.size);
      if (of.probation) expect(quantity).toBe(1);
      const mini = cuts.find(({ why }) => why === "micro");
      expect(mini).toMatchObject({ instrument: "ES", micro: "MES", refusal: without.error });
      expect(cuts.filter(({ why }) => why === "half-size").length).toBeLessThanOrEqual(1);
      for (const [index, cut] of cuts.slice(1).entries()) expect(cut.from).toBe(cuts[index]?.to);
      expect(cuts.at(-1)?.to).toBe(quantity);
    }),
    { numRuns: 600, seed: 5 },
  );
  expect(shrunken).toBeGreaterThan(60);
});

it("it never has more at risk than the mini would have had", () => {
  fc.assert(
    fc.property(day, (of) => {
      const verdict = ask(of, rulesOf(of, ON));
      if (!verdict.ok || verdict.value.instrument.root === "ES") return;
      const free: Day = { ...of, firm: null, exposure: null, part: null, probation: false };
      const rules = rulesOf({ ...free, lost: 0, reached: 0, dailyLoss: 1e6 });
      const mini = ask(
        { ...free, lost: 0, reached: 0 },
        { ...rules, limits: { ...rules.limits, ...LOOSE } },
      );
      const budget = of.sizing.kind === "risk" ? of.sizing.bySize.A : 0;
      expect(verdict.value.risk).toBeLessThanOrEqual(Math.max(riskOf(mini), budget, oneMini(of)));
    }),
    { numRuns: 600, seed: 5 },
  );
});

/** What one ES would lose: the most a ratio of one contract can be a part of. */
function oneMini(of: Day): Money {
  const one = { kind: "contracts", bySize: { A: 1, B: 1, C: 1 } } as const;
  const plain: Day = {
    ...of,
    ...{ sizing: one, ratio: 1_000, lost: 0, reached: 0, dailyLoss: 1e6 },
    ...{ firm: null, exposure: null, part: null, probation: false },
  };
  const rules = rulesOf(plain);
  return money(riskOf(ask(plain, { ...rules, limits: { ...rules.limits, ...LOOSE } })));
}

it("a micro entry is never rebuilt", () => {
  fc.assert(
    fc.property(day, (of) => {
      expect(ask(of, rulesOf(of, { ...ON, ...MICRO }))).toEqual(ask(of, rulesOf(of, MICRO)));
    }),
    { numRuns: 300, seed: 5 },
  );
});

it("a day that has lost more never allows more", () => {
  const further = fc.tuple(day, fc.integer({ min: 1, max: 1_000 }), fc.boolean());
  fc.assert(
    fc.property(further, ([of, more, isHalved]) => {
      // Limits that refuse a whole size and take half of it are older than this, and stay out of it.
      const only = { lossPerTrade: 1e6, positionSize: 100, exposure: null, part: null };
      const rules = rulesOf({ ...of, ...only }, ON);
      const worse = {
        ...of,
        lost: of.lost + more,
        reached: isHalved ? 750 : of.reached,
        firm: of.firm && { ...of.firm, room: Math.max(1, of.firm.room - more) },
      };
      expect(riskOf(ask(worse, rules))).toBeLessThanOrEqual(riskOf(ask(of, rules)));
    }),
    { numRuns: 600, seed: 5 },
  );
});
