/**
 * What a firm says to an entry: whether anything may be entered at all, how many contracts, and what
 * has to remain should everything go to its stop.
 *
 * ```text
 * lost? ─► shut for the day? ─► its product? ─► its hours? ─► mini beside micro? ─► cap ─► room
 *                                                                         cut to what fits ┴ (`gate.ts`)
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
import type { Refusal } from "../model/refusal.ts";
import type { CapRoom } from "../model/size-room.ts";
import type { Trade } from "../model/trade.ts";
import type { TradeDate } from "../model/trade-date.ts";
import { wantedOf } from "../model/trade-sums.ts";
import { contracts, type Millis, type Money, money, type Weight } from "../model/units.ts";
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
import type { Budget } from "./gate.ts";

/** What one plan makes of one alert, for every account that follows it. */
export interface PlanReading {
  readonly plan: FirmPlan;
  /** The contract is none of its products. */
  readonly product: Refusal | null;
  /** It is too late for it. */
  readonly late: Refusal | null;
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
}

export function readPlan(plan: FirmPlan, { instrument, at, date, calendar }: Asked): PlanReading {
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
  if (reading.late !== null && keepsFirmHours(account, hours)) return reading.late;
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
  { account: { firm }, openTrades, reading }: FirmView,
): Result<Cut | null, Refusal> {
  if (firm === undefined || reading == null) return NO_CUT;
  const { one, isCapped } = reading;
  const { date, size: limit } = firm.day;
  // Nearly always: nothing is on, and it fits by far. There may be a thousand accounts.
  if (openTrades.length === 0 && !isCapped && quantity * one <= limit) return NO_CUT;
  const { id: plan, size } = reading.plan;
  const held = openTrades.length === 0 ? NOTHING_HELD : holdingsOf(openTrades);
  const { contracts: room, bound } = roomFor(size, root, held, { date, weight: limit });
  if (quantity <= room) return NO_CUT;
  const cap = { plan, one, ...boundOf(bound, reading.plan, held) };
  if (room < 1) return err({ kind: "firm-cap", ...cap });
  return ok({ why: "firm-cap", from: contracts(quantity), to: room, ...cap });
}

const NOTHING_HELD: readonly Holding[] = [];

function boundOf(
  bound: SizeLimit | ProductCap,
  { size }: FirmPlan,
  held: readonly Holding[],
): Pick<CapRoom, "unit" | "most" | "held" | "roots"> {
  if (!("roots" in bound))
    return { unit: "minis", most: bound.weight, held: weightHeld(size, held), roots: [] };
  const { roots, most } = bound;
  return { unit: most.unit, most: most.value, held: heldUnder(bound, size, held), roots };
}

/**
 * Of the floor with its buffer and of the daily limit those in which so much does not fit; `open` is
 * what open trades can still lose.
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
  const fitsDay = day.dailyLimit === null || day.dailyLimit - lost - open >= risk;
  if (fitsFloor && fitsDay) return NO_BUDGETS;
  const budgets: Budget[] = [];
  if (!fitsFloor) {
    const ofFloor = { scope: "firm-floor", limit: money(limit), realised: NOTHING, open } as const;
    budgets.push({ ...ofFloor, floor: { cash, at: floor.at, buffer } });
  }
  if (!fitsDay && day.dailyLimit !== null) {
    const realised = money(cash - day.opening);
    budgets.push({ scope: "firm-day", limit: day.dailyLimit, realised, open });
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
