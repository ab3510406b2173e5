/**
 * The formats a running house reads its messages by, and how they are exchanged while it runs.
 *
 * ```text
 * apply, or a reload ─► all packs sound, no room left without ─► in force
 *                    \ or refused with every problem: the old ones stay
 * ```
 *
 * What is applied counts from the next message on; messages that were decided stay decided. A reload
 * of the configuration brings rooms as well: their modes and the formats they are read by.
 */
import type { Config } from "../core/model/config.ts";
import { type Format, PLAIN_FORMAT } from "../core/model/format.ts";
import type { Room } from "../core/model/room.ts";
import { withRooms } from "../core/model/source-rooms.ts";
import type { ConfigFault } from "../ports/config-source.ts";
import { err, ok, type Result } from "../std/result.ts";
import { roomsIn } from "./configured-rooms.ts";
import type { Plugged } from "./hearing.ts";
import { faultLines } from "./setup.ts";

export type Formats = Readonly<Record<string, Format>>;

export interface FormatsInForce {
  current(): Formats;
  /** What was wrong leaves everything as it was. */
  apply(): Result<Formats, readonly string[]>;
  /** Formats and rooms as a reload has left them; its rooms are those of the start, in order. */
  take(config: Config): void;
  /** Sources whose rooms are read by the formats in force when a message comes. */
  heardIn<Parts extends readonly unknown[]>(
    plug: (...parts: Parts) => readonly Plugged[],
  ): (...parts: Parts) => readonly Plugged[];
}

export interface FormatsParts {
  readonly config: Config;
  /** The packs on the disk as they are now; null where none are configured. */
  readonly read: (() => Result<Formats, ConfigFault>) | null;
  /** Told the configuration as it is with the new ones. */
  readonly adopted: (config: Config) => void;
}

export function formatsInForce({ config, read, adopted }: FormatsParts): FormatsInForce {
  let formats: Formats = config.formats;
  let running = config;
  // A source names the rooms it was plugged in with; those of now stand at the same places.
  const places = new Map(roomsIn(config).map(({ room }, place) => [room, place]));
  const inForce = (known: Room): Room => {
    const room = roomsIn(running)[places.get(known) ?? -1]?.room ?? known;
    const format = formatOf(formats, room);
    return format === room.format ? room : { ...room, format };
  };
  return {
    current: () => formats,
    apply() {
      if (read === null) return err(["no format packs are configured (formats: none)"]);
      const loaded = read();
      if (!loaded.ok) return err(faultLines(loaded.error));
      const problems = problemsWith(running, loaded.value);
      if (problems.length > 0) return err(problems);
      formats = loaded.value;
      const asRead = (room: Room): Room => {
        const format = formatOf(formats, room);
        return format === room.format ? room : { ...room, format };
      };
      const sources = running.sources.map((source) => withRooms(source, asRead));
      running = { ...running, sources, formats };
      adopted(running);
      return ok(formats);
    },
    take(next) {
      running = next;
      formats = next.formats;
    },
    heardIn:
      (plug) =>
      (...parts) =>
        plug(...parts).map((one) => ({
          ...one,
          roomOf: (message) => {
            const room = one.roomOf(message);
            return room === null ? null : inForce(room);
          },
        })),
  };
}

const formatOf = (formats: Formats, { format }: Room): Format => formats[format.name] ?? format;

/** A room that would be left without its format, or without anybody whose messages count. */
function problemsWith(config: Config, formats: Formats): readonly string[] {
  return roomsIn(config).flatMap(({ name, source, room }) => {
    const format =
      room.format.name === PLAIN_FORMAT.name ? PLAIN_FORMAT : formats[room.format.name];
    if (format === undefined)
      return [`${name} is read by the format "${room.format.name}", which is gone`];
    const ids = (room.authors ?? format.authors)?.ids.length ?? 0;
    if (source !== "discord" || ids > 0 || room.mode === "shadow") return [];
    return [
      `${name} takes its author ids from the format "${format.name}", which has none any more`,
    ];
  });
}
