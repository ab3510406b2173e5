import { expect, test } from "vitest";
import { symbolAt } from "../../../../src/core/parse/symbols.ts";

test.each([
  ["ES", "ES"],
  ["es", "ES"],
  ["ESZ5", "ES"],
  ["ESZ25", "ES"],
  ["ESU2025", "ES"],
  ["MESH25", "MES"],
  ["ES1!", "ES"],
  ["NQ2!", "NQ"],
  ["ES_F", "ES"],
  ["M2K", "M2K"],
  ["M2KZ5", "M2K"],
  ["6E", "6E"],
  ["6EZ5", "6E"],
  ["M6EU5", "M6E"],
  ["SILZ5", "SIL"],
])("%s is %s", (text, root) => {
  expect(symbolAt(text, 0)).toEqual({ root, end: text.length });
});

test.each([
  "ESX1!",
  "ESX",
  "ES5",
  "ESA5",
  "ESZ",
  "EXZ5",
  "FOO",
  "E",
  "ESU20255",
  "EX1!",
  "ESX1!",
  "6",
  "6326",
  "SPX",
])("%s names no contract", (text) => {
  expect(symbolAt(text, 0)).toBeNull();
});

test("what follows the name is left alone", () => {
  expect(symbolAt("ES_FOO", 0)).toEqual({ root: "ES", end: 2 });
  expect(symbolAt("ES_F2", 0)).toEqual({ root: "ES", end: 2 });
  expect(symbolAt("a ES: long", 2)).toEqual({ root: "ES", end: 4 });
});
