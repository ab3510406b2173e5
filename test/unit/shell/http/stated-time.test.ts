import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { statedTime } from "../../../../src/shell/http/stated-time.ts";

const NOW = millis(Date.parse("2026-11-22T15:31:05Z"));
const age = (fields: Record<string, unknown>): number | undefined => {
  const stated = statedTime(fields, NOW);
  return stated === null ? undefined : NOW - stated.sentAt;
};

test("none is none", () => {
  expect(statedTime({}, NOW)).toBeNull();
  expect(statedTime({ time: null, sent: "2026-11-22T15:31:05Z" }, NOW)).toBeNull();
});

test.each<[string, unknown, number]>([
  ["ISO 8601", "2026-11-22T15:31:00Z", 5_000],
  ["another zone", "2026-11-22T10:31:00-05:00", 5_000],
  ["Unix seconds", 1_795_361_460, 5_000],
  ["Unix seconds as text, with a fraction", "1795361460.5", 4_500],
  ["Unix milliseconds", 1_795_361_460_250, 4_750],
  ["a little ahead of us", "2026-11-22T15:31:14Z", 0],
])("%s", (_, timestamp, expected) => {
  expect(age({ timestamp })).toBe(expected);
  expect(statedTime({ timestamp }, NOW)?.doubt).toBeNull();
});

test("timenow comes before timestamp, and timestamp before time", () => {
  const [timenow, timestamp, time] = [1, 2, 3].map((n) => (NOW - n * 1_000) / 1_000);
  expect(age({ time, timestamp, timenow })).toBe(1_000);
  expect(age({ time, timestamp })).toBe(2_000);
  expect(age({ time })).toBe(3_000);
});

describe("sent now, and told why:", () => {
  test.each<[Record<string, unknown>, string]>([
    [{ time: "soon" }, '"time" is not a time with its zone, or Unix seconds'],
    [{ time: "2026-11-22T15:31:05" }, '"time" is not a time with its zone, or Unix seconds'],
    [{ time: {} }, '"time" is not a time with its zone, or Unix seconds'],
    [{ timenow: "2026-11-22T15:31:16Z" }, '"timenow" is 11 s ahead of the clock here'],
    [{ timestamp: "2026-11-22T15:26:04Z" }, '"timestamp" is 301 s old'],
  ])("%j", (fields, doubt) => {
    expect(statedTime(fields, NOW)).toEqual({
      sentAt: NOW,
      doubt: `${doubt}; the message counts as sent now`,
    });
  });
});

test("the moment of an alert is believed however old, so that it is too late for an entry", () => {
  expect(age({ timenow: "2026-11-22T14:31:05Z" })).toBe(3_600_000);
});
