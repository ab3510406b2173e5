/**
 * Watches an account for its firm, after each step that could have changed what it has.
 *
 * ```text
 * end of a trade date ─► its balance ─► the floor steps, the limits of the next date
 * a fill, a price that was waited for ─► equity ─┬─► a floor that follows it is raised
 *                                                ├─► 50, 75, 90 % used: told
 *                                                ├─► too near: everything is closed
 *                                                └─► touched: the account is lost
 * ```
 *
 * The balance that counts is the venue's: a trade date is closed when the account has been compared
 * after its end, at the roll itself or at the next start.
 */
import { valuesOf } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { FirmPlan } from "../model/firm-plan.ts";
import type { FirmState } from "../model/firm-state.ts";
import type { AccountId } from "../model/ids.ts";
import type { ExitReason } from "../model/trade.ts";
import { money } from "../model/units.ts";
import { lockedUntil } from "../risk/daily-limit.ts";
import {
  cashOf,
  equityOf,
  type Gauge,
  gaugesOf,
  isShutByFirm,
  isSpent,
  isTouched,
  leftUntil,
  newDay,
  riseUntil,
  type Standing,
} from "../risk/firm-books.ts";
import { floorAfterClose, floorAtEquity } from "../risk/loss-floor.ts";
import { stepsTaken } from "../risk/loss-steps.ts";
import { accountOf, firmPlanOf, openTradesOf, type State } from "../state.ts";
import { quoteIn, record, type Turn } from "../turn.ts";

interface Followed {
  readonly account: Account & { readonly firm: FirmState };
  readonly plan: FirmPlan;
}

/** Null for an account without a plan in force. */
function followedBy(state: State, id: AccountId): Followed | null {
  const account = accountOf(state, id);
  const plan = firmPlanOf(state, account);
  const { firm } = account;
  return plan === null || firm === undefined ? null : { plan, account: { ...account, firm } };
}

export function watchFirm(turn: Turn, id: AccountId): void {
  closeFirmDay(turn, id);
  const found = standingOf(turn, id);
  if (found === null) return;
  const standing = raiseFloor(turn, id, found);
  const gauges = gaugesOf(standing);
  for (const gauge of gauges) takeSteps(turn, id, standing, gauge);
  for (const gauge of gauges) leaveIfSpent(turn, id, gauge);
}

/** Of every account at once: a trade date has begun. */
export function closeFirmDays(turn: Turn): void {
  for (const { id, firm } of valuesOf(turn.state.accounts))
    if (firm !== undefined) closeFirmDay(turn, id);
}

/** Once the venue has been compared; until then nothing is entered anyway. */
function closeFirmDay(turn: Turn, id: AccountId): void {
  const followed = followedBy(turn.state, id);
  const date = turn.state.tradeDate;
  if (followed === null || date === null) return;
  const { account, plan } = followed;
  const { firm } = account;
  if (!account.settled || firm.day.date >= date) return;
  const opening = cashOf(account, openTradesOf(turn.state, account));
  const floor = floorAfterClose(plan.floor, firm.floor, opening);
  const net = money(opening - firm.day.opening);
  const isTraded = net !== 0 || (firm.traded ?? []).some((traded) => traded < date);
  const result = isTraded ? { date: firm.day.date, net, payouts: firm.payouts } : null;
  record(turn, {
    ...{ at: turn.at, kind: "FirmDayClosed", account: id, result, floor },
    peak: money(Math.max(firm.peak, opening)),
    day: newDay(plan, { date, opening, floor }, firm.day),
  });
}

function raiseFloor(turn: Turn, id: AccountId, standing: Standing): Standing {
  const { plan, firm, equity } = standing;
  const floor = floorAtEquity(plan.floor, firm.floor, equity);
  if (floor.at === firm.floor.at) return standing;
  const peak = money(Math.max(firm.peak, equity));
  record(turn, { at: turn.at, kind: "FirmFloorRaised", account: id, peak, floor });
  return { ...standing, firm: { ...firm, peak, floor } };
}

function standingOf(turn: Turn, id: AccountId): Standing | null {
  const { state } = turn;
  const followed = followedBy(state, id);
  if (followed === null) return null;
  const { account, plan } = followed;
  const { firm } = account;
  const quoteOf = (instrument: Parameters<typeof quoteIn>[1]) => quoteIn(turn, instrument);
  const equity = equityOf(account, openTradesOf(state, account), { quoteOf });
  return { plan, firm, equity, isToday: firm.day.date === state.tradeDate };
}

function takeSteps(turn: Turn, account: AccountId, standing: Standing, gauge: Gauge): void {
  const { at } = turn;
  const { firm, equity, plan } = standing;
  const { of, limit, level, steps, share: reachedNow } = gauge;
  const about = { at, account, of, limit, equity, level } as const;
  for (const { step, share } of stepsTaken(steps, reachedNow, firm.day.reached[of])) {
    const isOut = step === "flatten";
    const until =
      isOut && of === "daily-limit" && plan.dailyLimit !== null
        ? lockedUntil(plan.dailyLimit, at)
        : null;
    const taken = isOut ? ("flatten" as const) : ("warn" as const);
    record(turn, { ...about, kind: "FirmStepReached", step: taken, share, until });
  }
  if (firm.breach === undefined && isTouched(gauge, equity))
    record(turn, { at, kind: "FirmBreached", account, of, equity, level });
}

/** Also what comes back after everything was closed: an entry that fills late. */
function leaveIfSpent(turn: Turn, id: AccountId, gauge: Gauge): void {
  const account = accountOf(turn.state, id);
  const isShut = isShutByFirm(account, turn.at) && gauge.of === reasonFor(account);
  if (!isSpent(gauge) && !isShut) return;
  const reason: ExitReason = gauge.of === "floor" ? "firm-floor" : "firm-daily-limit";
  for (const { id: trade, exit } of openTradesOf(turn.state, account))
    if (exit === null) record(turn, { at: turn.at, trade, kind: "ExitBegun", reason });
}

const reasonFor = ({ firm }: Account): Gauge["of"] => firm?.breach?.of ?? "daily-limit";

/** Dollars that may be lost before an account has to be looked at again; null: nothing is asked. */
export function firmLeft(turn: Turn, id: AccountId): number | null {
  const standing = standingOf(turn, id);
  if (standing === null) return null;
  return Math.min(...gaugesOf(standing).map((gauge) => leftUntil(gauge, standing)));
}

/** Dollars that may be won before its floor moves; null: it does not. */
export function firmRise(turn: Turn, id: AccountId): number | null {
  const standing = standingOf(turn, id);
  return standing === null ? null : riseUntil(standing);
}
