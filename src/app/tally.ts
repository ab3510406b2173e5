/** Counts a day while it happens: alerts, trades, dollars. */
import type { TradeId } from "../core/model/ids.ts";
import { type Money, money, toDollars } from "../core/model/units.ts";
import type { Audience } from "../ports/audience.ts";
import type { Head } from "../ports/journal.ts";

export interface Summary {
  readonly alerts: number;
  readonly trades: number;
  readonly netUsd: number;
  /** Facts in the journal, and the hash that chains them all. */
  readonly facts: number;
  readonly hash: string;
}

export interface Tally extends Audience {
  summary(head: Head): Summary;
}

export function tally(): Tally {
  let alerts = 0;
  /** A late fill may reopen a trade, and then it closes again with another result. */
  const nets = new Map<TradeId, Money>();
  return {
    told(recorded) {
      for (const { fact } of recorded) {
        if (fact.kind === "AlertRead") alerts += 1;
        if (fact.kind === "TradeClosed") nets.set(fact.trade, fact.net);
        if (fact.kind === "TradeReopened") nets.delete(fact.trade);
      }
    },
    summary: ({ sequence, hash }) => ({
      alerts,
      trades: nets.size,
      netUsd: toDollars(money([...nets.values()].reduce((sum, net) => sum + net, 0))),
      facts: sequence,
      hash,
    }),
  };
}
