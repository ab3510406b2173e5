import { expect, test } from "vitest";
import { codeAt, codesOf } from "../../../../src/core/parse/codes.ts";

const written = (text: string): string => {
  const codes = codesOf(text);
  return Array.from(text, (_, at) => String.fromCharCode(codeAt(codes, at))).join("");
};

test("holds every character of the text, and nothing behind it", () => {
  expect(written("Stop: 6316")).toBe("Stop: 6316");
  const codes = codesOf("ES");
  expect([2, 3, 4, 5].map((at) => codeAt(codes, at))).toEqual([0, 0, 0, 0]);
});

test("a text longer than any message has a row of its own", () => {
  const long = "6326 ".repeat(4_000);
  const codes = codesOf(long);
  expect(codes.length).toBeGreaterThan(long.length);
  expect(codeAt(codes, long.length - 2)).toBe("6".charCodeAt(0));
  expect(written("ES")).toBe("ES");
});

test("the same text twice is held once", () => {
  const text = "ES long 6326";
  expect(codesOf(text)).toBe(codesOf(text));
  expect(written(text)).toBe(text);
});
