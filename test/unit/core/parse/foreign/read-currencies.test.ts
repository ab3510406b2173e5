import { expect, test } from "vitest";
import { foreignReading } from "../../../../kit/foreign-reading.ts";
import { reading } from "../../../../kit/posted.ts";

const LONG = "long XAUUSD 3350 sl3340 t3360";

test.each([
  ["Buy now XAUUSD 3350 SL 3340 TP 3360", LONG],
  ["BUYGOLD 3350 SL 3340 TP 3360", LONG],
  ["GOLDBUY 3350 SL 3340 TP 3360", LONG],
  ["XAUUSD BUY 3350 SL 3340 TP 3360 (scalp)", `${LONG} #SCALP`],
  ["XAUUSD BUY 3350 SL \u2B07 3340 TP 3360", LONG],
  ["XAUUSD BUY 3350 SL:\n3340\nTP:\n3360", LONG],
  ["XAUUSD BUY 3350 SL 3340 TP 1: 3360", LONG],
  ["XAUUSD BUY 3350sl 3340tp 3360", LONG],
])("%s", (text, reads) => {
  expect(foreignReading({ text })).toBe(reads);
});

test.each([
  ["XAUUSD BUY 3350 SL 3340 TP 3360\n".repeat(7), "unsure: too many alerts in one message"],
  ["XAUUSD BUY -3350 SL 3340 TP 3360", 'unsure: what number is "-3350"?'],
  ["XAUUSD BUY 3350abc SL 3340 TP 3360", "unsure: letters are glued to 3350"],
  ["XAUUSD BUY 3350 3347 SL 3340 TP 3360", "unsure: a zone instead of one price"],
  [`XAUUSD BUY 3350 SL 3340 TP ${"3360/".repeat(8)}3360`, "unsure: too many targets"],
  ["EURUSD BUY 1.0850 SL 0.5 TP 1.0900", "a price is far from the entry"],
  ["XAUUSD BUY 3350 SL \u2705 3340 TP 3360", "no stop"],
])("%s: %s", (text, why) => {
  expect(reading(text)).toBe(`none: ${why} [review]`);
});

test("a code beside another word is no pair", () => {
  expect(reading("EUR/XYZ BUY 1.0850 SL 1.0800")).toBe(
    "none: unsure: no contract is named [review]",
  );
});
