/**
 * The reports around which nothing is entered: at which instants, known until when, from where.
 *
 * ```text
 *          before            after
 *   ──────├───────── report ─────────┤──────     no entry in between; open trades keep their bracket
 * ```
 *
 * Firms name kinds of reports and windows of their own (`risk/firm-news.ts`); the list is the same.
 *
 * The program ships a list (`us-news.ts`, made from `config/news/us.yaml`); a file named in the
 * configuration is used instead.
 */
import type { TradeDate } from "./trade-date.ts";
import type { Millis } from "./units.ts";

/** Kinds of reports that firms tell apart. */
export type NewsEvent = "fomc" | "fomc-minutes" | "payrolls" | "cpi";

export interface NewsSeries {
  readonly name: string;
  /** Left out, as in every older journal: nobody said, so it may be any of them. */
  readonly event?: NewsEvent | "other";
  /** Where its dates were read. */
  readonly source: string;
  readonly verified: TradeDate;
  /** The last day up to which no date is missing. */
  readonly validUntil: TradeDate;
  /** In order. */
  readonly times: readonly Millis[];
}

export type News = readonly NewsSeries[];

/** How long before a report and after it. */
export interface NewsMargins {
  readonly before: Millis;
  readonly after: Millis;
}

export interface NewsWindow {
  readonly name: string;
  /** When the report comes out. */
  readonly at: Millis;
  readonly from: Millis;
  /** Not included. */
  readonly until: Millis;
}

const NO_TIME = Number.POSITIVE_INFINITY;

/** The window this instant lies in, the one that ends last where several overlap; else null. */
export function newsWindowAt(news: News, margins: NewsMargins, at: Millis): NewsWindow | null {
  let found: NewsWindow | null = null;
  for (const { name, times } of news) {
    const time = times.find((one) => at < one + margins.after);
    if (time === undefined || at < time - margins.before) continue;
    const window = windowOf(name, time, margins);
    if (found === null || window.until > found.until) found = window;
  }
  return found;
}

/** The one that begins first of those that are not over; null = the list holds none. */
export function newsWindowFrom(news: News, margins: NewsMargins, at: Millis): NewsWindow | null {
  let found: NewsWindow | null = null;
  for (const { name, times } of news) {
    const time = times.find((one) => at < one + margins.after);
    if (time !== undefined && (found === null || time < found.at))
      found = windowOf(name, time, margins);
  }
  return found;
}

/** When the next window begins after this instant; null = the list holds none. */
export function nextNewsAfter(news: News, { before }: NewsMargins, at: Millis): Millis | null {
  let soonest: number = NO_TIME;
  for (const { times } of news) {
    const next = times.find((one) => one - before > at);
    if (next !== undefined) soonest = Math.min(soonest, next - before);
  }
  return soonest === NO_TIME ? null : (soonest as Millis);
}

const windowOf = (name: string, time: Millis, { before, after }: NewsMargins): NewsWindow => ({
  name,
  at: time,
  from: (time - before) as Millis,
  until: (time + after) as Millis,
});
