import { expect, test } from "vitest";
import { readStop } from "../../../../src/core/parse/stop.ts";
import { tokensOf } from "../../../../src/core/parse/tokenizer.ts";

/** What stop the words state; the entry is the number at position `entryAt`. */
const stopIn = (text: string, entryAt = -1): string => {
  const tokens = tokensOf(text) ?? [];
  const stop = readStop(tokens, { from: 0, to: tokens.length }, entryAt);
  if (stop.kind === "absent" || stop.kind === "unclear") return stop.kind;
  return `${stop.kind} ${stop.value}${stop.condition === null ? "" : ` (${stop.condition})`}`;
};

test.each([
  "Stop: 6316",
  "stop 6316",
  "Stops = 6316",
  "SL 6316",
  "S/L @ 6316",
  "S.L. 6316",
  "stp at 6316",
  "stoploss - 6316",
  "Stop loss: 6316",
  "Stop-loss 6316",
  "hard stop is 6316",
  "stop set below 6316",
  "Stop price 6316",
  "Stop:\n6316",
  "🛑 Stop 🛑 6316",
  "6316 stop",
  "6316 hard stop",
  "stop 6316, stop 6316",
  "stop 6316. Stops under 6300 will be run",
  "Stop: 6316 (-10)",
  "Stop: 6316 (10 pts)",
  "Stop: 6316 (T1 6333)",
])("%s is a stop at 6316", (text) => {
  expect(stopIn(text)).toBe("price 6316");
});

test.each([
  ["10 pt stop", "points 10"],
  ["8-point stop", "points 8"],
  ["9.5 points initial stop", "points 9.5"],
  ["Stop: 9 pts", "points 9"],
  ["Stop: 5m close 6331", "price 6331 (5m close)"],
  ["Stop: 15 min candle close below 6331", "price 6331 (15m close)"],
  ["Stop: 1 hour close @ 6331", "price 6331 (1h close)"],
  ["Stop: close below 6331", "price 6331 (close)"],
  ["Stop: 6331 (on a 5m close)", "price 6331 (5m close)"],
])("%s: %s", (text, expected) => {
  expect(stopIn(text)).toBe(expected);
});

test.each([
  "raise stop to 6322",
  "move my stop 6322",
  "New stop: 6321",
  "stop now 6328",
  "stop up to 6328",
  "Stop: TBD",
  "Stop: never",
  "Stop: 50%",
  "Stop\n6316",
  "stop: 5m",
  "-6316 stop",
  "word stop",
  "no word of it",
  "Stop is set at the price level below 6316",
])("%s states no stop of an entry", (text) => {
  expect(stopIn(text)).toBe("absent");
});

test.each([
  "Stop: 6310-6316",
  "Stop: 6316 or 6310",
  "Stop: 6316 (or 6310 if you can stomach it)",
  "Stop: 6316 (6310)",
  "Stop: 6316\nHard stop: 6310",
  "Stop 6316, stop 10 points",
  "Stop: 6316.25.5",
  "06316 stop",
])("%s is unclear", (text) => {
  expect(stopIn(text)).toBe("unclear");
});

test("the entry itself is no stop, though it stands before the word", () => {
  expect(stopIn("6326 stop", 0)).toBe("absent");
});
