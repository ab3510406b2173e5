import { describe, expect, test } from "vitest";
import type { Message } from "../../../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../../../src/core/model/room.ts";
import { readForeign } from "../../../../src/core/parse/foreign/read-foreign.ts";
import { readTokens } from "../../../../src/core/parse/read-tokens.ts";
import { settingsOf } from "../../../../src/core/parse/settings.ts";
import { tokensOfMessage } from "../../../../src/core/parse/token-stream.ts";
import { usualAlert } from "../../../../src/core/parse/usual.ts";
import { seeded } from "../../../../src/std/seeded.ts";
import { allMessages } from "../../../kit/all-messages.ts";
import { damaged } from "../../../kit/mutations.ts";
import { posted } from "../../../kit/posted.ts";

const SETTINGS = settingsOf(OPEN_ROOM.format);

/** What the short way says, and what the long way says of the same words. */
function bothWays(message: Message) {
  const tokens = tokensOfMessage(message, SETTINGS);
  const short = tokens.ok ? usualAlert(tokens.value, SETTINGS.limits) : null;
  if (!tokens.ok || short === null) return null;
  const foreign = readForeign(tokens.value, message.sentAt);
  return { short, long: foreign ?? readTokens(tokens.value, SETTINGS) };
}

describe("the short way for a usual alert", () => {
  test("says of every message it takes what the long way says", () => {
    const taken = allMessages().flatMap(({ message }) => bothWays(message) ?? []);
    expect(taken.length).toBeGreaterThan(60);
    for (const { short, long } of taken) expect(short).toEqual(long);
  });

  test("says so of damaged ones too", () => {
    const dice = seeded(17);
    const all = allMessages(["dev", "wordings"]).map(({ message }) => message);
    const usual = all.filter((message) => bothWays(message) !== null);
    let count = 0;
    for (let left = 4_000; left > 0; left--) {
      const message = usual[dice.below(usual.length)] as Message;
      const both = bothWays(damaged(message, all[dice.below(all.length)] as Message, dice));
      if (both === null) continue;
      count += 1;
      expect(both.short).toEqual(both.long);
    }
    expect(count).toBeGreaterThan(500);
  });

  test.each([
    ["ES long 6326: A\nStop: 6316", "A"],
    ["🚨 long es @ 6326 - b GAMMA\nSL 6316\n@everyone", "B"],
    ["**ES** short 6,326: C, stop - 6,336", "C"],
  ])("takes %j", (text, size) => {
    expect(bothWays(posted(text))?.short.entries).toMatchObject([{ instrument: "ES", size }]);
  });

  test.each([
    "ES long 6326c\nStop: 6316",
    "ES long +6326: A\nStop: 6316",
    "ES long 6326: D\nStop: 6316",
    "ES buy 6326: A\nStop: 6316",
    "ES long 6326: A\nnew stop: 6316",
    "ES long 6326: A\nStop: 6316\nT1 6333",
    "ES long 6326: A\nStop: 6336",
    "6326 ES long: A\nStop: 6316",
  ])("leaves %j to the long way", (text) => {
    expect(bothWays(posted(text))).toBeNull();
  });
});
