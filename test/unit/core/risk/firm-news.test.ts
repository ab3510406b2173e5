import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NewsAction, NewsRule } from "../../../../src/core/model/firm-plan.ts";
import type { News, NewsSeries } from "../../../../src/core/model/news.ts";
import { contracts, type Millis, millis } from "../../../../src/core/model/units.ts";
import {
  type Carried,
  NO_NEWS,
  newsTimesOf,
  nextWindow,
  readNews,
} from "../../../../src/core/risk/firm-news.ts";
import { later, NOW, TODAY } from "../../../kit/builders.ts";
import { minis, SIZE } from "../../../kit/firm-plans.ts";

const MINUTE = 60_000;
const minutes = (count: number): Millis => later(count * MINUTE);

const series = (event: NewsSeries["event"], ...times: readonly Millis[]): NewsSeries => ({
  name: event ?? "unsorted",
  ...(event !== undefined && { event }),
  ...{ source: "a test", verified: TODAY, validUntil: TODAY, times },
});

const rule = (action: NewsAction, change: Partial<NewsRule> = {}): NewsRule => ({
  ...{ events: ["cpi"], before: millis(2 * MINUTE), after: millis(3 * MINUTE), action },
  ...change,
});

const FLAT: NewsAction = { kind: "flat" };
const BELOW: NewsAction = { kind: "below-maximum" };
const NO_ES: NewsAction = { kind: "no-opening", roots: ["ES", "MES"] };
const CAP: NewsAction = {
  kind: "cap",
  cap: { roots: ["MES"], most: { unit: "contracts", value: contracts(2) } },
};
const NEWS: News = [series("cpi", NOW), series("fomc", minutes(60))];

describe("the reports a rule is about", () => {
  const names = (events: NewsRule["events"], news: News) => {
    const asked = rule(FLAT, { events });
    return [NOW, minutes(30), minutes(90)].map((at) => nextWindow(asked, news, at)?.name ?? null);
  };

  it("are of the kinds it names, in the order of their windows", () => {
    expect(names(["cpi"], NEWS)).toEqual(["cpi", null, null]);
    expect(names(["fomc"], NEWS)).toEqual(["fomc", "fomc", null]);
    expect(names(["fomc", "cpi"], NEWS)).toEqual(["cpi", "fomc", null]);
    expect(names(["payrolls"], NEWS)).toEqual([null, null, null]);
  });

  it("are all of the list for a rule about major ones, and those nobody has sorted for any", () => {
    const other = [series("other", NOW), series(undefined, minutes(40))];
    expect(names(["major"], other)).toEqual(["other", "unsorted", null]);
    expect(names(["cpi"], other)).toEqual(["unsorted", "unsorted", null]);
  });

  it("are looked up anew when the list is another, or the clock goes back", () => {
    const asked = rule(FLAT);
    const twice: News = [series("cpi", NOW, minutes(60))];
    expect(nextWindow(asked, NEWS, minutes(30))).toBeNull();
    expect(nextWindow(asked, twice, minutes(30))?.at).toBe(minutes(60));
    expect(nextWindow(asked, twice, NOW)?.at).toBe(NOW);
    expect(nextWindow(asked, twice, minutes(2.9))).toBe(nextWindow(asked, twice, NOW));
    expect(nextWindow(asked, twice, minutes(3))?.at).toBe(minutes(60));
  });
});

describe("an entry near a report", () => {
  const read = (action: NewsAction, at: Millis, root: "MES" | "MNQ" = "MES") =>
    readNews([rule(action)], { id: "a plan", root, news: NEWS, at });
  const window = { name: "cpi", at: NOW, from: minutes(-2), until: minutes(3) };
  const refusal = {
    ...{ kind: "firm-news", plan: "a plan", report: "cpi", at: NOW },
    ...{ from: minutes(-2), until: minutes(3) },
  };

  it("is refused in the window and two minutes before it, where nothing may be held", () => {
    const flat = { ...refusal, asks: "flat" };
    const found = [minutes(-4) - 1, minutes(-4), minutes(3) - 1, minutes(3)].map(
      (at) => read(FLAT, millis(at)).refusal,
    );
    expect(found).toEqual([null, flat, flat, null]);
  });

  it("is refused in the window alone, where nothing may be opened of its product", () => {
    const none = { ...refusal, asks: "no-opening" };
    const found = [minutes(-2) - 1, minutes(-2), minutes(3) - 1, minutes(3)].map(
      (at) => read(NO_ES, millis(at)).refusal,
    );
    expect(found).toEqual([null, none, none, null]);
    expect(read(NO_ES, NOW, "MNQ")).toBe(NO_NEWS);
  });

  it("is cut by what may be held then", () => {
    expect(read(BELOW, minutes(-4))).toEqual({ ...NO_NEWS, below: window });
    expect(read(BELOW, millis(minutes(-4) - 1))).toBe(NO_NEWS);
    const { cap } = CAP as Extract<NewsAction, { kind: "cap" }>;
    expect(read(CAP, minutes(-4))).toEqual({ ...NO_NEWS, caps: [{ ...cap, until: null, window }] });
  });

  it("meets every rule, and the first refusal stands", () => {
    const asked = { id: "a plan", root: "MES", news: NEWS, at: NOW } as const;
    const all = readNews([rule(BELOW), rule(CAP), rule(CAP), rule(NO_ES), rule(FLAT)], asked);
    expect(all).toMatchObject({ below: window, refusal: { asks: "no-opening" } });
    expect(all.caps).toHaveLength(2);
  });

  it("is free where nothing is known of the firm's wishes, or no date is", () => {
    expect(readNews(null, { id: "a plan", root: "MES", news: NEWS, at: NOW })).toBe(NO_NEWS);
    expect(readNews([rule(FLAT)], { id: "a plan", root: "MES", news: [], at: NOW })).toBe(NO_NEWS);
  });
});

describe("a trade near a report", () => {
  const carrying = (count: number, change: Partial<Carried> = {}): Carried => ({
    ...{ root: "MES", held: [{ root: "MES", quantity: contracts(count) }] },
    ...{ size: SIZE, limit: minis(0.3) },
    ...change,
  });
  const times = (action: NewsAction, carried: Carried, at = minutes(-60)) =>
    newsTimesOf([rule(action)], carried, { news: NEWS, at });
  const left = {
    entriesEnd: minutes(-4),
    leaveBy: { at: minutes(-3), reason: "firm-news" },
  };
  const stays = { entriesEnd: null, leaveBy: null };

  it("is left a minute before the window, and its entries end two minutes before", () => {
    expect(times(FLAT, carrying(1))).toEqual(left);
    expect(times(FLAT, carrying(1), millis(minutes(3) - 1))).toEqual(left);
    expect(times(FLAT, carrying(1), minutes(3))).toEqual(stays);
    expect(newsTimesOf(null, carrying(1), { news: NEWS, at: NOW })).toEqual(stays);
  });

  it("stays where nothing may be opened, and its entries end with the window's beginning", () => {
    expect(times(NO_ES, carrying(1))).toEqual({ entriesEnd: minutes(-2), leaveBy: null });
    expect(times(NO_ES, carrying(1, { root: "MNQ" }))).toEqual(stays);
  });

  it("stays as long as all that is on fits under the cap, or below the largest size", () => {
    expect(times(CAP, carrying(2))).toEqual(stays);
    expect(times(CAP, carrying(3))).toEqual(left);
    // The cap by itself: far below the largest size, and beyond it.
    expect(times(CAP, carrying(3, { limit: minis(5) }))).toEqual(left);
    expect(times(CAP, carrying(2, { limit: minis(0.1) }))).toEqual(stays);
    expect(times(CAP, carrying(3, { root: "MNQ" }))).toEqual(stays);
    expect(times(BELOW, carrying(2))).toEqual(stays);
    expect(times(BELOW, carrying(3))).toEqual(left);
  });

  it("goes by the soonest of several windows", () => {
    const all: readonly NewsRule[] = [
      rule(FLAT, { events: ["fomc"] }),
      rule(NO_ES, { before: millis(9 * MINUTE) }),
      rule(FLAT),
      rule(NO_ES),
    ];
    const carried = carrying(1);
    const at = minutes(-60);
    const found = { entriesEnd: minutes(-9), leaveBy: left.leaveBy };
    expect(newsTimesOf(all, carried, { news: NEWS, at })).toEqual(found);
    expect(newsTimesOf([...all].reverse(), carried, { news: NEWS, at })).toEqual(found);
  });
});

/** Told in minutes, so that windows touch and overlap often. */
const minute = fc.integer({ min: -30, max: 30 });
const events = ["cpi", "fomc", "payrolls"] as const;

const someNews = fc
  .array(fc.tuple(fc.constantFrom(...events), fc.uniqueArray(minute, { maxLength: 4 })), {
    maxLength: 4,
  })
  .map(
    (rows): News =>
      rows.map(([event, times]) =>
        series(event, ...times.toSorted((a, b) => a - b).map((one) => minutes(one))),
      ),
  );

const someRule = fc.record({
  events: fc
    .subarray([...events, "major" as const], { minLength: 1 })
    .map((all) => all as unknown as NewsRule["events"]),
  before: fc.integer({ min: 0, max: 6 }).map((count) => millis(count * MINUTE)),
  after: fc.integer({ min: 0, max: 6 }).map((count) => millis(count * MINUTE)),
  action: fc.constant<NewsAction>({ kind: "flat" }),
});

describe("where a firm wants nothing held", () => {
  it("nobody enters then, and whoever is on has begun to leave before", () => {
    fc.assert(
      fc.property(
        someNews,
        someRule,
        fc.uniqueArray(minute, { minLength: 1, maxLength: 8 }),
        (news, asked, moments) => {
          const windows = news
            .filter(({ event }) => asked.events.some((one) => one === "major" || one === event))
            .flatMap(({ times }) =>
              times.map((at) => ({ from: at - asked.before, until: at + asked.after })),
            );
          for (const at of moments.map((one) => minutes(one))) {
            const near = windows.filter(({ from, until }) => at >= from - 2 * MINUTE && at < until);
            const { refusal } = readNews([asked], { id: "a plan", root: "MES", news, at });
            expect(refusal !== null).toBe(near.length > 0);
            const carried = { root: "MES", held: [], size: SIZE, limit: minis(5) } as const;
            const { entriesEnd, leaveBy } = newsTimesOf([asked], carried, { news, at });
            const ahead = windows.filter(({ until }) => at < until).map(({ from }) => from);
            if (ahead.length === 0) expect(leaveBy).toBeNull();
            for (const from of ahead) {
              expect(leaveBy?.at).toBeLessThan(from);
              expect(entriesEnd).toBeLessThan(leaveBy?.at ?? 0);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
