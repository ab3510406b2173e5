/**
 * What a trade needs now.
 *
 * Each rule compares what is with what should be and answers with facts that make it true; a rule
 * that is satisfied answers nothing. The engine folds the facts and asks again until all are
 * content, so a rule never has to think about what another will do.
 */
import type { Fact } from "../model/fact.ts";
import type { Trade } from "../model/trade.ts";
import { keepApprovedLoss } from "./approved-loss.ts";
import { cancelEntries, sendNext, startClock, tellDoubt, withdraw } from "./attend-entry.ts";
import { leaveInTime, leaveTrade } from "./exit.ts";
import { followMarket } from "./leave-tranche.ts";
import { breakevenByTarget, clearLegs, conclude, splitWhatFilled } from "./milestones.ts";
import { protect } from "./protection.ts";
import type { Scene } from "./scene.ts";
import { continueTrim } from "./trim.ts";

type Rule = (trade: Trade, scene: Scene) => readonly Fact[];

/** Protection before profit, entries before exits, and the end last. */
const RULES: readonly Rule[] = [
  leaveInTime,
  startClock,
  withdraw,
  sendNext,
  tellDoubt,
  cancelEntries,
  breakevenByTarget,
  leaveTrade,
  followMarket,
  keepApprovedLoss,
  splitWhatFilled,
  protect,
  continueTrim,
  clearLegs,
  conclude,
];

/** A trade handed to a person: what has not filled is withdrawn, the rest only watched to its end. */
const RULES_RELEASED: readonly Rule[] = [sendNext, cancelEntries, clearLegs, conclude];

export function attend(trade: Trade, scene: Scene): readonly Fact[] {
  for (const rule of trade.released ? RULES_RELEASED : RULES) {
    const facts = rule(trade, scene);
    if (facts.length > 0) return facts;
  }
  return [];
}
