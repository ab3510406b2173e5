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
import type { Rules } from "../core/model/rules.ts";
import type { Millis } from "../core/model/units.ts";
import { type Addressing, addressingOf } from "../core/notify/policy.ts";
import type { State } from "../core/state.ts";
import { narratorOf } from "../core/views/narrator.ts";
import { type TimelineLine, timelineView } from "../core/views/timeline.ts";
import type { SourceFault } from "../ports/alert-source.ts";
import type { Audience } from "../ports/audience.ts";
import type { Broker } from "../ports/broker.ts";
import type { Clock } from "../ports/clock.ts";
import type { ExitCode, Speed } from "../ports/console.ts";
import type { ControlServer } from "../ports/control.ts";
import type { Log } from "../ports/log.ts";
import type { MarketData } from "../ports/market-data.ts";
import { ok, type Result } from "../std/result.ts";
import { valuesOf } from "../std/trie.ts";
import { type Books, openBooks } from "./books.ts";
import type { Route } from "./carrier.ts";
import type { ConfigInForce, Reloads } from "./config-in-force.ts";
import type { Context, Stopped } from "./context.ts";
import { controlDesk } from "./control-desk.ts";
import { drills } from "./drill.ts";
import { exposureLines } from "./exposure.ts";
import type { FormatsInForce } from "./formats-in-force.ts";
import { haltFileIn, NO_WATCH, watchHalt } from "./halt-file.ts";
import type { Plugged } from "./hearing.ts";
import { backupsOf } from "./house-backups.ts";
import { brokerFor } from "./house-broker.ts";
import { type KeptWarm, keepWarm } from "./kept-warm.ts";
import { ledgerAudience } from "./ledger-audience.ts";
import { createLooks, type Looks } from "./looks.ts";
import { createMessageBook, type MessageBook } from "./message-book.ts";
import { openDoor } from "./open-door.ts";
import { openLog } from "./open-log.ts";
import { hostTime, playedTime, type Time } from "./pace.ts";
import { lastLetters, postmanFor } from "./postman.ts";
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
  const levelNow = spec.inForce?.level;
  const log = await openLog(context, { ...spec, ...(levelNow !== undefined && { levelNow }) });
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
  const { history } = books;
  const time = await timeFor(context, spec);
  const market = spec.prices.market(time.clock);
  const broker = await brokerFor(context, spec, { market, clock: time.clock, books, log });
  const halt = await haltFileIn(spec.directory);
  const { counted, ledger, postman, looks, audience, say } = listenersOf(context, spec, opened);
  const sourceFault = ({ where, reason }: SourceFault): void => say(`${where}: ${reason}`);
  const backups = await backupsOf(context, spec, { log, say });
  const messages = history && createMessageBook({ clock: time.clock, history, log, sourceFault });
  messages?.prune();
  const sources = spec.sources(time.clock, messages);

  const end = await new Promise<RunEnd>((resolve) => {
    let server: ControlServer | null = null;
    let warm: KeptWarm | null = null;
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
      audience: backups === null ? audience : [...audience, backups],
      ...{ journal: books.journal, lifeboat: books.lifeboat, initial: books.state, addressing },
      followed: spec.prices.followed,
      opening: openingOf(context, spec, market),
      settled() {
        if (spec.prices.playedFrom === null)
          warm = keepWarm({ clock: context.clock, log }, drills(rulesIn(run.loop.state())));
        backups?.begin(run.loop);
        if (spec.dayEnds?.onceSettled === true) endDay();
      },
      exhausted() {
        if (spec.prices.playedFrom === null) run.stopWhenFlat("the sources have ended");
      },
      ended(fault) {
        isOver = true;
        reloads?.close();
        backups?.stop();
        ignoreSignals();
        watch.stop();
        warm?.stop();
        server?.close();
        looks.stop();
        time.end();
        resolve({ fault, isDayOver, state: run.loop.state() });
      },
    });
    const reloads = spec.inForce?.begin(run.loop);
    const ignoreSignals = stopOnSignal({
      ...{ context, run, time, spec, flattens: () => configNow(spec).flattenOnStop },
      ...(reloads !== undefined && { reload: () => void reloads.reload("signal") }),
    });
    const watch =
      spec.prices.playedFrom === null ? watchHalt(context.clock, halt, haltNow) : NO_WATCH;
    if (spec.dayEnds !== null) time.clock.schedule(spec.dayEnds.at, endDay);
    const resumed = (): void => {
      halt.lift();
      watch.lifted();
    };
    const desk = deskOf(context, spec, { run, time, market, books, looks, resumed, reloads });
    void openDoor(context, spec, desk, looks.watching).then((door) => {
      server = door;
      if (isOver) door?.close();
      else time.begin();
    });
  });
  ledger?.finish();
  await lastLetters(postman);
  await backups?.last();
  sayHowItEnded(context, spec, end);
  const summary = counted.summary(books.journal.head());
  return { code: end.fault === null ? 0 : 1, summary, left: exposureLines(end.state) };
}

/** Who hears of every fact, and those of them who have something to finish at the end. */
function listenersOf(context: Context, spec: HouseSpec, { books, log }: Opened) {
  const say = (line: string): void => context.screen.remark(`${spec.prefix}${line}`);
  const counted = tally();
  const ledger =
    books.ledger && ledgerAudience({ ...books, ledger: books.ledger, log, soon: setImmediate });
  const lines = timelineAudience(
    narratorOf(books.state.settings, valuesOf(books.state.trades)),
    (line) => tell(context, spec, line),
  );
  const postman = postmanFor({ ...books, clock: context.clock, log, routes: spec.routes, say });
  const looks = createLooks();
  const told: readonly (Audience | null)[] = [lines, counted, ledger, postman, looks];
  return { counted, ledger, postman, looks, audience: told.filter((one) => one !== null), say };
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

/** A played day has some time after its end to answer what was asked. */
const OVERTIME = 120_000;

async function timeFor({ clock, screen }: Context, spec: HouseSpec): Promise<Time> {
  const { playedFrom, endsAt } = spec.prices;
  if (playedFrom === null || endsAt === null) return hostTime(clock);
  return playedTime({
    from: playedFrom,
    until: (endsAt + OVERTIME) as Millis,
    speed: spec.speed,
    overdue: () => screen.remark(`${spec.prefix}the day is over and something still waits`),
  });
}

function tell({ screen }: Context, { json, prefix, mode }: HouseSpec, line: TimelineLine): void {
  if (!json) screen.tell(line, prefix);
  else
    screen.printJson(mode === "demo" ? { demo: true, ...timelineView(line) } : timelineView(line));
}

interface DeskInput {
  readonly reloads: Reloads | undefined;
  readonly resumed: () => void;
  readonly run: Run;
  readonly time: Time;
  readonly market: MarketData;
  readonly books: Books;
  readonly looks: Looks;
}

/** Those of its first account: most houses have one set for all. */
function rulesIn({ settings }: State): Rules | undefined {
  const [first] = settings.accounts;
  return first && settings.ruleSets[first.rules];
}

const configNow = ({ inForce, config }: HouseSpec): Config => inForce?.now() ?? config;

function deskOf({ clock: hostClock }: Context, spec: HouseSpec, input: DeskInput) {
  const { run, time, market, books, looks, resumed, reloads } = input;
  const { loop } = run;
  const { catchUp, clock } = time;
  const { journal } = books;
  const { words, followed } = spec.prices;
  const quotes = () => followed.flatMap((root) => market.quote(root) ?? []);
  const { state, impaired } = loop;
  looks.begin({ state, impaired, clock, hostClock, journal, quotes, market: words, catchUp });
  return controlDesk({
    ...{ resumed, loop, hear: run.hear, clock, journal, mode: spec.mode, market: words, quotes },
    ...{ looks, catchUp },
    messages: () => books.history?.counts() ?? null,
    paste: { isAllowed: () => configNow(spec).paste, isTradable: spec.isPasteTradable },
    ...(reloads !== undefined && { reloading: reloads }),
    ...(spec.formats === undefined ? {} : { formats: spec.formats }),
  });
}
