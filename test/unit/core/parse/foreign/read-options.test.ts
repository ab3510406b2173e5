import { expect, test } from "vitest";
import { foreignReading } from "../../../../kit/foreign-reading.ts";
import { reading } from "../../../../kit/posted.ts";

const BTO = "BTO SPY 662C 9/19 @ 2.50";
const SPY = "SPY 662C 2025-09-19";

test.each([
  ["BTO SPY 5x 662C 9/19 @ 2.50", `open ${SPY} 2.5 x5`],
  ["ENTRY alert\nContract: SPY 662C 9/19\nPrice: 2.50", `open ${SPY} 2.5`],
  ["BTO SPX SEP 19 2025C @ 2.50", "open SPX 2025C 2025-09-19 2.5"],
  ["BTO SPY Sep. 19 662C 2.50", `open ${SPY} 2.5`],
  ["BTO SPY 662C SEP 19 2.50", `open ${SPY} 2.5`],
  [`${BTO} PT:\n3.00`, `open ${SPY} 2.5 t3`],
  [`${BTO} PT 1: 30% PT 2: 50%`, `open ${SPY} 2.5 t30%/50%`],
  [`${BTO}, SL tight`, `open ${SPY} 2.5`],
  ["STC SPY 662C 9/19 @ 3.25, two thirds", `trim ${SPY} 3.25 0.667`],
  ["STC SPY 662C 9/19 @ 3.25, the first third", `trim ${SPY} 3.25 0.333`],
  ["STC SPY 662C 9/19 @ 3.25, three quarters", `trim ${SPY} 3.25 0.75`],
  ["STC SPY 662C 9/19 @ 3.25, closing 100%", `close ${SPY} 3.25`],
])("%s", (text, reads) => {
  expect(foreignReading({ text })).toBe(reads);
});

test.each([
  [`${BTO} PT ${"3/".repeat(9)}4`, "too many targets"],
  [`${BTO} SL 0`, "the stop is no price"],
  [`${BTO} SL 1 SL 2`, "two different stops"],
  [`${BTO} PT 0`, "a target is no price"],
  ["BTO SPY calls 9/19 @ 2.50", "the option has no strike"],
  ["STC SPY 662C @ 3.25 1/2 POS", "the option has no expiry"],
  ["BTO SPY 662C every week @ 3.25", "the option has no expiry"],
  [`${BTO}\n`.repeat(7), "too many alerts in one message"],
  [`ES long 6326: A, stop 6316\n${BTO}`, "futures and something else in one message"],
  [`${BTO} `.repeat(41), "too many options and currencies to be an alert"],
  ["BTO SPY 662C 9/19 @ 3.2~~5", "the price is not clear"],
])("%s: unsure", (text, why) => {
  expect(reading(text)).toBe(`none: unsure: ${why} [review]`);
});

test.each([
  [`"${BTO}"`, "a quote"],
  [`${BTO}, STC tomorrow`, "a plan"],
  [`${BTO}, STC now`, "a recap: it tells the outcome"],
  ["STC SPY 50% 662C @ 3", "about an option, no alert"],
])("%s: none", (text, why) => {
  expect(reading(text)).toBe(`none: ${why}`);
});

test("a label is no ticker", () => {
  expect(foreignReading({ text: "BTO SL 450C 9/19 @ 2.50" })).not.toMatch(/open SL/);
  expect(foreignReading({ text: "BTO PT 450C 9/19 @ 2.50" })).not.toMatch(/open PT/);
});
