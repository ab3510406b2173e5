import { expect, test } from "vitest";
import { reading } from "../../../kit/posted.ts";

const alert = "🚨 ES long 6326: A\nStop: 6316";
const TAKEN = "ES long 6326 6316 A";

test.each([
  "Yesterday's trade:",
  "Yesterday's trade 👇",
  "Yesterday's trade 👇 @everyone 🔥",
  "Weekly recap",
  "Plan for tomorrow",
  "Recap:\nof yesterday:\n@everyone:",
])("%s leads into the line below", (line) => {
  expect(reading(`${line}\n${alert}`)).toMatch(/^none: /);
});

test.each([
  "Yesterday was good",
  "Yesterday's trade.",
  "Yesterday's trade?",
  "Yesterday we all took the trade of the week",
  "Recap 6300",
  "Plan: stay patient",
  "Yesterday's trade 🔥 was it",
  "🔥",
  "Yesterday:\nnothing at all happened in there\nso\nnow\nhere",
])("%s is a sentence of its own", (line) => {
  expect(reading(`${line}\n${alert}`)).toBe(TAKEN);
});
