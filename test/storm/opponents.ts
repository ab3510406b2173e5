/**
 * I40: no account enters against another one of the same owner, by the facts alone and by a reckoning
 * of its own: what each trade holds, and what of it may still fill.
 *
 * A late fill of a trade that was thought over may leave two accounts on two sides all the same; that
 * is no entry of anybody's, and is not blamed.
 */
import type { Fact, FactOf } from "../../src/core/model/fact.ts";

interface Lot {
  pending: number;
  held: number;
}

interface Trade {
  readonly account: string;
  readonly side: string;
  readonly lots: readonly Lot[];
  isOver: boolean;
}

export function opponents(blame: (detail: string) => void): (fact: Fact) => void {
  const trades = new Map<string, Trade>();

  function enter({ trade, account, plan }: FactOf<"TradePlanned">): void {
    const other = [...trades].find(
      ([, one]) => one.account !== account && one.side !== plan.side && stands(one),
    );
    if (other !== undefined)
      blame(
        `${trade} of ${account} is ${plan.side} while ${other[0]} of ${other[1].account} is not`,
      );
    const lots = plan.tranches.map(({ quantity }) => ({ pending: quantity as number, held: 0 }));
    trades.set(trade, { account, side: plan.side, lots, isOver: false });
  }

  return (fact) => {
    if (fact.kind === "TradePlanned") return enter(fact);
    const trade = "trade" in fact && fact.trade !== null ? trades.get(fact.trade) : undefined;
    if (trade === undefined) return;
    if (fact.kind === "TradeReopened") trade.isOver = false;
    if (fact.kind === "TradeClosed" || fact.kind === "TradeAbandoned") trade.isOver = true;
    const lot = "tranche" in fact ? trade.lots[fact.tranche] : undefined;
    if (lot !== undefined) ofLot(lot, fact);
  };
}

/** What one half has sold too much the other makes up for: at the venue there is one position. */
const stands = ({ isOver, lots }: Trade): boolean =>
  !isOver && lots.reduce((sum, { pending, held }) => sum + pending + held, 0) > 0;

function ofLot(lot: Lot, fact: Fact): void {
  switch (fact.kind) {
    case "EntryFilled":
      lot.held += fact.quantity;
      lot.pending = Math.max(0, lot.pending - fact.quantity);
      return;
    case "ExitFilled":
      lot.held -= fact.quantity;
      return;
    case "EntryEnded":
    case "EntryRejected":
    case "EntryNotSent":
      lot.pending = 0;
      return;
    default:
      return;
  }
}
