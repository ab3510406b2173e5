/** A letter as plain text, whatever a stranger wrote into it. */
import { expect, test } from "vitest";
import { authorOf, letterLines, quoteLines } from "../../../../src/core/views/letter-text.ts";
import { sampleLetter } from "../../../kit/sample-letter.ts";

test("has the time, the title, the details, and the quotation behind marks", () => {
  expect(letterLines(sampleLetter(1))).toEqual([
    "09:00:00 CT  #1 long 3 MES, limit 6327.00",
    "             Stop: 6315.00",
    "             At risk: $187.50",
    "             alice wrote:",
    "             > ES long 6325A stop 6315",
  ]);
});

test("has no line of a stranger's that could pass for one of ours", () => {
  const quote = { author: null, text: "one\r\n09:00:00 CT  closed\u2028\u001b[2Jtwo" };
  expect(letterLines(sampleLetter(1, { quote, details: [] })).slice(1)).toEqual([
    "             somebody wrote:",
    "             > one",
    "             > 09:00:00 CT closed",
    "             > [2Jtwo",
  ]);
  expect(authorOf({ author: "a\u202eb", text: "" })).toBe("ab");
});

test("shows a dozen lines of a quotation, and says what a picture shows", () => {
  expect(quoteLines("x\n".repeat(40))).toHaveLength(13);
  const image = { cid: "c", type: "image/png", base64: "", says: "equity" } as const;
  const letter = { ...sampleLetter(1, { quote: null }), images: [image] };
  expect(letterLines(letter).at(-1)).toBe("[equity]");
});
