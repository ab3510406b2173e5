import { describe, expect, test } from "vitest";
import {
  hookByToken,
  problemsOf,
  sendersOf,
  type WebhookSettings,
} from "../../../../src/shell/http/senders.ts";
import { OTHER_TOKEN, SECRET, SETTINGS, TOKEN } from "../../../kit/webhooks.ts";

const hooks = (...tokens: readonly string[]): WebhookSettings => ({
  ...SETTINGS,
  hooks: tokens.map((token, index) => ({ name: `h${index + 1}`, token, addresses: null })),
});
const signed = (...secrets: readonly string[]): WebhookSettings => ({
  ...SETTINGS,
  signed: [{ name: "desk", secrets }],
});

test("strong tokens and secrets of one's own have no problems", () => {
  expect(problemsOf(SETTINGS)).toEqual([]);
});

describe("a problem is named without the secret:", () => {
  test.each([
    ["too short", "secret"],
    ["hex digits without 128 bits", TOKEN.slice(1)],
    ["21 characters", OTHER_TOKEN.slice(1)],
    ["spaces in it", `${OTHER_TOKEN} ${OTHER_TOKEN}`],
    ["the same again and again", "01".repeat(20)],
    ["longer than a path", "0123456789abcdef".repeat(13)],
  ])("a token with %s", (_, token) => {
    const problems = problemsOf(hooks(token));
    expect(problems).toEqual([expect.stringMatching(/^hook h1: its token is too weak; expected/)]);
    expect(problems.join()).not.toContain(token);
  });

  test.each([
    ["words", "a secret in words, long enough to be one"],
    ["too few bytes", `whsec_${Buffer.alloc(23, 7).toString("base64")}`],
    ["too many bytes", `whsec_${Buffer.alloc(65, 7).toString("base64")}`],
  ])("a secret of %s", (_, secret) => {
    const problems = problemsOf(signed(secret));
    expect(problems).toEqual([expect.stringMatching(/^signed desk: its secret cannot be used;/)]);
    expect(problems.join()).not.toContain(secret);
  });

  test("none at all, one twice, one of two senders, one of two hooks", () => {
    expect(problemsOf(signed())).toEqual(["signed desk: it has no secret"]);
    expect(problemsOf(signed(SECRET, SECRET.slice(6)))).toEqual([
      "signed desk has the same secret as signed desk, twice",
    ]);
    const both = [
      { name: "desk", secrets: [SECRET] },
      { name: "bot", secrets: [SECRET] },
    ];
    expect(problemsOf({ ...SETTINGS, signed: both })).toEqual([
      "signed bot has the same secret as signed desk",
    ]);
    expect(problemsOf(hooks(TOKEN, TOKEN))).toEqual(["hook h2 has the same token as hook h1"]);
  });

  test("an address that is none", () => {
    const list = [{ name: "tv", token: TOKEN, addresses: ["everywhere"] }];
    expect(problemsOf({ ...SETTINGS, hooks: list })).toEqual([
      'hook tv: expected an address, a range such as 192.0.2.0/24, or "tradingview", found "everywhere"',
    ]);
  });
});

/** What is compared is what tells how long it takes: every digest, found or not. */
test("a token is compared with every hook, whichever it is of", () => {
  const { hooks: all } = sendersOf(SETTINGS);
  const compared = (token: string): readonly string[] => {
    const seen: string[] = [];
    const watched = all.map((hook) => ({
      ...hook,
      get digest() {
        seen.push(hook.name);
        return hook.digest;
      },
    }));
    expect(hookByToken(watched, token)?.name).toBe(
      SETTINGS.hooks.find((hook) => hook.token === token)?.name,
    );
    return seen;
  };
  for (const token of [TOKEN, OTHER_TOKEN, "neither", "", TOKEN.toUpperCase()]) {
    expect(compared(token)).toEqual(["tv", "phone"]);
  }
});
