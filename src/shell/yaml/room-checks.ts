/**
 * What a channel owes its format: that there is one of the name, and that between the two of them
 * somebody's messages count.
 *
 * On Discord only numeric ids count, because anybody can take a name; so either the channel or its
 * format has to give some. A channel that is only looked at may hear everybody: nothing is traded
 * there, and how else would one learn whose ids they are?
 */

import { type Format, PLAIN_FORMAT } from "../../core/model/format.ts";
import { ownOf } from "../../std/own.ts";
import type { Conflict } from "./checks.ts";
import { type RoomToCheck, roomsOf } from "./file-checks.ts";
import type { SourceFile } from "./schema-sources.ts";

export type Formats = Readonly<Record<string, Format>>;

export const formatNamed = (formats: Formats, name: string): Format | undefined => {
  if (name === PLAIN_FORMAT.name) return PLAIN_FORMAT;
  return ownOf(formats, name);
};

export const conflictsInRooms = (
  sources: readonly SourceFile[],
  formats: Formats,
): readonly Conflict[] => roomsOf(sources).flatMap((one) => conflictsIn(one, formats));

function conflictsIn(
  { path, isDiscord, room }: RoomToCheck,
  formats: Formats,
): readonly Conflict[] {
  const format = formatNamed(formats, room.format);
  if (format === undefined) {
    const known = [PLAIN_FORMAT.name, ...Object.keys(formats)].join(", ");
    const message = `there is no format "${room.format}", only ${known}`;
    return [{ path: [...path, "format"], message }];
  }
  const hasIds = room.authorIds !== undefined || (format.authors?.ids.length ?? 0) > 0;
  if (!isDiscord || hasIds || room.mode === "shadow") return [];
  const message = `whose messages count? list authorIds here, or authors.ids in the format "${room.format}"; only mode shadow hears everybody`;
  return [{ path, message }];
}
