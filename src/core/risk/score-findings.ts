/**
 * What the risk score looks at, found for one entry.
 *
 * ```text
 * of the alert and the market    range of the last minutes, hour, the author's record   once a rule set
 * of the account                 stop, floor, streak, drawdown, concurrency             once an account
 * ```
 *
 * What nobody knows is null, never a guess: what that counts for is written in the model.
 */
import { minuteOf } from "../model/calendar.ts";
import type { Calendar } from "../model/exchange-calendar.ts";
import { sessionEndOf } from "../model/holidays.ts";
import type { Group } from "../model/instrument.ts";
import { type Levels, stopDistance } from "../model/levels.ts";
import { amountOf } from "../model/limits.ts";
import type { Quote } from "../model/quote.ts";
import type { Rules } from "../model/rules.ts";
import type { Findings } from "../model/score.ts";
import type { Trade } from "../model/trade.ts";
import type { TradeDate } from "../model/trade-date.ts";
import { type Millis, type Money, money } from "../model/units.ts";
import type { AccountView } from "./account-limits.ts";
import { openResult, type Prices, worstLoss } from "./day.ts";
import { roomToFloor } from "./firm-gate.ts";
import { shareOf } from "./loss-steps.ts";
import { openingOf, riskOf } from "./memory.ts";

export type SharedFindings = Pick<Findings, "volatility" | "time" | "record">;
export type OwnFindings = Omit<Findings, keyof SharedFindings>;

/** Thousandths of the stop distance. */
export const volatilityOf = ({ range }: Quote, levels: Levels): number | null =>
  range === undefined ? null : Math.ceil((1_000 * range) / stopDistance(levels));

/** The hours of the stock exchanges, between which the price limits of the day hold, not those of the night. */
const CASH_OPENS = 8 * 60 + 30;
const CASH_CLOSES = 15 * 60;
const MINUTE = 60_000;

export interface CashDay {
  readonly date: TradeDate;
  readonly group: Group;
  readonly calendar: Calendar;
}

/** Whole minutes from or to the nearer end of the cash session; outside of it, none. */
export function cashMinutes({ date, group, calendar }: CashDay, at: Millis): number {
  const end = sessionEndOf(group, date, calendar);
  if (end === "closed") return 0;
  const since = at - minuteOf(date, CASH_OPENS);
  const left = minuteOf(date, Math.min(CASH_CLOSES, end)) - at;
  return Math.max(0, Math.floor(Math.min(since, left) / MINUTE));
}

export function ownFindings(
  risk: Money,
  rules: Rules,
  { account, openTrades }: AccountView,
  moment: Pick<Prices, "quoteOf" | "tradeDate">,
): OwnFindings {
  const opening = openingOf(account);
  const { streak, peak } = riskOf(account);
  const { dailyLoss: daily, lossPerTrade } = rules.limits;
  const { worst, result } =
    openTrades.length === 0 ? NOTHING_OPEN : openNow(openTrades, rules, moment);
  const room = roomToFloor(account, worst);
  const belowPeak = money(Math.max(0, peak) - (account.realisedToday + result));
  return {
    stop: Math.ceil((1_000 * risk) / Math.max(1, amountOf(lossPerTrade, opening))),
    floor: room === null ? null : Math.floor((1_000 * room) / Math.max(1, risk)),
    streak,
    drawdown: daily === undefined ? null : shareOf(belowPeak, amountOf(daily.limit, opening)),
    concurrency: openTrades.length,
  };
}

/** What open trades can still lose, and what they would make if they were left now. */
interface Open {
  readonly worst: Money;
  readonly result: Money;
}

const NOTHING_OPEN: Open = { worst: money(0), result: money(0) };

function openNow(
  trades: readonly Trade[],
  { limits, fees }: Rules,
  { quoteOf, tradeDate }: Pick<Prices, "quoteOf" | "tradeDate">,
): Open {
  const prices = { quoteOf, fees, slippage: limits.slippage, tradeDate };
  return { worst: worstLoss(trades, prices), result: openResult(trades, prices) };
}
