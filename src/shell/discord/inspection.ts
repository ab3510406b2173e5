/**
 * What can be known before a single message came: whose token it is, whether the bot may read what
 * messages say, and what it may do in each channel.
 */
import { err, ok } from "../../std/result.ts";
import { INTENT_MISSING } from "./fault-words.ts";
import { idIn, numberIn, recordIn, textIn } from "./json.ts";
import { type Right, rightsMissing } from "./permissions.ts";
import type { Asked, DiscordRest } from "./rest.ts";
import { USER_TOKEN } from "./token.ts";

export interface Bot {
  readonly id: string;
  readonly name: string;
}

/** Who we are; a user's account is refused here too, should its token look like a bot's. */
export async function whoAmI(rest: DiscordRest): Asked<Bot> {
  const answer = await rest.get("/users/@me");
  if (!answer.ok) return answer;
  const user = recordIn(answer.value);
  const id = idIn(user["id"]);
  if (id === null) return err({ kind: "unreachable", reason: "no user came back for the token" });
  if (user["bot"] !== true) return err({ kind: "token", reason: USER_TOKEN });
  return ok({ id, name: textIn(user["username"]) });
}

const CONTENT_ALLOWED = (1 << 18) | (1 << 19);

/** Null when it may read what messages say, or nobody can tell. */
export async function intentProblem(rest: DiscordRest): Promise<string | null> {
  const answer = await rest.get("/applications/@me");
  if (!answer.ok) return null;
  const flags = recordIn(answer.value)["flags"];
  return typeof flags === "number" && (numberIn(flags) & CONTENT_ALLOWED) === 0
    ? INTENT_MISSING
    : null;
}

export interface Access {
  /** Its name on Discord. */
  readonly name: string;
  /** In words; null when nothing is missing. */
  readonly problem: string | null;
}

export async function accessTo(
  rest: DiscordRest,
  user: string,
  channel: string,
  wanted: readonly Right[],
): Asked<Access> {
  const found = await rest.get(`/channels/${channel}`);
  if (!found.ok) {
    const isClosed = found.error.kind === "denied" || found.error.kind === "absent";
    return isClosed ? ok({ name: channel, problem: lacking(["View Channel"]) }) : found;
  }
  const { guild_id, name } = recordIn(found.value);
  const shown = textIn(name) || channel;
  const guild = idIn(guild_id);
  if (guild === null) return ok({ name: shown, problem: "this is no channel of a server" });
  const [roles, member] = await Promise.all([
    rest.get(`/guilds/${guild}/roles`),
    rest.get(`/guilds/${guild}/members/${user}`),
  ]);
  if (!roles.ok) return roles;
  if (!member.ok) return member;
  const missing = rightsMissing(
    { guild, user, roles: roles.value, member: member.value, channel: found.value },
    wanted,
  );
  return ok({ name: shown, problem: missing.length === 0 ? null : lacking(missing) });
}

const lacking = (rights: readonly Right[]): string =>
  `the bot lacks the right ${rights.map((right) => `"${right}"`).join(" and ")}; the owner of the server gives it in the channel's settings, Permissions (or the bot is not in that server, or the id is not a channel's)`;
