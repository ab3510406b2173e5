/**
 * Keeps the snapshot of a running house for whoever looks, and says when there is a newer one.
 *
 * ```text
 * journal's tail ─► feed ◄─ facts, as they are told
 *                    └─► taken when it is asked for, at most once each 150 ms ─► lookers
 * ```
 *
 * Facts only wait here until somebody wants to see: what a turn costs does not depend on who looks
 * on. Too many of them, and the feed is read from the journal anew.
 */
import type { Quote } from "../core/model/quote.ts";
import { millis } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import { type Feed, hearFact, newFeed, recallFact } from "../core/views/feed.ts";
import { narratorOf } from "../core/views/narrator.ts";
import type { SnapshotHealth, SnapshotView } from "../core/views/snapshot.ts";
import type { Snapshot } from "../core/views/take-snapshot.ts";
import type { Clock } from "../ports/clock.ts";
import type { Watching } from "../ports/control.ts";
import type { Journal, Recorded } from "../ports/journal.ts";
import { valuesOf } from "../std/trie.ts";
import { snapshotOf } from "./snapshot-of.ts";

export interface SnapshotDeskParts {
  readonly state: () => State;
  readonly impaired: () => boolean;
  /** Of the house; it may be played. */
  readonly clock: Pick<Clock, "now">;
  /** By which it is sent. */
  readonly hostClock: Clock;
  readonly journal: Pick<Journal, "head" | "read">;
  readonly quotes: () => readonly Quote[];
  /** Where prices come from, in words. */
  readonly market: string;
  readonly catchUp: () => void;
  /** Left out, or undefined: nobody looks after it. */
  readonly health?: () => SnapshotHealth | undefined;
}

export interface SnapshotDesk {
  readonly watching: Watching;
  view(): SnapshotView;
  told(recorded: readonly Recorded[]): void;
  /** Nobody looks on, and nobody has looked for a while. */
  isIdle(): boolean;
  stop(): void;
}

/** Facts at the end of the journal that are told again: a hundred trades. */
const TAIL = 1_500;
const FACTS_PER_SLICE = 200;
/** Facts that wait to be looked at; more, and the tail is read again. */
const PENDING_MAX = 1_000;
const SEND_EVERY = 150;
/** Prices that moved are looked for so often, while somebody looks on. */
const LOOK_EVERY = 1_000;
const IDLE_AFTER = 60_000;
const WATCHERS_MAX = 4;

/** Reads the tail in slices, so that nothing waits for it. */
export async function openSnapshotDesk(parts: SnapshotDeskParts): Promise<SnapshotDesk> {
  const { hostClock, journal } = parts;
  let feed = await tailOf(parts);
  let pending: Recorded[] = [];
  let taken: Snapshot | null = null;
  let lookedAt = hostClock.now();
  let prices = "";

  function take(): SnapshotView {
    lookedAt = hostClock.now();
    parts.catchUp();
    if (pending.length > PENDING_MAX) feed = readTail(parts);
    for (const { sequence, fact } of pending) feed = hearFact(feed, sequence, fact);
    pending = [];
    const quotes = parts.quotes();
    prices = pricesIn(quotes);
    const { sequence } = journal.head();
    const { market } = parts;
    const moment = { at: parts.clock.now(), sequence, quotes, market, impaired: parts.impaired() };
    taken = snapshotOf(parts.state(), { ...moment, feed, health: parts.health?.() }, taken);
    return taken.view;
  }

  const lookers = createLookers(hostClock, () => {
    const have = prices;
    return pricesIn(parts.quotes()) !== have;
  });
  return {
    view: take,
    told(recorded) {
      // Beyond that the tail is read again anyway.
      if (pending.length <= PENDING_MAX) pending.push(...recorded);
      lookers.changed();
    },
    isIdle: () => lookers.count() === 0 && hostClock.now() - lookedAt > IDLE_AFTER,
    stop: lookers.stop,
    watching: {
      join: lookers.join,
      newest: () => Promise.resolve(JSON.stringify({ kind: "snapshot", snapshot: take() })),
    },
  };
}

const pricesIn = (quotes: readonly Quote[]): string =>
  quotes.map(({ instrument, last, bid, ask }) => `${instrument} ${last} ${bid} ${ask}`).join();

/** Those who look on; they are told of news, and fetch it when they have room for it. */
function createLookers(clock: Clock, havePricesMoved: () => boolean) {
  const lookers = new Set<() => void>();
  let toldAt = 0;
  let callOff: (() => void) | null = null;
  let callOffLook = (): void => {};
  const tell = (): void => {
    callOff = null;
    toldAt = clock.now();
    for (const one of lookers) one();
  };
  const changed = (): void => {
    if (lookers.size === 0 || callOff !== null) return;
    const due = Math.max(clock.now(), toldAt + SEND_EVERY);
    callOff = clock.schedule(millis(due), tell);
  };
  const look = (): void => {
    callOffLook = clock.schedule(millis(clock.now() + LOOK_EVERY), look);
    if (havePricesMoved()) changed();
  };
  const stop = (): void => {
    callOff?.();
    callOff = null;
    callOffLook();
    lookers.clear();
  };
  return {
    changed,
    count: () => lookers.size,
    stop,
    join(one: () => void): (() => void) | null {
      if (lookers.size >= WATCHERS_MAX) return null;
      lookers.add(one);
      if (lookers.size === 1) look();
      return () => {
        lookers.delete(one);
        if (lookers.size === 0) stop();
      };
    },
  };
}

type TailParts = Pick<SnapshotDeskParts, "journal" | "state">;

/** From what the state knows; names of trades older than that are not told again. */
const emptyFeed = (state: State): Feed => {
  const trades = valuesOf(state.trades);
  return newFeed(narratorOf(state.settings, trades), trades);
};

async function tailOf({ journal, state }: TailParts): Promise<Feed> {
  let feed = emptyFeed(state());
  let from = Math.max(0, journal.head().sequence - TAIL);
  // What is written meanwhile is read too; the last slice ends where the journal does.
  while (from < journal.head().sequence) {
    for (const { sequence, fact } of journal.read(from)) {
      feed = recallFact(feed, sequence, fact);
      from = sequence;
      if (sequence % FACTS_PER_SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return countedFrom(feed, state());
}

/** All at once: for a journal that is left behind, or after a burst. */
export function readTail({ journal, state }: TailParts): Feed {
  let feed = emptyFeed(state());
  const from = Math.max(0, journal.head().sequence - TAIL);
  for (const { sequence, fact } of journal.read(from)) feed = recallFact(feed, sequence, fact);
  return feed;
}

/** The fees of what has ended by now. */
const countedFrom = (feed: Feed, state: State): Feed => ({
  ...feed,
  fees: emptyFeed(state).fees,
});
