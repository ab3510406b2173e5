/**
 * When a message was sent, as far as its body says so.
 *
 * | field       | believed                                                                   |
 * |-------------|----------------------------------------------------------------------------|
 * | `timenow`   | TradingView's moment of the alert: however old, so a late entry is refused |
 * | `timestamp` | up to five minutes back                                                    |
 * | `time`      | the same; TradingView's `{{time}}` is the bar's, which may be hours old    |
 *
 * The first of them that is there counts. One that cannot be read, is ahead of our clock by more
 * than ten seconds or is too old to be a time of sending is told, and the message was sent now: an
 * exit must not be lost over a clock.
 */
import { parseIso } from "../../core/model/iso-time.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { Fields } from "./body.ts";

export interface StatedTime {
  readonly sentAt: Millis;
  /** What is wrong with what was stated. */
  readonly doubt: string | null;
}

const NAMES = ["timenow", "timestamp", "time"] as const;
const PAST_MAX = 5 * 60_000;
const AHEAD_MAX = 10_000;

/** Null where the body states none. */
export function statedTime(fields: Fields, now: Millis): StatedTime | null {
  const name = NAMES.find((one) => fields[one] !== undefined && fields[one] !== null);
  if (name === undefined) return null;
  const sentAt = readTime(fields[name]);
  const doubt = (why: string): StatedTime => ({
    sentAt: now,
    doubt: `"${name}" ${why}; the message counts as sent now`,
  });
  if (sentAt === null) return doubt("is not a time with its zone, or Unix seconds");
  if (sentAt > now + AHEAD_MAX) return doubt(`is ${seconds(sentAt - now)} ahead of the clock here`);
  if (name !== "timenow" && now - sentAt > PAST_MAX)
    return doubt(`is ${seconds(now - sentAt)} old`);
  return { sentAt: millis(Math.min(sentAt, now)), doubt: null };
}

const seconds = (span: number): string => `${Math.round(span / 1_000)} s`;

const UNIX_SECONDS = /^\d{10}(?:\.\d{1,9})?$/;
const UNIX_MILLIS = /^\d{13}$/;

function readTime(value: unknown): Millis | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value);
  if (UNIX_SECONDS.test(text)) return millis(Math.floor(Number(text) * 1_000));
  return UNIX_MILLIS.test(text) ? millis(Number(text)) : parseIso(text);
}
