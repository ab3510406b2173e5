/**
 * The history of a contract as bars, made from the prices this venue was fed.
 *
 * It keeps one row a second, and the latest prints for bars that count ticks. Longer bars are put
 * together when asked for: newest first, the newest perhaps unfinished.
 */
import { MILLIS_PER_DAY } from "../../core/model/central-time.ts";
import { addDays, tradeDateOf, tradeDateStart, weekdayOf } from "../../core/model/trade-date.ts";
import { type Millis, millis } from "../../core/model/units.ts";

export interface Bar {
  /** When it begins. */
  readonly at: Millis;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export interface BarQuestion {
  readonly from: Millis;
  readonly until: Millis;
  /** 1 second, 2 minute, 3 hour, 4 day, 5 week, 6 month, 7 tick. */
  readonly unit: number;
  readonly unitNumber: number;
  readonly limit: number;
  readonly includePartial: boolean;
  readonly now: Millis;
}

export interface Bars {
  print(contract: string, at: Millis, price: number, volume: number): void;
  /** Newest first. */
  of(contract: string, question: BarQuestion): readonly Bar[];
}

/** A trading day of seconds, and as many prints as one answer can hold. */
const SECONDS_MAX = 90_000;
const PRINTS_MAX = 20_000;

const SPANS: Readonly<Record<number, number>> = { 1: 1_000, 2: 60_000, 3: 3_600_000 };
const TICK = 7;

interface Kept {
  readonly seconds: Bar[];
  readonly prints: Bar[];
}

export function bars(): Bars {
  const kept = new Map<string, Kept>();

  return {
    print(contract, at, price, volume) {
      const known = kept.get(contract) ?? { seconds: [], prints: [] };
      kept.set(contract, known);
      const print: Bar = { at, open: price, high: price, low: price, close: price, volume };
      append(known.prints, print, PRINTS_MAX);
      const second: Bar = { ...print, at: millis(Math.floor(at / 1000) * 1000) };
      const last = known.seconds.at(-1);
      if (last?.at === second.at) known.seconds[known.seconds.length - 1] = joined(last, second);
      else append(known.seconds, second, SECONDS_MAX);
    },
    of(contract, question) {
      const { seconds, prints } = kept.get(contract) ?? { seconds: [], prints: [] };
      const { from, until, limit } = question;
      const made = question.unit === TICK ? byCount(prints, question) : byTime(seconds, question);
      return made
        .filter(({ at }) => at >= from && at < until)
        .slice(-limit)
        .toReversed();
    },
  };
}

function append(list: Bar[], bar: Bar, most: number): void {
  list.push(bar);
  // Cut seldom: moving the whole list for every new row would cost more than the rows.
  if (list.length > most * 2) list.splice(0, list.length - most);
}

function byCount(prints: readonly Bar[], { unitNumber, includePartial }: BarQuestion): Bar[] {
  const made: Bar[] = [];
  prints.forEach((print, index) => {
    const last = made.at(-1);
    if (index % unitNumber === 0 || last === undefined) made.push(print);
    else made[made.length - 1] = joined(last, print);
  });
  return includePartial || prints.length % unitNumber === 0 ? made : made.slice(0, -1);
}

function byTime(seconds: readonly Bar[], question: BarQuestion): Bar[] {
  const made: Bar[] = [];
  for (const second of seconds) {
    const at = startOf(second.at, question);
    const last = made.at(-1);
    if (last?.at === at) made[made.length - 1] = joined(last, second);
    else made.push({ ...second, at });
  }
  const isPartial = made.at(-1)?.at === startOf(question.now, question);
  return isPartial && !question.includePartial ? made.slice(0, -1) : made;
}

/** When the bar begins that holds this moment; days, weeks and months by trade date. */
function startOf(at: Millis, { unit, unitNumber }: BarQuestion): Millis {
  const span = SPANS[unit];
  if (span !== undefined) return millis(Math.floor(at / (span * unitNumber)) * span * unitNumber);
  const date = tradeDateOf(at);
  if (unit === 4) return daysAt(tradeDateStart(date), unitNumber);
  const back = unit === 5 ? weekdayOf(date) - 1 : Number(date.slice(8)) - 1;
  return tradeDateStart(addDays(date, -back));
}

/** Bars of several days begin at every so manieth day since 1970. */
function daysAt(start: Millis, days: number): Millis {
  const number = Math.floor(start / MILLIS_PER_DAY);
  return millis(start - (number % days) * MILLIS_PER_DAY);
}

const joined = (bar: Bar, more: Bar): Bar => ({
  at: bar.at,
  open: bar.open,
  high: Math.max(bar.high, more.high),
  low: Math.min(bar.low, more.low),
  close: more.close,
  volume: bar.volume + more.volume,
});
