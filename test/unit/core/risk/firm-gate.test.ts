import { describe, expect, it } from "vitest";
import type { Account } from "../../../../src/core/model/account.ts";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import type { FirmPlan, NewsAction, ProductCap } from "../../../../src/core/model/firm-plan.ts";
import type { FirmState } from "../../../../src/core/model/firm-state.ts";
import type { Root } from "../../../../src/core/model/instrument.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import { parseIso } from "../../../../src/core/model/iso-time.ts";
import type { News } from "../../../../src/core/model/news.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import {
  contracts,
  dollars,
  type Millis,
  millis,
  money,
} from "../../../../src/core/model/units.ts";
import { beginningOf } from "../../../../src/core/risk/firm-books.ts";
import {
  capFirm,
  firmBudgets,
  type PlanReading,
  readPlan,
  refuseFirm,
} from "../../../../src/core/risk/firm-gate.ts";
import { NO_NEWS } from "../../../../src/core/risk/firm-news.ts";
import {
  anAccount,
  anOpenTrade,
  aPlan,
  later,
  NOW,
  someRules,
  TODAY,
} from "../../../kit/builders.ts";
import { DAILY_LIMIT, FIRM_PLAN, HOURS, minis, SIZE } from "../../../kit/firm-plans.ts";

const MES = instrumentOf("MES");

const at = (time: string): Millis => parseIso(`2026-11-19T${time}-06:00`) ?? millis(0);

const firmOf = (change: Partial<FirmState> = {}): FirmState => ({
  ...beginningOf(
    FIRM_PLAN,
    { plan: FIRM_PLAN.id, buffer: dollars(100) },
    { balance: dollars(50_000), shift: money(0), date: TODAY },
  ),
  ...change,
});

const accountOf = (firm: Partial<FirmState> = {}, change: Partial<Account> = {}): Account =>
  anAccount({ ...change, firm: firmOf(firm) });

const readingAt = (when: Millis, root: Root = "MES", plan: FirmPlan = FIRM_PLAN): PlanReading =>
  readPlan(plan, {
    instrument: instrumentOf(root),
    at: when,
    date: TODAY,
    calendar: CME_CALENDAR,
    news: [],
  });

const withSize = (size: Partial<FirmPlan["size"]>): FirmPlan => ({
  ...FIRM_PLAN,
  size: { ...SIZE, ...size },
});

const held = (root: Root, number = 4): Trade => anOpenTrade(aPlan({ instrument: root }), number);

describe("a plan and an alert", () => {
  const product = { kind: "firm-product", plan: FIRM_PLAN.id, instrument: "MNQ" };

  it("go together in its products, until ten minutes before it wants the account flat", () => {
    expect(readingAt(at("14:59:59.999"))).toEqual({
      ...{ plan: FIRM_PLAN, product: null, late: null, news: NO_NEWS },
      ...{ one: minis(0.1), isCapped: false },
    });
    expect(readingAt(at("15:00:00")).late).toEqual({
      kind: "firm-hours",
      plan: FIRM_PLAN.id,
      until: at("15:00:00"),
      flatBy: at("15:10:00"),
    });
    expect(readingAt(NOW, "MNQ")).toMatchObject({ product, late: null });
  });
});

describe("a firm", () => {
  const { hours } = someRules();
  const breach = {
    at: NOW,
    of: "floor",
    equity: dollars(47_990),
    level: dollars(48_000),
  } as const;
  const lock = { until: later(60_000), limit: dollars(1_000) };
  const late = readingAt(at("15:00:00"));
  const refusal = (
    account: Account,
    reading: PlanReading | null = readingAt(NOW),
    openTrades: readonly Trade[] = [],
    when = NOW,
  ) => refuseFirm(MES, { account, openTrades, reading }, hours, when);

  it("has nothing against what its plan allows, nor against an account that follows none", () => {
    expect(refusal(accountOf())).toBeNull();
    expect(refusal(accountOf(), readingAt(NOW), [held("ES")])).toBeNull();
    expect(refusal(anAccount(), readingAt(at("15:00:00"), "MNQ"))).toBeNull();
    expect(refusal(accountOf(), null, [held("ES")])).toBeNull();
  });

  it("takes nothing from an account that is lost, whatever else there is", () => {
    const lost = {
      kind: "firm-lost",
      of: "floor",
      equity: dollars(47_990),
      level: dollars(48_000),
    };
    expect(refusal(accountOf({ breach, lock }), late)).toEqual({ ...lost, since: NOW });
    expect(refusal(accountOf({ breach }), null)).toMatchObject({ kind: "firm-lost" });
  });

  it("takes nothing after the daily limit until its lock ends, and not at its end", () => {
    const locked = accountOf({ lock });
    const shut = { kind: "firm-locked", limit: dollars(1_000), until: later(60_000) };
    expect(refusal(locked, null, [], later(59_999))).toEqual(shut);
    expect(refusal(locked, late, [], later(59_999))).toEqual(shut);
    expect(refusal(locked, null, [], later(60_000))).toBeNull();
  });

  it("takes none but its products, and nothing late where the hours are kept", () => {
    const both = readingAt(at("15:00:00"), "MNQ");
    expect(refusal(accountOf(), both)).toBe(both.product);
    expect(refusal(accountOf(), late)).toBe(late.late);
    expect(refusal(accountOf({}, { sessions: "always-open" }), late)).toBeNull();
  });

  it("takes no micro beside a mini of the same product where it forbids that", () => {
    const apart = readingAt(NOW, "MES", withSize({ mixing: "forbidden" }));
    expect(refusal(accountOf(), apart)).toBeNull();
    expect(refusal(accountOf(), apart, [held("MES")])).toBeNull();
    expect(refusal(accountOf(), apart, [held("MES"), held("ES", 5)])).toEqual({
      kind: "firm-mixing",
      plan: FIRM_PLAN.id,
      instrument: "MES",
      held: "ES",
    });
  });
});

describe("a firm around reports", () => {
  const news: News = [
    {
      ...{ name: "CPI", event: "cpi", source: "a test", verified: TODAY, validUntil: TODAY },
      times: [NOW],
    },
  ];
  const { hours } = someRules();
  const five = { events: ["cpi"], before: millis(300_000), after: millis(300_000) } as const;
  const withRule = (action: NewsAction, change: Partial<FirmPlan> = {}): FirmPlan => ({
    ...FIRM_PLAN,
    ...change,
    news: [{ ...five, action }],
  });
  const read = (plan: FirmPlan) =>
    readPlan(plan, { instrument: MES, at: NOW, date: TODAY, calendar: CME_CALENDAR, news });
  const window = { report: "CPI", at: NOW, from: later(-300_000), until: later(300_000) };

  it("refuses with the report and its window, where hours are kept", () => {
    const reading = read(withRule({ kind: "flat" }));
    const refusal = { kind: "firm-news", plan: FIRM_PLAN.id, ...window, asks: "flat" };
    const view = { account: accountOf(), openTrades: [], reading };
    expect(refuseFirm(MES, view, hours, NOW)).toEqual(refusal);
    const always = accountOf({}, { sessions: "always-open" });
    expect(refuseFirm(MES, { ...view, account: always }, hours, NOW)).toBeNull();
    const kept = hours && { ...hours, alwaysOpen: "kept" as const };
    expect(refuseFirm(MES, { ...view, account: always }, kept, NOW)).toEqual(refusal);
  });

  it("says first that the day is over", () => {
    const flat = withRule({ kind: "flat" }, { hours: { ...HOURS, flatBy: 9 * 60 } });
    const view = { account: accountOf(), openTrades: [], reading: read(flat) };
    expect(refuseFirm(MES, view, hours, NOW)?.kind).toBe("firm-hours");
  });

  const capped = (action: NewsAction, quantity: number, open: readonly Trade[] = [], size = 5) => {
    const firm = firmOf();
    const account = anAccount({ firm: { ...firm, day: { ...firm.day, size: minis(size) } } });
    const view = { account, openTrades: open, reading: read(withRule(action)) };
    return capFirm(MES, quantity, view, hours);
  };

  it("allows less of some products, what is held included", () => {
    const most = { unit: "contracts", value: contracts(4) } as const;
    const cap = (roots: readonly [Root, ...Root[]]) =>
      ({ kind: "cap", cap: { roots, most } }) as const;
    expect(capped(cap(["MES"]), 4)).toEqual({ ok: true, value: null });
    expect(capped(cap(["MES"]), 5, [held("MES")])).toEqual({
      ok: true,
      value: {
        ...{ why: "firm-cap", from: 5, to: 1, plan: FIRM_PLAN.id, one: minis(0.1) },
        ...{
          unit: "contracts",
          most: 4,
          held: 3,
          roots: ["MES"],
          news: { ...window, below: false },
        },
      },
    });
    expect(capped(cap(["MNQ"]), 5, [held("MES")])).toEqual({ ok: true, value: null });
  });

  it("allows less than its largest size, and not that itself", () => {
    const below = { kind: "below-maximum" } as const;
    expect(capped(below, 2, [], 0.3)).toEqual({ ok: true, value: null });
    expect(capped(below, 3, [], 0.3)).toEqual({
      ok: true,
      value: {
        ...{ why: "firm-cap", from: 3, to: 2, plan: FIRM_PLAN.id, one: minis(0.1), unit: "minis" },
        ...{ most: minis(0.3), held: 0, roots: [], news: { ...window, below: true } },
      },
    });
    expect(capped(below, 1, [held("MES")], 0.4)).toMatchObject({ ok: false });
  });

  it("asks none of that where hours are not kept", () => {
    const account = accountOf({}, { sessions: "always-open" });
    const reading = read(withRule({ kind: "below-maximum" }));
    const view = { account, openTrades: [], reading };
    expect(capFirm(MES, 50, view, hours)).toEqual({ ok: true, value: null });
    expect(capFirm(MES, 50, { ...view, account: accountOf() }, hours)).toMatchObject({
      value: { to: 49 },
    });
  });
});

describe("how many contracts a firm lets be held", () => {
  const cap = (
    quantity: number,
    plan: FirmPlan,
    size = minis(5),
    openTrades: readonly Trade[] = [],
  ) => {
    const firm = firmOf();
    const account = anAccount({ firm: { ...firm, day: { ...firm.day, size } } });
    return capFirm(
      MES,
      quantity,
      { account, openTrades, reading: readingAt(NOW, "MES", plan) },
      undefined,
    );
  };
  const whole = { ok: true, value: null };
  const of = { plan: FIRM_PLAN.id, one: minis(0.1), unit: "minis", roots: [] };

  it("is the limit of the date less what is held, and the rest is cut off", () => {
    expect(cap(3, FIRM_PLAN, minis(0.3))).toEqual(whole);
    expect(cap(3, FIRM_PLAN, minis(0.2))).toEqual({
      ok: true,
      value: { why: "firm-cap", from: 3, to: 2, ...of, most: minis(0.2), held: 0 },
    });
    expect(cap(3, FIRM_PLAN, minis(0.5), [held("MES")])).toEqual({
      ok: true,
      value: { why: "firm-cap", from: 3, to: 2, ...of, most: minis(0.5), held: minis(0.3) },
    });
  });

  it("may leave no room for one", () => {
    expect(cap(1, FIRM_PLAN, minis(0.3), [held("MES")])).toEqual({
      ok: false,
      error: { kind: "firm-cap", ...of, most: minis(0.3), held: minis(0.3) },
    });
  });

  it("may be less in a product, in contracts or in minis, with what is held of those alone", () => {
    const capped = (most: ProductCap["most"]) =>
      withSize({ caps: [{ roots: ["MES", "ES"], most, until: null }] });
    const byCount = capped({ unit: "contracts", value: contracts(5) });
    expect(cap(4, byCount, minis(9), [held("MES"), held("MNQ", 5)])).toEqual({
      ok: true,
      value: {
        why: "firm-cap",
        from: 4,
        to: 2,
        plan: FIRM_PLAN.id,
        one: minis(0.1),
        unit: "contracts",
        most: 5,
        held: 3,
        roots: ["MES", "ES"],
      },
    });
    const byWeight = capped({ unit: "minis", value: minis(0.4) });
    expect(cap(4, byWeight, minis(9), [held("MES"), held("MNQ", 5)])).toMatchObject({
      value: { to: 1, unit: "minis", most: minis(0.4), held: minis(0.3) },
    });
  });

  it("is nobody's business without a firm, or where its plan is not in force", () => {
    const reading = readingAt(NOW);
    expect(capFirm(MES, 999, { account: anAccount(), openTrades: [], reading }, undefined)).toEqual(
      whole,
    );
    expect(
      capFirm(MES, 999, { account: accountOf(), openTrades: [], reading: null }, undefined),
    ).toEqual(whole);
    expect(capFirm(MES, 999, { account: accountOf(), openTrades: [] }, undefined)).toEqual(whole);
  });
});

describe("what has to remain should everything go to its stop", () => {
  const reading = readingAt(NOW);
  const open = dollars(161.16);
  /** More than fits anywhere. */
  const asked = { open, risk: dollars(1_000_000) };
  const firm = firmOf({ shift: dollars(-250) });
  const books = { balance: dollars(49_650), firm };

  it("is the floor and the buffer above it, by what is booked in the firm's eyes", () => {
    const budget = {
      scope: "firm-floor",
      limit: dollars(1_300),
      realised: 0,
      open,
      floor: { cash: dollars(49_400), at: dollars(48_000), buffer: dollars(100) },
    };
    expect(firmBudgets(books, reading, asked)).toEqual([budget]);
  });

  it("is the daily limit as well, from where the firm's day began", () => {
    const day = { ...firm.day, opening: dollars(49_900), dailyLimit: dollars(1_000) };
    const [, ofDay, ...more] = firmBudgets({ ...books, firm: { ...firm, day } }, reading, asked);
    expect(ofDay).toEqual({
      scope: "firm-day",
      limit: dollars(1_000),
      realised: dollars(-500),
      open,
    });
    expect(more).toEqual([]);
  });

  it("is the buffer above a daily limit that costs the account as well", () => {
    const hard: FirmPlan = { ...FIRM_PLAN, dailyLimit: { ...DAILY_LIMIT, effect: "hard" } };
    const day = { ...firm.day, opening: dollars(49_900), dailyLimit: dollars(1_000) };
    const account = { ...books, firm: { ...firm, day } };
    const [, ofDay] = firmBudgets(account, readingAt(NOW, "MES", hard), asked);
    expect(ofDay).toMatchObject({ limit: dollars(900), buffer: dollars(100) });
    const room = { open, risk: dollars(400 - 161.16) };
    expect(firmBudgets(account, readingAt(NOW, "MES", hard), room)).toEqual([]);
    const over = { open, risk: room.risk + 1 };
    expect(firmBudgets(account, readingAt(NOW, "MES", hard), over)).toMatchObject([
      { scope: "firm-day" },
    ]);
  });

  it("is nothing where all of it fits, to the last ten-thousandth", () => {
    const day = { ...firm.day, opening: dollars(49_900), dailyLimit: dollars(1_000) };
    const account = { ...books, firm: { ...firm, day } };
    const room = dollars(500 - 161.16);
    expect(firmBudgets(account, reading, { open, risk: room })).toEqual([]);
    expect(firmBudgets(account, reading, { open, risk: room + 1 })).toMatchObject([
      { scope: "firm-day" },
    ]);
    const free = { ...firm.day, opening: dollars(49_400) };
    const unlimited = { ...books, firm: { ...firm, day: free } };
    const toFloor = dollars(1_300 - 161.16);
    expect(firmBudgets(unlimited, reading, { open, risk: toFloor })).toEqual([]);
    expect(firmBudgets(unlimited, reading, { open, risk: toFloor + 1 })).toMatchObject([
      { scope: "firm-floor" },
    ]);
  });

  it("is nothing without a firm, or where its plan is not in force", () => {
    expect(firmBudgets({ balance: dollars(1) }, reading, asked)).toEqual([]);
    expect(firmBudgets(books, null, asked)).toEqual([]);
    expect(firmBudgets(books, undefined, asked)).toEqual([]);
  });
});
