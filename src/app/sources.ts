/**
 * The configured sources, plugged in, and what may be filled from which prices.
 *
 * | prices    | chat file, standard input      | paste                              |
 * |-----------|--------------------------------|------------------------------------|
 * | none      | shadow                         | shadow                             |
 * | simulated | shadow                         | practice: trades at invented prices |
 * | file      | trades at the recorded prices  | the same                           |
 *
 * A record of what an author's alerts would have made is worth nothing if the prices were invented,
 * so alerts of real sources never meet them. What an operator pastes by hand while the start notice
 * says "practice" is practice.
 */
import { sessionAt } from "../core/model/calendar.ts";
import type { Config, SourceConfig } from "../core/model/config.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import type { Message } from "../core/model/message.ts";
import { openRoom } from "../core/model/room.ts";
import type { Millis } from "../core/model/units.ts";
import { explainRefusal } from "../core/notify/explain.ts";
import type { AlertSource, SourceFault } from "../ports/alert-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { Speed } from "../ports/console.ts";
import { unreachable } from "../std/assert.ts";
import { roomFor, roomsIn } from "./configured-rooms.ts";
import { type Context, type Stopped, stopped } from "./context.ts";
import { spoken } from "./demo-day.ts";
import type { Plugged } from "./hearing.ts";
import { fromHere } from "./places.ts";
import type { Prices } from "./prices.ts";
import { wire } from "./wire.ts";

export const isPasteTradable = ({ market }: Config): boolean => market.kind !== "none";

const isTradable = ({ market }: Config): boolean => market.kind === "file";

export interface Sources {
  readonly plug: (clock: Clock) => readonly Plugged[];
  /** Of a played day, everything that will be said; empty for others. */
  readonly messages: readonly Message[];
}

/**
 * A chat that a replay should read and that is not there. The day would pass without its alerts, and
 * having been played it could not be played again.
 */
export async function absentChat(
  { here }: Pick<Context, "here">,
  { sources }: Config,
  { playedFrom }: Prices,
): Promise<Stopped | null> {
  if (playedFrom === null) return null;
  const { isThere } = await wire.dataDirectory();
  const paths = sources.flatMap((one) => (one.kind === "chat-file" ? [one.path] : []));
  const absent = paths.find((path) => !isThere(fromHere(here, path)));
  if (absent === undefined) return null;
  return stopped(2, `${absent}: expected a file of messages, found no such file`);
}

/** Of a played day the messages are read beforehand: the day would be over before they came. */
export async function prepareSources(
  context: Context,
  config: Config,
  { playedFrom }: Prices,
  sourceFault: (fault: SourceFault) => void,
): Promise<Sources> {
  const make = await sourceMaker(context, playedFrom !== null);
  const plug = (source: AlertSource, described: SourceConfig): Plugged => ({
    source,
    tradable: isTradable(config),
    roomOf: roomsOf(described),
    owns: ownedBy(config, described),
  });
  if (playedFrom === null) {
    const plugAll = (clock: Clock) => config.sources.map((one) => plug(make(one, clock), one));
    return { plug: plugAll, messages: [] };
  }
  const clock: Clock = { ...context.clock, now: () => playedFrom };
  const read = await Promise.all(
    config.sources.map((one) => readAll(make(one, clock), sourceFault)),
  );
  const plugAll = (played: Clock) =>
    config.sources.map((one, index) => plug(spoken(read[index] ?? [], played), one));
  return { plug: plugAll, messages: read.flat() };
}

/** A source of one channel has one room; the others tell theirs by the channel. */
const roomsOf = (source: SourceConfig): Plugged["roomOf"] =>
  source.kind === "chat-file" || source.kind === "stdin" ? () => source.room : openRoom;

/** Which of the messages that were kept came from it. */
function ownedBy(config: Config, described: SourceConfig): (message: Message) => boolean {
  const all = roomsIn(config);
  const own = roomsIn({ sources: [described] });
  return (message) => {
    const found = roomFor(all, message);
    return own.some(({ source, room }) => source === message.source && room === found);
  };
}

async function sourceMaker(
  { here, input }: Context,
  isPlayed: boolean,
): Promise<(source: SourceConfig, clock: Clock) => AlertSource> {
  const { chatFile } = await wire.chatFile();
  const { stdinSource } = await wire.stdin();
  return (source, clock) => {
    switch (source.kind) {
      case "stdin":
        return stdinSource(clock, input);
      case "chat-file":
        return chatFile({
          path: fromHere(here, source.path),
          clock,
          once: source.once || isPlayed,
        });
      case "discord":
      case "webhook":
        return unreachable(source as never); // the schema does not know them yet
    }
  };
}

/** More than any chat has in the time of one price file; the rest is left out, and said. */
const MESSAGES_MAX = 200_000;

function readAll(
  source: AlertSource,
  sourceFault: (fault: SourceFault) => void,
): Promise<readonly Message[]> {
  return new Promise((resolve) => {
    const messages: Message[] = [];
    const finish = (): void => {
      source.close();
      resolve(messages);
    };
    source.open({
      message(message) {
        messages.push(message);
        if (messages.length < MESSAGES_MAX) return;
        sourceFault({
          where: source.name,
          reason: `only the first ${MESSAGES_MAX} messages count`,
        });
        finish();
      },
      fault: sourceFault,
      end: finish,
    });
  });
}

export interface NoticeParts {
  readonly file: string;
  readonly directory: string;
  readonly speed: Speed;
  readonly at: Millis;
}

/** What a person should know before the first line of the day. */
export function noticesOf(
  config: Config,
  { words, playedFrom }: Prices,
  { file, directory, speed, at }: NoticeParts,
): readonly string[] {
  const names = config.settings.accounts.map(({ name }) => name);
  const shown = names.length > 3 ? `${names.length} accounts` : names.join(", ");
  const first = `${file}: ${config.mode}, ${shown}; books in ${directory}; prices: ${words}`;
  return [
    first,
    ...aboutPrices(config),
    ...aboutHours(config, at),
    ...(playedFrom === null ? [] : aboutReplay(config, speed)),
  ];
}

/** Invented prices keep the exchange's hours too, where the venue does. */
function aboutHours({ market, paper }: Config, at: Millis): readonly string[] {
  const instrument = instrumentOf("ES");
  const session = sessionAt(instrument.group, at);
  if (market.kind !== "simulated" || paper.sessions === "always-open" || session.open) return [];
  const { reason, opensAt } = session;
  return [
    `${explainRefusal({ kind: "market-closed", reason, opensAt }, instrument)}; no prices until then`,
  ];
}

function nameOfSource(source: SourceConfig): string {
  if (source.kind === "stdin") return "standard input";
  return source.kind === "chat-file" ? source.path : source.kind;
}

function aboutPrices({ market, sources, paste }: Config): readonly string[] {
  const heard = sources.map(nameOfSource);
  const shadows = `alerts from ${heard.join(", ")} are judged and kept as shadows, never filled`;
  if (market.kind === "none") {
    return ["shadow: without prices alerts are read, judged and kept, nothing is filled"];
  }
  if (market.kind === "file") return [];
  return [
    ...(paste ? ["practice: prices are simulated; what you paste trades at them"] : []),
    ...(heard.length > 0 ? [`shadow: ${shadows}`] : []),
  ];
}

/** As fast as it goes, nobody has the time to add to a file; slower, somebody may wait for it. */
function aboutReplay({ sources }: Config, speed: Speed): readonly string[] {
  if (speed === "max") return [`replay: ${speedWords(speed)}; --speed 1 for real time`];
  const follows = sources.some((one) => one.kind === "chat-file" && !one.once);
  return [
    `replay: ${speedWords(speed)}`,
    ...(follows ? ["chat files are read once and not followed: prices are recorded"] : []),
  ];
}

export function speedWords(speed: Speed): string {
  if (speed === "max") return "as fast as it goes";
  return speed === 1 ? "in real time" : `${speed} times as fast as life`;
}
