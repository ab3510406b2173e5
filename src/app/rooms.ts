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
import type { Config, SourceConfig } from "../core/model/config.ts";
import type { Message } from "../core/model/message.ts";
import { roomFor, roomsIn } from "./configured-rooms.ts";
import type { Plugged } from "./hearing.ts";

/** Looked up for every message, however many channels there are. */
export function roomsOf(source: SourceConfig): Plugged["roomOf"] {
  if (source.kind === "chat-file" || source.kind === "stdin") return () => source.room;
  const rooms = new Map(
    roomsIn({ sources: [source] }).map((one) => [`${one.source}/${one.channel}`, one.room]),
  );
  return ({ source: kind, channel }) => rooms.get(`${kind}/${channel}`) ?? null;
}

/** Which of the messages that were kept came from it. */
export function ownedBy(config: Config, described: SourceConfig): (message: Message) => boolean {
  const all = roomsIn(config);
  const own = roomsIn({ sources: [described] });
  return (message) => {
    const found = roomFor(all, message);
    return own.some(({ source, room }) => source === message.source && room === found);
  };
}
