/**
 * What a firm asks around reports: nothing held, nothing opened, or less than at other times.
 *
 * ```text
 *             2 min    1 min   before         after
 *  entries ───┤ none ──┤ out ──├─── report ───┤─── entries      nothing held, or less
 *  entries ────────────────────├─ none opened ┤─── entries      what is on stays
 * ```
 *
 * Whatever does not fit into such a window is left as a whole, the newest trade first. The dates are
 * those of the house (`model/news.ts`); which of them a firm means, its plan says.
 */
import type { NewsAction, NewsRule, ProductCap, SizeRule } from "../model/firm-plan.ts";
import type { Root } from "../model/instrument.ts";
import { type News, type NewsWindow, newsWindowFrom } from "../model/news.ts";
import type { Refusal } from "../model/refusal.ts";
import { type Millis, millis, type Weight } from "../model/units.ts";
import { type Holding, heldUnder, weightHeld } from "./contract-cap.ts";
import { NO_TIMES, type TradeTimes } from "./hours.ts";

const MINUTE = 60_000;
/** It takes a moment to be out, and the firm does not wait. */
const LEAVE_BEFORE = MINUTE;
/** What is entered later would be left at once. */
const ENTRIES_BEFORE = 2 * MINUTE;

type Rules = readonly NewsRule[] | null;

interface Known {
  readonly news: News;
  readonly reports: News;
  /** From when on until its end this is the next one. */
  readonly since: Millis;
  readonly next: NewsWindow | null;
}

/** Asked for every alert and every trade that is touched, and the same for days. */
const remembered = new WeakMap<NewsRule, Known>();

/** The first window of a rule that is not over; null = no date of it is known. */
export function nextWindow(rule: NewsRule, news: News, at: Millis): NewsWindow | null {
  const known = remembered.get(rule);
  if (known?.news !== news) return remember(rule, { news, reports: reportsFor(rule, news), at });
  const { since, next, reports } = known;
  const isNext = at >= since && (next === null || at < next.until);
  return isNext ? next : remember(rule, { news, reports, at });
}

function remember(
  rule: NewsRule,
  { news, reports, at }: Pick<Known, "news" | "reports"> & { readonly at: Millis },
): NewsWindow | null {
  const next = newsWindowFrom(reports, rule, at);
  remembered.set(rule, { news, reports, since: at, next });
  return next;
}

/** One that nobody has sorted may be any of them. */
const reportsFor = ({ events }: NewsRule, news: News): News =>
  events.includes("major")
    ? news
    : news.filter(
        ({ event }) => event === undefined || (events as readonly string[]).includes(event),
      );

/** A cap that holds for the moment only. */
export interface WindowCap extends ProductCap {
  readonly window: NewsWindow;
}

/** What the reports of the moment mean for an entry. */
export interface NewsReading {
  readonly refusal: Refusal | null;
  readonly caps: readonly WindowCap[];
  /** Around it, less than the largest size may be held. */
  readonly below: NewsWindow | null;
}

export const NO_NEWS: NewsReading = { refusal: null, caps: [], below: null };

interface Asked {
  /** The plan's name. */
  readonly id: string;
  readonly root: Root;
  readonly news: News;
  readonly at: Millis;
}

export function readNews(rules: Rules, asked: Asked): NewsReading {
  let reading = NO_NEWS;
  for (const rule of rules ?? []) {
    const window = nextWindow(rule, asked.news, asked.at);
    if (window !== null && asked.at >= window.from - leadOf(rule.action))
      reading = withRule(reading, rule.action, window, asked);
  }
  return reading;
}

const leadOf = ({ kind }: NewsAction): number => (kind === "no-opening" ? 0 : ENTRIES_BEFORE);

function withRule(
  reading: NewsReading,
  action: NewsAction,
  window: NewsWindow,
  { id, root }: Asked,
): NewsReading {
  if (action.kind === "below-maximum") return { ...reading, below: window };
  if (action.kind === "cap")
    return { ...reading, caps: [...reading.caps, { ...action.cap, until: null, window }] };
  if (reading.refusal !== null || !isAsked(action, root)) return reading;
  const { name: report, at, from, until } = window;
  const about = { plan: id, report, at, from, until, asks: action.kind } as const;
  return { ...reading, refusal: { kind: "firm-news", ...about } };
}

/** Whether the rule is about this contract. */
const isAsked = (action: NewsAction, root: Root): boolean =>
  action.kind === "no-opening"
    ? action.roots.includes(root)
    : action.kind !== "cap" || action.cap.roots.includes(root);

/** A trade, and all that is on and was entered before it. */
export interface Carried {
  readonly root: Root;
  readonly held: readonly Holding[];
  readonly size: SizeRule;
  /** The largest size of the date. */
  readonly limit: Weight;
}

/** Until when the entries of a trade may rest, and when it has to be left. */
export function newsTimesOf(
  rules: Rules,
  carried: Carried,
  { news, at }: Pick<Asked, "news" | "at">,
): TradeTimes {
  let times = NO_TIMES;
  for (const rule of rules ?? []) {
    const { action } = rule;
    if (!isAsked(action, carried.root) || mayBeCarried(action, carried)) continue;
    const window = nextWindow(rule, news, at);
    if (window !== null) times = soonerOf(times, action, window);
  }
  return times;
}

function soonerOf(
  { entriesEnd, leaveBy }: TradeTimes,
  action: NewsAction,
  { from }: NewsWindow,
): TradeTimes {
  const end = millis(Math.min(entriesEnd ?? from, from - leadOf(action)));
  if (action.kind === "no-opening") return { entriesEnd: end, leaveBy };
  const at = millis(Math.min(leaveBy?.at ?? from, from - LEAVE_BEFORE));
  return { entriesEnd: end, leaveBy: { at, reason: "firm-news" } };
}

/** Whether all of it may be held in the window. */
function mayBeCarried(action: NewsAction, { held, size, limit }: Carried): boolean {
  switch (action.kind) {
    case "cap":
      return heldUnder(action.cap, size, held) <= action.cap.most.value;
    case "below-maximum":
      return weightHeld(size, held) < limit;
    default:
      return false;
  }
}
