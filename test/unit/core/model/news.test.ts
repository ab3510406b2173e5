import { describe, expect, it } from "vitest";
import {
  type News,
  newsWindowAt,
  newsWindowFrom,
  nextNewsAfter,
} from "../../../../src/core/model/news.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { US_NEWS } from "../../../../src/core/model/us-news.ts";
import { showWhen } from "../../../../src/core/model/when.ts";

const day = tradeDate("2026-12-31");
const series = (name: string, ...times: readonly number[]) => ({
  name,
  source: "a test",
  verified: day,
  validUntil: day,
  times: times.map(millis),
});
const NEWS: News = [series("one", 1_000, 5_000), series("two", 1_100)];
const MARGINS = { before: millis(100), after: millis(50) };

const nameAt = (at: number): string | null => newsWindowAt(NEWS, MARGINS, millis(at))?.name ?? null;

describe("the window around a report", () => {
  it("begins before it and ends after it, its end not included", () => {
    expect([899, 900, 1_000, 4_899, 4_900, 5_049, 5_050].map(nameAt)).toEqual([
      null,
      "one",
      "two", // both are near: the one that ends last counts
      null,
      "one",
      "one",
      null,
    ]);
    expect(newsWindowAt(NEWS, MARGINS, millis(4_950))).toEqual({
      name: "one",
      at: 5_000,
      from: 4_900,
      until: 5_050,
    });
  });

  it("of two that overlap is the one that ends last, whichever is listed first", () => {
    expect(newsWindowAt([...NEWS].reverse(), MARGINS, millis(1_010))?.name).toBe("two");
  });

  it("that begins first counts as long as it is not over, near or far", () => {
    const next = (at: number) => newsWindowFrom(NEWS, MARGINS, millis(at))?.at ?? null;
    expect([0, 1_049, 1_050, 1_149, 1_150, 5_049, 5_050].map(next)).toEqual([
      1_000,
      1_000,
      1_100,
      1_100,
      5_000,
      5_000,
      null,
    ]);
    expect(newsWindowFrom([...NEWS].reverse(), MARGINS, millis(0))).toEqual({
      ...{ name: "one", at: 1_000, from: 900, until: 1_050 },
    });
  });

  it("comes next after an instant, until the list ends", () => {
    const next = (at: number) => nextNewsAfter(NEWS, MARGINS, millis(at));
    expect([0, 899, 900, 1_000, 4_899, 4_900].map(next)).toEqual([
      900,
      900,
      1_000,
      4_900,
      4_900,
      null,
    ]);
    expect(nextNewsAfter([], MARGINS, millis(0))).toBeNull();
  });
});

describe("the shipped reports", () => {
  it("come at 07:30 or 13:00 or 13:30 in Chicago, summer and winter", () => {
    const clocks = US_NEWS.flatMap(({ times }) => times.map((at) => showWhen(at).slice(-8)));
    expect(new Set(clocks)).toEqual(new Set(["07:30 CT", "13:00 CT", "13:30 CT"]));
  });

  it("are of the kinds that firms name, and the minutes come three weeks after a statement", () => {
    const of = (event: string) => US_NEWS.filter((one) => one.event === event);
    expect(US_NEWS.map(({ event }) => event)).toEqual([
      ...["fomc", "fomc", "fomc-minutes", "payrolls", "cpi"],
    ]);
    const days = (times: readonly number[] = [], weeks = 0) =>
      times.map((at) => showWhen(millis(at + weeks * 7 * 86_400_000)).slice(0, -9));
    expect(days(of("fomc-minutes")[0]?.times)).toEqual(days(of("fomc")[0]?.times, 3));
  });

  it("name no date behind their end", () => {
    const last = US_NEWS.map(({ times, validUntil }) => [
      new Date(times.at(-1) ?? 0).toISOString().slice(0, 10) <= validUntil,
      times.length > 0,
    ]);
    expect(last.flat()).not.toContain(false);
  });
});
