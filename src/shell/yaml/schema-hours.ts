/**
 * The hours of a rule set, key by key: from when entries are taken, until when, by when all is left.
 *
 * Times are those of Chicago. The order of a trade date is the order of its evening and its day:
 * 17:00, midnight, 08:30, 15:00, 16:00.
 */
import type * as z from "zod";
import { DEFAULT_RULES } from "../../core/model/defaults.ts";
import type { HoursRules } from "../../core/model/hours.ts";
import type { NewsMargins } from "../../core/model/news.ts";
import { ROLL_MINUTE } from "../../core/model/trade-date.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import { invariant } from "../../std/assert.ts";
import type { Conflict } from "./checks.ts";
import { clockTime, showClock } from "./clock-notation.ts";
import { block, choice, key, reporting, written } from "./fields.ts";
import { duration, orWords } from "./notation.ts";

const usual = present(DEFAULT_RULES.hours);
const usualNews = present(usual.news);

const FLAT = orWords(clockTime, ["none"]);
const MINUTE = 60_000;
const MARGIN = duration(millis(0), millis(240 * MINUTE));
const NEWS_MARGIN = duration(millis(0), millis(60 * MINUTE));

export const HOURS = block({
  entriesFrom: key(
    written(clockTime),
    showClock(usual.entriesFrom),
    "Entries of paper accounts begin here; from 17:00 on it is the evening before.",
  ),
  liveEntriesFrom: key(
    written(clockTime),
    showClock(usual.liveEntriesFrom),
    "Entries of live accounts, and of their twins on paper, begin here.",
  ),
  entriesUntil: key(
    written(clockTime),
    showClock(usual.entriesUntil),
    "And end here; what has not filled by then is withdrawn.",
  ),
  flat: key(
    written(FLAT),
    FLAT.write(usual.flatFrom ?? "none"),
    "Whatever is open is left from here on; none: it is kept over the end of the session.",
  ),
  earlyEntries: key(
    written(MARGIN),
    MARGIN.write(usual.entriesBeforeEarlyEnd),
    "Where a session ends early: entries end so long before its end.",
  ),
  earlyFlat: key(
    written(MARGIN),
    MARGIN.write(usual.flatBeforeEarlyEnd),
    "And so long before its end everything is left.",
  ),
  newsBefore: key(
    written(NEWS_MARGIN),
    NEWS_MARGIN.write(usualNews.before),
    "So long before a report of the news file no entry is taken; what rests is withdrawn.",
  ),
  newsAfter: key(
    written(NEWS_MARGIN),
    NEWS_MARGIN.write(usualNews.after),
    "And so long after it. 0s in both: entries are taken whatever is published.",
  ),
  alwaysOpen: key(
    choice(["exempt", "kept"]),
    usual.alwaysOpen,
    "Whether accounts of a venue that never closes (`sessions: always-open`) keep these hours too.",
  ),
}).superRefine(reporting(conflictsInHours));

export const hoursOf = (file: z.output<typeof HOURS>): HoursRules => ({
  entriesFrom: file.entriesFrom,
  liveEntriesFrom: file.liveEntriesFrom,
  entriesUntil: file.entriesUntil,
  flatFrom: file.flat === "none" ? null : file.flat,
  entriesBeforeEarlyEnd: file.earlyEntries,
  flatBeforeEarlyEnd: file.earlyFlat,
  news: newsMargins(file.newsBefore, file.newsAfter),
  alwaysOpen: file.alwaysOpen,
});

const newsMargins = (before: Millis, after: Millis): NewsMargins | null =>
  before === 0 && after === 0 ? null : { before, after };

interface HoursToCheck {
  readonly entriesFrom: number;
  readonly liveEntriesFrom: number;
  readonly entriesUntil: number;
  readonly flat: number | "none";
  readonly earlyEntries: number;
  readonly earlyFlat: number;
}

/** The exchange's own end; what is open then stays open over the break. */
const SESSION_END = 16 * 60;
const DAY = 24 * 60;

/** Minutes since the trade date began, at 17:00. */
const since = (minute: number): number => (minute - ROLL_MINUTE + DAY) % DAY;

/** Hours that never take an entry, or leave before they entered, are a mistake. */
function conflictsInHours(hours: HoursToCheck): readonly Conflict[] {
  const { entriesUntil, flat, earlyEntries, earlyFlat } = hours;
  const conflicts: Conflict[] = [];
  for (const name of ["entriesFrom", "liveEntriesFrom"] as const) {
    if (since(hours[name]) < since(entriesUntil)) continue;
    const message = `${showClock(hours[name])} is not before entriesUntil (${showClock(entriesUntil)})`;
    conflicts.push({ path: [name], message });
  }
  if (entriesUntil >= SESSION_END) {
    const message = `${showClock(entriesUntil)} is behind the end of the session at 16:00`;
    conflicts.push({ path: ["entriesUntil"], message });
  }
  if (flat === "none") return conflicts;
  if (flat < entriesUntil || flat >= SESSION_END) {
    const message = `${showClock(flat)} does not lie between entriesUntil (${showClock(entriesUntil)}) and 16:00`;
    conflicts.push({ path: ["flat"], message });
  }
  if (earlyFlat > earlyEntries || earlyFlat === 0) {
    const message = `it has to lie between entries' end (${MARGIN.write(millis(earlyEntries))} before) and the end itself`;
    conflicts.push({ path: ["earlyFlat"], message });
  }
  return conflicts;
}

/** The defaults keep hours; a test of them says so. */
function present<Value>(value: Value | null | undefined): Value {
  invariant(value !== undefined && value !== null, "the default rules keep hours");
  return value;
}
