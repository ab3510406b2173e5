import fc from "fast-check";
import { expect, test } from "vitest";
import { PLAIN_FORMAT } from "../../../../src/core/model/format.ts";
import { isPlainTalk } from "../../../../src/core/parse/interest.ts";
import { readAtLength } from "../../../../src/core/parse/read-message.ts";
import { settingsOf } from "../../../../src/core/parse/settings.ts";
import { loadCorpus } from "../../../kit/corpus.ts";
import { posted } from "../../../kit/posted.ts";

test.each([
  "gm everyone",
  "What a day! Love it.",
  "I’m so happy 🎉🎉",
  "see you tomorrow ❤️",
  "party tonight \u{1F973}",
  "coffee ☕ & cake (yum); no - wait %",
])("%j is told from an alert at a glance", (text) => {
  expect(isPlainTalk(text)).toBe(true);
});

test.each([
  "",
  " 🚨 ",
  "6326",
  "all out",
  "Stop",
  "nothing stop",
  "www.example",
  "@everyone hi",
  "st**op**",
  "st\u200bop",
  "st\ufe0fop",
  "w/ love",
  "ｏｕｔ",
  "\ud83d alone",
  "alone \ude00",
  "🅰 letter",
  "digit \u{1FBF0}",
  "math \u{1D400}",
  "x".repeat(4_001),
  "! ".repeat(1_001),
  "no ".repeat(1_001),
])("%j is read at length", (text) => {
  expect(isPlainTalk(text)).toBe(false);
});

const PIECES = [
  ..."gm stop out flat break even be s l t p adj lol I'm it’s re-entry re entry long ES short".split(
    " ",
  ),
  ..."target risk-free never mind 🚨 ✅ ❤️ 🇺🇸 ☕ ’ ' - . , ! ? ( ) ; & + % \" \n".split(" "),
  ...["\u200d", "\ufe0f", "\u200b", "\ud83d", "\ude00", "é", "х", "@", ":", "*", "a.b", "s.l"],
  ...["gm", "lol", "so happy", "what a day", "love it", "I'm", "🎉", "see you"],
  ...["nice", "coffee", "hello team", "great", "really", "very", "much", "yes", "😂", "wow"],
  ...loadCorpus("dev").map(({ text }) => text.replaceAll(/\d/g, "")),
];

test("the glance never changes an outcome", () => {
  const settings = settingsOf(PLAIN_FORMAT);
  const text = fc
    .tuple(
      fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 3 })), {
        maxLength: 12,
      }),
      fc.constantFrom("", " ", "\n"),
    )
    .map(([pieces, blank]) => pieces.join(blank));
  let glances = 0;
  fc.assert(
    fc.property(text, (one) => {
      if (!isPlainTalk(one)) return;
      glances += 1;
      expect(readAtLength(posted(one), settings)).toEqual({
        ...{ kind: "none", reason: "no alert in it", review: false },
      });
    }),
    { numRuns: 5_000 },
  );
  expect(glances).toBeGreaterThan(20);
});
