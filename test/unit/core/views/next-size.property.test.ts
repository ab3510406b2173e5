/** Where dollars do not matter, what an account is said to buy next is what the judge lets it buy. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { Rules } from "../../../../src/core/model/rules.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, millis, money } from "../../../../src/core/model/units.ts";
import { readPlan } from "../../../../src/core/risk/firm-gate.ts";
import { judge } from "../../../../src/core/risk/judge.ts";
import { reachedOnly } from "../../../../src/core/risk/total-view.ts";
import { nextSizes } from "../../../../src/core/views/next-size.ts";
import { anAccount, anAlert, aQuote, es, NOW, someRules, TODAY } from "../../../kit/builders.ts";
import { aFirmState, FIRM_PLAN, minis, SIZE } from "../../../kit/firm-plans.ts";

const day = fc.record({
  size: fc.integer({ min: 1, max: 5 }),
  ratio: fc.constantFrom(30, 300, 500, 1_000, 2_000),
  reached: fc.constantFrom(0, 750),
  positionSize: fc.constantFrom(10, 100),
  exposure: fc.option(fc.constantFrom(10, 40)),
  firm: fc.option(fc.constantFrom(0.05, 0.4, 1, 5)),
  probation: fc.boolean(),
  isMicroTried: fc.boolean(),
  isFull: fc.boolean(),
});

it("is what the next alert buys, in the mini or in the micro", () => {
  let shrunken = 0;
  fc.assert(
    fc.property(day, (of) => {
      const { limits, shrinkToMicro: _, ...others } = someRules();
      const { total: __, ...own } = limits;
      const rules: Rules = {
        ...others,
        ...(of.isMicroTried && { shrinkToMicro: true }),
        tradeAs: of.isFull ? {} : { ES: "MES" },
        sizing: { kind: "contracts", bySize: { A: of.size, B: 1, C: 1 }, ratio: of.ratio } as never,
        limits: {
          ...own,
          ...{ lossPerTrade: dollars(1e6), positionSize: of.positionSize, breakers: {} },
          dailyLoss: {
            limit: dollars(1e6),
            steps: { warn: [], half: 750, block: null, flatten: 1_000 },
          },
          ...(of.exposure !== null && { exposure: { ES: of.exposure } }),
        },
      };
      const size = minis(of.firm ?? 5);
      const plan = { ...FIRM_PLAN, size: { ...SIZE, limit: { first: size, steps: [] } } };
      const firm = aFirmState(dollars(-1e7));
      const account = anAccount({
        ...(of.probation && { probation: 0 }),
        ...(of.firm !== null && {
          firm: { ...firm, day: { ...firm.day, date: tradeDate(TODAY), dailyLimit: null, size } },
        }),
        risk: {
          ...{ reached: of.reached, peak: money(0), streak: 0, entries: [] },
          ...{ troubles: [], slips: [], tripped: [], tallies: [] },
        },
      });
      const asked = { instrument: instrumentOf(rules.tradeAs.ES ?? "ES"), at: NOW };
      const dates = { date: tradeDate(TODAY), calendar: CME_CALENDAR, news: [] };
      const verdict = judge(anAlert({ size: "A" }), {
        ...{ at: NOW, tradeDate: TODAY, rules, account, openTrades: [] },
        ...{ priceAgeMax: millis(3_000), shadow: false, smallest: false },
        quoteOf: ({ root }) => aQuote(es(6326), { instrument: root }),
        reading: of.firm === null ? null : readPlan(plan, { ...asked, ...dates }),
      });
      const isOfFirm = of.firm === null ? null : plan;
      const judged = { account, openTrades: [], total: reachedOnly(0) };
      const one = { account, rules, trades: [], totalReached: 0, plan: isOfFirm };
      const { A } = nextSizes({ at: NOW, one, rules, judged });
      if (!verdict.ok) {
        expect(A).toMatchObject({ contracts: 0 });
        return;
      }
      const { instrument, quantity } = verdict.value;
      expect(A).toMatchObject({ contracts: quantity, instrument: instrument.root });
      const isShrunk = of.isFull && instrument.root === "MES";
      expect("instead" in A).toBe(isShrunk);
      if (isShrunk) shrunken += 1;
    }),
    { numRuns: 600 },
  );
  expect(shrunken).toBeGreaterThan(20);
});
