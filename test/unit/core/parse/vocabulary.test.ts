import { expect, test } from "vitest";
import { VOCABULARY } from "../../../../src/core/parse/vocabulary.ts";

const { meanings, isTaken } = VOCABULARY;

test("own words may stand for the words of alerts and of what surrounds them", () => {
  for (const word of [
    "long",
    "short",
    "stop",
    "target",
    "t1",
    "entry",
    "gamma",
    "yesterday",
    "breakeven",
    "trim",
  ]) {
    expect(meanings.has(word)).toBe(true);
  }
  for (const word of ["the", "banana", ""]) expect(meanings.has(word)).toBe(false);
});

test("what says something in every room cannot be given another sense", () => {
  for (const word of ["long", "yesterday", "the", "half", "morning"]) {
    expect([word, isTaken(word)]).toEqual([word, true]);
  }
  expect(isTaken("spoos")).toBe(false);
});
