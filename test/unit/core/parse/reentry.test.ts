import { expect, test } from "vitest";
import { reading } from "../../../kit/posted.ts";

const alert = "🚨 ES long 6320: B\nStop: 6312";
const TAKEN = "ES long 6320 6312 B";

test.each([
  [`Re-entry ${alert}`, `${TAKEN} #REENTRY`],
  ["🚨 ES long 6320: B (re-entry)\nStop: 6312", `${TAKEN} #REENTRY`],
  [`Stopped on the first one. Re-entering now:\n${alert}`, `${TAKEN} #REENTRY + stopped ES`],
  [`Stopped out.\n${alert}`, `${TAKEN} #REENTRY + stopped ES`],
  [`The stop got hit.\n${alert}`, `${TAKEN} #REENTRY + stopped ES`],
  [`Stopped at 6310. Re-entry ${alert}`, `${TAKEN} #REENTRY + stopped ES 6310`],
  [`Stopped at 6310.1. Re-entry ${alert}`, `${TAKEN} #REENTRY + stopped ES`],
  [`Flat at 6318, re-entry ${alert}`, `${TAKEN} #REENTRY + close ES 6318`],
  [`Stopped on NQ. Re-entry ${alert}`, `${TAKEN} #REENTRY + stopped NQ`],
  [
    "ALERT: flat stopped $ES\nRe-entry short\nIN: 4123 - 10 pt stop",
    "ES short 4123 4133 - #REENTRY + stopped ES",
  ],
])("%s", (text, expected) => {
  expect(reading(text)).toBe(expected);
});

test.each([
  `Nobody got stopped.\n${alert}`,
  `Yesterday we got stopped.\n${alert}`,
  `Stopped watching the news.\n${alert}`,
  `Flat all morning.\n${alert}`,
  `We stopped out of the whole thing because it was so very slow all day long there.\n${alert}`,
  `No re-entry before ten.\n${alert}`,
  `${alert}\nNo re-entry if stopped`,
])("%s speaks of no earlier trade of ours", (text) => {
  expect(reading(text)).toBe(TAKEN);
});

test("being stopped without an entry opens nothing", () => {
  expect(reading("Stopped at 6316 on the ES long 6326, stop was 6316")).toMatch(/^none: /);
  expect(reading("ALERT: flat stopped $ES")).toBe("stopped ES");
});
