/**
 * The configured sources, plugged in, and what may be filled from which prices.
 *
 * | prices    | chat file, standard input      | paste                              |
 * |-----------|--------------------------------|------------------------------------|
 * | none      | shadow                         | shadow                             |
 * | simulated | shadow                         | practice: trades at invented prices |
 * | file      | trades at the recorded prices  | the same                           |
 * | topstepx  | trades at the venue's quotes   | the same                           |
 *
 * A record of what an author's alerts would have made is worth nothing if the prices were invented,
 * so alerts of real sources never meet them. What an operator pastes by hand while the start notice
 * says "practice" is practice.
 */
import { noticesOn } from "../core/decide/notices.ts";
import { sessionAt } from "../core/model/calendar.ts";
import type { Config, DiscordConfig, SourceConfig } from "../core/model/config.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import type { Message } from "../core/model/message.ts";
import type { Settings } from "../core/model/rules.ts";
import { type TradeDate, tradeDateOf } from "../core/model/trade-date.ts";
import type { Millis } from "../core/model/units.ts";
import { explainRefusal } from "../core/notify/explain.ts";
import { initialState } from "../core/state.ts";
import { noticeText } from "../core/views/tell-notice.ts";
import type { AlertSource, SourceFault } from "../ports/alert-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { Speed } from "../ports/console.ts";
import type { Keeper } from "../ports/keeper.ts";
import { invariant } from "../std/assert.ts";
import { err } from "../std/result.ts";
import { type Context, type Stopped, stopped } from "./context.ts";
import { spoken } from "./demo-day.ts";
import type { Plugged } from "./hearing.ts";
import type { MessageBook } from "./message-book.ts";
import { fromHere, placeFrom } from "./places.ts";
import type { Prices } from "./prices.ts";
import { ownedBy, roomsOf } from "./rooms.ts";
import { aboutWebhooks, webhookMaker, webhooksIn } from "./webhooks.ts";
import { wire } from "./wire.ts";

export const isPasteTradable = ({ market }: Config): boolean => market.kind !== "none";

const isTradable = ({ market }: Config): boolean =>
  market.kind === "file" || market.kind === "topstepx";

export interface Sources {
  /** The book is null where no messages are kept. */
  readonly plug: (clock: Clock, messages: MessageBook | null) => readonly Plugged[];
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
  const make = await sourceMaker(context, config, playedFrom !== null);
  const plug = (made: Made, described: SourceConfig): Plugged => ({
    ...made,
    tradable: isTradable(config),
    roomOf: roomsOf(described),
    owns: ownedBy(config, described),
  });
  if (playedFrom === null) {
    const plugAll = (clock: Clock, messages: MessageBook | null) =>
      config.sources.map((one) => plug(make(one, clock, messages), one));
    return { plug: plugAll, messages: [] };
  }
  const clock = standingAt(playedFrom, context.clock);
  const read = await Promise.all(
    config.sources.map((one) =>
      isLive(one) ? [] : readAll(make(one, clock, null).source, sourceFault),
    ),
  );
  const plugAll = (played: Clock) =>
    config.sources.map((one, index) => plug({ source: spoken(read[index] ?? [], played) }, one));
  return { plug: plugAll, messages: read.flat() };
}

/**
 * While they are read it is the moment the day begins, and nothing is waited for: of a day that is
 * still to come the next look at a file would be then.
 */
const standingAt = (at: Millis, host: Clock): Clock => ({
  now: () => at,
  schedule: (_, task) => host.schedule(host.now(), task),
});

/** What such a source hears is said now, and was not said on a day that is played. */
const isLive = ({ kind }: SourceConfig): boolean => kind === "discord" || kind === "webhook";

/** With nowhere to keep a message, its sender is told to try again later. */
const NO_KEEPER: Keeper = {
  keep: () => err("there is no history of messages"),
  find: () => null,
  keepFault: () => err("there is no history of messages"),
};

type Made = Pick<Plugged, "source" | "desk">;
type Maker = (source: SourceConfig, clock: Clock, messages: MessageBook | null) => Made;

async function sourceMaker(context: Context, config: Config, isPlayed: boolean): Promise<Maker> {
  const { here, input } = context;
  const { chatFile } = await wire.chatFile();
  const { stdinSource } = await wire.stdin();
  const hasDiscord = config.sources.some(({ kind }) => kind === "discord") && !isPlayed;
  const discord = hasDiscord ? await discordMaker(here) : null;
  const webhook = await webhookMaker(context, isPlayed ? [] : webhooksIn(config));
  return (source, clock, messages) => {
    switch (source.kind) {
      case "stdin":
        return { source: stdinSource(clock, input) };
      case "chat-file":
        return {
          source: chatFile({
            path: fromHere(here, source.path),
            clock,
            once: source.once || isPlayed,
          }),
        };
      case "discord":
        invariant(discord !== null, "only what is live is plugged in live");
        return discord(source, clock, messages);
      case "webhook":
        return { source: webhook(source, clock, messages?.keeper ?? NO_KEEPER) };
    }
  };
}

async function discordMaker(here: string) {
  const { discordSource } = await wire.discord();
  const { readSecret } = await wire.secrets();
  return (settings: DiscordConfig, clock: Clock, messages: MessageBook | null): Made => {
    const source = discordSource({
      ...{ settings, clock, past: (heard) => messages?.keepPast(heard) },
      token: readSecret(placeFrom(here, settings.token)),
      after: (channel) => messages?.lastSettled("discord", channel) ?? null,
    });
    return { source, desk: source.approvals };
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
    ...aboutDates(config.settings, tradeDateOf(at)),
    ...aboutWebhooks(config, playedFrom !== null),
    ...(playedFrom === null ? [] : aboutReplay(config, speed)),
  ];
}

/** Invented prices keep the exchange's hours too, where the venue does. */
function aboutHours({ market, paper, settings }: Config, at: Millis): readonly string[] {
  const instrument = instrumentOf("ES");
  const session = sessionAt(instrument.group, at, settings.calendar);
  if (market.kind !== "simulated" || paper.sessions === "always-open" || session.open) return [];
  const { reason, opensAt } = session;
  return [
    `${explainRefusal({ kind: "market-closed", reason, opensAt }, instrument)}; no prices until then`,
  ];
}

/** What has run out, or soon will: at every start, besides once on each trade date. */
const aboutDates = (settings: Settings, date: TradeDate): readonly string[] =>
  noticesOn({ ...initialState, settings }, date, []).map(noticeText);

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
  if (market.kind !== "simulated") return [];
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
