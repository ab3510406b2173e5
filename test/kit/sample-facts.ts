/**
 * Facts for tests of what keeps them: short ones by the thousand, and the whole story of a trade.
 */
import type { Alert } from "../../src/core/model/alert.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { accountId, fillId, orderId, type TradeId, tradeIdOf } from "../../src/core/model/ids.ts";
import type { MessageRef } from "../../src/core/model/message.ts";
import type { Plan } from "../../src/core/model/plan.ts";
import { contracts, dollars, millis, money, ticks } from "../../src/core/model/units.ts";

/** Thursday 2026-11-19, 15:00 UTC: in the middle of a trade date. */
export const NOON = 1_795_100_400_000;

export const ACCOUNT = accountId("PAPER-1");

/** The n-th of any number of facts that differ. */
export const sampleFact = (n: number, text = `message ${n}`): Fact => ({
  kind: "MessageIgnored",
  at: millis(NOON + n),
  message: { source: "chat-file", channel: "alerts", id: String(n) },
  author: "alice",
  text,
  reason: "no entry in it",
});

export const sampleFacts = (count: number, from = 1): readonly Fact[] =>
  Array.from({ length: count }, (_, index) => sampleFact(from + index));

export const samplePlan: Plan = {
  instrument: "MES",
  contract: "MESZ26",
  side: "long",
  entry: { kind: "limit", limit: ticks(25_308) },
  alerted: ticks(25_300),
  worst: ticks(25_310),
  expected: ticks(25_308),
  stop: ticks(25_260),
  targets: [ticks(25_328), ticks(25_348)],
  shares: [500, 500],
  tranches: [
    { quantity: contracts(1), target: ticks(25_328) },
    { quantity: contracts(2), target: ticks(25_348) },
  ],
  anchor: "alert",
  breakevenAfter: 1,
  onBreakevenPassed: "exit",
  expiresAt: millis(NOON + 30_000),
  risk: dollars(187.5),
};

export interface Story {
  readonly message: MessageRef;
  readonly trade: TradeId;
  readonly facts: readonly Fact[];
}

/** ES long 6325.00 with its stop at 6315.00, as it was read. */
export const sampleAlert: Alert = {
  instrument: "ES",
  side: "long",
  entry: ticks(25_300),
  stop: ticks(25_260),
  targets: [],
  size: "A",
  tags: [],
  stopCondition: null,
};

/**
 * An alert taken, Target 1 hit, the rest stopped at breakeven: every kind of fact a good trade
 * leaves behind. Money is what the fills say: +20 ticks x 1, +2 ticks x 2 at $1.25, fees $3.66.
 */
export function tradeStory(number: number, at = NOON + number * 1_000): Story {
  const message = { source: "chat-file", channel: "alerts", id: `m${number}` } as const;
  const trade = tradeIdOf(message, ACCOUNT);
  const when = { at: millis(at) };
  const first = { ...when, trade, tranche: 0 };
  const second = { ...when, trade, tranche: 1 };
  const name = (what: string) => `${what}-${number}`;
  const bought = { price: ticks(25_308), fees: dollars(0.61) };
  const facts: readonly Fact[] = [
    {
      ...when,
      kind: "AlertRead",
      message,
      author: "alice",
      text: "ES long 6325A stop 6315",
      sentAt: millis(at - 200),
      alert: sampleAlert,
    },
    {
      ...when,
      kind: "TradePlanned",
      trade,
      number,
      account: ACCOUNT,
      message,
      author: "alice",
      plan: samplePlan,
    },
    { ...first, kind: "EntryAccepted", order: orderId(name("e1")) },
    { ...second, kind: "EntrySent" },
    { ...second, kind: "EntryAccepted", order: orderId(name("e2")) },
    {
      ...first,
      kind: "EntryFilled",
      fill: fillId(name("f1")),
      order: orderId(name("e1")),
      quantity: contracts(1),
      ...bought,
    },
    {
      ...second,
      kind: "EntryFilled",
      fill: fillId(name("f2")),
      order: orderId(name("e2")),
      quantity: contracts(2),
      ...bought,
      fees: dollars(1.22),
    },
    leg(trade, at, 0, "stop", 25_260, 1, name("s1")),
    leg(trade, at, 0, "target", 25_328, 1, name("t1")),
    leg(trade, at, 1, "stop", 25_260, 2, name("s2")),
    leg(trade, at, 1, "target", 25_348, 2, name("t2")),
    {
      ...first,
      kind: "ExitFilled",
      by: "target",
      fill: fillId(name("f3")),
      order: orderId(name("t1")),
      price: ticks(25_328),
      quantity: contracts(1),
      fees: dollars(0.61),
    },
    {
      ...when,
      kind: "TargetHit",
      trade,
      target: 1,
      price: ticks(25_328),
      quantity: contracts(1),
    },
    { ...when, kind: "BreakevenDue", trade, stop: ticks(25_310), why: "target" },
    { ...first, kind: "LegEnded", leg: "stop", how: "cancelled" },
    leg(trade, at, 1, "stop", 25_310, 2, name("s2")),
    {
      ...second,
      kind: "ExitFilled",
      by: "stop",
      fill: fillId(name("f4")),
      order: orderId(name("s2")),
      price: ticks(25_310),
      quantity: contracts(2),
      fees: dollars(1.22),
    },
    { ...second, kind: "LegEnded", leg: "target", how: "cancelled" },
    {
      ...when,
      kind: "TradeClosed",
      trade,
      how: "breakeven",
      gross: dollars(30),
      fees: dollars(3.66),
      net: dollars(26.34),
    },
  ];
  return { message, trade, facts };
}

function leg(
  trade: TradeId,
  at: number,
  tranche: number,
  which: "stop" | "target",
  price: number,
  quantity: number,
  order: string,
): Fact {
  return {
    kind: "LegConfirmed",
    at: millis(at),
    trade,
    tranche,
    leg: which,
    order: orderId(order),
    price: ticks(price),
    quantity: contracts(quantity),
  };
}

export const accountOpened = (account = ACCOUNT, balance = money(500_000_000)): Fact => ({
  kind: "AccountOpened",
  at: millis(NOON),
  account,
  balance,
});
