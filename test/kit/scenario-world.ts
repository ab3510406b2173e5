/**
 * The whole program on a clock of its own: the real loop and the real paper venue, with prices, a
 * disk and a line that a scenario moves and breaks as it likes.
 *
 * ```text
 *   prices ─┬──────────────► venue ◄── line, with faults ──► loop ◄── messages, commands
 *           └─────────────────────────────────────────────►   │
 *                                        facts ◄── journal ◄──┘
 * ```
 *
 * The market is alive: it prints its price again every second until the feed is stopped. The program
 * can be killed at any moment, even between the journal and the venue, and be started again on what
 * its disk holds. Times are those of the exchange, on Thursday 2026-11-19 unless told otherwise.
 */

import { createLoop, type Loop, type News } from "../../src/app/loop.ts";
import { bringInLifeboat, foldJournal } from "../../src/app/recover.ts";
import { shutDown } from "../../src/app/shutdown.ts";
import { centralDayToUtc } from "../../src/core/model/central-time.ts";
import type { Command } from "../../src/core/model/command.ts";
import type { Config } from "../../src/core/model/config.ts";
import type { ConfigFlaw } from "../../src/core/model/config-fact.ts";
import { DEFAULT_CONFIG } from "../../src/core/model/defaults.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { accountId } from "../../src/core/model/ids.ts";
import type { OfferedConfig } from "../../src/core/model/input.ts";
import type { Root } from "../../src/core/model/instrument.ts";
import { INSTRUMENTS, instrumentOf } from "../../src/core/model/instruments.ts";
import type { Message } from "../../src/core/model/message.ts";
import type { Quote } from "../../src/core/model/quote.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import type { Settings } from "../../src/core/model/rules.ts";
import { dayNumberOf, type TradeDate } from "../../src/core/model/trade-date.ts";
import { type Millis, millis, type Ticks, ticks } from "../../src/core/model/units.ts";
import type { VenueReport, VenueRequest } from "../../src/core/model/venue.ts";
import type { VenueState } from "../../src/core/paper/state.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { JournalFault } from "../../src/ports/journal.ts";
import type { Log } from "../../src/ports/log.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { PaperBroker } from "../../src/shell/paper/broker.ts";
import { type FixedMarket, fixedMarket } from "../../src/shell/paper/fixed-market.ts";
import { memoryBook } from "../../src/shell/paper/memory-book.ts";
import { canonical } from "../../src/std/canonical.ts";
import { type HandAct, requestByHand } from "./by-hand.ts";
import {
  type FaultyLine,
  faultyLine,
  type LineFault,
  NO_SILENCE,
  type Silence,
} from "./faulty-line.ts";
import { memoryDisk, memoryJournal } from "./memory-journal.ts";
import { DEFAULT_SETUP, type ScenarioSetup } from "./scenario-setup.ts";
import { silentLog } from "./silent-log.ts";

/** What a venue may say that is about no order. */
export type Told =
  | { readonly kind: "link"; readonly state: "up" | "down" }
  | { readonly kind: "barred"; readonly reason: string }
  | { readonly kind: "clock"; readonly offset: Millis };

/** What a scenario sees of its world. */
export interface Witness {
  /** A fact is on the disk. */
  readonly fact: (fact: Fact) => void;
  /** A request leaves for the venue. */
  readonly request: (request: VenueRequest) => void;
  /** The program died or was killed. */
  readonly died: () => void;
}

/** A price as the scenario states it; without a bid and an ask, one tick wide around the last. */
export interface Price {
  readonly root: Root;
  readonly last: Ticks;
  readonly bid?: Ticks;
  readonly ask?: Ticks;
}

export interface World {
  now(): Millis;
  runUntil(at: Millis): void;
  price(price: Price): void;
  /** The market prints no more, or again. */
  feed(isOn: boolean): void;
  hear(message: Message, options?: { readonly tradable?: boolean }): void;
  command(command: Command): void;
  kill(): void;
  /** Kills the program when it is about to send its next request, or has just sent it. */
  killAt(moment: "before-send" | "after-send"): void;
  /** Blind: it knows no price until the next print. */
  restart(options?: { readonly isBlind: boolean }): void;
  /** The clean stop. */
  stop(options: { readonly flatten: boolean }): void;
  /** The file is saved: with these differences, or with a mistake in it. */
  reload(edit: { readonly setup: ScenarioSetup } | { readonly flaw: ConfigFlaw }): void;
  /** Somebody acts on the platform itself, past the program. */
  byHand(act: HandAct): void;
  /** The venue says so of the first account. */
  tell(report: Told): void;
  fault(fault: LineFault): void;
  silence(change: Partial<Silence>): void;
  disk(isGood: boolean): void;
  venue(): VenueState;
  loop(): Loop;
  /** Throws when the program is not what its journal says, or met a bug. */
  check(): void;
}

/** That minute of the scenario's day, by the clock of the exchange. */
export const atMinute = (minute: number, day: TradeDate = DEFAULT_SETUP.day): Millis =>
  centralDayToUtc(dayNumberOf(day), minute);

const LATENCY = millis(100);
const PRINT_EVERY = 1_000;
const STOP_PATIENCE = millis(10_000);
const DISK_FULL: JournalFault = { kind: "full", detail: "the disk is full" };

/** Thrown through the program to end it; nothing may catch it. */
class Killed extends Error {
  override readonly name = "Killed";
}

export function scenarioWorld(setup: ScenarioSetup, start: Millis, witness: Witness): World {
  const clock = virtualClock(start);
  const disk = memoryDisk();
  const book = memoryBook();
  const lifeboat: Fact[] = [];
  const faults: LineFault[] = [];
  const bugs: string[] = [];
  const quotes = new Map<Root, Quote>();
  let silence = NO_SILENCE;
  let handed = 0;
  let isDiskGood = true;
  let isFeedOn = true;
  let dying: "before-send" | "after-send" | null = null;
  let venue: Venue | null = null;
  let program: Program | null = null;

  let settings = settingsOf(setup);
  const log: Log = {
    write: (_, event, detail) => {
      if (event === "bug" || event === "inbox-full")
        bugs.push(`${event} ${JSON.stringify(detail)}`);
    },
  };
  const journal = memoryJournal(disk, () => (isDiskGood ? null : DISK_FULL));
  const watched: typeof journal = {
    ...journal,
    append(facts) {
      const written = journal.append(facts);
      if (written.ok) for (const fact of facts) witness.fact(fact);
      return written;
    },
  };

  function openVenue(): Venue {
    const mortal = mortalClock(clock);
    const market = fixedMarket(mortal.clock);
    for (const quote of quotes.values()) market.setQuote(quote);
    const broker = new PaperBroker({
      clock: mortal.clock,
      marketData: market,
      book,
      log: silentLog,
      settings: {
        venue: setup.venue,
        latency: LATENCY,
        sessions: setup.kind.sessions ?? "cme",
        accounts: setup.accounts.map(({ name, rules }) => ({
          account: accountId(name),
          balance: setup.balance,
          fees: rules.fees,
        })),
        checkpointAfter: 1_000,
      },
    });
    broker.open((report) => program?.line.heard(report));
    return { broker, market, kill: mortal.kill };
  }

  function startProgram(isBlind: boolean): void {
    venue ??= openVenue();
    const { broker } = venue;
    const mortal = mortalClock(clock);
    const market = fixedMarket(mortal.clock);
    if (!isBlind) for (const quote of quotes.values()) market.setQuote(quote);
    const line = faultyLine({
      clock: mortal.clock,
      venue: broker,
      faults,
      silence: () => silence,
      sending,
    });
    const boat = {
      save: (facts: readonly Fact[]) => lifeboat.push(...facts) > 0,
      load: () => lifeboat.slice(),
      clear: () => void lifeboat.splice(0),
    };
    bringInLifeboat(watched, boat, clock.now());
    const loop = createLoop(
      {
        clock: mortal.clock,
        journal: watched,
        broker: { ...line, send: (request) => sent(line, request) },
        market,
        audience: [],
        followed: Object.keys(INSTRUMENTS) as Root[],
        log,
        lifeboat: boat,
      },
      foldJournal(journal),
    );
    program = { loop, line, market, kill: mortal.kill };
    line.open((report: VenueReport) => void loop.offer({ kind: "report", report }));
    loop.offer(opening(settings, setup));
  }

  function sending(request: VenueRequest): void {
    witness.request(request);
  }

  function sent(line: FaultyLine, request: VenueRequest): void {
    if (dying === "before-send") throw new Killed();
    line.send(request);
    if (dying === "after-send") throw new Killed();
  }

  function kill(): void {
    program?.loop.stop();
    program?.kill();
    program = null;
    if (!setup.venueGoesOn) {
      venue?.kill();
      venue = null;
    }
    dying = null;
    witness.died();
  }

  function guarded(task: () => void): void {
    try {
      task();
    } catch (failure) {
      if (!(failure instanceof Killed)) throw failure;
      kill();
    }
  }

  function print(quote: Quote): void {
    quotes.set(quote.instrument, quote);
    guarded(() => venue?.market.setQuote(quote));
    guarded(() => program?.market.setQuote(quote));
  }

  function printAgain(): void {
    if (isFeedOn) for (const quote of [...quotes.values()]) print({ ...quote, at: clock.now() });
    clock.schedule(millis(clock.now() + PRINT_EVERY), printAgain);
  }

  const offer = (news: News): void => {
    if (program === null) throw new Error("nobody listens: the program is down");
    program.loop.offer(news);
  };

  clock.schedule(millis(start + PRINT_EVERY), printAgain);
  startProgram(false);

  return {
    now: clock.now,
    runUntil(at) {
      while (clock.now() < at || clock.nextAt() === at) guarded(() => clock.runUntil(at));
    },
    price({ root, last, bid = last, ask = ticks(last + 1) }) {
      const at = clock.now();
      for (const instrument of familyOf(root)) {
        print({ instrument, at, last, bid, ask, high: last, low: last });
      }
    },
    feed(isOn) {
      isFeedOn = isOn;
    },
    hear: (message, { tradable = true } = {}) =>
      offer({
        kind: "message",
        message,
        tradable,
        room: setup.rooms[message.channel] ?? OPEN_ROOM,
        from: 0,
      }),
    command: (command) => offer({ kind: "command", command }),
    kill,
    killAt(moment) {
      dying = moment;
    },
    restart({ isBlind } = { isBlind: false }) {
      if (program !== null) throw new Error("the program is up; kill it first");
      startProgram(isBlind);
    },
    stop({ flatten }) {
      if (program === null) throw new Error("the program is down");
      const { loop } = program;
      const done = (): void => kill();
      shutDown({ clock, loop, reason: "asked to", flatten, patience: STOP_PATIENCE, done });
    },
    reload(edit) {
      const running = configOf(settings);
      if ("setup" in edit) settings = settingsOf(edit.setup);
      const offered: OfferedConfig =
        "flaw" in edit
          ? { kind: "broken", flaws: [edit.flaw], omitted: 0 }
          : { kind: "sound", config: configOf(settings) };
      offer({ kind: "reload", by: "file", running, offered });
    },
    byHand(act) {
      if (venue === null) throw new Error("the venue is down");
      handed += 1;
      venue.broker.send(requestByHand(act, `hand-${handed}`, venue.broker.state, settings));
    },
    tell(report) {
      const [first] = settings.accounts;
      if (first !== undefined) program?.line.heard({ ...report, account: first.id });
    },
    fault: (fault) => void faults.push(fault),
    silence(change) {
      silence = { ...silence, ...change };
    },
    disk(isGood) {
      isDiskGood = isGood;
    },
    venue() {
      if (venue === null) throw new Error("the venue is down");
      return venue.broker.state;
    },
    loop() {
      if (program === null) throw new Error("the program is down");
      return program.loop;
    },
    check() {
      if (bugs.length > 0) throw new Error(`the program met a bug: ${bugs.join("; ")}`);
      if (program === null || program.loop.impaired()) return;
      if (canonical(foldJournal(journal)) !== canonical(program.loop.state())) {
        throw new Error("the state is not what the journal adds up to");
      }
    },
  };
}

interface Venue {
  readonly broker: PaperBroker;
  readonly market: FixedMarket;
  kill(): void;
}

interface Program {
  readonly loop: Loop;
  readonly line: FaultyLine;
  readonly market: FixedMarket;
  kill(): void;
}

/** A clock whose tasks die with whoever set them. */
function mortalClock(clock: Clock): { readonly clock: Clock; kill(): void } {
  let isAlive = true;
  return {
    clock: {
      now: clock.now,
      schedule: (at, task) =>
        clock.schedule(at, () => {
          if (isAlive) task();
        }),
    },
    kill() {
      isAlive = false;
    },
  };
}

const settingsOf = ({ accounts, venue, dates, kind, firm }: ScenarioSetup): Settings => ({
  ...dates,
  ...(firm !== undefined && { plans: { [firm.terms.plan]: firm.plan } }),
  ruleSets: Object.fromEntries(accounts.map(({ name, rules }) => [name, rules])),
  accounts: accounts.map(({ name, group, own }) => ({
    id: accountId(name),
    name,
    rules: name,
    brackets: venue.brackets,
    ...kind,
    ...(firm !== undefined && { firm: firm.terms }),
    ...own,
    ...(group !== undefined && { group }),
  })),
});

const configOf = (settings: Settings): Config => ({ ...DEFAULT_CONFIG, settings });

const opening = (settings: Settings, { priceAgeMax, balance }: ScenarioSetup): News => ({
  kind: "start",
  mode: "paper",
  version: "scenario",
  settings,
  priceAgeMax,
  balances: settings.accounts.map(({ id }) => ({ account: id, balance })),
});

/** Products of one family that count the same ticks have the same price. */
const familyOf = (root: Root): readonly Root[] => {
  const { family, tickUnits, decimals } = instrumentOf(root);
  return Object.values(INSTRUMENTS)
    .filter(
      (one) => one.family === family && one.tickUnits === tickUnits && one.decimals === decimals,
    )
    .map((one) => one.root);
};
