/**
 * One alert before one account: refused, kept as a shadow, held, postponed, or planned.
 *
 * Much of the answer is the same for every account that follows the same rules: whether the alert is
 * news, what its numbers and the market say, and the plan. A *reading* holds that, so that a
 * thousand accounts cost hardly more than their own limits.
 */
import { getIn } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import { meanResult } from "../model/alerter-record.ts";
import type { Fact } from "../model/fact.ts";
import type { FirmPlan } from "../model/firm-plan.ts";
import { tradeIdOf } from "../model/ids.ts";
import type { Instrument } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { MessageRef } from "../model/message.ts";
import type { Plan } from "../model/plan.ts";
import type { Refusal } from "../model/refusal.ts";
import type { AccountRules, Rules } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import { tradeDateOf } from "../model/trade-date.ts";
import { type Millis, millis } from "../model/units.ts";
import { type PlanMoment, planTrade } from "../plan/plan-trade.ts";
import { refuseBarred } from "../risk/barred.ts";
import { type PlanReading, readPlan } from "../risk/firm-gate.ts";
import { calendarOf, newsOf } from "../risk/hours.ts";
import { type Approved, type Assessment, assess, judgeAccount } from "../risk/judge.ts";
import {
  barsOf,
  firmPlanOf,
  openTradesOf,
  POSTPONED_MAX,
  type RecentAlert,
  ruleSetOf,
  type State,
} from "../state.ts";
import { quoteIn, type Stand, type Turn } from "../turn.ts";
import { type Heard, refuseUnlessNews, repeatedIn } from "./freshness.ts";
import { opponentFor, opponentIn } from "./opposing.ts";
import { totalFor } from "./totals.ts";

/** What the rule sets make of one alert, each worked out once. */
export interface Readings {
  readonly heard: Heard;
  readonly repeats: readonly RecentAlert[];
  readonly byRules: Map<string, Reading>;
}

interface Reading {
  readonly rules: Rules;
  /** It is no news. */
  readonly refusal: Refusal | null;
  /** Made when the first account asks. */
  assessment: Assessment | null;
  /** Given last; those that stand alike get the same. */
  last: { readonly approved: Approved; readonly plan: Plan } | null;
  /** What plans of firms make of it. */
  readonly byPlan: Map<FirmPlan, PlanReading>;
}

export const readingsOf = (heard: Heard, repeats: readonly RecentAlert[]): Readings => ({
  heard,
  repeats,
  byRules: new Map(),
});

/** Null where the account follows no plan. */
function planReadingFor(
  { state, at }: Turn,
  { byPlan }: Reading,
  account: Account,
  instrument: Instrument,
): PlanReading | null {
  const plan = firmPlanOf(state, account);
  if (plan === null) return null;
  const known = byPlan.get(plan);
  if (known !== undefined) return known;
  const dates = { calendar: calendarOf(state.settings), news: newsOf(state.settings) };
  const reading = readPlan(plan, { instrument, at, date: tradeDateOf(at), ...dates });
  byPlan.set(plan, reading);
  return reading;
}

function readingBy(turn: Turn, { heard, repeats, byRules }: Readings, name: string): Reading {
  const known = byRules.get(name);
  if (known !== undefined) return known;
  const rules = ruleSetOf(turn.state, name);
  const refusal = refuseUnlessNews(turn, heard, repeats, rules.limits);
  const reading = { rules, refusal, assessment: null, last: null, byPlan: new Map() };
  byRules.set(name, reading);
  return reading;
}

/** Why the rules of all of them refuse it as no news, in the words of the most patient; else null. */
export function refusedByAll(
  turn: Turn,
  readings: Readings,
  accounts: readonly AccountRules[],
): Refusal | null {
  let said: Refusal | null = null;
  for (const name of new Set(accounts.map(({ rules }) => rules))) {
    const { refusal } = readingBy(turn, readings, name);
    if (refusal === null || (said !== null && said.kind !== refusal.kind)) return null;
    said = said === null ? refusal : morePatient(said, refusal);
  }
  return said;
}

const morePatient = (a: Refusal, b: Refusal): Refusal =>
  a.kind === "stale" && b.kind === "stale" && b.limit > a.limit ? b : a;

/** Whether an account with these rules has heard it a moment ago. */
export function isRepeatFor(turn: Turn, readings: Readings, name: string): boolean {
  const { duplicateWindow } = readingBy(turn, readings, name).rules.limits;
  return repeatedIn(turn.at, readings.repeats, duplicateWindow) !== undefined;
}

/** Trades in `leaving` are on their way out because of this very message. */
export function judgeFor(
  turn: Turn,
  account: Account,
  readings: Readings,
  leaving: readonly Trade[],
): Fact {
  const { state, at } = turn;
  const { ref, author, sentAt, tradable, isShadow } = readings.heard;
  const reading = readingBy(turn, readings, account.rules);
  const barred = reading.refusal ?? refuseBarred(barsOf(state), account, at);
  if (barred !== null) return refused(turn, ref, account, barred);
  const assessment = assessmentOf(turn, readings.heard, reading);
  const { family } = assessment.instrument;
  const waitsFor =
    leaving.length === 0 ? leaving : leaving.filter((one) => familyOf(one) === family);
  const openTrades = withoutThose(openTradesOf(state, account), waitsFor);
  // A trade it waits for is in the sum; it is judged again once that one is over.
  const stand = opponentFor(turn, account, family, readings.heard.alert.side);
  const yieldsTo = stand !== null && mayYield(readings.heard, stand) ? stand : null;
  const isLater = waitsFor.length > 0 || yieldsTo !== null;
  const total = isLater ? null : totalFor(turn, account, reading.rules);
  const opponent = stand === null || yieldsTo !== null ? null : opponentIn(stand);
  const planReading = planReadingFor(turn, reading, account, assessment.instrument);
  const view = { account, openTrades, total, opponent, reading: planReading };
  const verdict = judgeAccount(assessment, view);
  if (!verdict.ok) {
    const isHeld = mayWait(state, account, readings.heard, verdict.error);
    return isHeld
      ? held(turn, account, readings.heard, waitsFor)
      : refused(turn, ref, account, verdict.error);
  }
  const plan = planFor(turn, reading, verdict.value);
  const { score } = verdict.value;
  if (!tradable || isShadow)
    return { at, message: ref, account: account.id, kind: "AlertShadowed", plan, score };
  if (isLater) return postponed(turn, account, readings.heard, { waitsFor, yieldsTo });
  // Written out: a spread costs more than the judgement, and there may be ten thousand accounts.
  return {
    at,
    message: ref,
    account: account.id,
    kind: "TradePlanned",
    trade: tradeIdOf(ref, account.id),
    number: state.tradeCount + 1,
    author,
    sentAt,
    size: verdict.value.letter,
    plan,
    score,
  };
}

const refused = (
  { at }: Turn,
  message: MessageRef,
  { id: account }: Account,
  refusal: Refusal,
): Fact => ({ at, message, account, kind: "TradeRefused", refusal });

/** "Closed, and short from here": until the other accounts are out of it too, this one waits. */
const mayYield = (heard: Heard, { isLeaving }: Stand): boolean =>
  isLeaving && heard.isReentry && isInHaste(heard);

/** Accounts that stand alike were given the same approval, and have one plan. */
function planFor(turn: Turn, reading: Reading, approved: Approved): Plan {
  const { last } = reading;
  if (last?.approved === approved) return last.plan;
  const plan = planTrade(approved, reading.rules, momentOf(turn));
  reading.last = { approved, plan };
  return plan;
}

const momentOf = ({ at, state }: Turn): PlanMoment => ({
  at,
  tradeDate: tradeDateOf(at),
  priceAgeMax: priceAgeMaxOf(state),
  calendar: calendarOf(state.settings),
});

/**
 * What was heard while nobody knew what the account holds is judged when that is known, if it is still
 * fresh then. What a person decides about is not: he can be asked again.
 */
const mayWait = ({ postponed }: State, { id }: Account, heard: Heard, { kind }: Refusal): boolean =>
  (kind === "not-settled" || kind === "link-down") &&
  isInHaste(heard) &&
  (getIn(postponed, id)?.length ?? 0) < POSTPONED_MAX;

const isInHaste = ({ tradable, isShadow, isAgeless, smallest }: Heard): boolean =>
  tradable && !(isShadow || isAgeless || smallest);

const held = (
  { at }: Turn,
  { id: account }: Account,
  { ref: message, alert, author, sentAt, isReentry }: Heard,
  waitsFor: readonly Trade[],
): Fact => ({
  ...{ at, message, account, kind: "AlertHeld", author, alert },
  sentAt: heardSince(sentAt, at),
  ...(isReentry && { reentry: true }),
  trades: waitsFor.map((trade) => trade.id),
});

/** A sender whose clock runs ahead of ours buys itself no time. */
const heardSince = (sentAt: Millis, at: Millis): Millis => millis(Math.min(sentAt, at));

interface Later {
  readonly waitsFor: readonly Trade[];
  readonly yieldsTo: Stand | null;
}

/** Nothing else may wait for the same trades: of two that do, the first one heard is taken. */
function postponed(
  turn: Turn,
  account: Account,
  { ref, alert, author, sentAt }: Heard,
  { waitsFor, yieldsTo }: Later,
): Fact {
  const { at, state } = turn;
  const trades = waitsFor.map(({ id }) => id);
  const others = getIn(state.postponed, account.id) ?? [];
  const taken = waitsFor.find(({ id }) => others.some((one) => one.trades.includes(id)));
  if (taken !== undefined)
    return refused(turn, ref, account, { kind: "already-in-trade", trade: taken.number });
  const since = heardSince(sentAt, at);
  const waits = {
    at,
    message: ref,
    account: account.id,
    kind: "ReentryPostponed",
    author,
    alert,
    sentAt: since,
    trades,
  } as const;
  return yieldsTo === null ? waits : { ...waits, behind: opponentIn(yieldsTo) };
}

const familyOf = ({ plan }: Trade): Instrument["family"] => instrumentOf(plan.instrument).family;

const withoutThose = (trades: readonly Trade[], those: readonly Trade[]): readonly Trade[] =>
  those.length === 0 ? trades : trades.filter((one) => !those.some(({ id }) => id === one.id));

const priceAgeMaxOf = ({ run }: State): Millis => run?.priceAgeMax ?? millis(0);

function assessmentOf(
  turn: Turn,
  { ref, alert, author, tradable, smallest }: Heard,
  reading: Reading,
): Assessment {
  reading.assessment ??= assess(alert, {
    at: turn.at,
    tradeDate: tradeDateOf(turn.at),
    rules: reading.rules,
    dates: turn.state.settings,
    quoteOf: (instrument: Instrument) => quoteIn(turn, instrument),
    priceAgeMax: priceAgeMaxOf(turn.state),
    shadow: !tradable,
    smallest,
    sources: [ref.channel, ref.source],
    record: meanResult(turn.state.records, { source: ref.source, channel: ref.channel, author }),
  });
  return reading.assessment;
}
