/**
 * Times as files write them: ISO 8601 with a zone, or Unix time in seconds or milliseconds.
 *
 * A time of day without a zone is refused rather than guessed at: an hour's error pairs every alert
 * with the wrong price and looks right on every screen.
 */
import { type Millis, millis } from "../../core/model/units.ts";

/** What to write, for messages about what was found instead. */
export const TIME_EXPECTED = "a time with its zone (2026-03-02T15:31:10Z) or Unix seconds";

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/i;
const UNIX_SECONDS = /^\d{9,10}(?:\.\d{1,9})?$/;
const UNIX_MILLIS = /^\d{12,13}$/;
/** Every month has so many days. */
const DAYS_ALWAYS = 28;

/** Null for what is not a time. */
export function readTime(text: string): Millis | null {
  const iso = ISO.exec(text);
  if (iso !== null) return readIso(text, iso);
  if (UNIX_SECONDS.test(text)) return millis(Math.floor(Number(text) * 1000 + 1e-3));
  return UNIX_MILLIS.test(text) ? millis(Number(text)) : null;
}

function readIso(text: string, [, year, month, day]: RegExpExecArray): Millis | null {
  // The host's own reading would take 30 February for the 2nd of March.
  const last = Number(day) > DAYS_ALWAYS ? daysOf(Number(year), Number(month)) : DAYS_ALWAYS;
  const at = Date.parse(text.replace(",", "."));
  return Number(day) > last || Number.isNaN(at) ? null : millis(at);
}

const daysOf = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();
