import { describe, expect, it } from "vitest";
import { centralDayToUtc } from "../../../../src/core/model/central-time.ts";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import type { Levels } from "../../../../src/core/model/levels.ts";
import { dayNumberOf, tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, type Millis, money, ticks } from "../../../../src/core/model/units.ts";
import type { AccountView } from "../../../../src/core/risk/account-limits.ts";
import {
  cashMinutes,
  ownFindings,
  volatilityOf,
} from "../../../../src/core/risk/score-findings.ts";
import { anAccount, anOpenTrade, aQuote, es, someRules } from "../../../kit/builders.ts";
import { aFirmState } from "../../../kit/firm-plans.ts";

const at = (date: string, clock: string): Millis => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return centralDayToUtc(dayNumberOf(tradeDate(date)), 60 * hours + minutes);
};

describe("minutes of the cash session", () => {
  const on = (date: string, clock: string): number => {
    const day = { date: tradeDate(date), group: "equity", calendar: CME_CALENDAR } as const;
    return cashMinutes(day, at(date, clock));
  };

  it("count to its nearer end, and outside of it there are none", () => {
    const clocks = ["08:29", "08:30", "08:31", "09:00", "11:45", "14:59", "15:00", "15:30"];
    expect(clocks.map((clock) => on("2026-11-19", clock))).toEqual([0, 0, 1, 30, 195, 1, 0, 0]);
  });

  it("end early where the session does, and are none on a day without one", () => {
    // The day after Thanksgiving ends at 12:15.
    expect(on("2026-11-27", "12:05")).toBe(10);
    expect(on("2026-12-25", "10:00")).toBe(0);
  });
});

describe("the range of the last minutes", () => {
  const levels: Levels = { side: "long", entry: es(6326), stop: es(6316), targets: [] };

  it("is told in stop distances, and not at all where nobody has watched it", () => {
    expect(volatilityOf({ ...aQuote(), range: ticks(20) }, levels)).toBe(500);
    expect(volatilityOf({ ...aQuote(), range: ticks(41) }, levels)).toBe(1_025);
    expect(volatilityOf(aQuote(), levels)).toBeNull();
  });
});

describe("what stands beside an entry on its account", () => {
  const prices = { quoteOf: () => aQuote(), tradeDate: tradeDate("2026-11-19") };
  const found = (view: Partial<AccountView> = {}, rules = someRules()) =>
    ownFindings(dollars(150), rules, { account: anAccount(), openTrades: [], ...view }, prices);
  const memory = {
    ...{ reached: 0, peak: money(0), streak: 0, entries: [], troubles: [], slips: [] },
    ...{ tallies: [], tripped: [] },
  };

  it("is nothing on a fresh day but the stop, and a floor that nobody knows", () => {
    expect(found()).toEqual({ stop: 750, floor: null, streak: 0, drawdown: 0, concurrency: 0 });
    const withoutPlan = { ...aFirmState(dollars(48_000)), plan: null };
    expect(found({ account: anAccount({ firm: withoutPlan }) }).floor).toBeNull();
  });

  it("counts how many such losses fit above a floor", () => {
    const above = (room: number) => {
      const account = anAccount();
      return { ...account, firm: aFirmState(money(account.balance - dollars(room))) };
    };
    expect(found({ account: above(475) }).floor).toBe(3_166);
    expect(found({ account: above(-10) }).floor).toBe(-67);
    const open = { account: above(475), openTrades: [anOpenTrade()] };
    expect(found(open).floor).toBeLessThan(3_166);
  });

  it("counts from the best of the day down to where it stands, open trades included", () => {
    const risk = { ...memory, peak: dollars(200), streak: 2 };
    const account = anAccount({ risk, realisedToday: dollars(50) });
    expect(found({ account })).toMatchObject({ streak: 2, drawdown: 300 });
    // A day that never stood above its beginning counts from there.
    const lost = anAccount({ risk: memory, realisedToday: dollars(-125) });
    expect(found({ account: lost }).drawdown).toBe(250);
    // Three MES from 6326, less what leaving now would cost: down 4 points, and up 4 points.
    const at = (price: number) => ({ ...prices, quoteOf: () => aQuote(es(price)) });
    const drawdownAt = (price: number) => {
      const view = { account: anAccount({ risk: memory }), openTrades: [anOpenTrade()] };
      return ownFindings(dollars(150), someRules(), view, at(price)).drawdown ?? Number.NaN;
    };
    expect(drawdownAt(6322)).toBeGreaterThan(100);
    expect(drawdownAt(6330)).toBe(0);
    const open = [anOpenTrade(), anOpenTrade()];
    expect(found({ account: anAccount({ risk: memory }), openTrades: open })).toMatchObject({
      concurrency: 2,
      drawdown: expect.any(Number),
    });
  });

  it("has no drawdown where no daily loss measures it", () => {
    const { limits, ...others } = someRules();
    const { dailyLoss: _, ...unlimited } = limits;
    expect(found({}, { ...others, limits: unlimited }).drawdown).toBeNull();
  });

  it("is all of it where nothing may be lost at all", () => {
    const rules = someRules({ limits: { lossPerTrade: { ofBalance: 100 } } });
    const owing = anAccount({ balance: dollars(-5) });
    expect(found({ account: owing }, rules).stop).toBe(1_500_000_000);
  });
});
