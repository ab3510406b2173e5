/**
 * The hours of one account on one trade date, as instants: from when entries are taken, until when,
 * and from when on everything is left.
 *
 * Worked out anew whenever it is asked, from the rules and the calendar in force: a cut-off that is
 * nowhere written down cannot be forgotten by a restart, and none outlives its day.
 */
import type { Account } from "../model/account.ts";
import { firstOpening, minuteOf, openingOf, sessionOn } from "../model/calendar.ts";
import { CME_CALENDAR } from "../model/cme-calendar.ts";
import type { Calendar } from "../model/exchange-calendar.ts";
import { contractNamed, holdingEnds } from "../model/expiry.ts";
import { sessionEndOf } from "../model/holidays.ts";
import type { HoursRules } from "../model/hours.ts";
import type { Group, Instrument } from "../model/instrument.ts";
import { type News, newsWindowAt, nextNewsAfter } from "../model/news.ts";
import type { Plan } from "../model/plan.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Settings } from "../model/rules.ts";
import type { ExitReason } from "../model/trade.ts";
import {
  nextTradeDate,
  previousTradeDate,
  ROLL_MINUTE,
  type TradeDate,
  tradeDateOf,
} from "../model/trade-date.ts";
import { type Millis, millis } from "../model/units.ts";
import { US_NEWS } from "../model/us-news.ts";

/** The dates a run goes by: what its settings name, else what the program ships. */
export const calendarOf = ({ calendar }: Pick<Settings, "calendar">): Calendar =>
  calendar ?? CME_CALENDAR;

export const newsOf = ({ news }: Pick<Settings, "news">): News => news ?? US_NEWS;

/** Whose day it is: the rules, the exchange's days, and the group of products. */
export interface Day {
  readonly hours: HoursRules;
  readonly calendar: Calendar;
  readonly group: Group;
}

export interface CutOffs {
  readonly from: Millis;
  readonly liveFrom: Millis;
  /** Not included. */
  readonly until: Millis;
  readonly flat: Millis | null;
}

const MINUTE = 60_000;

interface KnownCutOffs extends Day {
  readonly date: TradeDate;
  readonly cutOffs: CutOffs;
}

/** The same for every account of an alert: of each group of products the last answer is remembered. */
const newest = new Map<Group, KnownCutOffs>();

export function cutOffsOn(day: Day, date: TradeDate): CutOffs {
  const { hours, calendar, group } = day;
  const known = newest.get(group);
  if (known?.date === date && known.hours === hours && known.calendar === calendar)
    return known.cutOffs;
  const cutOffs = workedOut(day, date);
  newest.set(group, { hours, calendar, group, date, cutOffs });
  return cutOffs;
}

function workedOut(day: Day, date: TradeDate): CutOffs {
  const { flatFrom } = day.hours;
  return {
    from: beginningOf(date, day.hours.entriesFrom),
    liveFrom: beginningOf(date, day.hours.liveEntriesFrom),
    until: minuteOf(
      date,
      Math.min(day.hours.entriesUntil, beforeEarlyEnd(day, date, "entriesBeforeEarlyEnd")),
    ),
    flat: flatFrom === null ? null : flatOn(day, date, flatFrom),
  };
}

const flatOn = (day: Day, date: TradeDate, flatFrom: number): Millis =>
  minuteOf(date, Math.min(flatFrom, beforeEarlyEnd(day, date, "flatBeforeEarlyEnd")));

/** So long before the end of a session that ends early; of any other, its end. */
function beforeEarlyEnd(
  { hours, calendar, group }: Day,
  date: TradeDate,
  margin: "entriesBeforeEarlyEnd" | "flatBeforeEarlyEnd",
): number {
  const end = sessionEndOf(group, date, calendar);
  return end === "closed" || end >= calendar.ends ? calendar.ends : end - hours[margin] / MINUTE;
}

/** From 17:00 on a minute belongs to the evening before. */
const beginningOf = (date: TradeDate, minute: number): Millis =>
  minute >= ROLL_MINUTE ? openingOf(date, { opens: minute }) : minuteOf(date, minute);

type Keeper = Pick<Account, "sessions" | "probation">;

/** An account whose venue never closes keeps no hours, unless its rules say so. */
export const keepsHours = ({ sessions }: Keeper, hours: HoursRules): boolean =>
  sessions === "cme" || hours.alwaysOpen === "kept";

/** Begins small, as every live account does, and its twin with it. */
const isLiveKind = ({ probation }: Keeper): boolean => probation !== undefined;

/** What the hours and the news say to an entry now; for paper accounts and for live ones. */
export interface HoursVerdict {
  readonly paper: Refusal | null;
  readonly live: Refusal | null;
}

export function judgeHours(day: Day, news: News, at: Millis): HoursVerdict {
  const { hours } = day;
  const window = hours.news === null ? null : newsWindowAt(news, hours.news, at);
  const reported: Refusal | null =
    window === null ? null : { kind: "news", name: window.name, until: window.until };
  return {
    paper: outsideOf(day, "from", at) ?? reported,
    live: outsideOf(day, "liveFrom", at) ?? reported,
  };
}

export const refusalFor = (
  { paper, live }: HoursVerdict,
  account: Keeper,
  hours: HoursRules,
): Refusal | null => {
  if (!keepsHours(account, hours)) return null;
  return isLiveKind(account) ? live : paper;
};

type Beginning = "from" | "liveFrom";

function outsideOf(day: Day, beginning: Beginning, at: Millis): Refusal | null {
  const date = tradeDateOf(at);
  const { until, [beginning]: from } = cutOffsOn(day, date);
  if (at >= until) {
    return {
      kind: "cut-off",
      cutOff: until,
      opensAt: nextWindow(day, beginning, nextTradeDate(date)),
    };
  }
  if (at >= from) return null;
  const opensAt = nextWindow(day, beginning, date);
  return { kind: "outside-hours", opensAt, until: cutOffsOn(day, tradeDateOf(opensAt)).until };
}

/** A week of holidays has never been seen; a calendar that has one is asked no further. */
const DATES_MAX = 14;

/** When entries are taken next, on this trade date or a later one. */
function nextWindow(day: Day, beginning: Beginning, from: TradeDate): Millis {
  let date = from;
  for (let looked = 0; looked < DATES_MAX; looked++) {
    const cutOffs = cutOffsOn(day, date);
    const isHeld = sessionEndOf(day.group, date, day.calendar) !== "closed";
    if (isHeld && cutOffs[beginning] < cutOffs.until) return cutOffs[beginning];
    date = nextTradeDate(date);
  }
  return firstOpening(day.group, date, day.calendar);
}

/** Until when a trade's entries may rest, and from when on it is left. */
export interface TradeTimes {
  readonly entriesEnd: Millis | null;
  readonly leaveBy: LeaveBy | null;
}

export interface LeaveBy {
  readonly at: Millis;
  readonly reason: Extract<ExitReason, "cut-off" | "contract-ends" | "firm-news">;
}

export const NO_TIMES: TradeTimes = { entriesEnd: null, leaveBy: null };

interface Held {
  readonly account: Keeper;
  readonly plan: Pick<Plan, "instrument" | "contract">;
  readonly plannedAt: Millis;
}

/**
 * A trade belongs to the trade date it was planned on, and leaves by that date's cut-off; whoever
 * starts later leaves at once, or when the market opens. What its contract does not survive, it does
 * not either, whatever the hours.
 */
export function timesOf(day: Day, news: News, held: Held, at: Millis): TradeTimes {
  if (!keepsHours(held.account, day.hours)) return NO_TIMES;
  const times = plannedTimes(day, news, held);
  const { entriesEnd, leaveBy } = times;
  const openBy = leaveBy === null ? null : whenOpen(day, held.account, leaveBy, at);
  return openBy === leaveBy ? times : { entriesEnd, leaveBy: openBy };
}

type Planned = Pick<Held, "plan" | "plannedAt">;

interface KnownTimes extends Day {
  readonly news: News;
  readonly instrument: Plan["instrument"];
  readonly contract: string;
  readonly plannedAt: Millis;
  readonly times: TradeTimes;
}

/** As above: the trades of one alert are planned alike, and each is asked for its times. */
const newestTimes = new Map<Group, KnownTimes>();

function plannedTimes(day: Day, news: News, { plan, plannedAt }: Planned): TradeTimes {
  const { hours, calendar, group } = day;
  const { instrument, contract } = plan;
  const known = newestTimes.get(group);
  const isKnown =
    known?.plannedAt === plannedAt &&
    known.contract === contract &&
    known.instrument === instrument &&
    known.hours === hours &&
    known.calendar === calendar &&
    known.news === news;
  if (isKnown) return known.times;
  const times = timesFor(day, news, { plan, plannedAt });
  newestTimes.set(group, { ...day, news, instrument, contract, plannedAt, times });
  return times;
}

/** While the market is open. */
function timesFor(day: Day, news: News, { plan, plannedAt }: Planned): TradeTimes {
  const { hours } = day;
  const { until, flat } = cutOffsOn(day, tradeDateOf(plannedAt));
  const report = hours.news === null ? null : nextNewsAfter(news, hours.news, plannedAt);
  const entriesEnd = report === null || report > until ? until : report;
  const ending = contractEnd(day, plan);
  const byHours: LeaveBy | null = flat === null ? null : { at: flat, reason: "cut-off" };
  const leaveBy =
    byHours === null || (ending !== null && ending.at < byHours.at) ? ending : byHours;
  return { entriesEnd, leaveBy };
}

/** Nothing can be left while nothing trades. */
export function whenOpen(
  day: Pick<Day, "group" | "calendar">,
  { sessions }: Keeper,
  leaveBy: LeaveBy,
  at: Millis,
): LeaveBy {
  if (at < leaveBy.at || sessions === "always-open") return leaveBy;
  const session = sessionOn(day.group, tradeDateOf(at), at, day.calendar);
  return session.open ? leaveBy : { ...leaveBy, at: session.opensAt };
}

/** Where the rules know no time to be flat by. */
const FLAT_USUAL = 15 * 60 + 5;

/** The last cut-off at which this contract may still be held. */
function contractEnd(day: Day, plan: Held["plan"]): LeaveBy | null {
  const last = lastHeldDate(day, plan);
  if (last === null) return null;
  return { at: flatOn(day, last, day.hours.flatFrom ?? FLAT_USUAL), reason: "contract-ends" };
}

/** Asked for every trade that is touched, and the same for months. */
const remembered = new WeakMap<Calendar, Map<string, TradeDate>>();
const CONTRACTS_MAX = 500;

/** Null for a code that names no contract. */
function lastHeldDate(
  { group, calendar }: Day,
  { instrument, contract }: Held["plan"],
): TradeDate | null {
  const dates = remembered.get(calendar) ?? new Map<string, TradeDate>();
  remembered.set(calendar, dates);
  const known = dates.get(contract);
  if (known !== undefined) return known;
  const named = contractNamed(instrument, contract);
  if (named === null) return null;
  let date = previousTradeDate(holdingEnds(named, calendar));
  while (sessionEndOf(group, date, calendar) === "closed") date = previousTradeDate(date);
  if (dates.size >= CONTRACTS_MAX) dates.clear();
  dates.set(contract, date);
  return date;
}

/** The opening of the session after this one; while closed, of the one that comes. */
export function nextSessionAt(calendar: Calendar, at: Millis): Millis {
  const session = sessionOn("equity", tradeDateOf(at), at, calendar);
  return session.open
    ? firstOpening("equity", nextTradeDate(tradeDateOf(at)), calendar)
    : millis(session.opensAt);
}

export const dayOf = (
  settings: Pick<Settings, "calendar">,
  hours: HoursRules,
  { group }: Pick<Instrument, "group">,
): Day => ({ hours, calendar: calendarOf(settings), group });
