/**
 * What goes wrong between a bot and Discord, in words that say what to do about it.
 */

/** The bits asked for: guilds, their messages, and what the messages say. */
export const INTENTS = (1 << 0) | (1 << 9) | (1 << 15);

export const INTENT_MISSING =
  "the bot may not read what messages say; switch on MESSAGE CONTENT INTENT in the developer portal (your application, Bot, Privileged Gateway Intents), then start again";

/** Closes after which connecting again can only fail again. Source: Discord, "Gateway Close Codes". */
const FATAL: Readonly<Record<number, string>> = {
  4004: "Discord refuses the token: it was reset, or it is not a bot's. A user account may not be used (docs/guide/discord.md); take a new token from the developer portal: Bot, Reset Token",
  4010: "Discord refuses the shard (close code 4010); this is a fault of the program",
  4011: "the bot is in too many servers for one connection (close code 4011); use a bot of your own for this program",
  4012: "Discord no longer speaks this version of its protocol (close code 4012); update the program",
  4013: "Discord does not know the intents asked for (close code 4013); update the program",
  4014: INTENT_MISSING,
};

/** Null for a close that is a matter of course: connecting again is the answer. */
export const fatalClose = (code: number): string | null => FATAL[code] ?? null;

export interface RestFault {
  readonly kind: "token" | "denied" | "absent" | "unreachable" | "refused";
  readonly reason: string;
}

export const faultOfStatus = (status: number, code: number): RestFault => {
  if (status === 401) return { kind: "token", reason: FATAL[4004] ?? "" };
  if (status === 403) return { kind: "denied", reason: `not allowed (Discord error ${code})` };
  if (status === 404) return { kind: "absent", reason: `not found (Discord error ${code})` };
  if (status >= 500) return { kind: "unreachable", reason: `Discord answers ${status}` };
  return { kind: "refused", reason: `Discord answers ${status} (error ${code})` };
};
