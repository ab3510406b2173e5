import { expect, test } from "vitest";
import { EMOJI, MENTION, STRUCK } from "../../../../src/core/parse/characters.ts";
import { tokensOf } from "../../../../src/core/parse/tokenizer.ts";
import { tokenAt } from "../../../../src/core/parse/tokens.ts";

/** Words plain, contracts in brackets, numbers as read, signs and the rest as they are. */
const cut = (text: string): string =>
  (tokensOf(text) ?? [])
    .map(({ kind, text: word, value, root }) => {
      if (root !== null) return `[${root}]`;
      if (kind === "number") return String(value);
      if (kind === "newline") return "⏎";
      return kind === "mention" || kind === "struck" ? kind : word;
    })
    .join(" ");

test.each([
  ["🚨 ES long 6,326: A\n\n\nStop: 6316", "🚨 [ES] long 6326 : a ⏎ stop : 6316"],
  ["ESlong6326:A Stop6316.5", "[ES] long 6326 : a stop 6316.5"],
  ["shortNQ ES6041 M2K 6E 6EZ5", "short [NQ] [ES] 6041 [M2K] [6E] [6E]"],
  ["T1: 6334 TP2 6341 T16 TP1.5 target3", "t1 : 6334 tp2 6341 t 16 tp 1.5 target3"],
  ["Target 2 633 6 326", "target 2 633 6326"],
  [
    "S/L s.l. T/P b/e w/ a R:R r/r P&L p/l e.g. x",
    "sl sl tp breakeven with a reward reward pnl pnl example x",
  ],
  ["re-entry reentering re enter rest", "reentry reentry reentry rest"],
  ["yesterday's don't 'quoted'", "yesterday's don't ' quoted '"],
  ["$6,071 $ES $ 5 $$6", "6071 [ES] $ 5 $ 6"],
  ["@JMoney says @ 6362 @6363", "mention says @ 6362 @ 6363"],
  [
    "-6326 Stop -6316 Stop-6316 6304 -10 (-8) +7 A+ -$5",
    "-6326 stop -6316 stop - 6316 6304 - 10 ( -8 ) 7 a + -5",
  ],
  [".85 a.5 6326.25.5 stop.", "0.85 a . 5 NaN stop ."],
  ["a -> b → c - d", "a > b > c - d"],
  [`${MENTION} ${EMOJI} ${STRUCK} ✅`, `mention ${EMOJI} struck ✅`],
  ["ЕS ESé ٦٣٢٦ 𐐀𐐁", "еs esé ٦ ٣ ٢ ٦ 𐐨𐐩"],
])("%s", (text, expected) => {
  expect(cut(text)).toBe(expected);
});

test("a token remembers capitals, its sign and whether it touches what stands before it", () => {
  const tokens = tokensOf("A a: +7 b6") ?? [];
  expect(tokens.map(({ capital }) => capital)).toEqual([true, false, false, false, false, false]);
  expect(tokens.map(({ glued }) => glued)).toEqual([false, false, true, false, false, true]);
  expect(tokens[3]?.text).toBe("+7");
});

test("outside of the tokens there is only the end", () => {
  expect(tokenAt([], 0).kind).toBe("end");
  expect(tokenAt([], -1).kind).toBe("end");
});

test("half an emoji is a picture like any other", () => {
  expect(cut("a \ud83d b")).toBe("a \ud83d b");
});

test("a text of more than 1,500 words and signs is given up", () => {
  expect(tokensOf("a ".repeat(1_500))?.length).toBe(1_500);
  expect(tokensOf("a ".repeat(1_501))).toBeNull();
});
