import { expect, test } from "vitest";
import { sentenceAt, sentencesOf } from "../../../../src/core/parse/sentences.ts";
import { tokensOf } from "../../../../src/core/parse/tokenizer.ts";
import type { Token } from "../../../../src/core/parse/tokens.ts";

const cut = (text: string): readonly string[] => {
  const tokens: readonly Token[] = tokensOf(text) ?? [];
  return sentencesOf(tokens).map(({ from, to, isQuestion, endsLine }) => {
    const words = tokens.slice(from, to).filter(({ kind }) => kind !== "newline");
    const marks = `${isQuestion ? " (question)" : ""}${endsLine ? " ⏎" : ""}`;
    return words.map((token) => token.text).join(" ") + marks;
  });
};

test("a sentence ends at a full stop, a mark or the end of its line", () => {
  expect(cut("One. Two! Is it?! Four\nfive.\nsix")).toEqual([
    "one .",
    "two !",
    "is it ? ! (question)",
    "four ⏎",
    "five . ⏎",
    "six ⏎",
  ]);
});

test("a point inside a word or number ends nothing", () => {
  expect(cut("e.to 6326.25 now.")).toEqual(["e . to 6326.25 now . ⏎"]);
});

test("every token stands in a sentence", () => {
  const sentences = sentencesOf(tokensOf("a. b") ?? []);
  expect(sentenceAt(sentences, 2).from).toBe(2);
  expect(() => sentenceAt(sentences, 99)).toThrow("every token stands in a sentence");
});
