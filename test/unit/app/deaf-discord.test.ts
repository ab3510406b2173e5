/** Which bots could never be heard. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { deafDiscord } from "../../../src/app/deaf-discord.ts";
import { DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import { type FakeDiscord, TOKEN } from "../../kit/discord-gateway.ts";
import { discordSettings } from "../../kit/discord-room.ts";
import { temporaryFolder } from "../../kit/temporary-folder.ts";

const nobody = { restUrl: "http://127.0.0.1:9/api" } as FakeDiscord;

function deafWith(secret: string | null) {
  const here = temporaryFolder();
  if (secret !== null) writeFileSync(join(here, "token"), secret, { mode: 0o600 });
  const source = discordSettings(nobody, { token: { kind: "file", path: "token" } });
  return deafDiscord({ here }, { ...DEFAULT_CONFIG, sources: [source] });
}

test("a house without Discord needs no token", async () => {
  expect(await deafDiscord({ here: "." }, DEFAULT_CONFIG)).toBeNull();
});

test("a bot whose token has the right shape may be heard", async () => {
  expect(await deafWith(`${TOKEN}\n`)).toBeNull();
});

test.each<[string, string | null, RegExp]>([
  ["that is not there", null, /^discord: file:\S*token: cannot be read/],
  ["of a person", `mfa.${"x".repeat(40)}`, /^discord: this is the token of a user account/],
  ["of something else", "hunter2", /^discord: this is no bot token/],
])("a token %s is told before anything begins", async (_, secret, says) => {
  const refused = await deafWith(secret);
  expect(refused).toMatchObject({ code: 2, lines: [expect.stringMatching(says)] });
  expect(refused?.lines.join()).not.toContain(secret ?? "nothing");
});
