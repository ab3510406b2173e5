/**
 * One alert before one account: refused, kept as a shadow, or planned.
 *
 * Much of the answer is the same for every account that follows the same rules: whether the alert is
 * news, what its numbers and the market say, and the plan. A *reading* holds that, so that a
 * thousand accounts cost hardly more than their own limits.
 */
import type { Account } from "../model/account.ts";
import type { Fact } from "../model/fact.ts";
import { tradeIdOf } from "../model/ids.ts";
import type { Instrument } from "../model/instrument.ts";
import type { Plan } from "../model/plan.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Rules } from "../model/rules.ts";
import { tradeDateOf } from "../model/trade-date.ts";
import { millis } from "../model/units.ts";
import { planTrade } from "../plan/plan-trade.ts";
import { type Assessment, assess, judgeAccount } from "../risk/judge.ts";
import { openTradesOf, type RecentAlert, ruleSetOf } from "../state.ts";
import { quoteIn, type Turn } from "../turn.ts";
import { type Heard, refuseUnlessNews } from "./freshness.ts";

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
  /** Made when the first account is approved; the others get the same. */
  plan: Plan | null;
}

export const readingsOf = (heard: Heard, repeats: readonly RecentAlert[]): Readings => ({
  heard,
  repeats,
  byRules: new Map(),
});

function readingBy(turn: Turn, { heard, repeats, byRules }: Readings, name: string): Reading {
  const known = byRules.get(name);
  if (known !== undefined) return known;
  const rules = ruleSetOf(turn.state, name);
  const refusal = refuseUnlessNews(turn, heard, repeats, rules.limits);
  const reading = { rules, refusal, assessment: null, plan: null };
  byRules.set(name, reading);
  return reading;
}

/** Why the rules of all accounts refuse it as no news, in the words of the most patient; else null. */
export function refusedByAll(turn: Turn, readings: Readings): Refusal | null {
  let said: Refusal | null = null;
  for (const name of new Set(turn.state.settings.accounts.map(({ rules }) => rules))) {
    const { refusal } = readingBy(turn, readings, name);
    if (refusal === null || (said !== null && said.kind !== refusal.kind)) return null;
    said = said === null ? refusal : morePatient(said, refusal);
  }
  return said;
}

const morePatient = (a: Refusal, b: Refusal): Refusal =>
  a.kind === "stale" && b.kind === "stale" && b.limit > a.limit ? b : a;

export function judgeFor(turn: Turn, account: Account, readings: Readings): Fact {
  const { state, at } = turn;
  const { ref, author, tradable } = readings.heard;
  const reading = readingBy(turn, readings, account.rules);
  const about = { at, message: ref, account: account.id };
  if (reading.refusal !== null) return { ...about, kind: "TradeRefused", refusal: reading.refusal };
  const assessment = assessmentOf(turn, readings.heard, reading);
  const verdict = judgeAccount(assessment, { account, openTrades: openTradesOf(state, account) });
  if (!verdict.ok) return { ...about, kind: "TradeRefused", refusal: verdict.error };
  const moment = { at, tradeDate: tradeDateOf(at) };
  reading.plan ??= planTrade(verdict.value, assessment.rules, moment);
  const { plan } = reading;
  if (!tradable) return { ...about, kind: "AlertShadowed", plan };
  // Written out: a spread costs more than the judgement, and there may be ten thousand accounts.
  return {
    at,
    message: ref,
    account: account.id,
    kind: "TradePlanned",
    trade: tradeIdOf(ref, account.id),
    number: state.tradeCount + 1,
    author,
    plan,
  };
}

function assessmentOf(turn: Turn, { alert, tradable }: Heard, reading: Reading): Assessment {
  reading.assessment ??= assess(alert, {
    at: turn.at,
    tradeDate: tradeDateOf(turn.at),
    rules: reading.rules,
    quoteOf: (instrument: Instrument) => quoteIn(turn, instrument),
    priceAgeMax: turn.state.run?.priceAgeMax ?? millis(0),
    shadow: !tradable,
  });
  return reading.assessment;
}
