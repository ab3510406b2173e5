/** Folds the facts of entry orders into a trade. */
import { unreachable } from "../../std/assert.ts";
import type { EntryFact, FactOf } from "../model/fact.ts";
import type { EntryOrder, FillSum, OrderState, Trade, Tranche } from "../model/trade.ts";
import { type Contracts, contracts, money, type Ticks, ticks } from "../model/units.ts";
import { canBecome } from "./order-states.ts";
import { nextPhase } from "./phases.ts";

export function evolveEntry(trade: Trade, fact: EntryFact): Trade {
  switch (fact.kind) {
    case "EntrySent":
      return inEntry(trade, fact.tranche, (one) => moved({ ...one, sentAt: fact.at }, "sent"));
    case "EntryAccepted":
      return { ...accepted(trade, fact), phase: nextPhase(trade.phase, "accepted") };
    case "EntryRejected":
      return inEntry(trade, fact.tranche, (one) => moved(one, "rejected"));
    case "EntryUnknown": {
      const lost = inEntry(trade, fact.tranche, (one) => moved(one, "unknown"));
      return { ...lost, phase: nextPhase(trade.phase, "lost") };
    }
    case "EntryAbsent":
      return inEntry(trade, fact.tranche, (one) => ({
        ...one,
        absences: fact.reads,
        absentSince: one.absentSince ?? fact.askedAt,
      }));
    case "EntryNotSent":
      return inEntry(trade, fact.tranche, (one) => moved(one, "not-sent"));
    case "EntryFilled":
      return filled(trade, fact);
    case "EntryClockStarted":
      return { ...trade, entryUntil: fact.until, isEntryTimed: true };
    case "EntryWithdrawn":
      return { ...trade, entryEnding: fact.reason };
    case "EntryCancelAsked":
      return inEntry(trade, fact.tranche, (one) => ({ ...one, cancelAskedAt: fact.at }));
    case "EntryEnded":
      return inEntry(trade, fact.tranche, (one) => moved(one, fact.how));
    case "EntrySplit":
      return {
        ...trade,
        tranches: trade.tranches.map((one, index) =>
          retarget(trade, one, fact.targetIndexes[index]),
        ),
      };
    default:
      return unreachable(fact);
  }
}

function accepted(trade: Trade, fact: FactOf<"EntryAccepted">): Trade {
  return inEntry(trade, fact.tranche, (one) => ({
    ...moved(one, "working"),
    order: fact.order,
    absences: 0,
    absentSince: null,
  }));
}

/** Fills count whatever the order's state: a late one is as real as any other. */
function filled(trade: Trade, fact: FactOf<"EntryFilled">): Trade {
  const tranches = trade.tranches.map((one, index) => {
    if (index !== fact.tranche) return one;
    const total = contracts(one.entry.filled + fact.quantity);
    const whole = total >= one.quantity;
    const state = moved(one.entry, whole ? "filled" : "working");
    const entry = { ...state, order: fact.order, filled: total };
    return {
      ...one,
      entry,
      entered: plus(one.entered, fact.price, fact.quantity),
      filledAt: fact.at,
    };
  });
  return {
    ...trade,
    tranches,
    phase: nextPhase(trade.phase, "filled"),
    closedAt: null,
    pricedFrom: trade.pricedFrom ?? fact.at,
    fees: money(trade.fees + fact.fees),
    fills: [...trade.fills, fact.fill],
  };
}

/** Keeps the tranche's offset from its planned level (an anchor at the fill, a hand on the target). */
function retarget(trade: Trade, tranche: Tranche, index: number | undefined): Tranche {
  const level = index === undefined ? undefined : trade.plan.targets[index];
  if (index === undefined || level === undefined) return tranche;
  const planned = trade.plan.targets[tranche.targetIndex] ?? level;
  return { ...tranche, targetIndex: index, targetAim: ticks(level + tranche.targetAim - planned) };
}

export const plus = (sum: FillSum, price: Ticks, quantity: Contracts): FillSum => ({
  quantity: contracts(sum.quantity + quantity),
  priceSum: sum.priceSum + price * quantity,
});

export const moved = (entry: EntryOrder, to: OrderState): EntryOrder =>
  canBecome(entry.state, to) ? { ...entry, state: to } : entry;

export function inTranche(
  trade: Trade,
  index: number,
  change: (tranche: Tranche) => Tranche,
): Trade {
  return {
    ...trade,
    tranches: trade.tranches.map((one, at) => (at === index ? change(one) : one)),
  };
}

const inEntry = (trade: Trade, index: number, change: (entry: EntryOrder) => EntryOrder): Trade =>
  inTranche(trade, index, (one) => ({ ...one, entry: change(one.entry) }));
