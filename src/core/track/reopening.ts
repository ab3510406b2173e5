/**
 * A trade that was thought over, and is not: an order of it turned up, or filled. The position is
 * real, or may become so, and from here on it is managed like the others.
 */
import type { Fact } from "../model/fact.ts";
import type { Trade } from "../model/trade.ts";
import type { Millis } from "../model/units.ts";
import { isOver } from "./phases.ts";

/** Goes before the fact that says what turned up; nothing for a trade that is on. */
export const reopening = (trade: Trade, at: Millis): readonly Fact[] =>
  isOver(trade.phase) ? [{ at, trade: trade.id, kind: "TradeReopened" }] : [];
