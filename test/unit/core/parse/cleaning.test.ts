import { expect, test } from "vitest";
import { cleaningOf, STYLING } from "../../../../src/core/parse/cleaning.ts";

test.each([
  "🚨 ES long 6326.25: A\nStop: 6316\n@everyone",
  "@here ES-6326 (a) 1.5 x",
  "✅ ☕ 🎉 🤑 \u{1F300}",
  "all done. ok",
  "",
])("%j is clean as it is", (text) => {
  expect(cleaningOf(text)).toBe(0);
});

test.each([
  "**ES**",
  "ES_F",
  "- item",
  "1. item",
  "2) item",
  "`6326`",
  "~~a~~",
  "a\\b",
  "# x",
  "|",
])("%j may be styled", (text) => {
  expect(cleaningOf(text)).toBe(STYLING);
});

test.each([
  "<@1234>",
  "> quoted",
  ":siren: x",
  "https://a",
  "a.com",
  "www.",
  "x@everyone",
  "@everyone!",
])("%j needs mentions, links or quotes taken out", (text) => {
  expect(cleaningOf(text)).toBeGreaterThan(0);
  expect(cleaningOf(text)).not.toBe(STYLING);
});

test.each([
  "\t",
  "\u007f",
  "é",
  "\u200b",
  "\u27a1",
  "\u279c",
  "\ud83d",
  "\ud83da",
  "\ud83d\ue000",
  "\ude00",
  "🅰",
  "\u{1FBF0}",
  "\u{1D400}",
])("%j is not plain", (text) => {
  expect(cleaningOf(text)).toBeGreaterThan(0);
  expect(cleaningOf(text)).not.toBe(STYLING);
});
