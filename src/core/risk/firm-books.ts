/**
 * An account in its firm's books: what it has, where its floor is, and how far it is from each limit.
 *
 * ```text
 *   cash     what is booked, parts of open trades included ──► the close of a trade date
 *   equity   the same, with what is open at the bid or the ask ──► floor and daily limit, at any moment
 * ```
 *
 * Fees always count, which is the stricter reading where a plan leaves them out of its daily limit.
 */
import type { Account } from "../model/account.ts";
import type { FirmPlan } from "../model/firm-plan.ts";
import type {
  FirmDay,
  FirmLimit,
  FirmState,
  FirmTerms,
  LossFloor,
  SoFar,
} from "../model/firm-state.ts";
import type { LossSteps } from "../model/limits.ts";
import type { Trade } from "../model/trade.ts";
import type { TradeDate } from "../model/trade-date.ts";
import { grossOf } from "../model/trade-sums.ts";
import { type Millis, type Money, money } from "../model/units.ts";
import { sizeLimitOn } from "./contract-cap.ts";
import { dailyLimitOf } from "./daily-limit.ts";
import { markOf, type Prices } from "./day.ts";
import { floorAfterClose, floorAfterPayout, isBreached, openingFloor } from "./loss-floor.ts";
import { nextShare, shareOf } from "./loss-steps.ts";

type Books = Pick<Account, "balance"> & { readonly firm: Pick<FirmState, "shift"> };

/** By trades that are over. */
export const settledCash = ({ balance, firm }: Books): Money => money(balance + firm.shift);

/** Booked on the trade date in the firm's eyes; nothing is known of it before the last one is closed. */
export const bookedOn = (date: TradeDate, books: Books & { readonly firm: FirmState }): Money =>
  books.firm.day.date === date ? money(settledCash(books) - books.firm.day.opening) : money(0);

export const cashOf = (books: Books, trades: readonly Trade[]): Money =>
  money(trades.reduce((sum, one) => sum + grossOf(one) - one.fees, settledCash(books) as number));

export const equityOf = (
  books: Books,
  trades: readonly Trade[],
  prices: Pick<Prices, "quoteOf">,
): Money =>
  money(trades.reduce((sum, one) => sum + markOf(one, prices), settledCash(books) as number));

interface Begun {
  readonly balance: Money;
  readonly shift: Money;
  readonly date: TradeDate;
}

/** As the firm has it when it is first seen here: with what the settings say of the time before. */
export function beginningOf(
  plan: FirmPlan,
  { plan: name, buffer, soFar = {} }: FirmTerms,
  { balance, shift, date }: Begun,
): FirmState {
  const { highest = plan.balanceStart, payouts = 0, days = [], since = date } = soFar;
  const opening = money(balance + shift);
  const peak = money(Math.max(plan.balanceStart, highest, opening));
  const floor = floorThen(plan, peak, { payouts });
  const day = newDay(plan, { date, opening, floor }, null);
  const results = days.map((net) => ({ date: null, net, payouts }));
  return { plan: name, buffer, shift, began: since, floor, peak, payouts, day, days: results };
}

/** Where a plan has the floor of an account that has come so far. */
export function floorThen(
  plan: FirmPlan,
  peak: Money,
  { payouts = 0 }: Pick<SoFar, "payouts">,
): LossFloor {
  const begun = openingFloor(plan);
  const paid = payouts > 0 ? floorAfterPayout(plan.floor, begun) : begun;
  return floorAfterClose(plan.floor, paid, peak);
}

type Opening = Pick<FirmDay, "date" | "opening"> & { readonly floor: LossFloor };

/** What holds on a trade date; `before` is what held on it until now, and is never loosened. */
export function newDay(
  plan: FirmPlan,
  { date, opening, floor }: Opening,
  before: FirmDay | null,
): FirmDay {
  const { balanceStart, dailyLimit: rule } = plan;
  const known = before?.date === date ? before : null;
  const limit =
    rule === null ? null : dailyLimitOf(rule, { balanceStart, balance: opening, floor: floor.at });
  const profit = money(opening - balanceStart);
  const weighed = known === null ? null : { date, weight: known.size };
  const reached = { floor: floorShare(plan, floor, opening), "daily-limit": 0 };
  return {
    date,
    opening,
    size: sizeLimitOn(plan.size, { date, profit }, weighed).weight,
    dailyLimit: tighterOf(known?.dailyLimit ?? null, limit),
    reached: known?.reached ?? reached,
  };
}

const tighterOf = (a: Money | null, b: Money | null): Money | null => {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
};

/** What the floor lets be lost of its whole distance, thousandths that are gone. */
export const floorShare = ({ floor: { lossMax } }: FirmPlan, floor: LossFloor, equity: Money) =>
  shareOf(money(lossMax - (equity - floor.at)), lossMax);

export interface Standing {
  readonly plan: FirmPlan;
  readonly firm: FirmState;
  readonly equity: Money;
  /** False while the close before this trade date is not known. */
  readonly isToday: boolean;
}

/** One of the firm's limits as it stands. */
export interface Gauge {
  readonly of: FirmLimit;
  readonly limit: Money;
  /** Where it is touched. */
  readonly level: Money;
  /** So far above it everything is closed. */
  readonly margin: Money;
  readonly share: number;
  readonly steps: LossSteps;
  /** To touch it is to lose the account. */
  readonly isHard: boolean;
}

const NO_MARGIN = money(0);

export function gaugesOf({ plan, firm, equity, isToday }: Standing): readonly [Gauge, ...Gauge[]] {
  const { floor, day, buffer } = firm;
  const { lossMax } = plan.floor;
  const ofFloor: Gauge = {
    ...{ of: "floor", limit: lossMax, level: floor.at, margin: buffer, isHard: true },
    share: floorShare(plan, floor, equity),
    steps: stepsFor(lossMax, buffer),
  };
  const rule = plan.dailyLimit;
  const limit = day.dailyLimit;
  if (rule === null || limit === null || !isToday) return [ofFloor];
  const isHard = rule.effect === "hard";
  const margin = isHard ? buffer : NO_MARGIN;
  const ofDay: Gauge = {
    ...{ of: "daily-limit", limit, level: money(day.opening - limit), margin, isHard },
    share: shareOf(money(day.opening - equity), limit),
    steps: stepsFor(limit, margin),
  };
  return [ofFloor, ofDay];
}

/** The way out begins at the margin, never later than at the limit. */
function stepsFor(limit: Money, margin: Money): LossSteps {
  const flatten = Math.max(1, Math.floor(((limit - margin) * 1_000) / limit));
  return { warn: WARNINGS, half: null, block: null, flatten };
}

const WARNINGS: readonly number[] = [500, 750, 900];

export const isTouched = ({ isHard, level }: Gauge, equity: Money): boolean =>
  isHard && isBreached({ at: level, lock: null }, equity);

/** Everything has to be closed, whatever was told before. */
export const isSpent = ({ steps: { flatten }, share }: Gauge): boolean =>
  flatten !== null && share >= flatten;

/**
 * Dollars to the nearest step of a limit that is still to come, or to the limit itself. The way out
 * is always still to come: another trade may be on since it was taken.
 */
export function leftUntil(gauge: Gauge, { firm, equity }: Standing): number {
  const { of, limit, level, steps, share } = gauge;
  const marks = [nextShare(steps, firm.day.reached[of]), steps.flatten].filter(
    (mark): mark is number => mark !== null && mark > share,
  );
  const room = equity - level;
  const lefts = marks.map((mark) => room - Math.floor((limit * (1_000 - mark)) / 1_000));
  return Math.max(0, Math.min(room, ...lefts));
}

/** Dollars equity has to rise before a floor that follows it moves; null: it does not. */
export function riseUntil({ plan, firm: { floor }, equity }: Standing): number | null {
  const isLocked = floor.lock !== null && floor.at >= floor.lock;
  if (plan.floor.kind !== "intraday" || isLocked) return null;
  return Math.max(0, floor.at + plan.floor.lossMax - equity);
}

/** Nothing is entered, whatever the rules say. */
export const isShutByFirm = ({ firm }: Pick<Account, "firm">, at: Millis): boolean =>
  firm !== undefined &&
  (firm.breach !== undefined || (firm.lock !== undefined && at < firm.lock.until));
