import { expect, test } from "vitest";
import { STRUCK } from "../../../../src/core/parse/characters.ts";
import { withoutMarkdown } from "../../../../src/core/parse/markdown.ts";

test.each([
  ["bold inside a number", "60**37**", "6037"],
  ["bold, italics, underline", "**a** *b* __c__ _d_ ***e***", "a b c d e"],
  ["an underscore inside a word", "ES_F", "ES_F"],
  ["a code span", "`6334`", "6334"],
  ["a spoiler", "||6316||", "6316"],
  ["headings and small print", "# a\n## b\n### c\n-# d", "a\nb\nc\nd"],
  ["lists", "- a\n* b\n• c\n1) d\n2. e\n  - f", "a\nb\nc\nd\ne\nf"],
  ["a fence", "```\na\n```\nb", "\na\n\nb"],
  ["a fence on one line", "```a```", "a"],
  ["a fence with a language", "```yaml\na\n```", "\na\n"],
  ["a fence of changes", "```diff\n+ a\n-b\nc\n```\n-d", "\n a\nb\nc\n\n-d"],
  ["a sign in front of a number", "-5\n- 5", "-5\n5"],
  ["an escaped sign", "\\*a\\* \\b", "*a* \\b"],
  ["a bar by itself", "a | b", "a | b"],
  ["tildes without an end", "~~a", "~~a"],
])("%s", (_, text, expected) => {
  expect(withoutMarkdown(text)).toBe(expected);
});

test("struck words go and leave a mark", () => {
  expect(withoutMarkdown("~~ES long\nStop~~ done")).toBe(` ${STRUCK}  done`);
});

test("unstyled text comes back untouched", () => {
  expect(withoutMarkdown("ES long 6326: A")).toBe("ES long 6326: A");
});
