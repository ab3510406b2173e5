/** A trade as it stands the moment its plan is journaled: the first tranche is on its way. */

import type { FactOf } from "../model/fact.ts";
import { tagOf } from "../model/ids.ts";
import type { PlannedTranche } from "../model/plan.ts";
import type { FillSum, Trade, Tranche } from "../model/trade.ts";
import { contracts, type Millis, money } from "../model/units.ts";

const NOTHING: FillSum = { quantity: contracts(0), priceSum: 0 };

export function newTrade(fact: FactOf<"TradePlanned">): Trade {
  const { plan, score } = fact;
  // Written out: one that gains a field by a spread is copied twice, and kept in pieces.
  const trade = {
    id: fact.trade,
    number: fact.number,
    account: fact.account,
    cause: fact.message,
    author: fact.author,
    size: fact.size ?? null,
    plan,
    score: score?.total ?? 0,
    alertedAt: fact.sentAt ?? fact.at,
    plannedAt: fact.at,
    phase: "planned",
    tranches: plan.tranches.map((planned, index) => newTranche(fact, planned, index)),
    stopAim: plan.stop,
    stopWhy: "plan",
    breakeven: plan.breakevenAfter === 0 ? "off" : "waiting",
    entryUntil: plan.expiresAt,
    isEntryTimed: plan.timeout === undefined,
    entryEnding: null,
    targetsHit: 0,
    exit: null,
    part: null,
    trims: 0,
    released: false,
    byHand: false,
    fees: money(0),
    fills: [],
    closedAt: null,
  } satisfies Trade;
  if (score !== undefined) return trade;
  const { score: _, ...unscored } = trade;
  return unscored;
}

function newTranche(fact: FactOf<"TradePlanned">, planned: PlannedTranche, index: number): Tranche {
  const sentAt: Millis | null = index === 0 ? fact.at : null;
  return {
    quantity: planned.quantity,
    entry: {
      // Entries are always attempt 1: nothing is ever entered twice.
      tag: tagOf(fact.trade, "e", index, 1),
      state: index === 0 ? "sent" : "planned",
      order: null,
      sentAt,
      filled: contracts(0),
      absences: 0,
      absentSince: null,
      cancelAskedAt: null,
    },
    entered: NOTHING,
    exited: NOTHING,
    filledAt: null,
    targetIndex: index,
    targetAim: planned.target,
    targetWhy: "plan",
    loosened: 0,
    stop: null,
    target: null,
  };
}
