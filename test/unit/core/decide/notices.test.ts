import { describe, expect, it } from "vitest";
import { daysLeft, noticesOn, rollNotices } from "../../../../src/core/decide/notices.ts";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import type { FirmPlan } from "../../../../src/core/model/firm-plan.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { US_NEWS } from "../../../../src/core/model/us-news.ts";
import { initialState, type State, withAccount, withTrade } from "../../../../src/core/state.ts";
import {
  ACCOUNT,
  anAccount,
  anOpenTrade,
  aPlan,
  aQuote,
  someRules,
  TRADE,
} from "../../../kit/builders.ts";
import { FIRM_PLAN } from "../../../kit/firm-plans.ts";

const { hours: _, ...unhurried } = someRules();

const house = (rules = someRules(), dates: Partial<State["settings"]> = {}): State => ({
  ...withAccount(initialState, anAccount()),
  settings: {
    ruleSets: { default: rules },
    accounts: [{ id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" }],
    ...dates,
  },
});

const on = (date: string, state = house()) => noticesOn(state, tradeDate(date), []);

describe("the calendar", () => {
  it("is told of from 30 days before its end, and for ever after it", () => {
    expect(daysLeft(CME_CALENDAR, tradeDate("2027-12-01"))).toBe(30);
    expect(on("2026-11-19")).toEqual([]);
    expect(on("2027-11-30").map(({ kind }) => kind)).not.toContain("calendar");
    expect(on("2027-12-01")[0]).toEqual({ kind: "calendar", validUntil: "2027-12-31", days: 30 });
    expect(on("2028-01-03")[0]).toEqual({ kind: "calendar", validUntil: "2027-12-31", days: -3 });
  });

  it("is the one of the settings", () => {
    const calendar = { ...CME_CALENDAR, validUntil: tradeDate("2026-11-19") };
    expect(on("2026-11-19", house(someRules(), { calendar }))[0]).toMatchObject({ days: 0 });
  });
});

describe("the reports", () => {
  it("are told of once their dates have run out, series by series", () => {
    expect(on("2026-12-31")).toEqual([]);
    expect(on("2027-01-04").map((one) => "series" in one && one.series)).toEqual([
      "payrolls",
      "CPI",
    ]);
  });

  it("are nothing to one who keeps no hours, or ignores what is published", () => {
    expect(on("2027-01-04", house(unhurried))).toEqual([]);
    const { hours } = someRules();
    if (hours === undefined) throw new Error("the default rules keep hours");
    expect(on("2027-01-04", house({ ...someRules(), hours: { ...hours, news: null } }))).toEqual(
      [],
    );
    expect(on("2027-01-04", house(someRules(), { news: [] }))).toEqual([]);
    expect(US_NEWS.length).toBeGreaterThan(0);
  });

  it("are something to one whose firm asks for them", () => {
    const rule = {
      before: millis(60_000),
      after: millis(60_000),
      action: { kind: "flat" },
    } as const;
    const withPlan = (news: FirmPlan["news"]) =>
      on("2027-01-04", house(unhurried, { plans: { plan: { ...FIRM_PLAN, news } } }));
    expect(withPlan([{ events: ["cpi"], ...rule }])).toHaveLength(2);
    expect(withPlan([])).toEqual([]);
    expect(withPlan(null)).toEqual([]);
  });
});

describe("a roll", () => {
  const told = (date: string, ...roots: readonly ("MES" | "MNQ" | "MCL")[]) =>
    rollNotices(CME_CALENDAR, tradeDate(date), roots);

  it("is told a week before, the day before, and on the day", () => {
    const days = ["04", "07", "08", "09", "10", "11", "14", "15"].map(
      (day) => [day, told(`2026-12-${day}`, "MES").length] as const,
    );
    expect(days.filter(([, count]) => count > 0).map(([day]) => day)).toEqual(["07", "11", "14"]);
    expect(told("2026-12-11", "MES")).toEqual([
      {
        kind: "roll",
        roots: ["MES"],
        from: ["MESZ26"],
        to: ["MESH27"],
        date: "2026-12-14",
        days: 3,
      },
    ]);
    expect(told("2026-12-14", "MES")).toMatchObject([{ days: 0, from: ["MESZ26"] }]);
  });

  it("of several products on one day is one notice, of several days one each in order", () => {
    expect(told("2026-12-14", "MES", "MNQ")).toMatchObject([
      { roots: ["MES", "MNQ"], from: ["MESZ26", "MNQZ26"], to: ["MESH27", "MNQH27"] },
    ]);
    // Crude rolls on Wednesday 16 December, and both are told of a week before theirs.
    const week = [...told("2026-12-07", "MES", "MCL"), ...told("2026-12-09", "MES", "MCL")];
    expect(week).toMatchObject([{ roots: ["MES"] }, { roots: ["MCL"], date: "2026-12-16" }]);
    const quarter = rollNotices(CME_CALENDAR, tradeDate("2027-03-12"), ["MCL", "MES"]);
    expect(quarter).toMatchObject([{ roots: ["MES"], date: "2027-03-15" }]);
  });

  it("concerns what is quoted and what is held", () => {
    const quoted = noticesOn(house(), tradeDate("2026-12-11"), [aQuote()]);
    expect(quoted).toMatchObject([{ kind: "roll", roots: ["MES"] }]);
    const state = house();
    const held = withTrade(withAccount(state, anAccount({ open: [TRADE] })), anOpenTrade());
    expect(noticesOn(held, tradeDate("2026-12-11"), [])).toMatchObject([{ roots: ["MES"] }]);
  });
});

describe("a trade in an old contract", () => {
  const holding = (contract: string): State => {
    const trade = anOpenTrade(aPlan({ contract }));
    return withTrade(withAccount(house(), anAccount({ open: [TRADE] })), trade);
  };
  const old = (date: string, contract = "MESZ26") =>
    on(date, holding(contract)).filter(({ kind }) => kind === "old-contract");

  it("is told of on every trade date from the roll on", () => {
    expect(old("2026-12-11")).toEqual([]);
    for (const date of ["2026-12-14", "2026-12-15", "2026-12-17"]) {
      expect(old(date)).toEqual([
        {
          kind: "old-contract",
          trade: 1,
          contract: "MESZ26",
          front: "MESH27",
          lastHeld: "2026-12-17",
        },
      ]);
    }
    expect(instrumentOf("MES").group).toBe("equity");
  });

  it("is none where its code says nothing", () => {
    expect(old("2026-12-15", "MES")).toEqual([]);
  });
});
