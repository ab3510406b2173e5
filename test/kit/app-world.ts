/**
 * The parts of a run for tests of the app floor: a clock that jumps, a market that stands where it
 * is put, the real paper venue, a journal without a disk that may refuse, and a log that is read.
 */
import type { LoopParts } from "../../src/app/loop.ts";
import type { Opening } from "../../src/app/run.ts";
import { DEFAULT_CONFIG } from "../../src/core/model/defaults.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import type { Message } from "../../src/core/model/message.ts";
import type { Settings } from "../../src/core/model/rules.ts";
import { millis, ticks } from "../../src/core/model/units.ts";
import { DEFAULT_VENUE } from "../../src/core/paper/settings.ts";
import type { Journal, JournalFault, Recorded } from "../../src/ports/journal.ts";
import type { Lifeboat } from "../../src/ports/lifeboat.ts";
import { type VirtualClock, virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { PaperBroker } from "../../src/shell/paper/broker.ts";
import { type FixedMarket, fixedMarket } from "../../src/shell/paper/fixed-market.ts";
import { memoryBook } from "../../src/shell/paper/memory-book.ts";
import { NOW } from "./builders.ts";
import { type MemoryDisk, memoryDisk, memoryJournal } from "./memory-journal.ts";

export interface Logged {
  readonly level: string;
  readonly event: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AppWorld {
  readonly clock: VirtualClock;
  readonly market: FixedMarket;
  readonly broker: PaperBroker;
  readonly disk: MemoryDisk;
  readonly journal: Journal;
  readonly boat: Fact[];
  readonly log: readonly Logged[];
  /** Facts as they were told, in order. */
  readonly told: Recorded[];
  readonly parts: Omit<LoopParts, "giveUp">;
  /** The disk refuses from here on, or takes again. */
  turnDisk(isGood: boolean): void;
  price(points: number): void;
  /** So many milliseconds pass. */
  pass(span: number): void;
  kinds(): readonly Fact["kind"][];
}

const FULL: JournalFault = { kind: "full", detail: "the disk is full" };

export function appWorld(): AppWorld {
  const clock = virtualClock(NOW);
  const market = fixedMarket(clock);
  const disk = memoryDisk();
  const boat: Fact[] = [];
  const told: Recorded[] = [];
  const logged: Logged[] = [];
  let isGood = true;
  const journal = memoryJournal(disk, () => (isGood ? null : FULL));
  const log = {
    write: (level: string, event: string, detail: Logged["detail"] = {}) =>
      void logged.push({ level, event, detail }),
  };
  const [opening] = DEFAULT_CONFIG.balances;
  const broker = new PaperBroker({
    clock,
    marketData: market,
    book: memoryBook(),
    log,
    settings: {
      venue: DEFAULT_VENUE,
      latency: millis(100),
      sessions: "cme",
      accounts: opening ? [{ ...opening, fees: { kind: "none" } }] : [],
      checkpointAfter: 1_000,
    },
  });
  const lifeboat: Lifeboat = {
    save: (facts) => boat.push(...facts) > 0,
    load: () => [...boat],
    clear: () => void boat.splice(0),
  };
  const world: AppWorld = {
    clock,
    market,
    broker,
    disk,
    journal,
    boat,
    log: logged,
    told,
    parts: {
      ...{ clock, journal, broker, market, lifeboat, log },
      audience: [{ told: (recorded) => void told.push(...recorded) }],
      followed: ["MES"],
    },
    turnDisk(good) {
      isGood = good;
    },
    price(points) {
      const last = ticks(points * 4);
      const book = { last, bid: last, ask: ticks(last + 1), high: last, low: last };
      market.setQuote({ instrument: "MES", at: clock.now(), ...book });
    },
    pass: (span) => void clock.runUntil(millis(clock.now() + span)),
    kinds: () => told.map(({ fact }) => fact.kind),
  };
  return world;
}

export const openingOf = (settings: Settings = DEFAULT_CONFIG.settings): Opening => ({
  mode: "paper",
  version: "test",
  settings,
  priceAgeMax: millis(3_000),
  balances: DEFAULT_CONFIG.balances,
});

/** An A alert for ES at 6326 with its stop at 6316, unless told otherwise. */
export const alertMessage = (id: string, sentAt: number, text = ALERT): Message => ({
  source: "chat-file",
  channel: "alerts",
  id,
  author: null,
  text,
  embeds: [],
  referenced: null,
  event: "create",
  previous: null,
  sentAt: millis(sentAt),
});

export const ALERT = "🚨 ES long 6326: A\nStop: 6316\n@everyone";
