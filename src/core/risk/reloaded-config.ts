/**
 * The configuration a running house has once it has taken what it may of a changed one.
 *
 * Whatever is not named here stays as it is in force: its class says `restart`
 * (`model/reload-classes.ts`), and a test compares the two.
 */
import { canonical } from "../../std/canonical.ts";
import { hash128 } from "../../std/hash.ts";
import type { Config, SourceConfig } from "../model/config.ts";
import { OPEN_ROOM, type Room, type RoomMode } from "../model/room.ts";
import { withRooms } from "../model/source-rooms.ts";
import { reloadedSettings } from "./reloaded-rules.ts";

export const reloadedConfig = (inForce: Config, offered: Config): Config => ({
  ...inForce,
  settings: reloadedSettings(inForce.settings, offered.settings),
  sources: reloadedSources(inForce.sources, offered.sources),
  formats: offered.formats,
  logLevel: offered.logLevel,
  log: { ...inForce.log, components: offered.log.components },
  flattenOnStop: offered.flattenOnStop,
  paste: offered.paste,
});

type Sources = readonly SourceConfig[];

/** The same sources with other rooms; others take a restart, every one of them. */
function reloadedSources(was: Sources, is: Sources): Sources {
  const bare = (sources: Sources): string =>
    canonical(sources.map((source) => withRooms(source, () => OPEN_ROOM)));
  if (bare(was) !== bare(is)) return was;
  const offered: Room[] = [];
  for (const source of is)
    withRooms(source, (room) => {
      offered.push(room);
      return room;
    });
  // As many of them as there were before: the sources are the same.
  const next = (): Room => offered.shift() as Room;
  return was.map((source) => withRooms(source, (room) => reloadedRoom(room, next())));
}

function reloadedRoom(was: Room, { format, mode, approvalFor }: Room): Room {
  const { approvalFor: _, ...room } = was;
  return {
    ...room,
    format,
    mode: TAKES[mode] < TAKES[was.mode] ? mode : was.mode,
    ...(approvalFor !== undefined && { approvalFor }),
  };
}

/** How much is taken without asking. */
const TAKES: Readonly<Record<RoomMode, number>> = { shadow: 0, confirm: 1, auto: 2 };

/** Equal for equal configurations, 32 hexadecimal digits. It holds the places of secrets, never one. */
export const fingerprintOf = (value: unknown): string =>
  hash128(canonical(value))
    .map((lane) => lane.toString(16).padStart(8, "0"))
    .join("");
