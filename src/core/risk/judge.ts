/**
 * May this account take this alert, and how big?
 *
 * ```text
 * alert ─► levels ─► house ─► market ─► account ─► size ─► score ─► Approved
 *             └────────┴─────────┴─────────┴─────────┼───────┴──► Refusal, with its numbers
 *                                                    └─ not one contract fits: its micro (`shrink.ts`)
 * ```
 *
 * Only this file makes `Approved`, and planning accepts nothing else: forgetting the check
 * does not compile. Every check is a value in, value out; the first that fails names the refusal.
 */
import { err, ok, type Result } from "../../std/result.ts";
import type { Alert, SizeLetter } from "../model/alert.ts";
import { sessionOn } from "../model/calendar.ts";
import { feePerSide } from "../model/fees.ts";
import { type Instrument, worthOf } from "../model/instrument.ts";
import { instrumentOf, microOf } from "../model/instruments.ts";
import { type Levels, targetsFor } from "../model/levels.ts";
import type { Quote } from "../model/quote.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Rules, Settings } from "../model/rules.ts";
import type { TradeDate } from "../model/trade-date.ts";
import { type Millis, type Money, money, type Ticks } from "../model/units.ts";
import { type AccountView, refuseAccount, refuseFamily, refuseOpposing } from "./account-limits.ts";
import { levelsIn, refuseLevels } from "./alert-levels.ts";
import type { Candidate } from "./candidate.ts";
import { type Moment, partsOf, refuseDay } from "./day-limits.ts";
import { readPlan, refuseFirm } from "./firm-gate.ts";
import { beginWith, fitAll } from "./fit.ts";
import { calendarOf, dayOf, type HoursVerdict, judgeHours, newsOf, refusalFor } from "./hours.ts";
import { freshQuote, quoteAt, refuseMarket } from "./market.ts";
import { cashMinutes, type SharedFindings, volatilityOf } from "./score-findings.ts";
import { judgeScore, type Scored, type Scoring } from "./score-verdict.ts";
import { type AssessedInMicro, mayFitInMicro, takenInMicro, type Unfit } from "./shrink.ts";
import { inMicros, partOf, smallestOf, WHOLE, wholeSizeOf } from "./size.ts";
import { worstEntry } from "./worst-entry.ts";

declare const passedRisk: unique symbol;

/** What was approved, at the price and size it was approved for. Made by `judge` alone. */
export interface Approved extends Scored {
  readonly [passedRisk]: true;
}

/** What the rules are asked in; the same for every account that follows them. */
export interface RulesView {
  readonly at: Millis;
  readonly tradeDate: TradeDate;
  readonly rules: Rules;
  /** The dates in force; left out: those the program ships. */
  readonly dates?: Pick<Settings, "calendar" | "news">;
  readonly quoteOf: (instrument: Instrument) => Quote | null;
  readonly priceAgeMax: Millis;
  /** Nothing can fill this alert: judge it as if the market stood at its own price. */
  readonly shadow: boolean;
  /** At the smallest size the rules know, whatever its letter. */
  readonly smallest: boolean;
  /** Names of where it comes from that limits may be set for. */
  readonly sources?: readonly string[];
  /** Mean result of its author's last alerts, thousandths of the risk; null = not known. */
  readonly record?: number | null;
}

export type RiskView = RulesView & AccountView;

/**
 * What a rule set makes of an alert. Worked out once, however many accounts follow it; the account's
 * own refusals come between.
 */
export interface Assessment {
  readonly rules: Rules;
  readonly instrument: Instrument;
  readonly levels: Result<Levels, Refusal>;
  /** Of the alert's numbers. */
  readonly early: Refusal | null;
  /** Of the hour, where the venue keeps the exchange's hours. */
  readonly closed: Refusal | null;
  /** Of the hours this rule set keeps; null = none. */
  readonly hours: HoursVerdict | null;
  readonly moment: Moment;
  /** Of the market and the size. */
  readonly late: Result<Candidate, Refusal>;
  readonly scoring: Scoring;
  /** The same in the micro contract; null where there is none, or it is not to be tried. */
  readonly micro: () => AssessedInMicro | null;
}

export const judge = (alert: Alert, view: RiskView): Result<Approved, Refusal> =>
  judgeAccount(assess(alert, view), view);

export function assess(alert: Alert, view: RulesView): Assessment {
  const { rules, at, tradeDate, quoteOf, sources = [] } = view;
  const instrument = tradedInstrument(alert, rules);
  const parts = partsOf(rules, letterOf(alert, view), sources);
  const moment = { at, tradeDate, quoteOf, parts };
  const closed = refuseSession(instrument, view);
  const hours = hoursIn(instrument, view);
  const sized = sizedIn(instrument, alert, view);
  return { rules, instrument, closed, hours, moment, ...sized, micro: onceIn(alert, view) };
}

type SizedIn = Pick<Assessment, "levels" | "early" | "late" | "scoring">;

function sizedIn(instrument: Instrument, alert: Alert, view: RulesView): SizedIn {
  const levels = levelsIn(instrument, alert);
  if (!levels.ok) return { levels, early: null, late: levels, scoring: scoringOf(levels, view) };
  const early = refuseLevels(instrument, levels.value, view.rules.limits);
  const late = early === null ? candidateFor(alert, instrument, levels.value, view) : err(early);
  return { levels, early, late, scoring: scoringOf(late, view) };
}

/** Worked out when the first account needs it; nearly always none does. */
function onceIn(alert: Alert, view: RulesView): Assessment["micro"] {
  let known: AssessedInMicro | null | undefined;
  return () => {
    if (known === undefined) known = assessInMicro(alert, view);
    return known;
  };
}

function assessInMicro(alert: Alert, view: RulesView): AssessedInMicro | null {
  const { rules, at, tradeDate: date, dates = {} } = view;
  const found = rules.shrinkToMicro === true ? microOf(tradedInstrument(alert, rules)) : null;
  if (found === null) return null;
  const { instrument, ratio } = found;
  const sizing = inMicros(rules.sizing, ratio);
  const { late, scoring } = sizedIn(instrument, alert, { ...view, rules: { ...rules, sizing } });
  const asked = { instrument, at, date, calendar: calendarOf(dates), news: newsOf(dates) };
  return { instrument, ratio, late, scoring, readingOf: (plan) => readPlan(plan, asked) };
}

export function judgeAccount(assessment: Assessment, view: AccountView): Result<Approved, Refusal> {
  const { rules, instrument, levels, early, late, moment } = assessment;
  if (!levels.ok) return levels;
  const closed = view.account.sessions === "always-open" ? null : assessment.closed;
  const refusal =
    refuseAccount(rules, view) ??
    refuseDay(rules, view, moment) ??
    refuseFirm(instrument, view, rules.hours, moment.at) ??
    early ??
    closed ??
    refuseHour(assessment, view) ??
    refuseFamily(instrument, levels.value, rules, view) ??
    refuseOpposing(instrument, view);
  if (refusal !== null) return err(refusal);
  return late.ok
    ? judgeSize(late.value, assessment, view)
    : judgeInMicro({ refusal: late.error, mini: null }, assessment, view);
}

function judgeSize(
  candidate: Candidate,
  assessment: Assessment,
  view: AccountView,
): Result<Approved, Refusal> {
  const begun = beginWith(candidate, assessment, view);
  if (!begun.ok) return begun;
  const fits = fitAll(begun.value, assessment, view);
  if (!fits.ok) return judgeInMicro({ refusal: fits.error, mini: begun.value }, assessment, view);
  return judgeScore(fits.value, assessment, view) as Result<Approved, Refusal>;
}

/** Where its micro does not fit either, both are told. */
function judgeInMicro(
  unfit: Unfit,
  assessment: Assessment,
  view: AccountView,
): Result<Approved, Refusal> {
  const { refusal } = unfit;
  const micro = mayFitInMicro(refusal) ? assessment.micro() : null;
  if (micro === null) return err(refusal);
  const { rules, moment } = assessment;
  const shrunk = takenInMicro(unfit, { ...micro, rules, moment }, view);
  return shrunk.ok
    ? (judgeScore(shrunk.value, { rules, moment, scoring: micro.scoring }, view) as Result<
        Approved,
        Refusal
      >)
    : err({ ...refusal, micro: { instrument: micro.instrument.root, refusal: shrunk.error } });
}

/** Of what no account can change about the score; a refused alert needs none. */
function scoringOf(
  late: Result<Candidate, Refusal>,
  { at, tradeDate, dates = {}, record = null }: RulesView,
): Scoring {
  if (!late.ok) return { shared: UNKNOWN, last: null };
  const { quote, levels, instrument } = late.value;
  const day = { date: tradeDate, group: instrument.group, calendar: calendarOf(dates) };
  const shared = { volatility: volatilityOf(quote, levels), time: cashMinutes(day, at), record };
  return { shared, last: null };
}

const UNKNOWN: SharedFindings = { volatility: null, time: null, record: null };

function candidateFor(
  alert: Alert,
  instrument: Instrument,
  levels: Levels,
  view: RulesView,
): Result<Candidate, Refusal> {
  const targets = targetsFor(instrument, view.rules.exits, levels);
  if (!targets.ok) {
    return err({ kind: "target-wrong-side", entry: levels.entry, target: targets.error.target });
  }
  const quote = view.shadow
    ? ok(quoteAt(instrument, levels.entry, view.at))
    : freshQuote(instrument, view);
  if (!quote.ok) return quote;
  const moved = refuseMarket(instrument, levels, targets.value, view.rules.limits, quote.value);
  if (moved !== null) return err(moved);
  return sized(alert, { instrument, levels, targets: targets.value, quote: quote.value }, view);
}

export const tradedInstrument = (alert: Alert, rules: Rules): Instrument =>
  instrumentOf(rules.tradeAs[alert.instrument] ?? alert.instrument);

function hoursIn(
  instrument: Instrument,
  { rules, dates = {}, at }: RulesView,
): HoursVerdict | null {
  const { hours } = rules;
  return hours === undefined
    ? null
    : judgeHours(dayOf(dates, hours, instrument), newsOf(dates), at);
}

const refuseHour = ({ hours, rules }: Assessment, { account }: AccountView): Refusal | null =>
  hours === null || rules.hours === undefined ? null : refusalFor(hours, account, rules.hours);

function refuseSession(
  { group }: Instrument,
  { at, tradeDate, dates = {} }: RulesView,
): Refusal | null {
  const session = sessionOn(group, tradeDate, at, calendarOf(dates));
  return session.open
    ? null
    : { kind: "market-closed", reason: session.reason, opensAt: session.opensAt };
}

type Priced = Pick<Approved, "instrument" | "levels" | "targets" | "quote">;

function sized(alert: Alert, priced: Priced, view: RulesView): Result<Candidate, Refusal> {
  const { instrument, levels, quote, targets } = priced;
  const { sizing } = view.rules;
  const letter = letterOf(alert, view);
  if (letter === null) return err({ kind: "unknown-size" });
  const worst = worstEntry(instrument, view.rules, levels, {
    quote,
    firstTarget: targets.levels[0] ?? levels.entry,
  });
  const perContract = riskPerContract(instrument, worst, levels.stop, view);
  const whole = wholeSizeOf(sizing, letter, perContract);
  if (whole === 0 && sizing.kind === "risk")
    return err({ kind: "risk-too-small", risk: perContract, budget: sizing.bySize[letter] });
  const quantity = partOf(whole, sizing);
  const { ratio = WHOLE } = sizing;
  if (quantity === 0) return err({ kind: "ratio-too-small", quantity: whole, ratio });
  const risk = money(perContract * quantity);
  // Written out: a spread that adds fields costs as much as all the checks together.
  const sized = { instrument, levels, targets, quote, letter, quantity, worst, risk };
  if (quantity >= whole) return ok(sized);
  return ok({ ...sized, cuts: [{ why: "ratio", from: whole, to: quantity, ratio }] });
}

/** Null for an alert without a letter, where such are refused. */
const letterOf = (alert: Alert, { rules, smallest }: RulesView): SizeLetter | null =>
  smallest ? smallestOf(rules.sizing) : (alert.size ?? rules.sizeUnstated);

function riskPerContract(
  instrument: Instrument,
  worst: Ticks,
  stop: Ticks,
  { rules, tradeDate }: RulesView,
): Money {
  const distance = Math.abs(worst - stop) + rules.limits.slippage;
  const fees = 2 * feePerSide(rules.fees, instrument.root, tradeDate);
  return money(worthOf(instrument, distance, 1) + fees);
}
