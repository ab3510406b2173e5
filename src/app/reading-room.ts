/** In which room a message of the history is read: its own, or one that stands for all of them. */

import type { Config } from "../core/model/config.ts";
import { PLAIN_FORMAT } from "../core/model/format.ts";
import type { Message } from "../core/model/message.ts";
import { OPEN_ROOM, type Room } from "../core/model/room.ts";
import { ownOf } from "../std/own.ts";
import { err, ok, type Result } from "../std/result.ts";
import { roomFor, roomsIn } from "./configured-rooms.ts";

export type RoomOf = (message: Message) => Room;

/** Every channel as it is configured; all of them in one format, where one is named. */
export function readingRooms(config: Config | null, format: string | null): Result<RoomOf, string> {
  if (format === null) {
    const rooms = config === null ? [] : roomsIn(config);
    return ok((message) => roomFor(rooms, message) ?? OPEN_ROOM);
  }
  const formats = { [PLAIN_FORMAT.name]: PLAIN_FORMAT, ...config?.formats };
  const found = ownOf(formats, format);
  if (found !== undefined) {
    const room = { ...OPEN_ROOM, authors: found.authors, format: found };
    return ok(() => room);
  }
  return err(`there is no format "${format}"; known: ${Object.keys(formats).join(", ")}`);
}
