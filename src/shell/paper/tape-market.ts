/**
 * Prices from tapes, played along a clock.
 *
 * ```text
 *   tape     ─┴──┴───┴─┴──┴────┴───┴──┴─────┴─►         each band looks ahead once for the
 *                      ▲           │                    print that will touch it, and only
 *                     now          └ next touch ─► alarm  that moment is put on the clock
 * ```
 *
 * So prints that touch nothing cost nothing, whether a day passes in a second or in a day. Bands
 * ring print by print, those of one print in the order they were set.
 *
 * Several prints may share a millisecond. While one of them rings the market stands there, so a band
 * set by a listener still meets the prints behind it; for the rest of that millisecond quotes are
 * those of the last print that rang.
 */

import type { Root } from "../../core/model/instrument.ts";
import type { Band, Quote } from "../../core/model/quote.ts";
import { minuteNumber } from "../../core/model/recent-range.ts";
import type { PricePath } from "../../core/model/stretch.ts";
import { type Millis, millis, type Ticks } from "../../core/model/units.ts";
import {
  indexAt,
  NONE,
  nextTouch,
  quoteOf,
  rangeBefore,
  type Tape,
} from "../../core/paper/tape.ts";
import { pathOfTape } from "../../core/paper/tape-path.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MarketData } from "../../ports/market-data.ts";
import { agenda } from "../../std/agenda.ts";

export interface TapeMarket extends MarketData {
  /** The same as `path`, until another moment than now. */
  pathUntil(instrument: Root, since: Millis, until: Millis): PricePath | null;
  /** When the last print of all tapes is; null when they are empty. */
  readonly endsAt: Millis | null;
  /** Whether no print will come any more. Quotes stay as they are. */
  ended(): boolean;
}

interface Watch {
  readonly key: string;
  readonly listener: (quote: Quote) => void;
  isOn: boolean;
}

/** One tape, and those who wait for something on it. */
interface Reel {
  quote(): Quote | null;
  range(): Ticks | null;
  path(since: Millis, until: Millis): PricePath | null;
  /** Returns what calls it off. */
  watch(key: string, band: Band, listener: (quote: Quote) => void): () => void;
}

/** Listeners remembered between two bands, to know since when their extremes count. */
const KEYS_REMEMBERED_MAX = 10_000;

export function tapeMarket(tapes: readonly Tape[], clock: Clock): TapeMarket {
  const reported = reportedIndexes();
  const reels = new Map(tapes.map((tape) => [tape.instrument, reelFor(tape, clock, reported)]));
  const callOffByKey = new Map<string, () => void>();
  const drop = (key: string): void => {
    callOffByKey.get(key)?.();
    callOffByKey.delete(key);
  };
  return {
    resolution: millis(Math.max(0, ...tapes.map((tape) => tape.resolution))),
    endsAt: endOf(tapes),
    ended: () => tapes.every((tape) => clock.now() >= lastMoment(tape)),
    quote: (instrument) => reels.get(instrument)?.quote() ?? null,
    range: (instrument) => reels.get(instrument)?.range() ?? null,
    path: (instrument, since) => reels.get(instrument)?.path(since, clock.now()) ?? null,
    pathUntil: (instrument, since, until) => reels.get(instrument)?.path(since, until) ?? null,
    watch(key, instrument, band, listener) {
      drop(key);
      const reel = reels.get(instrument);
      if (reel === undefined) return; // without a tape it never trades
      const callOff = reel.watch(key, band, (quote) => {
        callOffByKey.delete(key);
        listener(quote);
      });
      callOffByKey.set(key, callOff);
    },
    unwatch(key) {
      drop(key);
      reported.forget(key);
    },
    close() {
      for (const key of [...callOffByKey.keys()]) drop(key);
    },
  };
}

function reelFor(tape: Tape, clock: Clock, reported: Reported): Reel {
  /** By index of the print that touches, then by the order in which they were set. */
  const due = agenda<Watch>();
  let rung = NONE;
  let near = NONE;
  let range: Ticks | null = null;
  let rangedAt = Number.NaN;
  /** The print the clock will wake us for, and what calls that off. */
  let armedFor = NONE;
  let disarm = (): void => {};

  /** The print the market stands at. */
  const stand = (): number => {
    const now = clock.now();
    if (rung !== NONE && tape.at[rung] === now) return rung;
    near = indexAt(tape, now, near);
    return near;
  };
  /** Puts the next touch on the clock, unless it is there. */
  const arm = (): void => {
    const touch = due.first()?.at ?? NONE;
    if (touch === armedFor) return;
    disarm();
    armedFor = touch;
    if (touch === NONE) return;
    const at = millis(Math.max(tape.at[touch] as number, clock.now()));
    disarm = clock.schedule(at, () => ringPrint(touch));
  };
  /** Rings every band this print touches, except those set or called off while it does. */
  const ringPrint = (index: number): void => {
    armedFor = NONE;
    rung = index;
    const touched: Watch[] = [];
    for (let next = due.first(); next?.at === index; next = due.first()) {
      touched.push(next.item);
      due.take();
    }
    for (const watch of touched) if (watch.isOn) ring(watch, index);
    arm();
  };
  const ring = (watch: Watch, index: number): void => {
    watch.isOn = false;
    watch.listener(quoteOf(tape, index, reported.upTo(watch.key, index)));
  };

  return {
    quote() {
      const index = stand();
      return index === NONE ? null : quoteOf(tape, index, index);
    },
    range() {
      const minute = minuteNumber(clock.now());
      // The same for a whole minute, and asked with every step.
      if (minute !== rangedAt) range = rangeBefore(tape, clock.now(), stand());
      rangedAt = minute;
      return range;
    },
    path(since, until) {
      const upTo = until === clock.now() ? stand() : indexAt(tape, until, near);
      return pathOfTape(tape, since, { stand: upTo, now: until });
    },
    watch(key, band, listener) {
      const index = stand();
      reported.begin(key, index);
      const touch = nextTouch(tape, Math.max(index, 0), tape.length, band);
      if (touch === NONE) return () => {};
      const watch = { key, listener, isOn: true };
      const remove = due.add(touch, watch);
      arm();
      return () => {
        watch.isOn = false;
        remove();
        arm();
      };
    },
  };
}

const lastMoment = (tape: Tape): number => tape.at[tape.length - 1] ?? Number.NEGATIVE_INFINITY;

function endOf(tapes: readonly Tape[]): Millis | null {
  const end = Math.max(Number.NEGATIVE_INFINITY, ...tapes.map(lastMoment));
  return end === Number.NEGATIVE_INFINITY ? null : millis(end);
}

/** Up to which print each listener has been told. */
interface Reported {
  /** A listener heard of for the first time is told what happens from now on. */
  begin(key: string, index: number): void;
  /** Notes a report of this print; returns the first print that was not told before. */
  upTo(key: string, index: number): number;
  forget(key: string): void;
}

function reportedIndexes(): Reported {
  const indexByKey = new Map<string, number>();
  const remember = (key: string, index: number): void => {
    indexByKey.delete(key);
    indexByKey.set(key, index);
    const [oldest] = indexByKey.size > KEYS_REMEMBERED_MAX ? indexByKey.keys() : [];
    if (oldest !== undefined) indexByKey.delete(oldest);
  };
  return {
    begin(key, index) {
      if (!indexByKey.has(key)) remember(key, index);
    },
    upTo(key, index) {
      const known = indexByKey.get(key) ?? index - 1;
      remember(key, index);
      return known + 1;
    },
    forget: (key) => {
      indexByKey.delete(key);
    },
  };
}
