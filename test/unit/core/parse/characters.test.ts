import { expect, test } from "vitest";
import { EMOJI, plainCharacters } from "../../../../src/core/parse/characters.ts";

const plain = (text: string): string => {
  const result = plainCharacters(text);
  return result.ok ? result.value : `refused: ${result.error}`;
};

test("plain text stays as it is", () => {
  expect(plain("ES long 6326: A\nStop: 6316")).toBe("ES long 6326: A\nStop: 6316");
});

test.each([
  ["line ends of every kind", "a\r\nb\rc\u2028d\u2029e\vf\fg\u0085h", "a\nb\nc\nd\ne\nf\ng\nh"],
  [
    "zero width, soft hyphens, marks of direction",
    "\ufeff63\u200b2\u00ad6\u200f\u200e\u061c",
    "6326",
  ],
  ["control characters", "a\u0000b\u0007c", "abc"],
  ["full-width letters, digits and colons", "ＥＳ ６３２６：Ａ", "ES 6326:A"],
  ["mathematical bold", "𝗘𝗦 𝟲𝟯𝟮𝟲", "ES 6326"],
  ["colons and dashes that look alike", "A∶B꞉C–D—E−F‑G", "A:B:C-D-E-F-G"],
  ["blanks of every width, and tabs", "a\u00a0b\u2009c\u202fd\u3000e\tf\u1680g", "a b c d e f g"],
  ["curly quotes and arrows", "“a” ‘b’ → ➡️ ⇒", "\"a\" 'b' \u2192 \u2192 \u2192"],
  ["boxed letters", "🅰️ 🅱 🅐 🇦", "A B A A"],
  ["flags", "🇺🇸 ES", `${EMOJI} ES`],
  ["keycaps", "6\ufe0f\u20e3", EMOJI],
  ["a half behind a number", "6326½", "6326 1/2"],
  ["a raised digit behind a number", "6326²", "6326 2"],
  ["private characters", "a\ue000b", "a b"],
])("%s", (_, text, expected) => {
  expect(plain(text)).toBe(expected);
});

test("look-alikes of other alphabets are not folded", () => {
  expect(plain("ЕS")).toBe("ЕS");
});

test.each([
  ["a writing-direction override", "ES long \u202e6236\u202c"],
  ["strokes through the digits", "6\u03363\u03362\u03366\u0336"],
  ["a pile of marks", `e${"\u0301\u0323".repeat(5)}`],
  ["a text that grows", "\ufdfa".repeat(500)],
])("%s is turned away", (_, text) => {
  expect(plain(text)).toMatch(/^refused: \S/);
});

test("a picture that is passed over at a glance is one that nothing would change", () => {
  const ranges = [
    [0x2600, 0x27bf],
    [0x1f300, 0x1f3ff],
    [0x1f400, 0x1f7ff],
    [0x1f800, 0x1faff],
  ] as const;
  for (const [from, to] of ranges) {
    for (let code = from; code <= to; code++) {
      const picture = String.fromCodePoint(code);
      // The invisible mark sends it the long way round.
      expect(plainCharacters(picture)).toEqual(plainCharacters(`${picture}\u200b`));
    }
  }
});
