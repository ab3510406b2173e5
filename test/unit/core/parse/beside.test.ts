import { expect, test } from "vitest";
import { reading } from "../../../kit/posted.ts";

const ALERT = "🚨 ES long 6333: A\nStop: 6324";
const TAKEN = "ES long 6333 6324 A";

test.each([
  [`NQ: stop to BE. ${ALERT}`, `${TAKEN} + stop_to_breakeven NQ`],
  [`Closed NQ +20. ${ALERT}`, `${TAKEN} + close NQ`],
  [`T1 hit on NQ, stop to BE.\n${ALERT}`, `${TAKEN} + target_hit NQ T1 + stop_to_breakeven NQ`],
  [`Stop to BE on the first one.\n${ALERT}`, `${TAKEN} + stop_to_breakeven`],
  [`${ALERT}\nNQ: stop to BE`, `${TAKEN} + stop_to_breakeven NQ`],
  [`Stopped on NQ.\n${ALERT}`, `${TAKEN} + stopped NQ`],
])("%s moves the other trade too", (text, expected) => {
  expect(reading(text)).toBe(expected);
});

test("what a re-entry says of the trade before it is told once", () => {
  const text = `Stopped at 6324 on ES, NQ stop to BE. Re-entering:\n${ALERT}`;
  expect(reading(text)).toBe(`${TAKEN} #REENTRY + stopped ES 6324 + stop_to_breakeven NQ`);
  expect(reading(`Stopped out at 6324.\nRe-entry ${ALERT}`).match(/stopped/g)).toHaveLength(1);
});

test.each([
  `Flat all morning.\n${ALERT}`,
  `Half off.\n${ALERT}`,
  `NQ trimmed its gains.\n${ALERT}`,
  `${"Closed NQ. ".repeat(13)}\n${ALERT}`,
  `Yesterday we closed NQ +20.\n${ALERT}`,
  `Is NQ stopped?\n${ALERT}`,
  `${ALERT}\nHalf off at T1, then stop to BE.`,
  `${ALERT}\nES T1 is usual, NQ looks heavy.`,
  `${ALERT}\nIf NQ breaks 22900 I close NQ.`,
])("%s is the alert and nothing else", (text) => {
  expect(reading(text)).toBe(TAKEN);
});

test("a card tells of itself", () => {
  const card = "Direction: LONG\nContract: ES\nEntry price: 6333\nStop: 6324\nNQ stop to BE";
  expect(reading(card)).toMatch(/^(?:none|ES long 6333 6324)/);
});
