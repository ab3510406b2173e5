/**
 * The status of a state: its accounts and trades, and what keeps entries away at this hour.
 *
 * A running process and a journal that was left behind are asked the same, and answer alike.
 */
import { noticesOn } from "../core/decide/notices.ts";
import type { Account } from "../core/model/account.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import type { Quote } from "../core/model/quote.ts";
import type { Refusal } from "../core/model/refusal.ts";
import { tradeDateOf } from "../core/model/trade-date.ts";
import type { Millis } from "../core/model/units.ts";
import { showWhen } from "../core/model/when.ts";
import { explainRefusal } from "../core/notify/explain.ts";
import { attendanceEnd, refuseBarred } from "../core/risk/barred.ts";
import { readPlan } from "../core/risk/firm-gate.ts";
import { keepsFirmHours } from "../core/risk/firm-hours.ts";
import { calendarOf, dayOf, judgeHours, newsOf, refusalFor } from "../core/risk/hours.ts";
import { barsOf, findRuleSet, firmPlanOf, type State } from "../core/state.ts";
import { type StatusView, statusView } from "../core/views/status.ts";
import { noticeText } from "../core/views/tell-notice.ts";
import { valuesOf } from "../std/trie.ts";
import { openTrades } from "./exposure.ts";

interface Moment {
  readonly at: Millis;
  /** The last fact written. */
  readonly sequence: number;
  readonly quotes: readonly Quote[];
}

export const statusOf = (state: State, { at, sequence, quotes }: Moment): StatusView =>
  statusView({
    at,
    sequence,
    accounts: valuesOf(state.accounts),
    trades: openTrades(state),
    waiting: state.waiting,
    remarks: remarksOn(state, at, quotes),
    backups: state.backups,
  });

const remarksOn = (state: State, at: Millis, quotes: readonly Quote[]): readonly string[] => [
  ...valuesOf(state.accounts).flatMap((account) => barredNow(state, account, at)),
  ...houseRemarks(state, at, quotes),
];

/** Those that are about no single account. */
export const houseRemarks = (
  state: State,
  at: Millis,
  quotes: readonly Quote[],
): readonly string[] => [
  ...attendedUntil(state, at),
  ...noticesOn(state, tradeDateOf(at), quotes).map(noticeText),
];

/** Index futures stand for all: their hours are the shortest. */
const SHOWN = instrumentOf("ES");

function barredNow(state: State, account: Account, at: Millis): readonly string[] {
  const barred = refuseBarred(barsOf(state), account, at);
  const refusals = [...(barred === null ? [] : [barred]), ...refusedByClock(state, account, at)];
  return refusals.map((refusal) => `${account.name}: ${explainRefusal(refusal, SHOWN)}`);
}

/** By its own hours and by those of its firm. */
export const refusedByClock = (state: State, account: Account, at: Millis): readonly Refusal[] =>
  [closedNow(state, account, at), closedByFirm(state, account, at)].filter(
    (refusal) => refusal !== null,
  );

function closedNow(state: State, account: Account, at: Millis): Refusal | null {
  const { settings } = state;
  const hours = findRuleSet(state, account.rules)?.hours;
  if (hours === undefined) return null;
  const verdict = judgeHours(dayOf(settings, hours, SHOWN), newsOf(settings), at);
  return refusalFor(verdict, account, hours);
}

/** Its hours, and its windows around reports. */
function closedByFirm(state: State, account: Account, at: Millis): Refusal | null {
  const { settings } = state;
  const plan = firmPlanOf(state, account);
  if (plan === null || !keepsFirmHours(account, settings.ruleSets[account.rules]?.hours))
    return null;
  const dates = { calendar: calendarOf(settings), news: newsOf(settings) };
  const reading = readPlan(plan, { instrument: SHOWN, at, date: tradeDateOf(at), ...dates });
  return reading.late ?? reading.news.refusal;
}

function attendedUntil(state: State, at: Millis): readonly string[] {
  const over = attendanceEnd(barsOf(state));
  return over === null || at >= over
    ? []
    : [`entries stop ${showWhen(over)} unless somebody is heard of; \`attend\` says so`];
}
