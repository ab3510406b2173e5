/**
 * When a trade wants to be looked at again: at a time, or at a price.
 *
 * Derived from the trade alone, so that after a restart the same alarms come out of the same books.
 */
import type { Band } from "../model/quote.ts";
import type { Leg, Trade } from "../model/trade.ts";
import { heldOf, heldOfTranche } from "../model/trade-sums.ts";
import { type Millis, millis, type Ticks } from "../model/units.ts";
import { NO_TIMES, type TradeTimes } from "../risk/hours.ts";
import { DOUBT_AFTER } from "./attend-entry.ts";
import { TRY_EVERY } from "./exit.ts";
import { targetLevel } from "./milestones.ts";
import { isLive, isPending } from "./order-states.ts";
import { isOver } from "./phases.ts";
import { closePatience, PATIENCE, stopPatience, targetPatience, UNSEEN_MAX } from "./scene.ts";
import { PART_PATIENCE } from "./trim.ts";

/** The earliest moment after `at` when some rule may have something to say; null = only news can. */
export function wakeTimeOf(
  trade: Trade,
  at: Millis,
  { entriesEnd, leaveBy }: TradeTimes = NO_TIMES,
): Millis | null {
  if (isOver(trade.phase)) return null;
  // No lists of times: this is asked twice for every trade a step touches.
  let soonest = Number.POSITIVE_INFINITY;
  const hear: Hear = (time) => {
    if (time > at && time < soonest) soonest = time;
  };
  hearEntries(trade, hear);
  if (entriesEnd !== null && waitsToFill(trade)) hear(entriesEnd);
  if (leaveBy !== null && trade.exit === null && !trade.released) hear(leaveBy.at);
  hearLegs(trade, hear);
  hearExit(trade, hear);
  return soonest === Number.POSITIVE_INFINITY ? null : millis(soonest);
}

type Hear = (time: number) => void;

const waitsToFill = ({ tranches, entryEnding }: Trade): boolean =>
  entryEnding === null && tranches.some(({ entry }) => isPending(entry.state));

function hearEntries({ tranches, entryEnding, entryUntil, doubted }: Trade, hear: Hear): void {
  for (const { entry } of tranches) {
    const isLost = entry.state === "unknown" && entry.sentAt !== null && doubted !== true;
    if (isLost) hear(entry.sentAt + DOUBT_AFTER);
    if (!isPending(entry.state)) continue;
    if (entryEnding === null) hear(entryUntil);
    else if (entry.cancelAskedAt !== null) hear(entry.cancelAskedAt + PATIENCE);
  }
}

function hearLegs({ tranches, released }: Trade, hear: Hear): void {
  if (released) return;
  for (const tranche of tranches) {
    const { filledAt, stop, target } = tranche;
    const waits = stop === null && filledAt !== null && heldOfTranche(tranche) > 0;
    if (waits) hear(filledAt + UNSEEN_MAX);
    if (stop !== null) hearLeg(stop, stopPatience(stop), hear);
    if (target !== null) hearLeg(target, targetPatience(target), hear);
  }
}

function hearLeg(leg: Leg, patience: number, hear: Hear): void {
  const { state, touchedAt, cancelAskedAt, refusal, change } = leg;
  if (state === "sent" || state === "unknown") hear(touchedAt + patience);
  if (state !== "working") return;
  if (cancelAskedAt !== null) hear(cancelAskedAt + PATIENCE);
  if (refusal !== null) hear(touchedAt + PATIENCE);
  if (change !== null) hear(change.askedAt + PATIENCE);
}

function hearExit({ exit, part }: Trade, hear: Hear): void {
  if (part !== null) hear(part.askedAt + PART_PATIENCE);
  if (exit === null) return;
  if (exit.closeAskedAt !== null) return hear(exit.closeAskedAt + closePatience(exit));
  hear(exit.triedAt + TRY_EVERY);
  hear(exit.since + PATIENCE);
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
