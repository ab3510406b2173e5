import { expect, test } from "vitest";
import { blocksOf } from "../../../../src/core/parse/blocks.ts";
import { sentencesOf } from "../../../../src/core/parse/sentences.ts";
import { tokensOf } from "../../../../src/core/parse/tokenizer.ts";

const blocksIn = (text: string): readonly string[] => {
  const tokens = tokensOf(text) ?? [];
  return blocksOf(tokens, sentencesOf(tokens)).map(({ pair, body, isCard }) => {
    const words = tokens.slice(body.from, body.to).filter(({ kind }) => kind !== "newline");
    return `${isCard ? "card " : ""}${pair.root}: ${words.map((token) => token.text).join(" ")}`;
  });
};

test("the first block begins with the message, the next with its own sentence", () => {
  expect(blocksIn("Morning\nES long 6326\nStop 6316\nAlso NQ long 22950\nStop 22910")).toEqual([
    "ES: morning es long 6326 stop 6316",
    "NQ: also nq long 22950 stop 22910",
  ]);
});

test("in one line the prices stay with the alert before, the words go with the next", () => {
  expect(blocksIn("ES long 6326, stop 6316; below: NQ short 22950")).toEqual([
    "ES: es long 6326 , stop 6316 ;",
    "NQ: below : nq short 22950",
  ]);
  expect(blocksIn("ES long 6326\nStop 6316 🚨 NQ long 22950")).toEqual([
    "ES: es long 6326 stop 6316",
    "NQ: 🚨 nq long 22950",
  ]);
});

test("a pair without a price is talk", () => {
  expect(blocksIn("ES long 6326 stop 6316, NQ short looks heavy")).toHaveLength(1);
  expect(blocksIn("ES long looks good")).toEqual([]);
});

test("a card names contract, side and price in lines of their own", () => {
  expect(blocksIn("Symbol: ES\nFrame: 5m\nSide: Buy\nEntry: 6326")).toHaveLength(1);
  expect(blocksIn("Stopped on ES. Re-entering long 6318")).toEqual([
    "card ES: stopped on es . reentry long 6318",
  ]);
});

test.each([
  "Symbol: ES\nEntry: 6326",
  "Side: Buy\nEntry: 6326",
  "Symbol: ES\nFrame: 5m\nSide: Buy",
  "Symbols: ES NQ\nFrame: 5m\nSide: Buy\nEntry: 6326",
  "Symbol: ES\nFrame: 5m\nBuy or sell\nEntry: 6326",
])("%s is no card of an alert", (text) => {
  expect(blocksIn(text)).toEqual([]);
});
