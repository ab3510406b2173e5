/**
 * What the clock does next to an account: entries begin, entries end, everything is left.
 *
 * ```text
 * 08:30 entries begin ─► 15:00 entries end ─► 15:05 everything is left ─► the next session's 08:30
 * ```
 *
 * Index futures stand for all, as their hours are the shortest. Where a firm asks for more, the
 * earlier of the two counts.
 */
import type { Account } from "../model/account.ts";
import type { Calendar } from "../model/exchange-calendar.ts";
import type { FirmPlan } from "../model/firm-plan.ts";
import { sessionEndOf } from "../model/holidays.ts";
import { instrumentOf } from "../model/instruments.ts";
import { isoOf } from "../model/iso-time.ts";
import type { Rules } from "../model/rules.ts";
import { nextTradeDate, type TradeDate, tradeDateOf } from "../model/trade-date.ts";
import type { Millis } from "../model/units.ts";
import { dayAndTime } from "../notify/day-and-time.ts";
import { firmTimesOn, keepsFirmHours } from "../risk/firm-hours.ts";
import { cutOffsOn, keepsHours } from "../risk/hours.ts";

export interface CutOffView {
  readonly what: "entries-begin" | "entries-end" | "all-out";
  readonly at: string;
  /** By the clock of the exchange. */
  readonly clock: string;
  readonly secondsLeft: number;
}

export interface CutOffSource {
  readonly account: Account;
  readonly rules: Rules | null;
  readonly plan: FirmPlan | null;
}

type Due = readonly [what: CutOffView["what"], at: Millis];

const { group } = instrumentOf("ES");
/** A week of holidays has never been seen. */
const DATES_MAX = 14;

/** The soonest of all accounts; null where none keeps hours. */
export function nextCutOff(
  accounts: readonly CutOffSource[],
  calendar: Calendar,
  at: Millis,
): CutOffView | null {
  let first: Due | null = null;
  for (const one of accounts) {
    const next = nextOf(one, calendar, at);
    if (next !== null && (first === null || next[1] < first[1])) first = next;
  }
  if (first === null) return null;
  const [what, due] = first;
  const secondsLeft = Math.ceil((due - at) / 1_000);
  return { what, at: isoOf(due), clock: dayAndTime(due), secondsLeft };
}

function nextOf(one: CutOffSource, calendar: Calendar, at: Millis): Due | null {
  let date = tradeDateOf(at);
  for (let looked = 0; looked < DATES_MAX; looked++) {
    const isHeld = sessionEndOf(group, date, calendar) !== "closed";
    const next = isHeld ? duesOn(one, calendar, date).find(([, due]) => due > at) : undefined;
    if (next !== undefined) return next;
    date = nextTradeDate(date);
  }
  return null;
}

/** Soonest first. */
function duesOn({ account, rules, plan }: CutOffSource, calendar: Calendar, date: TradeDate) {
  const dues: Due[] = [];
  const hours = rules?.hours;
  if (hours !== undefined && keepsHours(account, hours)) {
    const { from, liveFrom, until, flat } = cutOffsOn({ hours, calendar, group }, date);
    dues.push(["entries-begin", account.probation === undefined ? from : liveFrom]);
    dues.push(["entries-end", until]);
    if (flat !== null) dues.push(["all-out", flat]);
  }
  if (plan !== null && keepsFirmHours(account, hours)) {
    const { entriesEnd, leaveAt } = firmTimesOn(plan.hours, { group, calendar }, date);
    dues.push(["entries-end", entriesEnd], ["all-out", leaveAt]);
  }
  return dues.toSorted(([, a], [, b]) => a - b);
}
