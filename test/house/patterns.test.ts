/** No regular expression of the program takes more than linear time, whatever a stranger writes. */
import { describe, expect, test } from "vitest";
import { attacksOn, patternsIn, slownessOf } from "../kit/patterns.ts";

const patterns = patternsIn();

test("there is something to judge", () => {
  expect(patterns.filter(({ place }) => place.startsWith("core/parse/")).length).toBeGreaterThan(
    80,
  );
});

test("no pattern can repeat what it repeats, nor begin a round in two ways", () => {
  const slow = patterns
    .map(({ place, regex }) => ({ place, regex: String(regex), why: slownessOf(regex) }))
    .filter(({ why }) => why.length > 0);
  expect(slow).toEqual([]);
});

describe("the judge of patterns", () => {
  test.each([
    ["(a+)+x", /^(a+)+x/],
    ["an inner choice", /^(?:a|ab)*x/],
    ["two that share a sign", /^\s*[ \n]*x/],
    ["two with an optional part between", /^a*b?a*x/],
    ["an open beginning", /\s+$/],
    ["an open beginning at the edge of a word", /\b[\w-]{20,}\.x/],
    ["an open group", /^(?:\w+,?)*x/],
    ["the pattern that hung the original", /^(?:.*?(?:long|short).*?)+stop/],
  ])("finds %s", (_, regex) => {
    expect(slownessOf(regex)).not.toEqual([]);
  });

  test.each([
    [/^a+b+/],
    [/[^ \n]+/g],
    [/^(?:_[a-z]+)*x/],
    [/[ ]*x/y],
    [/\d{1,3}(?:,\d{3})*/],
    [/^(?:a|b)*c/],
    [/(?<=a)b|[\u{1F1E6}-\u{1F1FF}]{1,2}|\p{L}\x41\]/u],
  ])("passes %s", (regex) => {
    expect(slownessOf(regex)).toEqual([]);
  });

  test("attacks with the signs of the pattern itself", () => {
    const attacks = attacksOn(/a[0-9]*\./, 100);
    expect(attacks.some((text) => text.startsWith("aaaa"))).toBe(true);
    expect(attacks.every((text) => text.length <= 100)).toBe(true);
  });
});
