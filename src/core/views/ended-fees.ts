/**
 * What trades that ended on this trade date have cost each account in fees, kept fact by fact.
 *
 * The state forgets those trades at the roll, and so does this: it is the same sum, without a walk
 * over all of them for every look.
 */
import { emptyTrie, getIn, removeIn, setIn, type Trie } from "../../std/trie.ts";
import type { Fact } from "../model/fact.ts";
import type { AccountId, TradeId } from "../model/ids.ts";
import type { Trade } from "../model/trade.ts";
import { type Money, money } from "../model/units.ts";
import { isOver } from "../track/phases.ts";

interface Ended {
  readonly account: AccountId;
  readonly fees: Money;
}

export interface EndedFees {
  /** Of the trade date. */
  readonly trades: Trie<Ended>;
  readonly sums: Trie<Money>;
}

const NONE: EndedFees = { trades: emptyTrie(), sums: emptyTrie() };

/** Of all trades the state knows. */
export const endedFeesOf = (trades: readonly Trade[]): EndedFees =>
  trades
    .filter(({ phase }) => isOver(phase))
    .reduce((fees, { id, account, fees: own }) => ended(fees, id, { account, fees: own }), NONE);

export const feesOf = ({ sums }: EndedFees, account: AccountId): Money =>
  getIn(sums, account) ?? money(0);

/** `accountOf`: of a trade; null for one nobody knows. */
export function hearEnd(
  fees: EndedFees,
  fact: Fact,
  accountOf: (trade: TradeId) => AccountId | null,
): EndedFees {
  switch (fact.kind) {
    case "TradeDateBegan":
      return NONE;
    case "TradeReopened":
      return reopened(fees, fact.trade);
    case "TradeClosed": {
      const account = accountOf(fact.trade);
      return account === null ? fees : ended(fees, fact.trade, { account, fees: fact.fees });
    }
    default:
      return fees;
  }
}

/** Told twice, it is counted once. */
function ended(fees: EndedFees, trade: TradeId, one: Ended): EndedFees {
  const { trades, sums } = reopened(fees, trade);
  const sum = money((getIn(sums, one.account) ?? 0) + one.fees);
  return { trades: setIn(trades, trade, one), sums: setIn(sums, one.account, sum) };
}

function reopened(fees: EndedFees, trade: TradeId): EndedFees {
  const before = getIn(fees.trades, trade);
  if (before === undefined) return fees;
  const { account, fees: own } = before;
  return {
    trades: removeIn(fees.trades, trade),
    sums: setIn(fees.sums, account, money(feesOf(fees, account) - own)),
  };
}
