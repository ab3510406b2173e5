import { expect, test } from "vitest";
import { ALARM, EMOJI, MENTION } from "../../../../src/core/parse/characters.ts";
import { withoutMentions } from "../../../../src/core/parse/mentions.ts";

const words = (text: string): string => withoutMentions(text).replace(/ +/g, " ").trim();

test.each([
  "<@112233445566778899>",
  "<@!112233445566778899>",
  "<@&112233445566778899>",
  "<#112233445566778899>",
  "<t:1758031500>",
  "<t:1758031500:R>",
  "</trade open:112233445566778899>",
  "<id:browse>",
])("%s is a mention", (mention) => {
  expect(words(`63${mention}26`)).toBe(`63 ${MENTION} 26`);
});

test("everyone and here are mentions, in any case", () => {
  expect(words("6316 @everyone @HERE")).toBe(`6316 ${MENTION} ${MENTION}`);
  expect(words("@hereafter")).toBe("@hereafter");
});

test.each([
  ["<:smile:112233445566778899>", EMOJI],
  ["<a:siren:112233445566778899>", ALARM],
  [":rotating_light:", ALARM],
  [":+1:", EMOJI],
  [":green_circle::red_circle:", `${EMOJI} ${EMOJI}`],
])("%s is an emoji", (text, emoji) => {
  expect(words(`${text} ES`)).toBe(`${emoji} ES`);
});

test("words of an alert between colons are no emoji names", () => {
  for (const text of ["ES:long:6326", "6326 :stop: 6316", "a:fire:b", "no sign at all"]) {
    expect(withoutMentions(text)).toBe(text);
  }
});
