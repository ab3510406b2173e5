/**
 * Where an account of a firm stands on its way: to the target, to a payout, to its floor, and what
 * one more trade would change.
 *
 * ```text
 * closed balance ─┬─ above the floor, and where the floor goes when the trade date ends
 *                 ├─ evaluation: needed, earned, to go · what today may make · days to go
 *                 └─ funded: each way to a payout, what it lacks, how much it would pay
 *
 * what if +350  the same figures, had the day made 350 more
 * ```
 *
 * It plans with closed balances, as firms do when they look at days; open trades enter by a
 * `change` only. It decides nothing: the gate before an entry has its own figures.
 */
import type { FirmPlan, PayoutRule, PayoutWay, Stage } from "../model/firm-plan.ts";
import type { FirmState } from "../model/firm-state.ts";
import { addDays, dayNumberOf, type TradeDate } from "../model/trade-date.ts";
import { type Money, money } from "../model/units.ts";
import {
  type DaySums,
  dayProfitMax,
  type PayoutFault,
  payoutFaults,
  profitNeeded,
  shareMaxOf,
  sumsOf,
} from "./consistency.ts";
import { isLimitHit } from "./daily-limit.ts";
import { floorAfterClose, isBreached, roomAbove } from "./loss-floor.ts";

/** What there is to plan with. */
export interface Standing {
  readonly plan: FirmPlan;
  readonly firm: FirmState;
  /** Booked on this trade date, fees in it; open trades apart. */
  readonly today: Money;
  readonly tradedToday: boolean;
}

export interface Outlook {
  /** Closed balance in the firm's dollars. */
  readonly balance: Money;
  /** Above the balance the account began with; below 0 it has lost. */
  readonly profit: Money;
  readonly today: Money;
  readonly floor: FloorOutlook;
  readonly daily: DailyOutlook | null;
  /** Net and best day, today among them. */
  readonly sums: DaySums;
  readonly daysTraded: number;
  readonly activity: Counted | null;
  readonly stage: StageOutlook;
}

export interface FloorOutlook {
  readonly at: Money;
  readonly room: Money;
  readonly isBreached: boolean;
  /** If the trade date ended like this. */
  readonly next: Money;
}

export interface DailyOutlook {
  readonly limit: Money;
  readonly left: Money;
  readonly isHit: boolean;
}

export interface Counted {
  readonly have: number;
  readonly need: number;
}

/** What today may make before a firm finds the day too good; null: no sum is too much. */
export type DayCap = Money | null;

export type StageOutlook =
  | {
      readonly kind: "evaluation";
      readonly target: Money;
      /** The target, or what too good a day has raised it to. */
      readonly needed: Money;
      readonly left: Money;
      readonly dayCap: DayCap;
      readonly days: Counted;
      /** Calendar days, today among them; null: no time limit. */
      readonly calendar: { readonly last: TradeDate; readonly left: number } | null;
      readonly isPassed: boolean;
    }
  | {
      readonly kind: "funded";
      readonly payouts: number;
      readonly payoutsMax: number | null;
      readonly ways: readonly WayOutlook[];
    }
  | { readonly kind: "live" };

export interface WayOutlook {
  readonly name: string;
  readonly faults: readonly PayoutFault[];
  /** Could be asked for, were nothing lacking; 0 where it is less than a firm pays. */
  readonly most: Money;
  readonly smallest: Money | null;
  readonly dayCap: DayCap;
  readonly isEligible: boolean;
}

export function outlookOf(standing: Standing): Outlook {
  const { plan, firm, today } = standing;
  const balance = money(firm.day.opening + today);
  const days = daysOf(standing);
  return {
    balance,
    profit: money(balance - plan.balanceStart),
    today,
    floor: {
      at: firm.floor.at,
      room: roomAbove(firm.floor, balance),
      isBreached: isBreached(firm.floor, balance),
      next: floorAfterClose(plan.floor, firm.floor, balance).at,
    },
    daily: dailyOf(standing),
    sums: sumsOf(days),
    daysTraded: days.length,
    activity: activityOf(standing),
    stage: stageOf(plan.stage, standing, balance),
  };
}

/** The same account, had this day made so much more, or less. */
export const whatIf = (standing: Standing, change: Money): Outlook =>
  outlookOf({ ...standing, today: money(standing.today + change), tradedToday: true });

const earlierDays = ({ days }: FirmState): readonly Money[] => days.map(({ net }) => net);

const daysOf = ({ firm, today, tradedToday }: Standing): readonly Money[] =>
  tradedToday ? [...earlierDays(firm), today] : earlierDays(firm);

function dailyOf({ firm, today }: Standing): DailyOutlook | null {
  const { dailyLimit: limit } = firm.day;
  if (limit === null) return null;
  const left = money(Math.max(0, limit + today));
  return { limit, left, isHit: isLimitHit(limit, money(-today)) };
}

/** Days from before the account was seen here have no date, and count as too long ago. */
function activityOf({ plan, firm, today, tradedToday }: Standing): Counted | null {
  if (plan.inactivity === null) return null;
  const { withinDays, daysMin, profitMin } = plan.inactivity;
  const since = addDays(firm.day.date, 1 - withinDays);
  const counts = (net: Money): boolean => profitMin === 0 || net >= profitMin;
  const earlier = firm.days.filter(
    ({ date, net }) => date !== null && date >= since && counts(net),
  ).length;
  return { have: earlier + (tradedToday && counts(today) ? 1 : 0), need: daysMin };
}

function stageOf(stage: Stage, standing: Standing, balance: Money): StageOutlook {
  switch (stage.kind) {
    case "evaluation":
      return evaluationOf(stage, standing, balance);
    case "funded":
      return {
        kind: "funded",
        payouts: standing.firm.payouts,
        payoutsMax: stage.payout.countMax,
        ways: stage.payout.ways.map((way) => wayOf(way, stage.payout, standing, balance)),
      };
    case "live":
      return { kind: "live" };
  }
}

type Evaluation = Extract<Stage, { kind: "evaluation" }>;

function evaluationOf(
  { profitTarget: target, consistency, daysMin, daysMax }: Evaluation,
  standing: Standing,
  balance: Money,
): StageOutlook {
  const { plan, firm } = standing;
  const days = daysOf(standing);
  const needed = profitNeeded(target, consistency, sumsOf(days).best);
  const left = money(Math.max(0, needed - (balance - plan.balanceStart)));
  const { net } = sumsOf(earlierDays(firm));
  return {
    kind: "evaluation",
    target,
    needed,
    left,
    dayCap: consistency === null ? null : dayProfitMax(consistency, { target, net }),
    days: { have: days.length, need: daysMin },
    calendar: daysMax === null ? null : calendarOf(firm, daysMax),
    isPassed: left === 0 && days.length >= daysMin,
  };
}

function calendarOf({ began, day }: FirmState, daysMax: number) {
  const last = addDays(began, daysMax - 1);
  return { last, left: Math.max(0, dayNumberOf(last) - dayNumberOf(day.date) + 1) };
}

/** A way that measures a whole life counts every day; each of the others begins anew with a payout. */
function wayOf(
  way: PayoutWay,
  rule: PayoutRule,
  { plan, firm, today, tradedToday }: Standing,
  balance: Money,
): WayOutlook {
  const { consistency } = way;
  const counted = firm.days
    .filter(({ payouts }) => consistency?.measure === "net" || payouts === firm.payouts)
    .map(({ net }) => net);
  const faults = payoutFaults(way, tradedToday ? [...counted, today] : counted, firm.payouts);
  const most = mostOf(way, rule, money(balance - plan.balanceStart));
  const isOver = rule.countMax !== null && firm.payouts >= rule.countMax;
  const share = consistency === null ? null : shareMaxOf(consistency, firm.payouts);
  const { net } = sumsOf(counted);
  return {
    name: way.name,
    faults,
    most,
    smallest: rule.smallest,
    dayCap: share === null ? null : dayProfitMax({ measure: "net", share }, { target: net, net }),
    isEligible: faults.length === 0 && most > 0 && !isOver,
  };
}

function mostOf({ shareMax, cap }: PayoutWay, { buffer, smallest }: PayoutRule, profit: Money) {
  const parted = Math.floor((Math.max(0, profit) * shareMax) / 1_000);
  const most = Math.min(parted, Math.max(0, profit - buffer), cap ?? Number.POSITIVE_INFINITY);
  return money(most < (smallest ?? 0) ? 0 : most);
}
