/**
 * One seed, half an hour of bad weather.
 *
 * ```text
 * 1 min fair ─► 21 min of faults and crashes ─► fair again: repair ─► flatten ─► flat, or broken
 * ```
 *
 * The program is the real one: loop, engine, parser; only the ends are simulated (clock, market,
 * disk, line to the venue). Everything follows from the seed, so the same seed gives the same trace
 * on every machine, and a failing one is shrunk by switching off the faults that do not matter.
 */

import { createLoop, type Loop, type News } from "../../src/app/loop.ts";
import { bringInLifeboat } from "../../src/app/recover.ts";
import { evolve } from "../../src/core/evolve.ts";
import type { Command } from "../../src/core/model/command.ts";
import { DEFAULT_RULES } from "../../src/core/model/defaults.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import type { Tag } from "../../src/core/model/ids.ts";
import { type AccountId, accountId, readName } from "../../src/core/model/ids.ts";
import type { Root } from "../../src/core/model/instrument.ts";
import { rootOf } from "../../src/core/model/instruments.ts";
import type { DailyLoss } from "../../src/core/model/limits.ts";
import type { Message } from "../../src/core/model/message.ts";
import type { Rules, Settings } from "../../src/core/model/rules.ts";
import { contracts, dollars, millis, ticks } from "../../src/core/model/units.ts";
import type { VenueReport, VenueRequest } from "../../src/core/model/venue.ts";
import { initialState, type State } from "../../src/core/state.ts";
import type { Broker } from "../../src/ports/broker.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Lifeboat } from "../../src/ports/lifeboat.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { canonical } from "../../src/std/canonical.ts";
import { valuesOf } from "../../src/std/trie.ts";
import { alertOf, type Moment, wordOf } from "./author.ts";
import { unreconciled } from "./bookkeeper.ts";
import { type Canary, NO_CANARY } from "./canaries.ts";
import { createEditor } from "./editor.ts";
import { handAct } from "./hand.ts";
import { brokenHours, commandsIn, hoursIn, newsIn } from "./hours.ts";
import { createOracle, FAULTY, NAKED_HEALTHY } from "./oracle.ts";
import { ASKING, personAsked, roomOf } from "./person.ts";
import { type StormPost, stormPost } from "./post.ts";
import { type StormVenue, simVenue } from "./sim-venue.ts";
import {
  type Counts,
  count,
  situationOfReport,
  situationsOf,
  traceKeyOf,
  traceOf,
} from "./sometimes.ts";
import { Crash, type StormJournal, stormJournal } from "./storm-journal.ts";
import { stormMarket } from "./storm-market.ts";
import { type Purse, UNJUDGED } from "./treasurer.ts";
import { type Faults, type Fired, faultsOf, type Weather, weatherOf } from "./weather.ts";
import { situationOfStrike } from "./wire-sometimes.ts";
import { wireVenue } from "./wire-venue.ts";
import type { WireWeather } from "./wire-weather.ts";

export interface StormResult {
  readonly seed: number;
  readonly broken: readonly string[];
  readonly fired: readonly Fired[];
  readonly counts: Counts;
  readonly crashes: number;
  readonly trades: number;
  readonly facts: number;
  /** Of every position, milliseconds without a stop for all of it. */
  readonly naked: readonly number[];
  readonly trace: number;
}

export interface StormOptions {
  readonly weather?: Weather;
  readonly masked?: ReadonlySet<Fired>;
  readonly canary?: Canary;
  readonly tell?: (line: string) => void;
}

/** A Tuesday, 09:30 New York: regular hours all the way. */
const START = Date.UTC(2026, 2, 10, 13, 30);
const MINUTE = 60_000;
const STORM_FROM = START + MINUTE;
const STORM_UNTIL = START + 22 * MINUTE;
const FLATTEN_AT = START + 26 * MINUTE;
const END = START + 29 * MINUTE;
/** Legs wake and siblings go some milliseconds after the fill, and one may follow upon the other. */
const LINK_DELAY = 100;
/**
 * Accounts of a login are looked at one after the other, and with faults a look is ten calls of one
 * budget: what rests where nothing is held any more is found when its account's turn comes.
 */
const ROUND = 15_000;
/** What one login may call in any minute. */
const CALLS_MAX = 160;

export function runSeed(seed: number, options: StormOptions = {}): StormResult {
  const world = createWorld(options.weather ?? weatherOf(seed), options);
  world.run();
  return world.result();
}

function createWorld(weather: Weather, options: StormOptions) {
  const canary = options.canary ?? NO_CANARY;
  const clock = virtualClock(millis(START));
  let lastFaultAt = 0;
  const ownFaults = faultsOf(weather, options.masked ?? new Set());
  const faults = duringStorm(ownFaults, clock, () => {
    lastFaultAt = clock.now();
  });
  const counts: Counts = new Map();
  const accounts = Array.from({ length: weather.accounts }, (_, index) =>
    accountId(weather.wire === null ? `sim-${index + 1}` : String(101 + index)),
  );
  const settings = (canary.settings ?? ((told) => told))(settingsFor(weather, accounts));
  const editor = createEditor(settings);
  const roots = rootsIn(weather);
  const market = stormMarket(roots, ticks(25_304), millis(START), faults);
  const traces = new Map<string, Set<string>>();
  const lifeboat: Fact[] = [];
  const looks: number[] = [];
  /** What left without being written: as it was said, because it may arrive when the program is dead. */
  const unwritten = new Set<string>();
  let program: Program | null = null;
  let crashes = 0;
  let isRestarting = false;
  let diskBadUntil = 0;

  const oracle = createOracle({
    brackets: weather.brackets,
    linkDelay: linkDelayOf(weather),
    overExitMax: FAULTY + (weather.wire === null ? 0 : ROUND * (weather.accounts - 1)),
    positionMax: 5,
    sharers: weather.sharesLogin || weather.wire !== null ? weather.accounts : 1,
    purse: { ...purseOf(weather), positionMax: editor.positionMax },
    scored: { rules: weather.score, bySize: SIZES, ratio: weather.minis ? MICROS_IN_A_MINI : 1 },
    now: clock.now,
    isUnwritten: (request) => unwritten.has(canonical(request)),
    lastFaultAt: () => (isLineDown() ? clock.now() : lastFaultAt),
  });
  const matching = {
    slippage: ticks(weather.slippage),
    limitFill: weather.limitFill,
    ...(weather.stopProtection !== null && { stopProtection: ticks(weather.stopProtection) }),
    partialFill:
      weather.partialPermille === 0
        ? null
        : { permille: weather.partialPermille, seed: weather.seed },
  };
  const wireFired: Fired[] = [];
  const venue = weather.wire === null ? simulated() : wired(weather.wire);

  /** At the wire a hub that is gone stays so for as long as it takes, whatever made it go. */
  function isLineDown(): boolean {
    return weather.wire !== null && venue.lineDownSince() !== null;
  }

  function simulated(): StormVenue {
    return simVenue({
      clock,
      settings: { ...matching, brackets: weather.brackets },
      accounts,
      survives: weather.venueSurvives,
      latency: weather.latency,
      timeout: weather.timeout,
      faults,
      quote: (contract) => {
        const root = rootOf(contract);
        return root === null ? null : market.quote(root);
      },
      struck: () => {
        lastFaultAt = clock.now();
      },
      changed: (state, event, reports) => {
        for (const report of reports) {
          heard(report);
          tellTruth(report);
        }
        oracle.venueChanged(state, event);
      },
    });
  }

  function wired(wire: WireWeather): StormVenue {
    return wireVenue({
      clock,
      seed: weather.seed,
      weather: wire,
      brackets: weather.brackets,
      matching,
      accounts,
      balance: 50_000,
      roundTrip: weather.latency,
      masked: options.masked ?? new Set(),
      faults,
      spoiled: canary.wire ?? {},
      badForm: (detail) => oracle.blame("I38", detail),
      from: millis(STORM_FROM),
      struck(strike, until) {
        options.tell?.(`${clockTime(clock.now())}   !! ${strike.id} ${strike.what}`);
        // Every id is the fault's name and its number.
        wireFired.push(strike.id as Fired);
        lastFaultAt = Math.max(lastFaultAt, until);
        const seen = situationOfStrike(strike, isExposed(venue));
        if (seen !== null) count(counts, seen);
      },
      refused() {
        lastFaultAt = Math.max(lastFaultAt, clock.now());
      },
      changed: (state, event) => oracle.venueChanged(state, event),
      heard(report) {
        if (report.kind === "link") lastFaultAt = Math.max(lastFaultAt, clock.now());
        if (report.kind === "snapshot")
          options.tell?.(
            `${clockTime(clock.now())}   <- snapshot ${report.account} of ${clockTime(report.askedAt)} ${JSON.stringify(report.positions)}`,
          );
        heard(report);
      },
      called(calls, path) {
        options.tell?.(`${clockTime(clock.now())}   -> ${path}, ${calls} in a minute`);
        if (calls > CALLS_MAX) oracle.blame("I14", `${calls} calls in a minute, ${path} the last`);
      },
      filledDeaf: () => count(counts, "a fill while the hub is down"),
      log: {
        write: (level, event, detail) =>
          options.tell?.(`  ${level} ${event} ${JSON.stringify(detail ?? {})}`),
      },
    });
  }

  /** What the venue did and said, whether or not anybody hears of it. */
  function tellTruth(report: VenueReport): void {
    if (report.kind !== "fill") return;
    options.tell?.(`${clockTime(clock.now())}   == ${JSON.stringify(report.fill)}`);
  }

  function heard(report: VenueReport): void {
    const seen = situationOfReport(report);
    if (seen !== null) count(counts, seen);
  }

  /** No position may depend on a letter, so what goes wrong with one is no excuse. */
  const post = weather.hasPost
    ? stormPost({
        faults: ownFaults,
        isDiskBad: () => clock.now() < diskBadUntil,
        spoiled: canary.post ?? ((notifier) => notifier),
      })
    : null;

  const journal = stormJournal({
    note: (first, facts, slips) => post?.note(first, facts, slips),
    before: () => crashAt("crash-before-journal", "crash before the journal"),
    refuses: () => diskRefuses(),
    after: (facts) => {
      oracle.journaled(facts);
      for (const fact of facts) note(fact);
      crashAt("crash-after-journal", "crash after the journal");
    },
  });

  function note(fact: Fact): void {
    options.tell?.(`${clockTime(fact.at)} ${JSON.stringify(fact)}`);
    const key = traceKeyOf(fact);
    const before = traces.get(key) ?? new Set();
    for (const situation of situationsOf(fact, before)) count(counts, situation);
    for (const name of traceOf(fact)) before.add(name);
    traces.set(key, before);
    if (fact.kind === "ApprovalAsked") ask(fact);
  }

  const ask = personAsked({
    faults,
    later: (delay, task) =>
      void clock.schedule(millis(clock.now() + delay), () => guarded(() => task())),
    offer: (news) => program?.loop.offer(news),
  });

  function crashAt(
    kind: "crash-before-journal" | "crash-after-journal" | "crash-before-send" | "crash-after-send",
    name: Parameters<typeof count>[1],
  ): void {
    if (!faults.strikes(kind)) return;
    count(counts, name);
    throw new Crash(kind);
  }

  function diskRefuses(): boolean {
    if (clock.now() < diskBadUntil) return true;
    if (!faults.strikes("disk-refuses")) return false;
    diskBadUntil = clock.now() + 500 + faults.draw("disk-span", 20_000);
    if (isExposed(venue)) count(counts, "disk refused with a position open");
    return true;
  }

  /** I14: 160 calls in any minute at most, two a look, for all accounts of a login together. */
  function countLook(): void {
    if (!weather.sharesLogin || weather.wire !== null) return;
    looks.push(clock.now());
    while ((looks[0] ?? 0) <= clock.now() - MINUTE) looks.shift();
    if (looks.length > 80) oracle.blame("I14", `${looks.length} looks in a minute`);
  }

  /** I10: nobody enters on what may be old news. */
  function checkLine(request: VenueRequest): void {
    const since = venue.lineDownSince();
    const isEntry = request.kind === "place" && request.role === "entry";
    if (isEntry && since !== null && clock.now() > since)
      oracle.blame("I10", `${request.id} is sent while the line has been down since ${since}`);
  }

  const line = (): Broker =>
    canary.broker({
      brackets: venue.brackets,
      open: venue.open,
      ask(account, since) {
        countLook();
        venue.ask(account, since);
      },
      close: () => {},
      send(request) {
        options.tell?.(`${clockTime(clock.now())}   -> ${JSON.stringify(request)}`);
        checkLine(request);
        if (program?.loop.impaired()) unwritten.add(canonical(request));
        crashAt("crash-before-send", "crash before the send");
        venue.send(request);
        crashAt("crash-after-send", "crash after the send");
      },
    });

  function start(): void {
    isRestarting = false;
    const news: News = {
      kind: "start",
      mode: "paper",
      version: "storm",
      settings: weather.edits.length === 0 ? settings : editor.settings(),
      priceAgeMax: millis(3_000),
      balances: accounts.map((account) => ({ account, balance: dollars(50_000) })),
    };
    program = startProgram({
      clock,
      journal: canary.journal(journal),
      broker: line(),
      market,
      followed: roots,
      lifeboat,
      news,
      post,
      tell: options.tell,
      blame: oracle.blame,
      saved: oracle.saved,
    });
    oracle.started();
  }

  function crash(): void {
    if (isRestarting) return;
    isRestarting = true;
    options.tell?.(`${clockTime(clock.now())} CRASH`);
    crashes++;
    if (isExposed(venue)) count(counts, "crash with a position open");
    // It may have died while starting, before there was anything to kill.
    program?.kill();
    program = null;
    venue.hangUp();
    market.forget();
    checkReplay();
    oracle.crashed();
    clock.schedule(millis(clock.now() + 1_500 + faults.draw("down", 60_000)), () => guarded(start));
  }

  /** I16: what the journal adds up to is what the program had, but for what it never wrote. */
  function checkReplay(): void {
    const folded = canonical(foldAll(journal));
    const again = canonical(foldAll(journal));
    if (folded !== again) oracle.blame("I16", "two folds of one journal differ");
  }

  /** Runs what may die, and lets it die. */
  function guarded(task: () => void): void {
    try {
      task();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      crash();
    }
  }

  const traffic = createTraffic({
    canary,
    weather,
    faults,
    clock,
    market,
    accounts,
    counts,
    venue,
    offer: (news) => program?.loop.offer(news),
    said: oracle.said,
    again: canary.again ?? ((message) => message),
    state: () => program?.loop.state() ?? null,
  });

  function everySecond(): void {
    guarded(() => {
      for (const quote of market.move(clock.now())) venue.price(quote);
      if (program !== null && faults.strikes("crash-at-random")) throw new Crash("at random");
      traffic.second();
    });
    if (clock.now() < END) clock.schedule(millis(clock.now() + 1_000), everySecond);
  }

  function run(): void {
    start();
    clock.schedule(millis(START + 1_000), everySecond);
    for (const { at, command } of commandsIn(weather.hours, START))
      clock.schedule(millis(at), () =>
        guarded(() => void program?.loop.offer({ kind: "command", command })),
      );
    for (const edit of weather.edits)
      clock.schedule(millis(START + edit.after), () => {
        const news = editor.save(edit);
        guarded(() => void program?.loop.offer(news));
      });
    clock.schedule(millis(STORM_UNTIL), () => {
      faults.calm();
      venue.calm();
    });
    while (clock.now() < END) {
      try {
        clock.runUntil(millis(END));
      } catch (error) {
        if (error instanceof Crash) crash();
        // A window of seeds goes on, and names this one.
        else oracle.blame("bug", error instanceof Error ? `${error.stack}` : `${error}`);
      }
    }
    if (program !== null) finalChecks(program.loop.state());
    else oracle.blame("I17", "the program is down at the end");
  }

  function finalChecks(state: State): void {
    oracle.end();
    const gap = journal.facts.find((one, index) => one.sequence !== index + 1);
    if (gap) oracle.blame("I15", `the journal jumps to ${gap.sequence}`);
    if (canonical(state) !== canonical(foldAll(journal)))
      oracle.blame("I16", "the state differs from the fold of its journal");
    for (const account of valuesOf(venue.truth().accounts)) {
      if (account.positions.length > 0)
        oracle.blame("I17", `${account.id} still holds ${JSON.stringify(account.positions)}`);
      for (const { view } of account.live) {
        if (readName(view.parent ?? view.tag ?? "") !== null)
          oracle.blame("I21", `${account.id} still has ${view.tag} ${view.status}`);
      }
    }
    for (const account of valuesOf(state.accounts)) {
      const theirs = valuesOf(venue.truth().accounts).find(({ id }) => id === account.id);
      if (account.balance !== theirs?.balance)
        oracle.blame("I20", `${account.id}: ${account.balance} in the books, ${theirs?.balance}`);
      for (const id of account.open) oracle.blame("I17", `${account.id}: trade ${id} is not over`);
    }
    const facts = journal.facts.map(({ fact }) => fact);
    const told = (canary.ledger ?? ((all) => all))(facts);
    for (const detail of unreconciled({ facts, told, state, venue: venue.truth() }))
      oracle.blame("I42", detail);
    for (const detail of post?.troubles(journal, state, clock.now()) ?? [])
      oracle.blame("I43", detail);
    for (const detail of brokenHours(weather.hours, START, facts, weather.firm?.plan.news))
      oracle.blame("I39", detail);
    traffic.checkStrangers(facts, oracle.blame);
  }

  function result(): StormResult {
    return {
      seed: weather.seed,
      broken: oracle.broken,
      fired: [...faults.fired, ...wireFired],
      counts,
      crashes,
      trades: journal.facts.filter(({ fact }) => fact.kind === "TradePlanned").length,
      facts: journal.facts.length,
      naked: oracle.nakedTimes(),
      trace: journal.trace(),
    };
  }

  return { run, result };
}

/** Fair weather before and after. */
function duringStorm(faults: Faults, clock: Clock, struck: () => void): Faults {
  const strikes: Faults["strikes"] = (kind) => {
    const hit = clock.now() >= STORM_FROM && faults.strikes(kind);
    if (hit) struck();
    return hit;
  };
  return { ...faults, strikes };
}

/** Where the legs of an entry only wake up when it is whole, we are the ones who look after the rest. */
function linkDelayOf({ wire }: Weather): number {
  if (wire === null) return 0;
  return wire.switches.partialEntry === "legs-when-whole" ? NAKED_HEALTHY : LINK_DELAY;
}

const clockTime = (at: number): string => new Date(at).toISOString().slice(11, 23);

const isExposed = (venue: StormVenue): boolean =>
  valuesOf(venue.truth().accounts).some((one) => one.positions.length > 0);

const foldAll = (journal: StormJournal): State =>
  journal.facts.reduce((state, { fact }) => evolve(state, fact), initialState);

/** Half an hour of faults is more than any trader would sit through: what is not the aim is far away. */
const WIDE_LIMITS: Rules["limits"] = {
  ...DEFAULT_RULES.limits,
  tradesPerDay: 1_000,
  lossPerTrade: dollars(1_000),
  dailyLoss: wide(100_000),
  total: { dailyLoss: wide(100_000) },
  consecutiveLosses: 1_000,
  entriesPerMinute: 60,
  breakers: {},
};

/** Those a trader begins with, but for a pause after faults, of which there is one all the time. */
const REAL_LIMITS: Rules["limits"] = {
  ...DEFAULT_RULES.limits,
  tradesPerDay: 1_000,
  breakers: {
    ...DEFAULT_RULES.limits.breakers,
    errors: { count: 3, within: millis(3 * MINUTE), pause: millis(MINUTE) },
  },
};

/** The one whose orders the venue sees most comes first: in it strangers and hands count. */
const rootsIn = ({ minis }: Weather): readonly [Root, ...Root[]] =>
  minis ? ["MES", "ES"] : ["MES"];

const MICROS_IN_A_MINI = 10;

/** Contracts by letter. */
const SIZES = { A: 3, B: 2, C: 1 } as const;

/** What the judge holds everyone to, whatever the program was told. */
function purseOf(weather: Weather): Purse {
  const { accounts, firm } = weather;
  const { dailyLoss, total, lossPerTrade } = limitsIn(weather);
  const dollarsOf = (daily: DailyLoss | undefined): number | null =>
    typeof daily?.limit === "number" ? daily.limit : null;
  return {
    ...UNJUDGED,
    dailyLoss: dollarsOf(dailyLoss),
    total: accounts > 1 ? dollarsOf(total?.dailyLoss) : null,
    block: dailyLoss?.steps.block ?? 1_000,
    trade: typeof lossPerTrade === "number" ? lossPerTrade : null,
    firm,
  };
}

/** Where the firm's limits are looked for, the trader's own are out of its way. */
const limitsIn = ({ limits, firm }: Weather): Rules["limits"] =>
  limits === "real" && firm?.isAlone !== true ? REAL_LIMITS : WIDE_LIMITS;

function wide(limit: number): DailyLoss {
  return {
    limit: dollars(limit),
    steps: { warn: [500, 750, 900], half: 750, block: 900, flatten: 1_000 },
  };
}

function settingsFor(weather: Weather, accounts: readonly AccountId[]): Settings {
  const rules: Rules = {
    ...DEFAULT_RULES,
    sizing: { kind: "contracts", bySize: SIZES },
    entry:
      weather.entry === "market"
        ? { kind: "market", timeout: millis(30_000) }
        : { kind: "limit", chase: { unit: "stop-share", value: 200 }, timeout: millis(30_000) },
    exits: {
      ...DEFAULT_RULES.exits,
      anchor: weather.anchor,
      onBreakevenPassed: weather.onBreakevenPassed,
    },
    limits: limitsIn(weather),
    ...(weather.score !== null && { score: weather.score }),
    ...(weather.minis && { tradeAs: {}, shrinkToMicro: true as const }),
    ...(DEFAULT_RULES.hours && { hours: hoursIn(weather.hours, DEFAULT_RULES.hours) }),
  };
  return {
    ruleSets: { default: rules },
    ...(weather.firm !== null && { plans: { [weather.firm.plan.id]: weather.firm.plan } }),
    news: newsIn(weather.hours, START),
    accounts: accounts.map((id) => ({
      id,
      name: id,
      rules: "default",
      brackets: weather.brackets,
      ...(weather.firm !== null && { firm: weather.firm.terms }),
      ...((weather.sharesLogin || weather.wire !== null) && { login: "sim" }),
    })),
  };
}

interface Program {
  readonly loop: Loop;
  kill(): void;
}

interface ProgramParts {
  readonly clock: Clock;
  readonly journal: StormJournal;
  readonly broker: Broker;
  readonly market: ReturnType<typeof stormMarket>;
  readonly followed: readonly Root[];
  readonly lifeboat: Fact[];
  readonly news: News;
  readonly post: StormPost | null;
  readonly tell: ((line: string) => void) | undefined;
  readonly blame: (rule: string, detail: string) => void;
  readonly saved: (facts: readonly Fact[]) => void;
}

/** Starting is recovering: what the lifeboat saved, the fold of the journal, then the venue. */
function startProgram({
  clock,
  journal,
  broker,
  market,
  followed,
  lifeboat,
  news,
  post,
  tell,
  blame,
  saved,
}: ProgramParts): Program {
  let alive = true;
  const mortal: Clock = {
    now: clock.now,
    schedule: (at, task) => clock.schedule(at, () => alive && task()),
  };
  const boat: Lifeboat = {
    save: (facts) => {
      saved(facts);
      return lifeboat.push(...facts) > 0;
    },
    load: () => lifeboat.slice(),
    clear: () => void lifeboat.splice(0),
  };
  const addressing = post?.addressing ?? (() => []);
  const late = bringInLifeboat(journal, boat, clock.now(), addressing);
  // A house whose books cannot be written does not open; somebody starts it again later.
  if (!late.ok) throw new Crash("the disk refused the start");
  const state = foldAll(journal);
  const postman = post?.hire(mortal, journal, state);
  const loop = createLoop(
    {
      clock: mortal,
      journal,
      broker,
      market,
      audience: postman === undefined ? [] : [postman],
      addressing,
      followed,
      log: {
        write: (level, event, detail) => {
          tell?.(`  ${level} ${event} ${JSON.stringify(detail ?? {})}`);
          // The loop survives a mistake of the engine by halting; the storm does not forgive it.
          if (event === "bug") blame("bug", JSON.stringify(detail ?? {}));
        },
      },
      lifeboat: boat,
    },
    state,
  );
  broker.open((report) => {
    if (alive) loop.offer({ kind: "report", report });
  });
  loop.offer(news);
  return {
    loop,
    // It is gone between two instructions: what it had in memory, nobody writes down any more.
    kill: () => {
      alive = false;
    },
  };
}

interface TrafficParts {
  readonly canary: Canary;
  readonly weather: Weather;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly market: ReturnType<typeof stormMarket>;
  readonly accounts: readonly AccountId[];
  readonly counts: Counts;
  readonly venue: StormVenue;
  readonly offer: (news: News) => void;
  readonly said: (message: Message) => void;
  /** A second delivery, as the source makes it. */
  readonly again: (message: Message) => Message;
  readonly state: () => State | null;
}

/** Alerts and words of an author, an operator's commands, hands, and strangers' orders. */
function createTraffic(parts: TrafficParts) {
  const { weather, faults, clock, market, counts, venue, offer } = parts;
  const strangers: string[] = [];
  let strangersSoFar = 0;
  const alerts: Message[] = [];
  let words = 0;
  let hands = 0;
  let nextAlert = START + 20_000;
  let flattened = false;

  const hear = (message: Message): void =>
    offer({
      kind: "message",
      message,
      tradable: true,
      room: parts.canary.room(roomOf(message.channel)),
      from: 0,
    });

  function alert(): void {
    const channel = faults.draw("channel", 1_000) < weather.asksPermille ? ASKING : "storm";
    const message = alertOf(alerts.length + 1, { ...momentOf(), channel });
    alerts.push(message);
    deliver(message);
    if (faults.strikes("message-edited")) {
      const changed: Message = {
        ...message,
        event: "edit",
        previous: message.text,
        text: edited(message.text, faults),
      };
      parts.said(changed);
      clock.schedule(millis(clock.now() + faults.draw("edit-after", 60_000)), () => hear(changed));
    }
  }

  const momentOf = (): Moment => {
    const channel = alerts.at(-1)?.channel ?? "storm";
    return { now: clock.now(), last: market.now().last, faults, channel };
  };

  /** On time or late, once or twice, and so in any order. */
  function deliver(message: Message): void {
    parts.said(message);
    const delay = faults.strikes("message-late") ? 8_000 + faults.draw("lateness", 10_000) : 0;
    clock.schedule(millis(clock.now() + delay), () => hear(message));
    if (!faults.strikes("message-doubled")) return;
    const after = millis(clock.now() + faults.draw("double-after", 30_000));
    clock.schedule(after, () => hear(parts.again(message)));
    count(counts, "message delivered twice");
  }

  function word(): void {
    words += 1;
    deliver(wordOf(words, alerts, momentOf()));
  }

  function command(): void {
    const state = parts.state();
    if (state === null) return;
    const open = valuesOf(state.trades).filter(
      (trade) => trade.phase === "open" || trade.phase === "runner",
    );
    const trade = open[faults.draw("command-trade", Math.max(1, open.length))];
    offer({
      kind: "command",
      command: commandFor(trade?.number ?? 1, trade?.stopAim ?? ticks(25_300), faults),
    });
  }

  function hand(): void {
    const request = handAct(venue.truth(), ++hands, faults);
    if (request !== null) venue.foreign(request);
  }

  function breakLine(): void {
    if (isExposed(venue)) count(counts, "line broken with a position open");
    venue.breakLine(500 + faults.draw("line-span", 30_000));
  }

  function stranger(): void {
    const account = parts.accounts[0];
    if (account === undefined) return;
    strangersSoFar += 1;
    const tag = `stranger-${strangersSoFar}`;
    const price = ticks(market.now().last - 2_000);
    const contract = "MESH26";
    const request: VenueRequest = {
      kind: "place",
      id: tag,
      account,
      contract,
      tag: tag as Tag,
      role: "entry",
      side: "buy",
      type: "limit",
      quantity: contracts(1),
      price,
      bracket: null,
    };
    // What the venue refuses its owner, nobody has to leave alone.
    if (venue.foreign(request)) strangers.push(tag);
  }

  return {
    second(): void {
      const now = clock.now();
      if (now >= nextAlert && now < STORM_UNTIL) {
        alert();
        nextAlert = now + 1_000 * (30 + faults.draw("next-alert", weather.alertEvery));
      }
      if (faults.strikes("word")) word();
      if (faults.strikes("command")) command();
      if (faults.strikes("foreign-order")) stranger();
      if (faults.strikes("hand")) hand();
      if (faults.strikes("line-breaks")) breakLine();
      if (now % 120_000 === 0) offer({ kind: "command", command: { kind: "resume" } });
      if (now >= FLATTEN_AT && !flattened) {
        flattened = true;
        offer({ kind: "command", command: { kind: "flatten", account: null } });
      }
    },
    /** I8: each was reported, and each still rests where its owner put it. */
    checkStrangers(facts: readonly Fact[], blame: (rule: string, detail: string) => void): void {
      const seen = new Set(
        facts.flatMap((fact) => (fact.kind === "ForeignOrderSeen" ? [fact.order as string] : [])),
      );
      const live = valuesOf(venue.truth().accounts).flatMap((one) =>
        one.live.filter(({ view }) => view.tag?.startsWith("stranger-")),
      );
      if (live.length !== strangers.length)
        blame("I8", `${strangers.length} strangers' orders, ${live.length} left`);
      for (const { view } of live)
        if (!seen.has(view.order)) blame("I8", `${view.tag} was never reported`);
    },
  };
}

/** Nothing that matters, another stop, or no alert any more. */
function edited(text: string, faults: Faults): string {
  const kind = faults.draw("edit-kind", 4);
  if (kind === 0) return "never mind that one";
  if (kind === 1) return text.replace(/Stop: ([\d.]+)/, (_, stop) => `Stop: ${Number(stop) + 0.5}`);
  return text.replace("Stop", "STOP");
}

function commandFor(trade: number, stop: number, faults: Faults): Command {
  const kinds = [
    "flatten",
    "close",
    "trim",
    "breakeven",
    "stop",
    "target",
    "cancel",
    "halt",
  ] as const;
  const kind = kinds[faults.draw("command-kind", kinds.length)] ?? "close";
  switch (kind) {
    case "flatten":
      return { kind, account: null };
    case "trim":
      return { kind, trade, quantity: 1 + faults.draw("trim", 2) };
    case "stop":
      return { kind, trade, price: ticks(stop + faults.draw("stop-move", 9) - 4) };
    case "target":
      return { kind, trade, price: ticks(stop + faults.draw("target-move", 120) - 60) };
    case "halt":
      return { kind, reason: "the operator had a feeling" };
    default:
      return { kind, trade };
  }
}
