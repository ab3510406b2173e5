/**
 * Of two sets of hours the tighter one, time by time: entries begin later and end sooner, everything
 * is left sooner, and both keep farther from reports.
 *
 * Times run from the roll of the trade date, so that 17:00 is earlier than 08:30.
 */
import type { HoursRules } from "../model/hours.ts";
import type { NewsMargins } from "../model/news.ts";
import { ROLL_MINUTE } from "../model/trade-date.ts";
import type { Millis } from "../model/units.ts";

/** Undefined where neither keeps any. */
export function tighterHours(was?: HoursRules, is?: HoursRules): HoursRules | undefined {
  if (was === undefined || is === undefined) return was ?? is;
  return {
    entriesFrom: laterOf(was.entriesFrom, is.entriesFrom),
    liveEntriesFrom: laterOf(was.liveEntriesFrom, is.liveEntriesFrom),
    entriesUntil: Math.min(was.entriesUntil, is.entriesUntil),
    flatFrom: soonerOf(was.flatFrom, is.flatFrom),
    entriesBeforeEarlyEnd: longer(was.entriesBeforeEarlyEnd, is.entriesBeforeEarlyEnd),
    flatBeforeEarlyEnd: longer(was.flatBeforeEarlyEnd, is.flatBeforeEarlyEnd),
    news: widerOf(was.news, is.news),
    alwaysOpen: was.alwaysOpen === "kept" ? was.alwaysOpen : is.alwaysOpen,
  };
}

const DAY = 24 * 60;
const sinceRoll = (minute: number): number => (minute - ROLL_MINUTE + DAY) % DAY;

const laterOf = (a: number, b: number): number => (sinceRoll(a) > sinceRoll(b) ? a : b);

/** Null: never. */
const soonerOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

const longer = (a: Millis, b: Millis): Millis => (a > b ? a : b);

/** Null: reports are not looked at. */
const widerOf = (a: NewsMargins | null, b: NewsMargins | null): NewsMargins | null =>
  a === null || b === null
    ? (a ?? b)
    : { before: longer(a.before, b.before), after: longer(a.after, b.after) };
