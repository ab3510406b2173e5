/**
 * When a trade wants to be looked at again: at a time, or at a price.
 *
 * Derived from the trade alone, so that after a restart the same alarms come out of the same books.
 */
import type { Band } from "../model/quote.ts";
import type { Leg, Trade } from "../model/trade.ts";
import { heldOf, heldOfTranche } from "../model/trade-sums.ts";
import { type Millis, millis, type Ticks } from "../model/units.ts";
import { TRY_EVERY } from "./exit.ts";
import { targetLevel } from "./milestones.ts";
import { isLive, isPending } from "./order-states.ts";
import { isOver } from "./phases.ts";
import { PATIENCE, UNSEEN_MAX } from "./scene.ts";
import { PART_PATIENCE } from "./trim.ts";

/** The earliest moment after `at` when some rule may have something to say; null = only news can. */
export function wakeTimeOf(trade: Trade, at: Millis): Millis | null {
  if (isOver(trade.phase)) return null;
  const times = [...entryTimes(trade), ...legTimes(trade), ...exitTimes(trade)].filter(
    (one) => one > at,
  );
  return times.length === 0 ? null : millis(Math.min(...times));
}

function entryTimes(trade: Trade): readonly number[] {
  const pending = trade.tranches.filter((one) => isPending(one.entry.state));
  if (pending.length === 0) return [];
  if (trade.entryEnding === null) return [trade.plan.expiresAt];
  return pending.flatMap(({ entry }) =>
    entry.cancelAskedAt === null ? [] : [entry.cancelAskedAt + PATIENCE],
  );
}

function legTimes(trade: Trade): readonly number[] {
  if (trade.released) return [];
  return trade.tranches.flatMap((tranche) => {
    const { filledAt, stop } = tranche;
    const waits = heldOfTranche(tranche) > 0 && stop === null && filledAt !== null;
    const child = waits ? [filledAt + UNSEEN_MAX] : [];
    return [...child, ...timesOfLeg(stop), ...timesOfLeg(tranche.target)];
  });
}

function timesOfLeg(leg: Leg | null): readonly number[] {
  if (leg === null) return [];
  if (leg.state === "sent" || leg.state === "unknown") return [leg.touchedAt + PATIENCE];
  if (leg.state !== "working") return [];
  const asked = leg.cancelAskedAt === null ? [] : [leg.cancelAskedAt + PATIENCE];
  const refused = leg.refusal === null ? [] : [leg.touchedAt + PATIENCE];
  const changing = leg.change === null ? [] : [leg.change.askedAt + PATIENCE];
  return [...asked, ...refused, ...changing];
}

function exitTimes({ exit, part }: Trade): readonly number[] {
  const times = part === null ? [] : [part.askedAt + PART_PATIENCE];
  if (exit === null) return times;
  if (exit.closeAskedAt !== null) return [...times, exit.closeAskedAt + PATIENCE];
  return [...times, exit.triedAt + TRY_EVERY, exit.since + PATIENCE];
}

/** The prices at which the trade must hear of the market; null = none. */
export function bandOf(trade: Trade): Band | null {
  if (isOver(trade.phase) || trade.released || trade.exit !== null) return null;
  const first = targetLevel(trade, 0);
  const entering =
    trade.entryEnding === null && trade.tranches.some((one) => isLive(one.entry.state));
  if (entering) return toBand(trade, first, trade.plan.stop);
  return waitsForPrice(trade)
    ? toBand(trade, targetLevel(trade, trade.plan.breakevenAfter - 1), null)
    : null;
}

/** No contract rests at the target that makes breakeven due, so the price itself must say so. */
function waitsForPrice(trade: Trade): boolean {
  if (trade.breakeven !== "waiting" || heldOf(trade) <= 0) return false;
  return !trade.tranches.some(
    (one) => one.targetIndex < trade.plan.breakevenAfter && heldOfTranche(one) > 0,
  );
}

const toBand = (trade: Trade, profit: Ticks | null, loss: Ticks | null): Band =>
  trade.plan.side === "long"
    ? { atOrBelow: loss, atOrAbove: profit }
    : { atOrBelow: profit, atOrAbove: loss };
