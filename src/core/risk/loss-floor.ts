/**
 * The level at which a firm takes the account away, and how it follows the money upwards.
 *
 * ```text
 *   end-of-day   closes   50,500   50,000   52,500   53,000         (start 50,000, loss 2,000)
 *                floor    48,500   48,500   50,000   50,000 ── lock at 50,000
 *   intraday     the same, with every equity in place of the closes
 * ```
 *
 * It never falls and never passes its lock. Whatever it follows, it is touched by *equity*, open
 * profit and loss included, at any moment: to touch it is to break it, and to close above it again
 * repairs nothing (Topstep help centre, article 8284204, September 2026; alike at the other firms).
 */
import type { FirmPlan, FloorRule } from "../model/firm-plan.ts";
import type { LossFloor } from "../model/firm-state.ts";
import { type Money, money } from "../model/units.ts";

export function openingFloor({
  floor,
  balanceStart,
}: Pick<FirmPlan, "floor" | "balanceStart">): LossFloor {
  const at = money(balanceStart - floor.lossMax);
  return { at, lock: floor.kind === "static" ? at : floor.lock };
}

/** `balance` is the closed one at the end of a trade date. */
export const floorAfterClose = (rule: FloorRule, floor: LossFloor, balance: Money): LossFloor =>
  following(rule, floor, balance);

/** Each time the equity is known; only an intraday floor listens. */
export const floorAtEquity = (rule: FloorRule, floor: LossFloor, equity: Money): LossFloor =>
  rule.kind === "intraday" ? following(rule, floor, equity) : floor;

/** The first payout nails it down where the firm says so. */
export function floorAfterPayout(rule: FloorRule, floor: LossFloor): LossFloor {
  if (rule.kind === "static" || rule.afterPayout === null) return floor;
  const at = money(Math.max(floor.at, rule.afterPayout));
  return { at, lock: at };
}

export const isBreached = (floor: LossFloor, equity: Money): boolean => equity <= floor.at;

/** What can still be lost; at 0 and below nothing is left. */
export const roomAbove = (floor: LossFloor, equity: Money): Money => money(equity - floor.at);

function following({ lossMax }: FloorRule, floor: LossFloor, peak: Money): LossFloor {
  const wanted = peak - lossMax;
  const allowed = floor.lock === null ? wanted : Math.min(wanted, floor.lock);
  return allowed > floor.at ? { ...floor, at: money(allowed) } : floor;
}
