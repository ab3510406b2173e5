import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { minuteOf, sessionAt } from "../../../../src/core/model/calendar.ts";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import { DEFAULT_RULES } from "../../../../src/core/model/defaults.ts";
import { frontContract } from "../../../../src/core/model/expiry.ts";
import { sessionEndOf } from "../../../../src/core/model/holidays.ts";
import type { HoursRules } from "../../../../src/core/model/hours.ts";
import type { Group, Root } from "../../../../src/core/model/instrument.ts";
import { INSTRUMENTS } from "../../../../src/core/model/instruments.ts";
import type { News } from "../../../../src/core/model/news.ts";
import type { Refusal } from "../../../../src/core/model/refusal.ts";
import {
  nextTradeDate,
  type TradeDate,
  tradeDate,
  tradeDateOf,
} from "../../../../src/core/model/trade-date.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { US_NEWS } from "../../../../src/core/model/us-news.ts";
import {
  calendarOf,
  cutOffsOn,
  type Day,
  dayOf,
  judgeHours,
  keepsHours,
  newsOf,
  nextSessionAt,
  refusalFor,
  timesOf,
} from "../../../../src/core/risk/hours.ts";
import { anAccount, aPlan } from "../../../kit/builders.ts";

const HOURS = DEFAULT_RULES.hours as HoursRules;
const MINUTE = 60_000;
const GROUPS: readonly Group[] = ["equity", "rates", "energy", "metals", "fx"];

const at = (text: string): Millis =>
  millis(
    Temporal.PlainDateTime.from(text.replace(" ", "T")).toZonedDateTime("America/Chicago")
      .epochMilliseconds,
  );

const shown = (instant: Millis): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO("America/Chicago")
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" })
    .replace("T", " ");

const aDay = (group: Group = "equity", hours: Partial<HoursRules> = {}): Day => ({
  hours: { ...HOURS, ...hours },
  calendar: CME_CALENDAR,
  group,
});

const paperAt = (text: string, day: Day = aDay()): Refusal | null =>
  judgeHours(day, US_NEWS, at(text)).paper;
const liveAt = (text: string, day: Day = aDay()): Refusal | null =>
  judgeHours(day, US_NEWS, at(text)).live;

describe("the cut-offs of a trade date", () => {
  const lines = (date: string, day: Day = aDay()): readonly string[] => {
    const { from, liveFrom, until, flat } = cutOffsOn(day, tradeDate(date));
    return [from, liveFrom, until, ...(flat === null ? [] : [flat])].map(shown);
  };

  it("are 17:00 the evening before, 08:30, 15:00 and 15:05 on a usual one", () => {
    expect(lines("2026-11-19")).toEqual([
      "2026-11-18 17:00",
      "2026-11-19 08:30",
      "2026-11-19 15:00",
      "2026-11-19 15:05",
    ]);
    expect(lines("2026-11-23")[0]).toBe("2026-11-22 17:00"); // Monday begins on Sunday
  });

  it("come 25 and 20 minutes before an early end, by the group's own", () => {
    expect(lines("2026-11-27").slice(2)).toEqual(["2026-11-27 11:50", "2026-11-27 11:55"]);
    expect(lines("2026-11-27", aDay("metals")).slice(2)).toEqual([
      "2026-11-27 12:20",
      "2026-11-27 12:25",
    ]);
    expect(lines("2026-11-26", aDay("fx")).slice(2)).toEqual([
      "2026-11-26 15:00",
      "2026-11-26 15:05",
    ]);
  });

  it("may be the close itself: the margins are those of days that end early", () => {
    const late = aDay("equity", { entriesUntil: 16 * 60, flatFrom: 16 * 60 });
    expect(lines("2026-11-19", late).slice(2)).toEqual(["2026-11-19 16:00", "2026-11-19 16:00"]);
    expect(lines("2026-11-27", late).slice(2)).toEqual(["2026-11-27 11:50", "2026-11-27 11:55"]);
  });

  it("know no time to be flat by where positions are kept", () => {
    expect(lines("2026-11-27", aDay("equity", { flatFrom: null }))).toHaveLength(3);
  });

  it("are the usual ones on a day without a session: only a venue that never closes asks", () => {
    expect(lines("2026-12-25").slice(2)).toEqual(["2026-12-25 15:00", "2026-12-25 15:05"]);
  });
});

describe("an entry", () => {
  it("is taken at any hour of the session on paper, from 08:30 on live", () => {
    expect(paperAt("2026-11-19 03:00")).toBeNull();
    expect(liveAt("2026-11-19 08:29:59")).toEqual({
      kind: "outside-hours",
      opensAt: at("2026-11-19 08:30"),
      until: at("2026-11-19 15:00"),
    });
    expect(liveAt("2026-11-19 08:30")).toBeNull();
    expect(liveAt("2026-11-19 14:59:59.999")).toBeNull();
  });

  it("is refused from the cut-off on, with the next time it is taken", () => {
    const cutOff = at("2026-11-19 15:00");
    expect(paperAt("2026-11-19 15:00")).toEqual({
      kind: "cut-off",
      cutOff,
      opensAt: at("2026-11-19 17:00"),
    });
    expect(liveAt("2026-11-19 15:00")).toMatchObject({ opensAt: at("2026-11-20 08:30") });
    expect(paperAt("2026-11-19 17:00")).toBeNull();
  });

  it("waits over a weekend, and over a holiday that follows", () => {
    expect(paperAt("2026-11-20 15:30")).toMatchObject({ opensAt: at("2026-11-22 17:00") });
    // Christmas 2026 is a Friday: from the eve's cut-off until Sunday evening.
    expect(paperAt("2026-12-24 11:50")).toMatchObject({
      cutOff: at("2026-12-24 11:50"),
      opensAt: at("2026-12-27 17:00"),
    });
  });

  it("finds no live hours on a day that ends before they begin", () => {
    // Good Friday 2026: equities stop at 08:15.
    expect(liveAt("2026-04-03 07:00")).toEqual({
      kind: "outside-hours",
      opensAt: at("2026-04-06 08:30"),
      until: at("2026-04-06 15:00"),
    });
    expect(liveAt("2026-04-03 08:00")).toMatchObject({
      kind: "cut-off",
      opensAt: at("2026-04-06 08:30"),
    });
  });

  it("is told the next opening where a calendar knows no session for weeks", () => {
    const closed = "closed" as const;
    const ends = { equity: closed, rates: closed, energy: closed, metals: closed, fx: closed };
    const days = [];
    for (let date = tradeDate("2026-11-19"), n = 0; n < 20; n++, date = nextTradeDate(date))
      days.push({ date, name: "shut", businessDay: false, ends });
    const day = { ...aDay(), calendar: { ...CME_CALENDAR, days } };
    expect(paperAt("2026-11-18 15:00", day)).toMatchObject({ opensAt: at("2026-12-16 17:00") });
  });

  it("is told an opening three weeks on where the hours it waits for end as they begin", () => {
    const never = aDay("equity", { liveEntriesFrom: 15 * 60 });
    expect(liveAt("2026-11-19 15:00", never)).toEqual({
      kind: "cut-off",
      cutOff: at("2026-11-19 15:00"),
      opensAt: at("2026-12-09 17:00"),
    });
  });

  it("is not taken around a report; the hour counts first", () => {
    expect(paperAt("2026-12-10 07:24:59")).toBeNull();
    expect(paperAt("2026-12-10 07:25")).toEqual({
      kind: "news",
      name: "CPI",
      until: at("2026-12-10 07:35"),
    });
    expect(liveAt("2026-12-10 07:30")).toMatchObject({ kind: "outside-hours" });
    expect(paperAt("2026-12-10 07:35")).toBeNull();
    expect(liveAt("2026-12-09 13:25")).toMatchObject({
      kind: "news",
      name: "FOMC news conference",
    });
    expect(paperAt("2026-12-10 07:30", aDay("equity", { news: null }))).toBeNull();
  });
});

describe("who keeps hours", () => {
  const paper = anAccount();
  const live = anAccount({ probation: 0 });
  const open = anAccount({ sessions: "always-open" });

  it("is everybody, but a venue that never closes only if asked to", () => {
    expect(keepsHours(paper, HOURS)).toBe(true);
    expect(keepsHours(open, HOURS)).toBe(false);
    expect(keepsHours(open, { ...HOURS, alwaysOpen: "kept" })).toBe(true);
  });

  it("keeps the hours of its kind", () => {
    const early = judgeHours(aDay(), US_NEWS, at("2026-11-19 07:00"));
    expect(refusalFor(early, paper, HOURS)).toBeNull();
    expect(refusalFor(early, live, HOURS)).toMatchObject({ kind: "outside-hours" });
    const late = judgeHours(aDay(), US_NEWS, at("2026-11-19 15:00"));
    expect(refusalFor(late, open, HOURS)).toBeNull();
  });
});

describe("the times of a trade", () => {
  const account = anAccount();
  const plan = aPlan();
  const plannedAt = at("2026-11-19 10:00");
  const held = { account, plan, plannedAt };

  it("are the cut-offs of the trade date it was planned on, whenever it is asked", () => {
    const wanted = {
      entriesEnd: at("2026-11-19 15:00"),
      leaveBy: { at: at("2026-11-19 15:05"), reason: "cut-off" },
    };
    expect(timesOf(aDay(), [], held, plannedAt)).toEqual(wanted);
    expect(timesOf(aDay(), [], held, at("2026-11-19 15:20"))).toEqual(wanted);
    expect(timesOf(aDay(), [], held, at("2026-11-20 10:00"))).toEqual(wanted);
  });

  it("wait for the opening while nothing trades, unless the venue never closes", () => {
    const { leaveBy } = timesOf(aDay(), [], held, at("2026-11-19 16:30"));
    expect(leaveBy?.at).toBe(at("2026-11-19 17:00"));
    const open = { ...held, account: anAccount({ sessions: "always-open" }) };
    const kept = timesOf(aDay("equity", { alwaysOpen: "kept" }), [], open, at("2026-11-19 16:30"));
    expect(kept.leaveBy?.at).toBe(at("2026-11-19 15:05"));
    expect(timesOf(aDay(), [], open, plannedAt)).toEqual({ entriesEnd: null, leaveBy: null });
  });

  it("wait for the opening from the close on, and while they are to come for nothing", () => {
    const atClose = aDay("equity", { flatFrom: 16 * 60 });
    const leaveAt = (day: Day, now: string) => timesOf(day, [], held, at(now)).leaveBy?.at;
    expect(leaveAt(atClose, "2026-11-19 15:59")).toBe(at("2026-11-19 16:00"));
    expect(leaveAt(atClose, "2026-11-19 16:00")).toBe(at("2026-11-19 17:00"));
    const kept = aDay("equity", { flatFrom: null });
    expect(leaveAt(kept, "2026-11-19 16:30")).toBe(at("2026-12-17 15:05"));
  });

  it("end entries where the next report's window begins, if that comes first", () => {
    const report = { ...US_NEWS[0], times: [at("2026-11-19 12:00")] } as News[number];
    expect(timesOf(aDay(), [report], held, plannedAt).entriesEnd).toBe(at("2026-11-19 11:55"));
    const late = { ...report, times: [at("2026-11-19 15:30")] };
    expect(timesOf(aDay(), [late], held, plannedAt).entriesEnd).toBe(at("2026-11-19 15:00"));
    const ignored = aDay("equity", { news: null });
    expect(timesOf(ignored, [report], held, plannedAt).entriesEnd).toBe(at("2026-11-19 15:00"));
  });

  it("end with the contract where positions are kept", () => {
    const day = aDay("equity", { flatFrom: null });
    const kept = (code: string, instrument: Root = "MES") =>
      timesOf(day, [], { ...held, plan: { instrument, contract: code } }, plannedAt).leaveBy;
    expect(kept("MESZ26")).toEqual({ at: at("2026-12-17 15:05"), reason: "contract-ends" });
    expect(kept("MESZ26")).toEqual({ at: at("2026-12-17 15:05"), reason: "contract-ends" });
    expect(kept("no code")).toBeNull();
  });

  it("end with the contract before a holiday on the last day that is held", () => {
    const day = aDay("energy", { flatFrom: null });
    // Natural gas of January 2026 ends on Monday 29 December; of a day before Christmas ...
    const gas = { ...held, plan: { instrument: "NG" as Root, contract: "NGF26" } };
    expect(shown(timesOf(day, [], gas, plannedAt).leaveBy?.at as Millis)).toBe("2025-12-26 15:05");
    const closed = "closed" as const;
    const ends = { equity: closed, rates: closed, energy: closed, metals: closed, fx: closed };
    const friday = { date: tradeDate("2025-12-26"), name: "shut", businessDay: true, ends };
    const calendar = { ...CME_CALENDAR, days: [...CME_CALENDAR.days, friday] };
    expect(shown(timesOf({ ...day, calendar }, [], gas, plannedAt).leaveBy?.at as Millis)).toBe(
      "2025-12-24 12:25", // Christmas is shut as well, and its eve ends early
    );
  });

  it("are the cut-off's where that comes before the contract's", () => {
    const oil = { ...held, plan: { instrument: "MCL" as Root, contract: "MCLF27" } };
    expect(timesOf(aDay("energy"), [], oil, plannedAt).leaveBy?.reason).toBe("cut-off");
    const unnamed = { ...held, plan: { instrument: "MES" as Root, contract: "no code" } };
    expect(timesOf(aDay(), [], unnamed, plannedAt).leaveBy?.reason).toBe("cut-off");
    const lastDay = { ...held, plannedAt: at("2026-12-17 10:00") };
    expect(timesOf(aDay(), [], lastDay, lastDay.plannedAt).leaveBy).toEqual({
      at: at("2026-12-17 15:05"),
      reason: "cut-off",
    });
    const late = { ...oil, plannedAt: at("2026-12-18 10:00") };
    expect(timesOf(aDay("energy"), [], late, plannedAt).leaveBy).toEqual({
      at: at("2026-12-17 15:05"),
      reason: "contract-ends",
    });
  });

  it("remember so many contracts and no more", () => {
    const day = aDay("equity", { flatFrom: null });
    const end = (code: string) =>
      timesOf(day, [], { ...held, plan: { instrument: "MES", contract: code } }, plannedAt).leaveBy;
    for (let year = 0; year < 100; year++)
      for (const letter of "HMUZ") end(`MES${letter}${String(year).padStart(2, "0")}`);
    for (let year = 0; year < 100; year++) {
      const contract = `MNQH${String(year).padStart(2, "0")}`;
      timesOf(day, [], { ...held, plan: { instrument: "MNQ", contract } }, plannedAt);
    }
    expect(end("MESZ26")?.at).toBe(at("2026-12-17 15:05"));
  });
});

describe("the next session", () => {
  it.each([
    ["2026-11-19 10:00", "2026-11-19 17:00"],
    ["2026-11-19 16:30", "2026-11-19 17:00"],
    ["2026-11-19 18:00", "2026-11-22 17:00"], // the Friday session is on
    ["2026-11-20 10:00", "2026-11-22 17:00"],
    ["2026-11-21 10:00", "2026-11-22 17:00"],
    ["2026-12-24 10:00", "2026-12-27 17:00"],
  ])("after %s opens %s", (now, opens) => {
    const next = nextSessionAt(CME_CALENDAR, at(now));
    expect(shown(next)).toBe(opens);
  });
});

describe("the dates in force", () => {
  it("are those of the settings, else the program's own", () => {
    expect(calendarOf({})).toBe(CME_CALENDAR);
    expect(newsOf({})).toBe(US_NEWS);
    const calendar = { ...CME_CALENDAR };
    const news: News = [];
    expect(calendarOf({ calendar })).toBe(calendar);
    expect(newsOf({ news })).toBe(news);
    expect(dayOf({ calendar }, HOURS, INSTRUMENTS.MES)).toEqual({
      hours: HOURS,
      calendar,
      group: "equity",
    });
  });
});

/** Every weekday from the first of 2025 to the last of 2027. */
function* dates(): Generator<TradeDate> {
  for (let date = tradeDate("2025-01-01"); date <= "2027-12-31"; date = nextTradeDate(date))
    yield date;
}

describe("over the years of the table", () => {
  it.each(GROUPS)(
    "every cut-off of %s leaves time before the end, and before a firm's own",
    (group) => {
      for (const date of dates()) {
        const end = sessionEndOf(group, date);
        if (end === "closed") continue;
        const { until, flat } = cutOffsOn(aDay(group), date);
        const firm = end < CME_CALENDAR.ends ? end - 15 : 15 * 60 + 10;
        expect(flat).toBeLessThanOrEqual(minuteOf(date, firm) - 5 * MINUTE);
        expect(until).toBeLessThan(flat as Millis);
        expect(sessionAt(group, flat as Millis).open).toBe(true);
      }
    },
  );

  it("every trade that may be entered is left in its own session, in every product", () => {
    const roots = Object.keys(INSTRUMENTS) as Root[];
    fc.assert(
      fc.property(
        fc.constantFrom(...roots),
        fc.integer({ min: at("2025-01-01 18:00"), max: at("2027-12-30 16:00") }),
        (root, instant) => {
          const { group } = INSTRUMENTS[root];
          const now = millis(instant);
          const session = sessionAt(group, now);
          fc.pre(session.open && judgeHours(aDay(group), US_NEWS, now).paper === null);
          if (!session.open) return;
          const contract = frontContract(root, tradeDateOf(now)).code;
          const plan = { instrument: root, contract };
          const held = { account: anAccount(), plan, plannedAt: now };
          const { leaveBy, entriesEnd } = timesOf(aDay(group), US_NEWS, held, now);
          expect(leaveBy?.at).toBeGreaterThan(now);
          expect(leaveBy?.at).toBeLessThanOrEqual(session.closesAt - 20 * MINUTE);
          expect(entriesEnd).toBeGreaterThan(now);
          expect(entriesEnd).toBeLessThan(leaveBy?.at as Millis);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("no entry is ever taken in a window, nor refused outside of one, around a change of clocks too", () => {
    const margin = fc.integer({ min: 0, max: 60 });
    const change = fc.constantFrom("2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07");
    fc.assert(
      fc.property(
        change,
        fc.integer({ min: -3 * 1440, max: 3 * 1440 }),
        fc.integer({ min: -90, max: 90 }),
        margin,
        margin,
        (date, from, offset, before, after) => {
          const time = millis(at(`${date} 02:30`) + from * MINUTE);
          const now = millis(time + offset * MINUTE);
          const news = [{ ...US_NEWS[0], name: "it", times: [time] }] as News;
          const margins = { before: millis(before * MINUTE), after: millis(after * MINUTE) };
          const day = aDay("equity", { news: margins, entriesFrom: 17 * 60 });
          const refusal = judgeHours(day, news, now).paper;
          const isInside = offset >= -before && offset < after;
          const byHour = judgeHours(aDay("equity", { news: null }), [], now).paper;
          if (byHour !== null) expect(refusal).toEqual(byHour);
          else expect(refusal?.kind ?? null).toBe(isInside ? "news" : null);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("the hours follow the clock of Chicago through its changes", () => {
    for (const date of ["2026-03-06", "2026-03-09", "2026-10-30", "2026-11-02"]) {
      const day = tradeDate(date);
      const { liveFrom, until, flat } = cutOffsOn(aDay(), day);
      expect([liveFrom, until, flat as Millis].map(shown)).toEqual([
        `${date} 08:30`,
        `${date} 15:00`,
        `${date} 15:05`,
      ]);
      expect(tradeDateOf(liveFrom)).toBe(day);
    }
  });
});
