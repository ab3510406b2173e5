/**
 * How old the figures of a firm are. Old ones are a warning: they may still hold. A calendar that
 * ends before today is not: nobody knows any more when an account has to be flat.
 */
import type { FirmPlan } from "../model/firm-plan.ts";
import { dayNumberOf, type TradeDate } from "../model/trade-date.ts";

/** Calendar days since somebody compared them with their source. */
export const ageInDays = ({ verified }: Pick<FirmPlan, "verified">, today: TradeDate): number =>
  dayNumberOf(today) - dayNumberOf(verified);

export const isOld = (
  plan: Pick<FirmPlan, "verified">,
  today: TradeDate,
  daysMax: number,
): boolean => ageInDays(plan, today) > daysMax;

/**
 * The last date whose early closes are known: to the firm's file, and to the exchange's calendar,
 * which is complete until `validUntil`.
 */
export const calendarEndOf = (
  { hours }: Pick<FirmPlan, "hours">,
  validUntil: TradeDate,
): TradeDate => (hours.calendarUntil < validUntil ? hours.calendarUntil : validUntil);

export const isCalendarOver = (
  plan: Pick<FirmPlan, "hours">,
  validUntil: TradeDate,
  today: TradeDate,
): boolean => today > calendarEndOf(plan, validUntil);
