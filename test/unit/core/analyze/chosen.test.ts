/** Some of the trades: a stretch of dates, an account, an author. */

import { expect, test } from "vitest";
import { chosen } from "../../../../src/core/analyze/chosen.ts";
import { finished } from "../../../../src/core/analyze/slices.ts";
import { parseIso } from "../../../../src/core/model/iso-time.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { closedTrade, columnsOf } from "../../../kit/closed-trades.ts";

const at = (time: string) => parseIso(time) as number;
const sold = (exit: string, net: number, author: string, account = "paper") =>
  closedTrade({ entryAt: at(exit) - 60_000, exitAt: at(exit), net, labels: { author, account } });

const all = columnsOf([
  sold("2026-03-02T20:00:00Z", 1, "alice"),
  // 16:59 and 17:01 in Chicago: the day before and the day itself.
  sold("2026-03-02T22:59:00Z", 20, "bob"),
  sold("2026-03-02T23:01:00Z", 300, "alice"),
  sold("2026-03-03T20:00:00Z", 4_000, "bob", "live"),
  sold("2026-03-04T20:00:00Z", 50_000, "alice"),
]);
const EVERYTHING = { from: null, to: null, account: null, author: null };
const nets = (parts: Partial<Parameters<typeof chosen>[1]>) => [
  ...finished(chosen(all, { ...EVERYTHING, ...parts })).trades.net,
];

test("all of them, with everything they say", () => {
  const { trades, before } = finished(chosen(all, EVERYTHING));
  expect(trades).toEqual(all);
  expect(before).toBe(0);
});

test("days are trade dates, both ends included; what was made before is known", () => {
  const day = tradeDate("2026-03-03");
  expect(nets({ from: day, to: day })).toEqual([300, 4_000]);
  expect(finished(chosen(all, { ...EVERYTHING, from: day })).before).toBe(21);
  expect(finished(chosen(all, { ...EVERYTHING, from: day, author: "alice" })).before).toBe(21);
  expect(finished(chosen(all, { ...EVERYTHING, from: day, account: "live" })).before).toBe(0);
});

test("of an account, of an author, of nobody", () => {
  expect(nets({ account: "live" })).toEqual([4_000]);
  expect(nets({ author: "alice" })).toEqual([1, 300, 50_000]);
  expect(nets({ author: "carol" })).toEqual([]);
});
