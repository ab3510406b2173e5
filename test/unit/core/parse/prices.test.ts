import { expect, test } from "vitest";
import { listedPriceAt, priceAt, type Reading } from "../../../../src/core/parse/prices.ts";
import { tokensOf } from "../../../../src/core/parse/tokenizer.ts";

const tokens = (text: string) => tokensOf(text) ?? [];
const brief = (reading: Reading): string => {
  if (reading.kind === "price" || reading.kind === "points")
    return `${reading.kind} ${reading.value}`;
  return reading.kind;
};

test.each([
  ["6326", "price 6326"],
  ["6326: A", "price 6326"],
  ["6326A", "price 6326"],
  ["6326stop 6316", "price 6326"],
  ["6326gamma", "price 6326"],
  ["6326T1", "price 6326"],
  ["6326 - 10 pt stop", "price 6326"],
  ["6326 - stop", "price 6326"],
  ["6331 - 5m close", "price 6331"],
  ["6316 PT 6338", "price 6316"],
  ["6316 PT: 6338", "price 6316"],
  ["10 pt", "points 10"],
  ["10-point stop", "points 10"],
  ["10 pts 500", "points 10"],
  ["10 pts 9 pts", "points 10"],
  ["word", "other"],
  ["50%", "other"],
  ["2x", "other"],
  ["3 contracts", "other"],
  ["6326-6324", "unclear"],
  ["6326 to 6324", "unclear"],
  ["6326 6324", "unclear"],
  ["6326 or better", "unclear"],
  ["6326 area", "unclear"],
  ["6380s", "unclear"],
  ["6326.25.5", "unclear"],
  ["06326", "unclear"],
])("%s: %s", (text, expected) => {
  expect(brief(priceAt(tokens(text), 0))).toBe(expected);
});

test("in a list a second price is no range", () => {
  expect(brief(listedPriceAt(tokens("6333 6338"), 0))).toBe("price 6333");
});
