import { expect, test } from "vitest";
import { MENTION } from "../../../../src/core/parse/characters.ts";
import { ownWords } from "../../../../src/core/parse/quotes.ts";

test("quoted lines are left out when the author adds words of his own", () => {
  expect(ownWords("> ES long\n> Stop\nGreat call")).toBe("Great call");
  expect(ownWords("- > ES long\n- Great call")).toBe("- Great call");
});

test("quoted lines with nothing added are decoration", () => {
  expect(ownWords("> ES long\n>\n> Stop")).toBe("ES long\n\nStop");
  expect(ownWords(`> ES long\n${MENTION} 🚨`)).toBe(`ES long\n${MENTION} 🚨`);
});

test("three bars quote the rest of the message, unless nothing stands before them", () => {
  expect(ownWords(">>> ES long\nStop")).toBe("ES long\nStop");
  expect(ownWords(`${MENTION}\n>>> ES long\nStop`)).toBe(`${MENTION}\nES long\nStop`);
  expect(ownWords("Great call\n>>> ES long\nStop")).toBe("Great call\n");
});

test("an arrow inside a line quotes nothing", () => {
  for (const text of ["6326 > 6316", "SL -> BE", "plain"]) expect(ownWords(text)).toBe(text);
});
