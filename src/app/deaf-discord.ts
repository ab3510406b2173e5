/**
 * Why a start should be refused: a bot that could never be heard, because its token is not there,
 * or is not a bot's.
 *
 * Whether Discord takes a token only Discord knows, and it may be away; that is told while running.
 */
import type { Config } from "../core/model/config.ts";
import { type Context, type Stopped, stopped } from "./context.ts";
import { placeFrom } from "./places.ts";
import { wire } from "./wire.ts";

export async function deafDiscord(
  { here }: Pick<Context, "here">,
  { sources }: Config,
): Promise<Stopped | null> {
  const bots = sources.filter((one) => one.kind === "discord");
  if (bots.length === 0) return null;
  const { botToken } = await wire.discordToken();
  const { readSecret } = await wire.secrets();
  for (const { token } of bots) {
    const secret = readSecret(placeFrom(here, token));
    const read = secret.ok ? botToken(secret.value) : secret;
    if (!read.ok) return stopped(2, `discord: ${read.error}`);
  }
  return null;
}
