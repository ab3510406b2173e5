import { expect, test } from "vitest";
import { type Right, rightsMissing } from "../../../../src/shell/discord/permissions.ts";
import { botToken } from "../../../../src/shell/discord/token.ts";
import { TOKEN } from "../../../kit/discord-gateway.ts";

const VIEW = 1 << 10;
const HISTORY = 1 << 16;
const WANTED: readonly Right[] = ["View Channel", "Read Message History"];

interface Case {
  readonly everyone?: number;
  readonly role?: number;
  readonly overwrites?: readonly (readonly [id: string, allow: number, deny: number])[];
}
const missing = ({ everyone = 0, role = 0, overwrites = [] }: Case) =>
  rightsMissing(
    {
      ...{ guild: "1", user: "9", member: { roles: ["2"] } },
      roles: [
        { id: "1", permissions: String(everyone) },
        { id: "2", permissions: String(role) },
        { id: "3", permissions: String(VIEW | HISTORY) },
      ],
      channel: {
        permission_overwrites: overwrites.map(([id, allow, deny]) => ({
          ...{ id, allow: String(allow), deny: String(deny) },
        })),
      },
    },
    WANTED,
  );

test.each<[string, Case, readonly Right[]]>([
  ["nothing at all", {}, WANTED],
  ["everyone and a role together", { everyone: VIEW, role: HISTORY }, []],
  ["an administrator, whatever the channel says", { role: 8, overwrites: [["9", 0, VIEW]] }, []],
  [
    "denied to everyone",
    { everyone: VIEW | HISTORY, overwrites: [["1", 0, HISTORY]] },
    ["Read Message History"],
  ],
  [
    "denied to everyone, allowed to the role",
    {
      everyone: VIEW | HISTORY,
      overwrites: [
        ["1", 0, VIEW],
        ["2", VIEW, 0],
      ],
    },
    [],
  ],
  [
    "denied to the role, allowed to the bot",
    {
      everyone: VIEW | HISTORY,
      overwrites: [
        ["2", 0, VIEW],
        ["9", VIEW, 0],
      ],
    },
    [],
  ],
  [
    "denied to the bot",
    { everyone: VIEW | HISTORY, overwrites: [["9", 0, VIEW]] },
    ["View Channel"],
  ],
  [
    "said of a role it does not have",
    { everyone: VIEW, overwrites: [["3", HISTORY, VIEW]] },
    ["Read Message History"],
  ],
])("rights are counted as Discord counts them: %s", (_, given, expected) => {
  expect(missing(given)).toEqual(expected);
});

test("a bot's token is taken, with or without the word in front of it", () => {
  expect(botToken(TOKEN)).toEqual({ ok: true, value: TOKEN });
  expect(botToken(`Bot ${TOKEN}`)).toEqual({ ok: true, value: TOKEN });
  for (const text of ["", "abc", "mfa.x", TOKEN.replace(/^[^.]+/, "bm90IGEgbnVtYmVyIGhlcmU")]) {
    expect(botToken(text).ok).toBe(false);
  }
});
