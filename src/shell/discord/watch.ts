/**
 * Whether the gateway still tells everything: it can stay connected and go deaf.
 *
 * ```text
 * every 15 s ─┬─ connected, the channel was heard since ─► nothing
 *             ├─ connected, silent ─► REST: what is the newest message?
 *             │        known ─► nothing     3 s old and unknown ─► deaf     younger ─► look again
 *             └─ not connected ─► read every channel over REST
 * ```
 *
 * Channels take turns, so it costs one request each time. A deaf gateway is known within 20 seconds:
 * one look and the second look of a message too young to be missed. Reports: discord.js issues 8486
 * and 9411.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { idIn, listIn, recordIn } from "./json.ts";
import type { DiscordRest } from "./rest.ts";
import { compareIds, timeOfId } from "./snowflake.ts";

/** What it has to know of a channel. */
export interface Watched {
  readonly id: string;
  newest(): string;
  heardAt(): Millis;
  isReading(): boolean;
}

export interface WatchParts {
  readonly clock: Clock;
  readonly rest: DiscordRest;
  readonly channels: readonly Watched[];
  /** Null while connected. */
  readonly downSince: () => Millis | null;
  /** Discord has a message that the connection did not bring. */
  readonly deaf: (channel: Watched, silence: Millis) => void;
  /** Not connected: what there is has to be read. */
  readonly readAll: () => void;
  /** Not connected for so long that somebody should know; told once each time. */
  readonly away: () => void;
}

const LOOK_EVERY = 15_000;
/** A message so young may still be on its way. */
const ON_ITS_WAY = 3_000;
const AWAY_AFTER = 30_000;

export function watchGateway(parts: WatchParts): () => void {
  const { clock, channels } = parts;
  let turn = 0;
  let isOver = false;
  let isAwayTold = false;
  let callOff = (): void => {};

  const lookIn = (delay: number, at: number): void => {
    callOff = clock.schedule(millis(clock.now() + delay), () => void look(at));
  };
  async function look(at: number): Promise<void> {
    const channel = channels[at % channels.length];
    const since = parts.downSince();
    if (since !== null) whileDown(since);
    else isAwayTold = false;
    const silence = since === null && channel !== undefined ? await unheard(parts, channel) : null;
    if (isOver) return;
    if (silence !== null && silence < ON_ITS_WAY) return lookIn(ON_ITS_WAY, at);
    if (silence !== null && channel !== undefined) parts.deaf(channel, silence);
    turn += 1;
    lookIn(LOOK_EVERY, turn);
  }
  function whileDown(since: Millis): void {
    parts.readAll();
    if (isAwayTold || clock.now() - since < AWAY_AFTER) return;
    isAwayTold = true;
    parts.away();
  }

  lookIn(LOOK_EVERY, turn);
  return () => {
    isOver = true;
    callOff();
  };
}

/** Age of a message that should have been heard; null when there is none. */
async function unheard({ clock, rest }: WatchParts, channel: Watched): Promise<Millis | null> {
  const isQuiet = clock.now() - channel.heardAt() >= ON_ITS_WAY;
  if (!isQuiet || channel.isReading()) return null;
  const answer = await rest.get(`/channels/${channel.id}/messages`, { limit: "1" });
  // What cannot be asked is told by whoever reads; a look is only a look.
  const newest = answer.ok ? idIn(recordIn(listIn(answer.value)[0])["id"]) : null;
  if (newest === null || channel.isReading()) return null;
  if (compareIds(newest, channel.newest()) <= 0) return null;
  return millis(Math.max(0, clock.now() - timeOfId(newest)));
}
