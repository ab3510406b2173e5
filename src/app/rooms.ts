/**
 * Which room a message was posted in, and which source it came from.
 *
 * ```text
 * chat file, standard input      one room, whatever channel a record names
 * discord                        a room a channel id
 * webhook                        a room a hook, and one a sender that signs
 * ```
 *
 * A message of a channel nobody asked to hear has no room: it is passed over, and counted.
 */
import { basename } from "node:path";
import type { SourceConfig } from "../core/model/config.ts";
import type { Message, SourceKind } from "../core/model/message.ts";
import type { Room } from "../core/model/room.ts";
import type { Plugged } from "./hearing.ts";
import { fromHere } from "./places.ts";

type OfOneRoom = Extract<SourceConfig, { readonly kind: "chat-file" | "stdin" }>;

const isOfOneRoom = (source: SourceConfig): source is OfOneRoom =>
  source.kind === "chat-file" || source.kind === "stdin";

export function roomsOf(source: SourceConfig): Plugged["roomOf"] {
  if (isOfOneRoom(source)) return () => source.room;
  const rooms = new Map(channelsOf(source).map(([kind, name, room]) => [`${kind}/${name}`, room]));
  return ({ source: kind, channel }) => rooms.get(`${kind}/${channel}`) ?? null;
}

type Channel = readonly [kind: SourceKind, name: string, room: Room];

function channelsOf(source: Exclude<SourceConfig, OfOneRoom>): readonly Channel[] {
  if (source.kind === "discord") {
    return source.channels.map(({ id, room }): Channel => ["discord", id, room]);
  }
  return [
    ...source.hooks.map(({ name, room }): Channel => ["webhook", name, room]),
    ...source.signed.map(({ name, room }): Channel => ["signed", name, room]),
  ];
}

/** Which kept messages came from it. A record in a file may name any channel. */
export function ownedBy(here: string, described: SourceConfig): (message: Message) => boolean {
  if (described.kind === "stdin") return ({ source }) => source === "stdin";
  if (described.kind === "chat-file") {
    const name = basename(fromHere(here, described.path));
    return ({ source, channel }) => source === "chat-file" && channel === name;
  }
  const roomOf = roomsOf(described);
  return (message) => roomOf(message) !== null;
}
