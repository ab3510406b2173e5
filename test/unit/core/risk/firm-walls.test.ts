import { describe, expect, it } from "vitest";
import type { Account } from "../../../../src/core/model/account.ts";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import { DEFAULT_RULES } from "../../../../src/core/model/defaults.ts";
import type { FirmPlan } from "../../../../src/core/model/firm-plan.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, millis, money } from "../../../../src/core/model/units.ts";
import { beginningOf, cashOf, equityOf } from "../../../../src/core/risk/firm-books.ts";
import { capFirm, firmBudgets, readPlan, refuseFirm } from "../../../../src/core/risk/firm-gate.ts";
import { firmTimesOn, keepsFirmHours } from "../../../../src/core/risk/firm-hours.ts";
import { anAccount, anOpenTrade, aPlan, aQuote, es, NOW, TODAY } from "../../../kit/builders.ts";
import { FIRM_PLAN, SIZE } from "../../../kit/firm-plans.ts";

const MES = instrumentOf("MES");
const { hours } = DEFAULT_RULES;

const following = (plan: FirmPlan = FIRM_PLAN): Account =>
  anAccount({
    firm: beginningOf(
      plan,
      { plan: plan.id, buffer: dollars(100) },
      { balance: dollars(50_000), shift: money(0), date: TODAY },
    ),
  });

const readingOf = (plan: FirmPlan = FIRM_PLAN, at = NOW) =>
  readPlan(plan, { instrument: MES, at, date: TODAY, calendar: CME_CALENDAR, news: [] });

describe("the gate of a firm", () => {
  const strict = { ...FIRM_PLAN, size: { ...SIZE, mixing: "forbidden" } } as const;
  const mini = anOpenTrade(aPlan({ instrument: "ES", contract: "ESZ26" }));

  it("keeps a micro from beside a mini, where the firm forbids it", () => {
    const view = { account: following(strict), openTrades: [mini], reading: readingOf(strict) };
    expect(refuseFirm(MES, view, hours, NOW)).toEqual({
      ...{ kind: "firm-mixing", plan: FIRM_PLAN.id, instrument: "MES", held: "ES" },
    });
    const alike = { ...view, openTrades: [anOpenTrade()] };
    expect(refuseFirm(MES, alike, hours, NOW)).toBeNull();
  });

  it("asks nothing of an account without a firm", () => {
    const view = { account: anAccount(), openTrades: [] };
    expect(refuseFirm(MES, view, hours, NOW)).toBeNull();
    expect(capFirm(MES, 100, view, undefined)).toEqual({ ok: true, value: null });
    expect(firmBudgets(view.account, null, { open: money(0), risk: 1 })).toEqual([]);
  });

  it("asks nothing of one whose settings name no plan any more, unless it is lost", () => {
    const account = following();
    const view = { account, openTrades: [], reading: null };
    expect(refuseFirm(MES, view, hours, NOW)).toBeNull();
    expect(capFirm(MES, 100, view, undefined)).toEqual({ ok: true, value: null });
    expect(firmBudgets(account, null, { open: money(0), risk: 1 })).toEqual([]);
    const of = "floor" as const;
    const breach = { at: NOW, of, equity: dollars(47_000), level: dollars(48_000) };
    const { firm } = account;
    if (firm === undefined) throw new Error("it has a firm");
    const lost = { ...account, firm: { ...firm, breach } };
    expect(refuseFirm(MES, { ...view, account: lost }, hours, NOW)?.kind).toBe("firm-lost");
  });

  it("counts what is on, and says what bounds it", () => {
    const view = { account: following(), openTrades: [mini], reading: readingOf() };
    expect(capFirm(MES, 21, view, undefined)).toMatchObject({
      value: { why: "firm-cap", from: 21, to: 20, most: 5_000, held: 3_000, one: 100, roots: [] },
    });
  });

  it("takes no entry late in its day, but where the account keeps no hours", () => {
    const late = millis(Date.parse("2026-11-19T21:00:00Z"));
    const reading = readingOf(FIRM_PLAN, late);
    const view = { account: following(), openTrades: [], reading };
    expect(refuseFirm(MES, view, hours, late)?.kind).toBe("firm-hours");
    const open: Account = { ...view.account, sessions: "always-open" };
    expect(refuseFirm(MES, { ...view, account: open }, hours, late)).toBeNull();
    expect(keepsFirmHours(open, undefined)).toBe(false);
    expect(hours && keepsFirmHours(open, { ...hours, alwaysOpen: "kept" })).toBe(true);
  });
});

describe("the hours of a firm", () => {
  const at = (date: string) =>
    firmTimesOn(FIRM_PLAN.hours, { group: "equity", calendar: CME_CALENDAR }, tradeDate(date));
  const iso = (when: number): string => new Date(when).toISOString();

  it("leave time before it wants the account flat", () => {
    expect(iso(at("2026-11-19").entriesEnd)).toBe("2026-11-19T21:00:00.000Z");
    expect(iso(at("2026-11-19").leaveAt)).toBe("2026-11-19T21:05:00.000Z");
    expect(iso(at("2026-11-26").flatBy)).toBe("2026-11-26T17:45:00.000Z");
    expect(at("2026-11-26")).toBe(at("2026-11-26"));
  });

  it("are the usual ones where the exchange is closed", () => {
    expect(iso(at("2026-12-25").flatBy)).toBe("2026-12-25T21:10:00.000Z");
  });

  it("are forgotten after a hundred days, and worked out again", () => {
    const first = at("2026-01-05");
    for (let day = 0; day < 150; day++)
      at(new Date(Date.UTC(2026, 1, 1 + day)).toISOString().slice(0, 10));
    expect(at("2026-01-05")).not.toBe(first);
    expect(at("2026-01-05")).toEqual(first);
  });
});

describe("what an account has in its firm's books", () => {
  it("is what is booked, and with open trades what they would bring", () => {
    const books = { balance: dollars(50_000), firm: { shift: dollars(500) } };
    const trade = anOpenTrade();
    expect(cashOf(books, [trade])).toBe(dollars(50_500) - trade.fees);
    const quoteOf = () => aQuote(es(6330));
    expect(equityOf(books, [trade], { quoteOf })).toBeGreaterThan(cashOf(books, [trade]));
    expect(equityOf(books, [trade], { quoteOf: () => null })).toBe(cashOf(books, [trade]));
  });
});
