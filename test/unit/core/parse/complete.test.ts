import { expect, test } from "vitest";
import { read } from "../../../kit/posted.ts";

const ALERT = { instrument: "ES", side: "long", entry: 25_304, stop: 25_264, size: null };

test.each([
  "🚨 ES long 6326\nStop: 6316",
  "🚨 ES long 6326: roll w/ profits\nStop: 6316",
  "🚨 ES long 6326: roll\nStop: 5m close 6316",
  "🚨 ES long 6326: A+\nStop: 6316",
  "🚨 ES long 6326: A/B\nStop: 6316",
  "🚨 ES long 6326: half A\nStop: 6316",
  "🚨 ES long 6326: A x2\nStop: 6316",
])("of %j only the size is unclear", (text) => {
  expect(read(text)).toMatchObject({ kind: "none", review: true, complete: ALERT });
});

test.each([
  "🚨 ES long 6326: A+\nStop: 6336",
  "🚨 ES long 6326: A+",
  "🚨 ES long 6326-6324: A+\nStop: 6316",
  "🚨 ES long 6326.30: A+\nStop: 6316",
  "Limit buy ES 6320, stop 6310, size B",
  "Yesterday 🚨 ES long 6326: A+\nStop: 6316",
  "🚨 ES long 6326: A\nStop: 6316 (or 6310)",
  "Adding to ES long 6318, stop stays 6310, size C",
  "🚨 ES long 6326: A+\nStop: 6316\n🚨 ES short 6326: A+\nStop: 6336",
])("%j is not complete", (text) => {
  const parsed = read(text);
  expect(parsed.kind).toBe("none");
  expect(parsed).not.toHaveProperty("complete");
});
