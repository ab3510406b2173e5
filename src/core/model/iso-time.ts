/**
 * Instants as text for JSON, `2026-11-22T15:31:05.000Z`, and back; whole numbers all the way.
 *
 * Reading takes a strict subset of ISO 8601: date, `T`, hours, minutes and seconds, an optional
 * fraction, and a zone (`Z` or `+01:00`). A time without a zone is refused, not guessed, and so is
 * a leap second, which no clock of ours can show.
 */
import { MILLIS_PER_DAY, MILLIS_PER_MINUTE } from "./central-time.ts";
import { dateOfDay, dayNumberOf, isTradeDate } from "./trade-date.ts";
import { type Millis, millis } from "./units.ts";

/** With milliseconds, in UTC; for years 1000 to 9999. */
export function isoOf(at: Millis): string {
  const day = Math.floor(at / MILLIS_PER_DAY);
  const rest = at - day * MILLIS_PER_DAY;
  const minutes = Math.floor(rest / MILLIS_PER_MINUTE);
  const clock = `${digits(Math.floor(minutes / 60), 2)}:${digits(minutes % 60, 2)}`;
  const inMinute = rest % MILLIS_PER_MINUTE;
  const seconds = `${digits(Math.floor(inMinute / 1000), 2)}.${digits(inMinute % 1000, 3)}`;
  return `${dateOfDay(day)}T${clock}:${seconds}Z`;
}

const SHAPE =
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/** Null for anything else than such a time; a fraction beyond the millisecond is cut off. */
export function parseIso(text: string): Millis | null {
  const date = text.slice(0, 10);
  if (!SHAPE.test(text) || !isTradeDate(date)) return null;
  const minute = minutesIn(text.slice(11, 16)) - offsetOf(text);
  const inMinute = Number(text.slice(17, 19)) * 1000 + fractionOf(text);
  return millis(dayNumberOf(date) * MILLIS_PER_DAY + minute * MILLIS_PER_MINUTE + inMinute);
}

/** Minutes the zone is ahead of UTC. */
function offsetOf(text: string): number {
  if (text.endsWith("Z")) return 0;
  const minutes = minutesIn(text.slice(-5));
  return text.at(-6) === "-" ? -minutes : minutes;
}

/** Whole milliseconds of the fraction behind the seconds, if there is one. */
function fractionOf(text: string): number {
  if (text.charAt(19) !== ".") return 0;
  return Number(text.slice(20, 23).replace(/\D.*$/, "").padEnd(3, "0"));
}

/** `15:31` is 931. */
const minutesIn = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

const digits = (value: number, count: number): string => String(value).padStart(count, "0");
