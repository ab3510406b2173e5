/** What hours allow that earlier ones did not: entries at more of the day, positions for longer. */
import type { HoursRules } from "../model/hours.ts";
import type { NewsMargins } from "../model/news.ts";
import { ROLL_MINUTE } from "../model/trade-date.ts";
import type { Millis } from "../model/units.ts";
import { showMinute } from "../model/when.ts";
import { showDuration } from "../model/wording.ts";

/** Of a live account: what a paper account may do is not asked about. */
export function longerHours(
  was: HoursRules | undefined,
  is: HoursRules | undefined,
): readonly string[] {
  if (was === undefined) return [];
  if (is === undefined) return ["no hours are kept any more"];
  return [
    ...(since(is.liveEntriesFrom) < since(was.liveEntriesFrom)
      ? [changed("entries from", showMinute(is.liveEntriesFrom), showMinute(was.liveEntriesFrom))]
      : []),
    ...(is.entriesUntil > was.entriesUntil
      ? [changed("entries until", showMinute(is.entriesUntil), showMinute(was.entriesUntil))]
      : []),
    ...laterFlat(was.flatFrom, is.flatFrom),
    ...shorter("entries before an early end", was.entriesBeforeEarlyEnd, is.entriesBeforeEarlyEnd),
    ...shorter("flat before an early end", was.flatBeforeEarlyEnd, is.flatBeforeEarlyEnd),
    ...nearerNews(was.news, is.news),
    ...(was.alwaysOpen === "kept" && is.alwaysOpen === "exempt"
      ? ["no hours where the venue never closes"]
      : []),
  ];
}

const DAY = 24 * 60;
const since = (minute: number): number => (minute - ROLL_MINUTE + DAY) % DAY;

const changed = (what: string, is: string, was: string): string => `${what} ${is}, was ${was}`;

function laterFlat(was: number | null, is: number | null): readonly string[] {
  if (was === null || (is !== null && is <= was)) return [];
  return [changed("flat from", is === null ? "never" : showMinute(is), showMinute(was))];
}

const shorter = (what: string, was: Millis, is: Millis): readonly string[] =>
  is < was ? [changed(what, showDuration(is), showDuration(was))] : [];

function nearerNews(was: NewsMargins | null, is: NewsMargins | null): readonly string[] {
  if (was === null) return [];
  if (is === null) return ["entries whatever is published"];
  return [
    ...shorter("no entries before a report for", was.before, is.before),
    ...shorter("no entries after a report for", was.after, is.after),
  ];
}
