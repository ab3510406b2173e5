import { expect, it } from "vitest";
import { nearest } from "../../../../src/shell/yaml/nearest.ts";

const keys = ["tradesPerDay", "positionSize", "lossPerTrade", "slippage", "id"];

it.each([
  ["tradesPerDy", "tradesPerDay"],
  ["tradesperday", "tradesPerDay"],
  ["tradePerDays", "tradesPerDay"],
  ["LossPrTrade", "lossPerTrade"],
  ["slipage", "slippage"],
  ["di", null],
  ["ids", "id"],
  ["", null],
  ["maxLoss", null],
  ["x".repeat(100_000), null],
])("the word meant by %.20s is %s", (typed, meant) => {
  expect(nearest(typed, keys)).toBe(meant);
});

it("prefers the word with fewer slips", () => {
  expect(nearest("through", ["thorough", "through"])).toBe("through");
  expect(nearest("MEX", ["ES", "MES"])).toBe("MES");
});
