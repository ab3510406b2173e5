/**
 * The way of an account of a firm, as a person reads it.
 *
 * ```text
 * Combine, topstep/combine-50k, trade date 2026-11-20
 *   balance         $50640.00, $640.00 above the start; today $240.00
 *   floor           $48500.00, $2140.00 below; $48640.00 if the day ended now
 *   target          $640.00 of $3000.00 earned, $2360.00 to go
 *   today           may make $1650.00 in all before the target rises
 *   best day        $400.00, 62.5% of what was earned
 *   days traded     2 of 2
 *   if +$210.00     $2150.00 to go, $2350.00 above the floor
 *   if -$160.00     $2520.00 to go, $1980.00 above the floor
 * ```
 */
import { unreachable } from "../../std/assert.ts";
import type { AccountId } from "../model/ids.ts";
import type { TradeDate } from "../model/trade-date.ts";
import { dollars, type Money, money, toDollars } from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import type { PayoutFault } from "../risk/consistency.ts";
import {
  type Counted,
  type Outlook,
  outlookOf,
  type StageOutlook,
  type Standing,
  type WayOutlook,
  whatIf,
} from "../risk/planner.ts";
import { clean, hanging } from "./plain-text.ts";

export interface PlannedAccount {
  readonly account: AccountId;
  readonly name: string;
  readonly standing: Standing;
  /** What the day might yet make or lose. */
  readonly changes: readonly Money[];
}

export interface PlannerView extends OutlookView {
  readonly account: AccountId;
  readonly name: string;
  readonly plan: string;
  readonly tradeDate: TradeDate;
  readonly ifs: readonly (OutlookView & { readonly changeUsd: number })[];
}

export interface OutlookView {
  readonly balanceUsd: number;
  readonly profitUsd: number;
  readonly todayUsd: number;
  readonly floorUsd: number;
  readonly roomUsd: number;
  readonly breached: boolean;
  readonly floorNextUsd: number;
  readonly dailyLimitUsd: number | null;
  readonly dailyLeftUsd: number | null;
  readonly bestDayUsd: number;
  /** Per cent of the net; null where nothing was earned. */
  readonly bestDayPercent: number | null;
  readonly daysTraded: number;
  readonly stage: StageView;
}

export type StageView =
  | {
      readonly kind: "evaluation";
      readonly neededUsd: number;
      readonly leftUsd: number;
      readonly dayCapUsd: number | null;
      readonly daysNeeded: number;
      readonly calendarDaysLeft: number | null;
      readonly passed: boolean;
    }
  | { readonly kind: "funded"; readonly payouts: number; readonly ways: readonly WayView[] }
  | { readonly kind: "live" };

export interface WayView {
  readonly name: string;
  readonly eligible: boolean;
  readonly mostUsd: number;
  readonly dayCapUsd: number | null;
  readonly lacks: readonly string[];
}

export function plannerView({ account, name, standing, changes }: PlannedAccount): PlannerView {
  const { plan, firm } = standing;
  return {
    account,
    name,
    plan: plan.id,
    tradeDate: firm.day.date,
    ...outlookView(outlookOf(standing)),
    ifs: changes.map((change) => ({
      changeUsd: toDollars(change),
      ...outlookView(whatIf(standing, change)),
    })),
  };
}

const usdOrNull = (amount: Money | null): number | null =>
  amount === null ? null : toDollars(amount);

const outlookView = (outlook: Outlook): OutlookView => ({
  balanceUsd: toDollars(outlook.balance),
  profitUsd: toDollars(outlook.profit),
  todayUsd: toDollars(outlook.today),
  floorUsd: toDollars(outlook.floor.at),
  roomUsd: toDollars(outlook.floor.room),
  breached: outlook.floor.isBreached,
  floorNextUsd: toDollars(outlook.floor.next),
  dailyLimitUsd: usdOrNull(outlook.daily?.limit ?? null),
  dailyLeftUsd: usdOrNull(outlook.daily?.left ?? null),
  bestDayUsd: toDollars(outlook.sums.best),
  bestDayPercent: percentOf(outlook),
  daysTraded: outlook.daysTraded,
  stage: stageView(outlook.stage),
});

function stageView(stage: StageOutlook): StageView {
  switch (stage.kind) {
    case "evaluation":
      return {
        kind: stage.kind,
        neededUsd: toDollars(stage.needed),
        leftUsd: toDollars(stage.left),
        dayCapUsd: usdOrNull(stage.dayCap),
        daysNeeded: stage.days.need,
        calendarDaysLeft: stage.calendar?.left ?? null,
        passed: stage.isPassed,
      };
    case "funded":
      return { kind: stage.kind, payouts: stage.payouts, ways: stage.ways.map(wayView) };
    case "live":
      return stage;
    default:
      return unreachable(stage);
  }
}

const wayView = (way: WayOutlook): WayView => ({
  name: way.name,
  eligible: way.isEligible,
  mostUsd: toDollars(way.most),
  dayCapUsd: usdOrNull(way.dayCap),
  lacks: lacksOf(way),
});

/** Tenths of a per cent, rounded down. */
const percentOf = ({ sums: { best, net } }: Outlook): number | null =>
  net <= 0 ? null : Math.floor((best * 1_000) / net) / 10;

export function renderPlanner(account: PlannedAccount, columns = 100): readonly string[] {
  const { name, standing, changes } = account;
  const { plan, firm } = standing;
  const now = outlookOf(standing);
  const lines = [
    `${clean(name)}, ${plan.id}, trade date ${firm.day.date}`,
    line("balance", balanceText(now)),
    line("floor", floorText(now)),
    ...(now.daily === null
      ? []
      : [line("daily limit", `${usd(now.daily.left)} left of ${usd(now.daily.limit)}`)]),
    ...stageLines(now),
    line("best day", bestDayText(now)),
    ...(now.activity === null ? [] : [line("activity", activityText(now.activity))]),
    ...changes.map((change) => line(`if ${signed(change)}`, thenText(whatIf(standing, change)))),
  ];
  return lines.flatMap((one) => hanging(one, columns, NAME_WIDTH + 2));
}

const NAME_WIDTH = 20;

const line = (name: string, text: string): string => `  ${name.padEnd(NAME_WIDTH)}${text}`;

const usd = showMoney;

const CENT = dollars(0.01);
/** What is still needed, and what may still be made: never a part of a cent too little or too much. */
const atLeast = (amount: Money): string => usd(money(Math.ceil(amount / CENT) * CENT));
const atMost = (amount: Money): string => usd(money(Math.floor(amount / CENT) * CENT));

const signed = (change: Money): string => (change > 0 ? `+${usd(change)}` : usd(change));

const aboveOrBelow = (amount: Money, what: string): string =>
  `${usd(money(Math.abs(amount)))} ${amount < 0 ? "below" : "above"} ${what}`;

const balanceText = ({ balance, profit, today }: Outlook): string =>
  `${usd(balance)}, ${aboveOrBelow(profit, "the start")}; today ${usd(today)}`;

function floorText({ floor }: Outlook): string {
  if (floor.isBreached) return `${usd(floor.at)}, touched: the account is lost`;
  const next = floor.next === floor.at ? "" : `; ${usd(floor.next)} if the day ended now`;
  return `${usd(floor.at)}, ${usd(floor.room)} away${next}`;
}

function bestDayText(outlook: Outlook): string {
  const { best } = outlook.sums;
  if (best === 0) return "none has won yet";
  const percent = percentOf(outlook);
  return percent === null ? usd(best) : `${usd(best)}, ${percent}% of what was earned`;
}

const activityText = ({ have, need }: Counted): string => `${have} of ${need} days`;

function stageLines({ stage, profit, daysTraded, today }: Outlook): readonly string[] {
  switch (stage.kind) {
    case "evaluation": {
      const { needed, target, left, days, calendar, isPassed } = stage;
      const raised = needed > target ? ` (${usd(target)}, raised by the best day)` : "";
      const earned = usd(money(Math.max(0, profit)));
      const end =
        calendar === null ? "" : `; ${calendar.left} calendar days left, to ${calendar.last}`;
      return [
        line("target", `${earned} of ${atLeast(needed)}${raised} earned, ${atLeast(left)} to go`),
        ...capLines("today", stage.dayCap, today, "the target rises"),
        line("days traded", `${days.have} of at least ${days.need}${end}`),
        ...(isPassed ? [line("", "all that was asked for is reached")] : []),
      ];
    }
    case "funded":
      return [
        line("payouts", payoutsText(stage.payouts, stage.payoutsMax)),
        ...stage.ways.flatMap((way) => [
          line(`payout ${way.name}`, wayText(way)),
          ...(way.dayCap === 0
            ? [line("", "any win today is too much of the whole until other days have won too")]
            : capLines("", way.dayCap, today, "it is too much of the whole")),
        ]),
        line("days traded", String(daysTraded)),
      ];
    case "live":
      return [];
    default:
      return unreachable(stage);
  }
}

function capLines(name: string, cap: Money | null, today: Money, until: string): readonly string[] {
  if (cap === null) return [];
  const left = money(Math.max(0, cap - today));
  return [line(name, `may make ${atMost(cap)} in all before ${until}, ${atMost(left)} more`)];
}

const payoutsText = (payouts: number, most: number | null): string =>
  most === null ? String(payouts) : `${payouts} of at most ${most}`;

function wayText(way: WayOutlook): string {
  if (way.isEligible) return `can be asked for: up to ${atMost(way.most)}`;
  const lacks = lacksOf(way);
  return `not yet: ${lacks.length === 0 ? "there are no more of them" : lacks.join(", ")}`;
}

function lacksOf({ faults, most, smallest }: WayOutlook): readonly string[] {
  const lacks = faults.map(faultText);
  if (most > 0) return lacks;
  return [...lacks, smallest === null ? "no profit to pay" : `less than ${usd(smallest)} to pay`];
}

function faultText(fault: PayoutFault): string {
  switch (fault.kind) {
    case "qualifying-days":
      return `${fault.have} of ${fault.need} days that count`;
    case "best-day": {
      const { sums, shareMax } = fault;
      if (sums.net <= 0) return "nothing is earned on the whole";
      return `the best day is ${usd(sums.best)} of ${usd(sums.net)}, more than ${shareMax / 10}%`;
    }
    default:
      return unreachable(fault);
  }
}

function thenText({ floor, daily, stage }: Outlook): string {
  if (floor.isBreached) return "the floor is touched, and the account lost";
  const parts = [`${usd(floor.room)} above the floor`];
  if (daily !== null)
    parts.push(daily.isHit ? "daily limit reached" : `${usd(daily.left)} of the day left`);
  if (stage.kind === "evaluation")
    parts.unshift(
      stage.isPassed ? "passed" : `${atLeast(stage.left)} of ${atLeast(stage.needed)} to go`,
    );
  if (stage.kind === "funded")
    parts.push(
      ...stage.ways.filter((way) => way.isEligible).map((way) => `payout ${way.name} open`),
    );
  return parts.join(", ");
}
