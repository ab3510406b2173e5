/**
 * The limits of the day before an entry: what shuts the door, what makes the entry smaller, and what
 * it has to fit into.
 *
 * ```text
 * shut?   lock of the daily loss ─► breakers ─► entries a minute ─► its source, its size letter
 * small?  probation ─► a breaker's trade of proof ─► half size ─► what fits (`gate.ts`)
 * ```
 */
import { ownOf } from "../../std/own.ts";
import { err, ok, type Result } from "../../std/result.ts";
import type { SizeLetter } from "../model/alert.ts";
import type { Cut } from "../model/cut.ts";
import type { Instrument } from "../model/instrument.ts";
import type { LossScope } from "../model/limits.ts";
import { amountOf, type DailyLoss, type PartLimits } from "../model/limits.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Rules } from "../model/rules.ts";
import { type TradeDate, tradeDateEnd, tradeDateOf } from "../model/trade-date.ts";
import { contracts, type Millis, type Money, money } from "../model/units.ts";
import { type AccountView, wantedIn } from "./account-limits.ts";
import { halfOpenAt, openAt, proofOf } from "./breakers.ts";
import { type Prices, worstLoss } from "./day.ts";
import { firmBudgets } from "./firm-gate.ts";
import { type Budget, fitInto, fitsWhole } from "./gate.ts";
import { isBlocked, isHalved } from "./loss-steps.ts";
import { openingOf, riskOf, SIZE_PARTS, tallyFor } from "./memory.ts";
import { probationOf } from "./probation.ts";
import { sizeOf, smallestOf } from "./size.ts";
import type { TotalView } from "./total-view.ts";

/** When and from what an entry is judged. */
export interface Moment {
  readonly at: Millis;
  readonly tradeDate: TradeDate;
  readonly quoteOf: Prices["quoteOf"];
  readonly parts: readonly Part[];
}

const MINUTE = 60_000;

export function refuseDay(rules: Rules, view: AccountView, moment: Moment): Refusal | null {
  const { limits } = rules;
  const { at } = moment;
  return (
    refuseLocked(rules, view, at) ??
    refuseTripped(view, at) ??
    refuseHaste(limits.entriesPerMinute, view, at) ??
    refuseParts(view, moment)
  );
}

/** A lock holds whatever the settings say by now; settings that were tightened lock as well. */
function refuseLocked({ limits }: Rules, { account, total }: AccountView, at: Millis) {
  const { lock, reached } = riskOf(account);
  if (lock !== undefined && at < lock.until) return { kind: "daily-loss", ...lock } as const;
  return (
    lockedBy("account", limits.dailyLoss, { reached, opening: openingOf(account) }, at) ??
    (total == null ? null : lockedBy("total", limits.total?.dailyLoss, total, at))
  );
}

function lockedBy(
  scope: LossScope,
  daily: DailyLoss | undefined,
  { reached, opening }: Pick<TotalView, "reached" | "opening">,
  at: Millis,
): Refusal | null {
  if (daily === undefined || !isBlocked(daily.steps, reached)) return null;
  const until = tradeDateEnd(tradeDateOf(at));
  return { kind: "daily-loss", scope, reached, limit: amountOf(daily.limit, opening), until };
}

function refuseTripped({ account, openTrades }: AccountView, at: Millis): Refusal | null {
  const risk = riskOf(account);
  if (risk.tripped.length === 0) return null;
  const open = openAt(risk, at);
  if (open !== undefined) {
    const { breaker, measured, limit, until } = open;
    return { kind: "breaker", breaker, measured, limit, until };
  }
  const half = halfOpenAt(risk, at);
  const proof = half && proofOf(half, openTrades);
  return half && proof ? { kind: "half-open", breaker: half.breaker, trade: proof.number } : null;
}

function refuseHaste(
  limit: number | undefined,
  { account }: AccountView,
  at: Millis,
): Refusal | null {
  const { entries } = riskOf(account);
  if (limit === undefined || entries.length < limit) return null;
  const taken = entries.filter((one) => one > at - MINUTE).length;
  return taken < limit ? null : { kind: "entries-per-minute", taken, limit };
}

/** A source or a letter that has limits of its own. */
export interface Part {
  readonly name: string;
  /** What its trades are counted under. */
  readonly key: string;
  readonly limits: PartLimits;
}

/** The limits of its source and of its letter; usually there are none. */
export function partsOf(
  { limits }: Rules,
  letter: SizeLetter | null,
  sources: readonly string[],
): readonly Part[] {
  const { bySize, bySource } = limits;
  if (bySize === undefined && bySource === undefined) return [];
  const named = sources.flatMap((source) => {
    const found = bySource && ownOf(bySource, source);
    return found === undefined ? [] : [{ name: `source ${source}`, key: source, limits: found }];
  });
  const ofSize = letter === null ? undefined : bySize?.[letter];
  if (letter === null || ofSize === undefined) return named;
  return [...named, { name: SIZE_PARTS[letter], key: SIZE_PARTS[letter], limits: ofSize }];
}

function refuseParts({ account }: AccountView, { parts }: Moment): Refusal | null {
  for (const { name: part, key, limits } of parts) {
    const { trades: taken, net } = tallyFor(riskOf(account), key);
    const { tradesPerDay, dailyLoss } = limits;
    if (tradesPerDay !== undefined && taken >= tradesPerDay)
      return { kind: "part-trades", part, taken, limit: tradesPerDay };
    const limit = dailyLoss === undefined ? null : amountOf(dailyLoss, openingOf(account));
    if (limit !== null && -net >= limit)
      return { kind: "part-loss", part, of: "day", loss: money(-net), limit };
  }
  return null;
}

export function refusePartLoss(
  risk: Money,
  { account }: AccountView,
  { parts }: Moment,
): Refusal | null {
  for (const { name: part, limits } of parts) {
    if (limits.lossPerTrade === undefined) continue;
    const limit = amountOf(limits.lossPerTrade, openingOf(account));
    if (risk > limit) return { kind: "part-loss", part, of: "trade", loss: risk, limit };
  }
  return null;
}

/** What is to be bought, and how it came to be less than the letter says. */
export interface Cuttable {
  readonly instrument: Instrument;
  readonly quantity: number;
  readonly risk: Money;
  readonly cuts?: readonly Cut[];
}

/** Before any limit is asked: what an account, a breaker or a bad day makes of the size. */
export function cutsBefore(
  sized: Cuttable,
  rules: Rules,
  view: AccountView,
  at: Millis,
): Result<readonly Cut[], Refusal> {
  if (isUnhurt(view)) return NO_CUTS;
  const begun = beginSmall(sized, view);
  if (!begun.ok) return begun;
  const cuts = begun.value === null ? [] : [begun.value];
  let quantity = begun.value?.to ?? sized.quantity;
  for (const cutFor of [halfOpenCut, halfSizeCut]) {
    const cut = cutFor({ ...sized, quantity }, rules, view, at);
    if (cut === null) continue;
    cuts.push(cut);
    quantity = cut.to;
  }
  return ok(cuts);
}

const NO_CUTS: Result<readonly Cut[], never> = ok([]);

/** Nearly always: nothing happened that would make anything smaller. */
const isUnhurt = ({ account: { probation, risk }, total }: AccountView): boolean =>
  probation === undefined &&
  (risk === undefined || (risk.reached === 0 && risk.tripped.length === 0)) &&
  (total == null || total.reached === 0);

/** An account on probation takes what is left of its limit, or nothing. */
function beginSmall(
  { instrument, quantity: from }: Cuttable,
  view: AccountView,
): Result<Cut | null, Refusal> {
  const probation = probationOf(view.account);
  if (probation === null) return ok(null);
  const { limit, date, of } = probation;
  const room = limit - wantedIn(instrument, view);
  if (room <= 0) return err({ kind: "probation", wanted: limit - room + from, limit, date, of });
  if (from <= room) return ok(null);
  return ok({ why: "probation", from: contracts(from), to: contracts(room), date, of });
}

type CutFor = (sized: Cuttable, rules: Rules, view: AccountView, at: Millis) => Cut | null;

const halfOpenCut: CutFor = ({ quantity, risk, ...sized }, { sizing }, { account }, at) => {
  const half = halfOpenAt(riskOf(account), at);
  if (half === undefined) return null;
  const { breaker } = half;
  const each = eachOf({ ...sized, quantity, risk });
  const smallest = Math.max(1, sizeOf(sizing, smallestOf(sizing), each));
  if (smallest >= quantity) return null;
  return { why: "half-open", from: contracts(quantity), to: contracts(smallest), breaker };
};

/**
 * A single contract cannot be halved; whether it still fits, the gate says. What was halved in minis is
 * not halved again in micros.
 */
const halfSizeCut: CutFor = ({ quantity, cuts = [] }, { limits }, { account, total }) => {
  if (quantity <= 1 || cuts.some(({ why }) => why === "half-size")) return null;
  const to = contracts(Math.floor(quantity / 2));
  const cut = (scope: LossScope, daily: DailyLoss, share: number, opening: Money): Cut => {
    const limit = amountOf(daily.limit, opening);
    return { why: "half-size", from: contracts(quantity), to, scope, share, limit };
  };
  const own = limits.dailyLoss;
  const { reached } = riskOf(account);
  if (own !== undefined && isHalved(own.steps, reached))
    return cut("account", own, reached, openingOf(account));
  const all = limits.total?.dailyLoss;
  return all !== undefined && total != null && isHalved(all.steps, total.reached)
    ? cut("total", all, total.reached, total.opening)
    : null;
};

const eachOf = ({ quantity, risk }: Cuttable): Money => money(Math.ceil(risk / quantity));

/** Null where the whole of it fits below every limit that counts dollars. */
export function fitDay(
  sized: Cuttable,
  rules: Rules,
  view: AccountView,
  moment: Moment,
): Result<Cut | null, Refusal> {
  const budgets = tightBudgets(sized, rules, view, moment);
  return budgets.length === 0 ? FITS : fitInto(sized, budgets);
}

const FITS: Result<null, never> = ok(null);

/** Nearly always none. A firm's floor and its own daily limit are two more of them. */
function tightBudgets(
  sized: Cuttable,
  { limits, fees }: Rules,
  { account, openTrades, total, reading }: AccountView,
  { quoteOf, tradeDate }: Moment,
): readonly Budget[] {
  const isAsked = limits.dailyLoss !== undefined || reading != null;
  const open =
    isAsked && openTrades.length > 0
      ? worstLoss(openTrades, { quoteOf, fees, slippage: limits.slippage, tradeDate })
      : NOTHING;
  let budgets = firmBudgets(account, reading, { open, risk: sized.risk });
  if (limits.dailyLoss !== undefined) {
    const limit = amountOf(limits.dailyLoss.limit, openingOf(account));
    const { realisedToday: realised } = account;
    budgets = withTight(budgets, sized, { scope: "account", limit, realised, open });
  }
  const all = limits.total?.dailyLoss;
  if (all !== undefined && total != null) {
    const { realised, open: risked, opening } = total;
    const limit = amountOf(all.limit, opening);
    budgets = withTight(budgets, sized, { scope: "total", limit, realised, open: risked });
  }
  return budgets;
}

const withTight = (budgets: readonly Budget[], sized: Cuttable, one: Budget): readonly Budget[] =>
  fitsWhole(sized, one) ? budgets : [...budgets, one];

const NOTHING = money(0);

export function refuseExposure(
  { instrument, quantity }: Cuttable,
  { limits }: Rules,
  view: AccountView,
): Refusal | null {
  const { family } = instrument;
  const own = limits.exposure?.[family];
  const wanted = own === undefined ? 0 : quantity + wantedIn(instrument, view);
  if (own !== undefined && wanted > own)
    return { kind: "exposure", scope: "account", family, wanted, limit: own };
  const all = limits.total?.exposure?.[family];
  if (all === undefined || view.total == null) return null;
  const wantedOfAll = quantity + view.total.wantedIn(instrument);
  return wantedOfAll <= all
    ? null
    : { kind: "exposure", scope: "total", family, wanted: wantedOfAll, limit: all };
}
