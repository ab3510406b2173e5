import { expect, test } from "vitest";
import { codesOf } from "../../../../src/core/parse/codes.ts";
import { numberAt } from "../../../../src/core/parse/numbers.ts";

test.each([
  ["6326", 6326],
  ["6326.25", 6326.25],
  ["6326.", 6326],
  [".85", 0.85],
  ["0.85", 0.85],
  ["0", 0],
  ["6,326", 6326],
  ["6 326", 6326],
  ["22,840.25", 22_840.25],
  ["22 840,25", 22_840.25],
  ["1,234,567", 1_234_567],
  ["6051,25", 6051.25],
  ["6051,5", 6051.5],
  ["6316,6326", 6316],
  ["6316,255", 6316],
  ["63,26", 63],
  ["6,3260", 6],
  ["6 32", 6],
])("%s is read as %d", (text, value) => {
  expect(numberAt(text, codesOf(text), 0, true).value).toBe(value);
});

test.each([
  ["6326.25.50", 10],
  ["9.19.2025", 9],
  ["110'16", 6],
  ["06326", 5],
  ["1234567890123", 13],
])("%s is no number", (text, end) => {
  expect(numberAt(text, codesOf(text), 0, true)).toEqual({ value: Number.NaN, end });
});

test("behind a target word a blank separates: target 2 633", () => {
  expect(numberAt("2 633", codesOf("2 633"), 0, false)).toEqual({ value: 2, end: 1 });
  expect(numberAt("2 633", codesOf("2 633"), 0, true)).toEqual({ value: 2633, end: 5 });
});
