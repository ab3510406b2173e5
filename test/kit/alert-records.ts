/** An alert as the ledger tells it: ES long 6325.00, read when the market was a point away. */
import type { AlertDecision, AlertRecord } from "../../src/core/model/alert-record.ts";
import { accountId } from "../../src/core/model/ids.ts";
import { millis, ticks } from "../../src/core/model/units.ts";
import { NOON, sampleAlert } from "./sample-facts.ts";

export const aDecision = (about: Partial<AlertDecision> = {}): AlertDecision => ({
  account: accountId("PAPER"),
  decision: "planned",
  refusal: null,
  by: null,
  trade: 1,
  phase: "closed",
  at: millis(NOON + 420),
  ...about,
});

export const anAlertRecord = (about: Partial<AlertRecord> = {}): AlertRecord => ({
  sequence: 7,
  message: { source: "chat-file", channel: "alerts.txt", id: "12" },
  author: "alice",
  text: "ES long 6325: A\nStop: 6315",
  at: millis(NOON + 420),
  sentAt: millis(NOON),
  receivedAt: millis(NOON + 400),
  market: { bid: ticks(25_303), ask: ticks(25_304), age: millis(120) },
  outcome: "executed",
  alert: sampleAlert,
  reason: null,
  decisions: [aDecision()],
  ...about,
});
