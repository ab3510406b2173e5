/**
 * One configured channel: its line, its reader, and what is left out of both.
 *
 * ```text
 * gateway ─┐                 own ─► passed over        line ─► told
 * REST ────┴─► sift ─► bare ─► the intent is missing
 * ```
 *
 * A channel that nobody has heard before begins now: what stands in it is kept as its past, and
 * nothing of it is traded.
 */
import type { DiscordChannel } from "../../core/model/config.ts";
import type { Message } from "../../core/model/message.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { type ChannelLine, channelLine } from "./channel-line.ts";
import type { Item } from "./channel-memory.ts";
import { type ChannelReader, channelReader } from "./channel-reader.ts";
import type { RestFault } from "./fault-words.ts";
import { type Posted, postedIn } from "./message.ts";
import type { DiscordRest } from "./rest.ts";
import { compareIds, idAt, timeOfId } from "./snowflake.ts";

export interface RoomLineParts {
  readonly channel: DiscordChannel;
  readonly clock: Clock;
  readonly rest: DiscordRest;
  readonly after: (channel: string) => string | null;
  readonly past: (messages: readonly Message[]) => void;
  readonly isOwn: (user: string | null) => boolean;
  readonly tell: (message: Message) => void;
  /** A message without any content came. */
  readonly bare: (where: string) => void;
  readonly fault: (where: string, fault: RestFault) => void;
}

export interface RoomLine {
  readonly id: string;
  /** For a person. */
  readonly where: string;
  hear(item: Item): void;
  read(): void;
  newest(): string;
  heardAt(): Millis;
  isReading(): boolean;
  readings(): number;
  duplicates(): number;
  close(): void;
}

/** Of a channel nobody has heard before. */
const PAST_MAX = 50;

export function openRoomLine(parts: RoomLineParts): RoomLine {
  const { channel, clock } = parts;
  const { id, name } = channel;
  const where = `discord #${name}`;
  let heardAt = clock.now();
  const settled = parts.after(id);
  const floor = settled ?? idAt(clock.now());
  const line: ChannelLine = channelLine({
    channel: id,
    floor,
    editsSince: timeOfId(floor),
    tell: parts.tell,
    missing: () => reader.read(),
  });
  let past = settled === null ? parts.past : null;

  const counts = (posted: Posted): boolean => {
    if (parts.isOwn(posted.user)) {
      line.pass(posted.message.id);
      return false;
    }
    if (posted.isBare) parts.bare(where);
    return true;
  };
  const sift = (rows: readonly unknown[]): readonly Posted[] => {
    const posted = rows.flatMap((row) => postedIn(row) ?? []).filter(counts);
    const before = posted.filter(({ message }) => compareIds(message.id, floor) <= 0);
    if (before.length > 0) past?.(before.slice(-PAST_MAX).map(({ message }) => message));
    if (before.length > 0) past = null;
    return posted;
  };
  const reader: ChannelReader = channelReader({
    ...{ rest: parts.rest, clock, channel: id, line, sift },
    after: () => parts.after(id),
    fault: (fault) => parts.fault(where, fault),
    tooLong: (days) =>
      parts.fault(where, {
        kind: "refused",
        reason: `away for more than ${days} days; what was posted before is not read`,
      }),
  });
  return {
    ...{ id, where },
    hear(item) {
      heardAt = millis(clock.now());
      if (item.kind === "gone" || counts(item.posted)) line.hear(item);
    },
    read: reader.read,
    newest: () => line.memory().newest,
    heardAt: () => heardAt,
    isReading: reader.isReading,
    readings: reader.readings,
    duplicates: () => line.memory().duplicates,
    close: reader.close,
  };
}
