import { expect, test } from "vitest";
import { readSize } from "../../../../src/core/parse/size.ts";
import { tokensOf } from "../../../../src/core/parse/tokenizer.ts";

/** Reads what follows an entry price. */
const sizeIn = (text: string): string => {
  const tokens = tokensOf(text) ?? [];
  const { letter, tags, fault } = readSize(tokens, 0, { from: 0, to: tokens.length });
  return fault === null ? [letter ?? "none", ...tags].join(" ") : "unclear";
};

test.each([
  [": A", "A"],
  [": a", "A"],
  [" (B)", "B"],
  ["[C]", "C"],
  ["- C GAMMA", "C GAMMA"],
  [": B - GAMMA - LOTTO", "B GAMMA LOTTO"],
  [": A (SCALP)", "A SCALP"],
  [": GAMMA A", "A GAMMA"],
  [": A, stop 6316 (SWING)", "A SWING"],
  [": A GAMMA (GAMMA)", "A GAMMA"],
  ["🚨 B 🚨", "B"],
  [" A 10 pt stop", "A"],
  [" A 6316 stop", "A"],
  [" A SL 6316", "A"],
  [" A with a stop", "A"],
  [" A gamma", "A GAMMA"],
  [": A nice level", "A"],
  [": B, half off at T1", "B"],
  [": A, a stop at 6316", "A"],
  [": B and a 10 pt stop", "B"],
  [", stop 6316, size B", "B"],
  [", stop 6316. Size: c", "C"],
  [", stop 6316, sizing is A", "A"],
  [", stop 6316, B size", "B"],
  [": B, size B", "B"],
  [", stop 6316, size small", "none"],
  [", stop 6316, size a bit down", "none"],
  [", I like it", "none"],
  [", s", "none"],
  [" T 6333", "none"],
  [" NQ", "none"],
  [" (gamma flip is 6310)", "none"],
  [": A [GAMMA]", "A GAMMA"],
])("%s: %s", (text, expected) => {
  expect(sizeIn(text)).toBe(expected);
});

test.each([
  ": A+",
  ": A +",
  ": A +7",
  ": A-",
  ": A/B",
  ": A or B",
  ": A B",
  ": A (B)",
  ": AA",
  ": X",
  ": d",
  " D",
  ": half A",
  ": A half",
  ": A (half)",
  ": full size",
  ": A x2",
  ": A2",
  ": A 2",
  ": A10 pt stop",
  ": roll",
  ", a stop at 6316",
  " A nice level",
  " a stop 6316",
  ": A, stop 6316, size B",
  ", size D",
  ", size half A",
])("%s is unclear", (text) => {
  expect(sizeIn(text)).toBe("unclear");
});
