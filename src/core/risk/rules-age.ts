/**
 * How old the figures of a firm are. Old ones are a warning: they may still hold. A calendar that
 * ends before today is not: nobody knows any more when an account has to be flat.
 */
import type { FirmPlan } from "../model/firm-plan.ts";
import { HOLIDAYS_VALID_UNTIL } from "../model/holidays.ts";
import { dayNumberOf, type TradeDate } from "../model/trade-date.ts";

/** Calendar days since somebody compared them with their source. */
export const ageInDays = ({ verified }: Pick<FirmPlan, "verified">, today: TradeDate): number =>
  dayNumberOf(today) - dayNumberOf(verified);

export const isOld = (
  plan: Pick<FirmPlan, "verified">,
  today: TradeDate,
  daysMax: number,
): boolean => ageInDays(plan, today) > daysMax;

/** The last date whose early closes are known: to the firm's file, and to our own table. */
export const calendarEndOf = ({ hours }: Pick<FirmPlan, "hours">): TradeDate =>
  hours.calendarUntil < HOLIDAYS_VALID_UNTIL ? hours.calendarUntil : HOLIDAYS_VALID_UNTIL;

export const isCalendarOver = (plan: Pick<FirmPlan, "hours">, today: TradeDate): boolean =>
  today > calendarEndOf(plan);
