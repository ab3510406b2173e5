import { expect, test } from "vitest";
import { readTargets } from "../../../../src/core/parse/targets.ts";
import { tokensOf } from "../../../../src/core/parse/tokenizer.ts";

const targetsIn = (text: string, entryAt = -1): string => {
  const tokens = tokensOf(text) ?? [];
  const { targets, fault } = readTargets(tokens, { from: 0, to: tokens.length }, entryAt);
  if (fault !== null) return `fault: ${fault}`;
  return targets.map(({ kind, value }) => (kind === "price" ? value : `+${value}`)).join(" ");
};

test.each([
  ["T1: 6334\nT2: 6341", "6334 6341"],
  ["Target 1: 6307 Target 2 6312", "6307 6312"],
  ["Targets: 6355 / 6360", "6355 6360"],
  ["Targets: 6355, 6360 and 6365", "6355 6360 6365"],
  ["Targets 6355 6360", "6355 6360"],
  ["TP1 6370 TP2 6365", "6370 6365"],
  ["Targets:\n6355", "6355"],
  ["🎯 6334", "6334"],
  ["T1 🔥 6334", "6334"],
  ["take profit 6334 & 6341", "6334 6341"],
  ["T/P @ 6334", "6334"],
  ["PT 6329", "6329"],
  ["6316 PT 6329", "6329"],
  ["6338 target", "6338"],
  ["12 pt target", "+12"],
  ["Target 7 points", "+7"],
  ["Targets as usual: +7 / +12", "+7 +12"],
  ["T1 → 6333 (R:R 1:1.3)", "6333"],
  ["Targets 6333, 6316 stop", "6333"],
  ["Target: TBD, T3: open", ""],
  ["T1 50%", ""],
  ["Profit: 6333", ""],
  ["next target 6360", ""],
  ["10 pt stop", ""],
  ["+7 target", ""],
  ["06338 target", ""],
  ["no word of it", ""],
])("%s: %s", (text, expected) => {
  expect(targetsIn(text)).toBe(expected);
});

test.each([
  ["T1 6333-6338", "fault: a range instead of one target"],
  ["T1 6333 or 6338", "fault: a range instead of one target"],
  ["T1 6333s", "fault: letters are glued to 6333"],
  ["Targets 1 / 2 / 3 / 4 / 5 / 6 / 7 / 8 / 9 / 10", "fault: too many targets"],
])("%s cannot be trusted", (text, expected) => {
  expect(targetsIn(text)).toBe(expected);
});

test("the entry itself is no target, though it stands before the word", () => {
  expect(targetsIn("6326 target", 0)).toBe("");
});
