/** A finished trade as the ledger tells it: 3 MES long, alerted at 6325.00, stopped. */
import { accountId, tradeIdOf } from "../../src/core/model/ids.ts";
import { tradeDate } from "../../src/core/model/trade-date.ts";
import type { TradeRecord } from "../../src/core/model/trade-record.ts";
import { contracts, dollars, millis, money, ticks } from "../../src/core/model/units.ts";
import { NOON } from "./sample-facts.ts";

const ALERT = { source: "chat-file", channel: "alerts.txt", id: "12" } as const;
const PAPER = accountId("PAPER");

export const aTradeRecord = (about: Partial<TradeRecord> = {}): TradeRecord => ({
  id: tradeIdOf(ALERT, PAPER),
  number: 1,
  account: PAPER,
  author: "alice",
  message: ALERT,
  text: "ES long 6325: A\nStop: 6315",
  instrument: "MES",
  contract: "MESZ26",
  side: "long",
  sizeLetter: "A",
  phase: "closed",
  size: contracts(3),
  alerted: ticks(25_300),
  stop: ticks(25_260),
  targets: [ticks(25_328), ticks(25_348)],
  risk: dollars(191.16),
  market: { bid: ticks(25_303), ask: ticks(25_304), age: millis(120) },
  entry: { quantity: contracts(3), priceSum: 3 * 25_308 },
  exit: { quantity: contracts(3), priceSum: 3 * 25_260 },
  entryPoints: 6_327,
  exitPoints: 6_315,
  stopSlippage: money(0),
  reach: { high: ticks(25_333), low: ticks(25_260), by: "ticks", unseen: null },
  targetsHit: 0,
  how: "stop",
  reason: null,
  gross: dollars(-180),
  fees: dollars(3.66),
  net: dollars(-183.66),
  alertedAt: millis(NOON),
  receivedAt: millis(NOON + 400),
  plannedAt: millis(NOON + 420),
  sentAt: millis(NOON + 425),
  filledAt: millis(NOON + 500),
  openedAt: millis(NOON + 600),
  closedAt: millis(NOON + 60_600),
  tradeDate: tradeDate("2026-11-19"),
  ...about,
});
