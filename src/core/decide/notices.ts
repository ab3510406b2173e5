/**
 * What a person should know of the days ahead, told once on each trade date it is true.
 *
 * ```text
 * holidays known until ... │ from 30 days before, every day
 * dates of a report        │ every day once they have run out
 * a contract's roll        │ a week before, the day before, and on the day
 * a trade in an old one    │ every day until it is left
 * ```
 */
import { valuesOf } from "../../std/trie.ts";
import { CALENDAR_WARNING, type Calendar } from "../model/exchange-calendar.ts";
import {
  type Contract,
  contractNamed,
  frontContract,
  holdingEnds,
  rollDate,
} from "../model/expiry.ts";
import type { Root } from "../model/instrument.ts";
import type { Notice } from "../model/notice.ts";
import type { Quote } from "../model/quote.ts";
import type { Trade } from "../model/trade.ts";
import {
  dayNumberOf,
  nextTradeDate,
  previousTradeDate,
  type TradeDate,
} from "../model/trade-date.ts";
import { calendarOf, newsOf } from "../risk/hours.ts";
import { openTradesOf, type State } from "../state.ts";

const ROLL_WARNING = 7;

export function noticesOn(
  state: State,
  date: TradeDate,
  quotes: readonly Quote[],
): readonly Notice[] {
  const calendar = calendarOf(state.settings);
  const trades = valuesOf(state.accounts).flatMap((account) => openTradesOf(state, account));
  const roots = new Set([
    ...quotes.map(({ instrument }) => instrument),
    ...trades.map(({ plan }) => plan.instrument),
  ]);
  return [
    ...calendarNotice(calendar, date),
    ...newsNotices(state, date),
    ...rollNotices(calendar, date, [...roots]),
    ...trades.flatMap((trade) => oldContract(calendar, date, trade)),
  ];
}

export const daysLeft = ({ validUntil }: Pick<Calendar, "validUntil">, date: TradeDate): number =>
  dayNumberOf(validUntil) - dayNumberOf(date);

function calendarNotice(calendar: Calendar, date: TradeDate): readonly Notice[] {
  const { validUntil } = calendar;
  const days = daysLeft(calendar, date);
  return days > CALENDAR_WARNING ? [] : [{ kind: "calendar", validUntil, days }];
}

/** Only where somebody keeps away from reports, by his own rules or by those of a firm. */
function newsNotices({ settings }: State, date: TradeDate): readonly Notice[] {
  const { ruleSets, plans = {} } = settings;
  const isKept =
    Object.values(ruleSets).some(({ hours }) => hours !== undefined && hours.news !== null) ||
    Object.values(plans).some(({ news }) => news !== null && news.length > 0);
  if (!isKept) return [];
  return newsOf(settings)
    .filter(({ validUntil }) => date > validUntil)
    .map(({ name, validUntil }) => ({ kind: "news", series: name, validUntil }));
}

interface Roll {
  readonly root: Root;
  readonly from: Contract;
  readonly date: TradeDate;
}

/** Products that roll on one day are told together. */
export function rollNotices(
  calendar: Calendar,
  date: TradeDate,
  roots: readonly Root[],
): readonly Notice[] {
  const rolls = roots.map((root) => rollAround(calendar, date, root));
  const due = rolls.filter((roll) => isDue(roll.date, date));
  return [...new Set(due.map((roll) => roll.date))].sort().map((day): Notice => {
    const those = due.filter((roll) => roll.date === day);
    return {
      kind: "roll",
      roots: those.map(({ root }) => root),
      from: those.map(({ from }) => from.code),
      to: those.map(({ root }) => frontContract(root, day, calendar).code),
      date: day,
      days: dayNumberOf(day) - dayNumberOf(date),
    };
  });
}

/** Of the contract that was the front on the trade date before: it may roll today. */
function rollAround(calendar: Calendar, date: TradeDate, root: Root): Roll {
  const from = frontContract(root, previousTradeDate(date), calendar);
  return { root, from, date: rollDate(root, from.year, from.month, calendar) };
}

const isDue = (roll: TradeDate, date: TradeDate): boolean => {
  const days = dayNumberOf(roll) - dayNumberOf(date);
  const daysBefore = dayNumberOf(roll) - dayNumberOf(previousTradeDate(date));
  const isFirstWarning = days <= ROLL_WARNING && daysBefore > ROLL_WARNING;
  return isFirstWarning || nextTradeDate(date) === roll || date === roll;
};

function oldContract(calendar: Calendar, date: TradeDate, trade: Trade): readonly Notice[] {
  const { instrument, contract } = trade.plan;
  const named = contractNamed(instrument, contract);
  if (named === null || rollDate(instrument, named.year, named.month, calendar) > date) return [];
  const lastHeld = previousTradeDate(holdingEnds(named, calendar));
  const front = frontContract(instrument, date, calendar).code;
  return [{ kind: "old-contract", trade: trade.number, contract, front, lastHeld }];
}
