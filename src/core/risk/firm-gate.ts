/**
 * What a firm says to an entry: whether anything may be entered at all, how many contracts, and what
 * has to remain should everything go to its stop.
 *
 * ```text
 * lost? ─► shut for the day? ─► its product? ─► its hours? ─► a report? ─► mini beside micro? ─► cap ─► room
 *                                                                                cut to what fits ┴ (`gate.ts`)
 * ```
 *
 * What is the same for every account of a plan is read once an alert (`readPlan`).
 */
import { err, ok, type Result } from "../../std/result.ts";
import type { Account } from "../model/account.ts";
import type { Cut } from "../model/cut.ts";
import type { Calendar } from "../model/exchange-calendar.ts";
import type { FirmPlan, ProductCap } from "../model/firm-plan.ts";
import type { FirmState } from "../model/firm-state.ts";
import type { HoursRules } from "../model/hours.ts";
import type { Instrument } from "../model/instrument.ts";
import type { News, NewsWindow } from "../model/news.ts";
import type { Refusal } from "../model/refusal.ts";
import type { CapNews, CapRoom } from "../model/size-room.ts";
import type { Trade } from "../model/trade.ts";
import type { TradeDate } from "../model/trade-date.ts";
import { wantedOf } from "../model/trade-sums.ts";
import { contracts, type Millis, type Money, money, type Weight, weight } from "../model/units.ts";
import {
  type Holding,
  heldUnder,
  isProductAllowed,
  mixedWith,
  roomFor,
  type SizeLimit,
  weightHeld,
  weightOf,
} from "./contract-cap.ts";
import { settledCash } from "./firm-books.ts";
import { firmTimesOn, keepsFirmHours } from "./firm-hours.ts";
import { type NewsReading, NO_NEWS, readNews, type WindowCap } from "./firm-news.ts";
import type { Budget } from "./gate.ts";

/** What one plan makes of one alert, for every account that follows it. */
export interface PlanReading {
  readonly plan: FirmPlan;
  /** The contract is none of its products. */
  readonly product: Refusal | null;
  /** It is too late for it. */
  readonly late: Refusal | null;
  readonly news: NewsReading;
  /** What one contract counts. */
  readonly one: Weight;
  /** Some products are capped, and this may be one of them. */
  readonly isCapped: boolean;
}

interface Asked {
  readonly instrument: Instrument;
  readonly at: Millis;
  readonly date: TradeDate;
  readonly calendar: Calendar;
  readonly news: News;
}

export function readPlan(
  plan: FirmPlan,
  { instrument, at, date, calendar, news }: Asked,
): PlanReading {
  const { root, group } = instrument;
  const times = firmTimesOn(plan.hours, { group, calendar }, date);
  const isLate = at >= times.entriesEnd;
  return {
    plan,
    product: isProductAllowed(plan, root)
      ? null
      : { kind: "firm-product", plan: plan.id, instrument: root },
    late: isLate
      ? { kind: "firm-hours", plan: plan.id, until: times.entriesEnd, flatBy: times.flatBy }
      : null,
    news: readNews(plan.news, { id: plan.id, root, news, at }),
    one: weightOf(plan.size, root),
    isCapped: plan.size.caps.some(({ roots }) => roots.includes(root)),
  };
}

export interface FirmView {
  readonly account: Account;
  readonly openTrades: readonly Trade[];
  readonly reading?: PlanReading | null;
}

/** Whether anything may be entered; how much of it comes later. */
export function refuseFirm(
  { root }: Instrument,
  { account, openTrades, reading }: FirmView,
  hours: HoursRules | undefined,
  at: Millis,
): Refusal | null {
  const { firm } = account;
  if (firm === undefined) return null;
  const shut = refuseShut(firm, at);
  if (shut !== null || reading == null) return shut;
  if (reading.product !== null) return reading.product;
  const byHour = reading.late ?? reading.news.refusal;
  if (byHour !== null && keepsFirmHours(account, hours)) return byHour;
  if (openTrades.length === 0) return null;
  const held = mixedWith(reading.plan.size, root, holdingsOf(openTrades));
  return held === null
    ? null
    : { kind: "firm-mixing", plan: reading.plan.id, instrument: root, held };
}

/** Lost, or shut for the day: whatever the alert is. */
export function refuseShut({ breach, lock }: FirmState, at: Millis): Refusal | null {
  if (breach !== undefined) {
    const { of, equity, level, at: since } = breach;
    return { kind: "firm-lost", of, equity, level, since };
  }
  return lock !== undefined && at < lock.until
    ? { kind: "firm-locked", limit: lock.limit, until: lock.until }
    : null;
}

const holdingsOf = (trades: readonly Trade[]): readonly Holding[] =>
  trades.map((trade) => ({ root: trade.plan.instrument, quantity: wantedOf(trade) }));

const NO_CUT: Result<null, never> = ok(null);

/** Null where the whole of it may be held beside what is. */
export function capFirm(
  { root }: Instrument,
  quantity: number,
  { account, openTrades, reading }: FirmView,
  hours: HoursRules | undefined,
): Result<Cut | null, Refusal> {
  const { firm } = account;
  if (firm === undefined || reading == null) return NO_CUT;
  const { one, isCapped } = reading;
  const { date, size: most } = firm.day;
  const isAsked = reading.news !== NO_NEWS && keepsFirmHours(account, hours);
  const { below, caps } = isAsked ? reading.news : NO_NEWS;
  const limit = below === null ? most : weight(most - 1);
  // Nearly always: nothing is on, and it fits by far. There may be a thousand accounts.
  const isFree = openTrades.length === 0 && !isCapped && caps.length === 0;
  if (isFree && quantity * one <= limit) return NO_CUT;
  const { id: plan, size } = reading.plan;
  const held = openTrades.length === 0 ? NOTHING_HELD : holdingsOf(openTrades);
  const rule = caps.length === 0 ? size : { ...size, caps: [...size.caps, ...caps] };
  const { contracts: room, bound } = roomFor(rule, root, held, { date, weight: limit });
  if (quantity <= room) return NO_CUT;
  const cap = { plan, one, ...boundOf(bound, { plan: reading.plan, below, most }, held) };
  if (room < 1) return err({ kind: "firm-cap", ...cap });
  return ok({ why: "firm-cap", from: contracts(quantity), to: room, ...cap });
}

const NOTHING_HELD: readonly Holding[] = [];

interface Largest {
  readonly plan: FirmPlan;
  readonly below: NewsWindow | null;
  readonly most: Weight;
}

function boundOf(
  bound: SizeLimit | ProductCap | WindowCap,
  { plan: { size }, below, most: largest }: Largest,
  held: readonly Holding[],
): Pick<CapRoom, "unit" | "most" | "held" | "roots" | "news"> {
  if (!("roots" in bound)) {
    const room = { unit: "minis", most: largest, held: weightHeld(size, held), roots: [] } as const;
    return below === null ? room : { ...room, news: capNews(below, true) };
  }
  const { roots, most } = bound;
  const room = { unit: most.unit, most: most.value, held: heldUnder(bound, size, held), roots };
  return "window" in bound ? { ...room, news: capNews(bound.window, false) } : room;
}

const capNews = ({ name: report, at, from, until }: NewsWindow, below: boolean): CapNews => ({
  ...{ report, at, from, until, below },
});

/**
 * Of the floor with its buffer and of the daily limit those in which so much does not fit; `open` is
 * what open trades can still lose. A daily limit that costs the account keeps the buffer as well.
 */
export function firmBudgets(
  { firm, balance }: Pick<Account, "firm" | "balance">,
  reading: Pick<PlanReading, "plan"> | null | undefined,
  { open, risk }: { readonly open: Money; readonly risk: number },
): readonly Budget[] {
  if (firm === undefined || reading == null) return NO_BUDGETS;
  const { floor, buffer, day } = firm;
  const cash = settledCash({ balance, firm });
  const limit = cash - floor.at - buffer;
  const lost = Math.max(0, day.opening - cash);
  const fitsFloor = limit - open >= risk;
  const kept = reading.plan.dailyLimit?.effect === "hard" ? buffer : NOTHING;
  const fitsDay = day.dailyLimit === null || day.dailyLimit - kept - lost - open >= risk;
  if (fitsFloor && fitsDay) return NO_BUDGETS;
  const budgets: Budget[] = [];
  if (!fitsFloor) {
    const ofFloor = { scope: "firm-floor", limit: money(limit), realised: NOTHING, open } as const;
    budgets.push({ ...ofFloor, floor: { cash, at: floor.at, buffer } });
  }
  if (!fitsDay && day.dailyLimit !== null) {
    const realised = money(cash - day.opening);
    const ofDay = { scope: "firm-day", realised, open } as const;
    const dayLimit = money(day.dailyLimit - kept);
    budgets.push({ ...ofDay, limit: dayLimit, ...(kept > 0 && { buffer: kept }) });
  }
  return budgets;
}

/** What may still be lost until the floor itself is touched; null where no plan is followed. */
export const roomToFloor = (
  { firm, balance }: Pick<Account, "firm" | "balance">,
  open: Money,
): Money | null =>
  firm === undefined || firm.plan === null
    ? null
    : money(settledCash({ balance, firm }) - firm.floor.at - open);

const NO_BUDGETS: readonly Budget[] = [];
const NOTHING = money(0);
