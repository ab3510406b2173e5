/**
 * A first look at the rooms, over REST alone: nothing is connected, written or traded.
 *
 * ```text
 * token ─► who am I ─► intent ─► each channel: may it be read? ─► its newest messages
 * ```
 */
import type { DiscordConfig } from "../../core/model/config.ts";
import type { Message } from "../../core/model/message.ts";
import type { Result } from "../../std/result.ts";
import { INTENT_MISSING, type RestFault } from "./fault-words.ts";
import { accessTo, intentProblem, whoAmI } from "./inspection.ts";
import { listIn } from "./json.ts";
import { postedIn } from "./message.ts";
import { type DiscordRest, discordRest } from "./rest.ts";
import { compareIds } from "./snowflake.ts";
import { botToken } from "./token.ts";

export interface Problem {
  /** Unreachable: it may work later. Wrong: somebody has to change something. */
  readonly kind: "unreachable" | "wrong";
  readonly reason: string;
}

export interface RoomLook {
  readonly id: string;
  readonly name: string;
  readonly problem: Problem | null;
  /** Oldest first. */
  readonly messages: readonly Message[];
}

export interface Look {
  /** The name of the bot; null when it could not be asked. */
  readonly bot: string | null;
  readonly problem: Problem | null;
  readonly rooms: readonly RoomLook[];
}

const NEWEST = 50;

export async function lookAtRooms(
  settings: DiscordConfig,
  secret: Result<string, string>,
): Promise<Look> {
  const token = secret.ok ? botToken(secret.value) : secret;
  if (!token.ok) return nothing({ kind: "wrong", reason: token.error });
  const rest = discordRest({ token: token.value, url: settings.restUrl });
  try {
    return await lookWith(rest, settings);
  } finally {
    rest.close();
  }
}

const nothing = (problem: Problem): Look => ({ bot: null, problem, rooms: [] });

async function lookWith(rest: DiscordRest, { channels }: DiscordConfig): Promise<Look> {
  const me = await whoAmI(rest);
  if (!me.ok) return nothing(problemOf(me.error));
  const intent = await intentProblem(rest);
  const rooms: RoomLook[] = [];
  for (const { id, name } of channels) rooms.push(await lookAt(rest, me.value.id, { id, name }));
  return {
    bot: me.value.name,
    problem: intent === null ? null : { kind: "wrong", reason: intent },
    rooms,
  };
}

async function lookAt(
  rest: DiscordRest,
  user: string,
  room: { readonly id: string; readonly name: string },
): Promise<RoomLook> {
  const access = await accessTo(rest, user, room.id, ["View Channel", "Read Message History"]);
  const closed = (problem: Problem): RoomLook => ({ ...room, problem, messages: [] });
  if (!access.ok) return closed(problemOf(access.error));
  const lacking = access.value.problem;
  if (lacking !== null) return closed({ kind: "wrong", reason: lacking });
  const answer = await rest.get(`/channels/${room.id}/messages`, { limit: String(NEWEST) });
  if (!answer.ok) return closed(problemOf(answer.error));
  const posted = listIn(answer.value)
    .flatMap((row) => postedIn(row) ?? [])
    .toSorted((a, b) => compareIds(a.message.id, b.message.id));
  const isBare = posted.some((one) => one.isBare && one.user !== user);
  return {
    ...room,
    problem: isBare ? { kind: "wrong", reason: INTENT_MISSING } : null,
    messages: posted.map(({ message }) => message),
  };
}

const problemOf = ({ kind, reason }: RestFault): Problem => ({
  kind: kind === "unreachable" ? "unreachable" : "wrong",
  reason,
});
