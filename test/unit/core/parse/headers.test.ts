import { expect, test } from "vitest";
import { findPairs, labelledPrice, priceBehind } from "../../../../src/core/parse/headers.ts";
import { tokensOf } from "../../../../src/core/parse/tokenizer.ts";

const tokens = (text: string) => tokensOf(text) ?? [];

const pairsIn = (text: string): readonly string[] =>
  findPairs(tokens(text)).map(({ root, side, isPlain, isShared }) => {
    const marks = `${isPlain ? " plain" : ""}${isShared ? " shared" : ""}`;
    return `${root} ${side}${marks}`;
  });

test.each([
  ["ES long", "ES long plain"],
  ["🚨 Long ES", "ES long plain"],
  ["ES: LONG", "ES long plain"],
  ["Going long ES", "ES long"],
  ["SELL MNQ", "MNQ short"],
  ["Taking a long in the ES", "ES long"],
  ["Buy 2 MES", "MES long"],
  ["Direction: LONG\nContract: MESZ5", "MES long"],
  ["ES\nlong", "ES long"],
  ["ES/NQ long", "NQ long plain shared"],
  ["long ES and MES", "ES long plain shared"],
])("%s: %s", (text, expected) => {
  expect(pairsIn(text)).toEqual([expected]);
});

test("several pairs are found from left to right", () => {
  expect(pairsIn("ES long 6326, NQ short 22950")).toEqual(["ES long plain", "NQ short plain"]);
});

test.each([
  "ES",
  "long",
  "ES weekly chart long",
  "long. ES",
  "ES 6326 long",
  "long : : : : : : ES",
])("%s is no pair", (text) => {
  expect(pairsIn(text)).toEqual([]);
});

test.each([
  ["6326", "price"],
  [": @ 6326", "price"],
  ["here at 6326", "price"],
  ["\nEntry price: 6326", "price"],
  ["GAMMA 6326", "price"],
  ["-6326", "price"],
  ["+12", "absent"],
  ["10 pts", "absent"],
  ["above 6326", "absent"],
  ["6326-6324", "unclear"],
])("behind the pair, %s is %s", (text, kind) => {
  expect(priceBehind(tokens(text), 0).kind).toBe(kind);
});

test.each([
  ["Entry: 6326", "price"],
  ["x\nPrice: 6326", "price"],
  ["IN: 6326", "price"],
  ["BUY | price 6326", "price"],
  ["my entry is near 6326", "absent"],
  ["current price 6326", "absent"],
  ["Entry: ES", "absent"],
  ["Entry: 6326-6324", "unclear"],
])("a label: %s is %s", (text, kind) => {
  const list = tokens(text);
  expect(labelledPrice(list, { from: 0, to: list.length }).kind).toBe(kind);
});
