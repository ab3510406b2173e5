/**
 * A whole house on one data directory, from opening the books to closing them.
 *
 * ```text
 * log ─► books (lock, journal, fold) ─► prices, venue ─► run ─► control socket ─► ... ─► all closed
 * ```
 *
 * The demo and a configured run are two sets of parts for it. Whatever is opened here is closed
 * here, in the opposite order, however the run ends.
 */

import type { Config, LogLevel } from "../core/model/config.ts";
import type { Millis } from "../core/model/units.ts";
import { type Addressing, addressingOf } from "../core/notify/policy.ts";
import { narratorOf } from "../core/views/narrator.ts";
import { type TimelineLine, timelineView } from "../core/views/timeline.ts";
import type { SourceFault } from "../ports/alert-source.ts";
import type { Audience } from "../ports/audience.ts";
import type { Broker } from "../ports/broker.ts";
import type { Clock } from "../ports/clock.ts";
import type { ExitCode, Speed } from "../ports/console.ts";
import type { ControlServer } from "../ports/control.ts";
import type { VenueLines } from "../ports/live-venue.ts";
import type { Log } from "../ports/log.ts";
import type { MarketData } from "../ports/market-data.ts";
import { ok, type Result } from "../std/result.ts";
import { valuesOf } from "../std/trie.ts";
import { type Books, openBooks } from "./books.ts";
import type { Route } from "./carrier.ts";
import type { ConfigInForce } from "./config-in-force.ts";
import type { Context, Stopped } from "./context.ts";
import { exposureLines } from "./exposure.ts";
import { factLog } from "./fact-log.ts";
import type { FormatsInForce } from "./formats-in-force.ts";
import { haltFileIn, NO_WATCH, watchHalt } from "./halt-file.ts";
import type { Plugged } from "./hearing.ts";
import { backupsOf } from "./house-backups.ts";
import { brokerFor } from "./house-broker.ts";
import { deskOf } from "./house-desk.ts";
import type { HealthParts, HealthSpec, HouseHealth } from "./house-health.ts";
import type { Laptop, LaptopParts } from "./house-laptop.ts";
import { lastLetters, postmanFor } from "./house-post.ts";
import { type Going, keptGoing } from "./kept-going.ts";
import { ledgerAudience } from "./ledger-audience.ts";
import { createLooks } from "./looks.ts";
import { type MessageBook, messageBookOn } from "./message-book.ts";
import { openDoor } from "./open-door.ts";
import { openLog } from "./open-log.ts";
import { timeFor } from "./pace.ts";
import { type Prices, priceAgeMax } from "./prices.ts";
import { type Opening, type Run, startRun } from "./run.ts";
import { type RunEnd, sayHowItEnded } from "./run-end.ts";
import { stopOnSignal } from "./stop-on-signal.ts";
import { type Summary, tally } from "./tally.ts";
import { timelineAudience } from "./timeline-audience.ts";

export interface HouseSpec {
  readonly mode: "paper" | "live" | "demo";
  /** Written into the journal; a demo's must not change with the program. */
  readonly version: string;
  readonly config: Config;
  readonly directory: string;
  readonly prices: Prices;
  /** Left out where no order leaves this machine. */
  readonly live?: Broker;
  /** Left out where there is no venue but the paper one. */
  readonly venueLines?: () => VenueLines;
  /** Of played prices. */
  readonly speed: Speed;
  /** The book is null where no messages are kept. */
  readonly sources: (clock: Clock, messages: MessageBook | null) => readonly Plugged[];
  readonly isPasteTradable: boolean;
  /** When the day is over; null for no end. */
  readonly dayEnds: DayEnd | null;
  /** Why only exits are allowed from the start; null when nothing is wrong. */
  readonly reduceBecause: string | null;
  /** Left out: nobody is told away from the screen. */
  readonly routes?: readonly Route[];
  /** One of them has to be proved before live entries; left out: none has to. */
  readonly push?: NonNullable<Opening["push"]>;
  /** Left out where there are no packs to change. */
  readonly formats?: FormatsInForce;
  /** Called once the directory is ours. */
  readonly opened: () => void;
  /** Stands before every line. */
  readonly prefix: string;
  readonly json: boolean;
  readonly logLevel: LogLevel;
  /** Left out where the configuration is not read again. */
  readonly inForce?: ConfigInForce;
}

export interface DayEnd {
  readonly at: Millis;
  /** Whether everything is closed then. */
  readonly flatten: boolean;
  /** Over as soon as the books agree with the venue: there is nothing to play. */
  readonly onceSettled: boolean;
}

export interface HouseEnd {
  readonly code: ExitCode;
  readonly summary: Summary;
  /** What is still held, a line each. */
  readonly left: readonly string[];
}

export async function keepHouse(
  context: Context,
  spec: HouseSpec,
): Promise<Result<HouseEnd, Stopped>> {
  const log = await openLog(context, { ...spec, ...levelsOf(spec) });
  const at = spec.prices.playedFrom ?? context.clock.now();
  // A played day reads what was said; it adds nothing to it.
  const keepsMessages = spec.prices.playedFrom === null;
  const addressing = addressingOf((spec.routes ?? []).map(({ rules }) => rules));
  const books = await openBooks(context, spec.directory, { log, at, keepsMessages, addressing });
  if (!books.ok) return books;
  spec.opened();
  try {
    return ok(await live(context, spec, { books: books.value, log, addressing }));
  } finally {
    books.value.close();
  }
}

interface Opened {
  readonly books: Books;
  readonly log: Log;
  readonly addressing: Addressing;
}

async function live(context: Context, spec: HouseSpec, opened: Opened): Promise<HouseEnd> {
  const { books, log, addressing } = opened;
  const time = await timeFor(context, spec);
  const market = spec.prices.market(time.clock);
  const broker = await brokerFor(context, spec, { market, clock: time.clock, books, log });
  const halt = await haltFileIn(spec.directory);
  const isPlayed = spec.prices.playedFrom !== null;
  const say = (line: string): void => context.screen.remark(`${spec.prefix}${line}`);
  const { routes } = spec;
  const postman = await postmanFor({ ...books, clock: context.clock, log, routes, say });
  const { counted, ledger, looks, audience } = listenersOf(context, spec, opened, postman);
  const sourceFault = ({ where, reason }: SourceFault): void => say(`${where}: ${reason}`);
  const backups = await backupsOf(context, spec, { log, say });
  const laptop = await laptopOf(context, spec, { log, say });
  const health = await healthOf(context, spec, { books, market, log, backups, postman, looks });
  const listening = [...audience, backups, laptop, health?.audience ?? null].filter(
    (one) => one !== null,
  );
  const journal = health?.journal ?? books.journal;
  const messages = messageBookOn(books.history, { clock: time.clock, log, sourceFault });
  const sources = spec.sources(time.clock, messages);
  const keepGoing = await keptGoing(context, spec, { market, log });

  const end = await new Promise<RunEnd>((resolve) => {
    let server: ControlServer | null = null;
    let going: Going | null = null;
    let isOver = false;
    let isDayOver = false;
    const haltNow = (reason: string): void =>
      void run.loop.offer({ kind: "command", command: { kind: "halt", reason } });
    const endDay = (): void => {
      isDayOver = true;
      run.stop("the day is over", { flatten: spec.dayEnds?.flatten ?? false });
    };
    const run: Run = startRun({
      ...{ clock: time.clock, log, market, broker, sources, messages, sourceFault },
      ...{ journal, lifeboat: books.lifeboat, initial: books.state, addressing },
      ...{ audience: listening, followed: spec.prices.followed },
      opening: openingOf(context, spec, market),
      settled() {
        going = keepGoing?.(run) ?? null;
        backups?.begin(run.loop);
        if (spec.dayEnds?.onceSettled === true) endDay();
      },
      exhausted() {
        if (!isPlayed) run.stopWhenFlat("the sources have ended");
      },
      ended(fault) {
        isOver = true;
        reloads?.close();
        ignoreSignals();
        for (const one of [backups, laptop, watch, health, going, looks]) one?.stop();
        server?.close();
        time.end();
        resolve({ fault, isDayOver, state: run.loop.state() });
      },
    });
    laptop?.begin(run.loop);
    const reloads = spec.inForce?.begin(run.loop);
    const ignoreSignals = stopOnSignal({
      ...{ context, run, time, spec, flattens: () => configNow(spec).flattenOnStop },
      ...(reloads !== undefined && { reload: () => void reloads.reload("signal") }),
    });
    const watch = isPlayed ? NO_WATCH : watchHalt(context.clock, halt, haltNow);
    if (spec.dayEnds !== null) time.clock.schedule(spec.dayEnds.at, endDay);
    const desk = deskOf(context, spec, {
      ...{ run, time, market, books, reloads, halt, watch, health, looks },
    });
    void openDoor(context, spec, desk, looks.watching).then((door) => {
      server = door;
      if (isOver) return door?.close();
      time.begin();
      health?.begin(run.loop);
    });
  });
  ledger?.finish();
  await lastLetters(postman);
  await backups?.last();
  sayHowItEnded(context, spec, end);
  return houseEnd(end, counted.summary(books.journal.head()));
}

const houseEnd = ({ fault, state }: RunEnd, summary: Summary): HouseEnd => ({
  ...{ code: fault === null ? 0 : 1, summary, left: exposureLines(state) },
});

/** Null where prices are played: such a clock never sleeps, and its contracts are nobody's. */
async function laptopOf(
  context: Context,
  spec: HouseSpec,
  parts: LaptopParts,
): Promise<Laptop | null> {
  if (spec.prices.playedFrom !== null) return null;
  const { createLaptop } = await import("./house-laptop.ts");
  return createLaptop(context, spec, parts);
}

/** Null where prices are played. */
async function healthOf(
  context: Context,
  spec: HealthSpec,
  parts: HealthParts,
): Promise<HouseHealth | null> {
  if (spec.prices.playedFrom !== null) return null;
  const { createHouseHealth } = await import("./house-health.ts");
  return createHouseHealth(context, spec, parts);
}

/** Who hears of every fact, and those of them who have something to finish at the end. */
function listenersOf(
  context: Context,
  spec: HouseSpec,
  { books, log }: Opened,
  postman: Audience | null,
) {
  const counted = tally();
  const ledger =
    books.ledger && ledgerAudience({ ...books, ledger: books.ledger, log, soon: setImmediate });
  const lines = timelineAudience(
    narratorOf(books.state.settings, valuesOf(books.state.trades)),
    (line) => tell(context, spec, line),
  );
  const looks = createLooks();
  const told: readonly (Audience | null)[] = [
    ...[lines, counted, ledger, postman, factLog(log), looks],
  ];
  return { counted, ledger, looks, audience: told.filter((one) => one !== null) };
}

function openingOf(
  { screen }: Context,
  { mode, version, config, reduceBecause, push }: HouseSpec,
  market: MarketData,
): Opening {
  const { settings, balances } = config;
  // Somebody sits there, and it matters.
  const isAttended = screen.isInteractive && settings.attended !== undefined;
  return {
    ...{ mode, version, settings, balances, priceAgeMax: priceAgeMax(market) },
    ...(isAttended && { attended: true as const }),
    ...(push !== undefined && { push }),
    ...(reduceBecause === null ? {} : { reduceBecause }),
  };
}

function tell({ screen }: Context, { json, prefix, mode }: HouseSpec, line: TimelineLine): void {
  if (!json) screen.tell(line, prefix);
  else
    screen.printJson(mode === "demo" ? { demo: true, ...timelineView(line) } : timelineView(line));
}

/** As the configuration in force has them. */
const levelsOf = (spec: HouseSpec) =>
  spec.inForce && {
    levelNow: spec.inForce.level,
    componentsNow: () => configNow(spec).log.components,
  };

const configNow = ({ inForce, config }: HouseSpec): Config => inForce?.now() ?? config;
