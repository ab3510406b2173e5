/**
 * Reads how the parts of a running house are: from its state, its books, its venue and its machine.
 *
 * Nothing is asked of anybody outside. What costs a query is read once a minute.
 */
import { daysLeft } from "../core/decide/notices.ts";
import { sessionAt } from "../core/model/calendar.ts";
import type { BackupsConfig } from "../core/model/config.ts";
import type { Calendar } from "../core/model/exchange-calendar.ts";
import type { Root } from "../core/model/instrument.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import type { Sessions } from "../core/model/rules.ts";
import { tradeDateOf } from "../core/model/trade-date.ts";
import { type Millis, millis } from "../core/model/units.ts";
import { calendarOf } from "../core/risk/hours.ts";
import type { State } from "../core/state.ts";
import type {
  BackupsReading,
  ChannelReading,
  PricesReading,
  Reach,
  Readings,
} from "../core/upkeep/health-readings.ts";
import type { VenueLine, VenueLines } from "../ports/live-venue.ts";
import type { MarketData } from "../ports/market-data.ts";
import type { Standing } from "../ports/outbox.ts";
import type { HostReading } from "../ports/probes.ts";
import { valuesOf } from "../std/trie.ts";

export interface ReaderParts {
  readonly state: () => State;
  readonly isRefusing: () => boolean;
  readonly slowestCommit: () => Millis;
  readonly market: Pick<MarketData, "quote" | "resolution">;
  readonly followed: readonly Root[];
  readonly sessions: Sessions;
  /** Null where there is no venue but the paper one. */
  readonly lines: (() => VenueLines) | null;
  readonly standings: () => readonly Standing[];
  /** Of this configuration; those of an earlier one stand in the outbox too. */
  readonly channels: readonly string[];
  readonly backupsEvery: BackupsConfig["every"];
  readonly isReread: boolean;
  readonly startedAt: Millis;
}

/** Times of one look; the next needs some of them. */
export interface Reader {
  read(host: HostReading, now: Millis): Readings;
}

const CHANNELS_EVERY = 60_000;

export function createReader(parts: ReaderParts): Reader {
  const prices = createPriceReader(parts);
  let mail: readonly ChannelReading[] = [];
  let mailAt: Millis | null = null;
  const mailNow = (now: Millis): readonly ChannelReading[] => {
    if (mailAt !== null && Math.abs(now - mailAt) < CHANNELS_EVERY) return mail;
    mailAt = now;
    mail = channelsOf(parts, now);
    return mail;
  };
  return {
    read(host, now) {
      const state = parts.state();
      const lines = parts.lines?.() ?? null;
      const calendar = calendarOf(state.settings);
      return {
        journal: { isRefusing: parts.isRefusing(), slowest: parts.slowestCommit() },
        disk: host.disk === null ? null : { freeBytes: host.disk.free },
        venueRest: reachOf(lines?.rest),
        userHub: reachOf(lines?.userHub),
        marketHub: reachOf(lines?.marketHub),
        discord: sourcesOf(state),
        prices: prices(calendar, now),
        mail: mailNow(now),
        backups: backupsOf(parts, state, now),
        clock: { offsets: offsetsOf(state), jumped: host.clockJumped },
        eventLoop: { longest: host.loopDelay.longest },
        memory: memoryOf(host),
        cpu: { share: host.cpuShare },
        configuration: parts.isReread ? { isRefused: state.offered?.fault !== undefined } : null,
        calendar: {
          validUntil: calendar.validUntil,
          daysLeft: daysLeft(calendar, tradeDateOf(now)),
        },
      };
    },
  };
}

const reachOf = (line: VenueLine | null | undefined): Reach | null => line ?? null;

const memoryOf = ({ heapUsed, heapLimit, memoryFree, memoryTotal }: HostReading) => ({
  ...{ heapUsed, heapLimit },
  free: memoryFree,
  total: memoryTotal,
});

const sourcesOf = ({ sources = {} }: State): Readings["discord"] =>
  Object.entries(sources).map(([source, { state, at }]) => ({
    source,
    downSince: state === "down" ? at : null,
  }));

const offsetsOf = ({ accounts }: State): readonly Millis[] =>
  valuesOf(accounts).flatMap(({ clockOff }) => clockOff ?? []);

function channelsOf({ standings, channels }: ReaderParts, now: Millis): readonly ChannelReading[] {
  if (channels.length === 0) return [];
  const known = new Map(standings().map((one) => [one.channel, one]));
  return channels.map((channel) => {
    const { refusal = null, oldest = null } = known.get(channel) ?? {};
    return { channel, refusal, waited: millis(Math.max(0, now - (oldest ?? now))) };
  });
}

function backupsOf(
  { backupsEvery: every, startedAt }: ReaderParts,
  { backups }: State,
  now: Millis,
): BackupsReading | null {
  if (every === null) return null;
  const newest = backups?.newest ?? null;
  const age = millis(Math.max(0, now - (newest?.at ?? startedAt)));
  return { every, age, hasOne: newest !== null, fault: backups?.fault ?? null };
}

type PriceReader = (calendar: Calendar, now: Millis) => PricesReading | null;

/** When a market opens, prices have a while to come. */
function createPriceReader(parts: ReaderParts): PriceReader {
  const { market, followed, sessions, startedAt } = parts;
  const { resolution } = market;
  const usual = millis(Math.ceil(1.5 * resolution));
  let openSince: Millis | null = startedAt;
  return (calendar, now) => {
    if (followed.length === 0) return null;
    const open = followed.filter(
      (root) =>
        sessions === "always-open" || sessionAt(instrumentOf(root).group, now, calendar).open,
    );
    if (open.length === 0) {
      openSince = null;
      return { isClosed: true, oldest: null, expectedFor: millis(0), usual };
    }
    openSince ??= now;
    const expectedFor = millis(Math.max(0, now - openSince));
    return { isClosed: false, oldest: oldestOf(market, open, now), expectedFor, usual };
  };
}

/** Null where one of them has no price at all. */
function oldestOf(
  market: Pick<MarketData, "quote">,
  open: readonly Root[],
  now: Millis,
): PricesReading["oldest"] {
  const quotes = open.map((root) => market.quote(root));
  let oldest: PricesReading["oldest"] = null;
  for (const quote of quotes) {
    if (quote === null) return null;
    const age = millis(Math.max(0, now - quote.at));
    if (oldest === null || age > oldest.age) oldest = { instrument: quote.instrument, age };
  }
  return oldest;
}
