/** Words of the command line turned into values, or refused with what was expected. */
import { InvalidArgumentError } from "commander";
import type { LogLevel } from "../../core/model/config.ts";
import { parseIso } from "../../core/model/iso-time.ts";
import { isTradeDate, type TradeDate } from "../../core/model/trade-date.ts";
import type { Millis } from "../../core/model/units.ts";
import type { Speed } from "../../ports/console.ts";

const LEVELS: readonly LogLevel[] = ["error", "warning", "info", "debug"];
const SPEED_MAX = 1_000_000;
const SEED_MAX = 2 ** 32 - 1;

export function readLevel(word: string): LogLevel {
  const level = LEVELS.find((one) => one === word);
  if (level === undefined) throw new InvalidArgumentError(`expected ${LEVELS.join(", ")}`);
  return level;
}

/** May be said several times. */
export function readAssignment(word: string, before: readonly string[] = []): readonly string[] {
  if (/^[^=\s]+=./s.test(word)) return [...before, word];
  throw new InvalidArgumentError("expected key=value, such as rules.default.limits.dailyLoss=300");
}

export function readSpeed(word: string): Speed {
  if (word === "max") return word;
  const speed = readNumber(word);
  if (speed > 0 && speed <= SPEED_MAX) return speed;
  throw new InvalidArgumentError(`expected max, or a number up to ${SPEED_MAX}, such as 600`);
}

export const readSeed = (word: string): number => readWhole(word, 0, SEED_MAX);

/** `3` or, as the timeline writes it, `#3`. */
export const readTradeNumber = (word: string): number =>
  readWhole(word.replace(/^#/, ""), 1, Number.MAX_SAFE_INTEGER);

export const readFactNumber = (word: string): number => readWhole(word, 1, Number.MAX_SAFE_INTEGER);

/** An amount above 0 with at most four decimals. */
export function readDollars(word: string): number {
  const amount = word.replace(/^\$/, "");
  if (/^\d{1,9}(\.\d{1,4})?$/.test(amount) && Number(amount) > 0) return Number(amount);
  throw new InvalidArgumentError("expected dollars above 0, such as 1500");
}

/** A trade date: a day of the exchange. */
export function readTradeDate(word: string): TradeDate {
  if (isTradeDate(word)) return word;
  throw new InvalidArgumentError("expected a trade date, such as 2026-11-19");
}

export const readPort = (word: string): number => readWhole(word, 0, 65_535);

export const readCount = (word: string): number => readWhole(word, 1, 1_000_000);

export function readPoints(word: string): number {
  const price = readNumber(word);
  if (!Number.isNaN(price)) return price;
  throw new InvalidArgumentError("expected a price in points, such as 6316.25");
}

/** A day is its beginning in UTC. */
export function readSince(word: string): Millis {
  const at = parseIso(/^\d{4}-\d\d-\d\d$/.test(word) ? `${word}T00:00:00Z` : word);
  if (at !== null) return at;
  throw new InvalidArgumentError("expected a day or a time, such as 2026-03-02T15:31:10Z");
}

function readWhole(word: string, least: number, most: number): number {
  const value = readNumber(word);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = value > most ? `from ${least} to ${most}` : `of at least ${least}`;
  throw new InvalidArgumentError(`expected a whole number ${range}`);
}

/** Decimal digits only; `Number` would also take "", " 7 " and "0x10". */
const readNumber = (word: string): number =>
  /^-?\d+(\.\d+)?$/.test(word) ? Number(word) : Number.NaN;
