/**
 * How the messages of one channel are taken: whose count, how they are written, for which accounts,
 * and whether a person is asked first.
 *
 * ```text
 * auto      an entry is taken as soon as risk has approved it
 * confirm   it waits for a person's yes, until it expires
 * shadow    it is judged and kept, never filled
 * ```
 *
 * Updates only ever reduce and ask nobody, whatever the mode.
 */
import { type Authors, type Format, PLAIN_FORMAT } from "./format.ts";
import { type Millis, millis } from "./units.ts";

export type RoomMode = "auto" | "confirm" | "shadow";

export interface Room {
  /** Null = everyone: the source itself is trusted. */
  readonly authors: Authors | null;
  readonly format: Format;
  /** Only accounts of this group follow it; null = all of them. */
  readonly group: string | null;
  readonly mode: RoomMode;
  /** How long an entry waits for a person's yes; left out: as long as is usual. */
  readonly approvalFor?: Millis;
}

/** Of a room that says nothing else. */
export const APPROVAL_FOR = millis(60_000);

/** Of a source that is trusted as a whole, and says nothing else. */
export const OPEN_ROOM: Room = { authors: null, format: PLAIN_FORMAT, group: null, mode: "auto" };

export const openRoom = (): Room => OPEN_ROOM;
