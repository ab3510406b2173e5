import { expect, it } from "vitest";
import type { Cut } from "../../../../src/core/model/cut.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { Refusal } from "../../../../src/core/model/refusal.ts";
import { contracts, dollars } from "../../../../src/core/model/units.ts";
import { explainRefusal } from "../../../../src/core/notify/explain.ts";
import { explainCut } from "../../../../src/core/notify/explain-cut.ts";
import { breakerText } from "../../../../src/core/notify/explain-day.ts";
import { later, NOW } from "../../../kit/builders.ts";

const room = {
  scope: "total",
  limit: dollars(500),
  lost: dollars(100),
  open: dollars(350),
  each: dollars(63.72),
} as const;

it.each<[Refusal, string]>([
  [
    { kind: "daily-loss", scope: "account", reached: 900, limit: dollars(500), until: NOW },
    "90% of the daily loss of $500.00 was reached; entries start again Thursday 09:00 CT",
  ],
  [
    {
      kind: "daily-loss",
      scope: "total",
      reached: 1_000,
      limit: dollars(500),
      until: later(60_000),
    },
    "100% of the daily loss of $500.00 was reached over all accounts; entries start again Thursday 09:01 CT",
  ],
  [
    { kind: "no-room", ...room },
    "$100.00 lost today, $350.00 at risk in open trades and $63.72 for one contract are more than the daily loss of $500.00 over all accounts",
  ],
  [
    { kind: "breaker", breaker: "losses", measured: 3, limit: 3, until: NOW },
    'the breaker "losses" is open (3 losing trades in a row, limit 3) until Thursday 09:00 CT',
  ],
  [
    { kind: "half-open", breaker: "errors", trade: 7 },
    'the breaker "errors" asks for one trade of proof, and #7 is on',
  ],
  [
    { kind: "entries-per-minute", taken: 5, limit: 5 },
    "5 of 5 entries allowed in one minute are taken",
  ],
  [
    { kind: "exposure", scope: "account", family: "ES", wanted: 4, limit: 3 },
    "it would make 4 contracts of ES and the limit is 3",
  ],
  [
    { kind: "part-trades", part: "size A", taken: 2, limit: 2 },
    "2 of 2 trades a day of size A are taken",
  ],
  [
    { kind: "part-loss", part: "source discord", of: "day", loss: dollars(60), limit: dollars(50) },
    "$60.00 lost today and the limit of source discord is $50.00",
  ],
  [
    { kind: "part-loss", part: "size A", of: "trade", loss: dollars(60), limit: dollars(50) },
    "$60.00 could be lost and the limit of size A is $50.00",
  ],
])("%o is told in words", (refusal, words) => {
  expect(explainRefusal(refusal, instrumentOf("MES"))).toBe(words);
});

it("each breaker says what tripped it, in its own unit", () => {
  expect([
    breakerText("drawdown", dollars(510), dollars(500)),
    breakerText("errors", 5, 5),
    breakerText("slippage", 2_333, 2_000),
    breakerText("feed", 9_000, 3_000),
  ]).toEqual([
    "$510.00 below the best of the day, limit $500.00",
    "5 orders refused or unanswered, limit 5",
    "fills 2.333 ticks worse than their price on average, limit 2",
    "a price 9 s old, limit 3 s",
  ]);
});

it("each cut says why", () => {
  const smaller = { from: contracts(3), to: contracts(1) };
  const cuts: readonly Cut[] = [
    { why: "probation", ...smaller, date: 2, of: 5 },
    { why: "half-open", ...smaller, breaker: "losses" },
    { why: "half-size", ...smaller, scope: "account", share: 750, limit: dollars(500) },
    { why: "room", ...smaller, ...room },
    {
      ...{ why: "micro", ...smaller, instrument: "ES", micro: "MES", ratio: 10 },
      refusal: { kind: "risk-too-small", risk: dollars(628.78), budget: dollars(150) },
    },
    {
      ...{ why: "loss-per-trade", ...smaller, limit: dollars(200), open: dollars(0) },
      each: dollars(63.72),
    },
    {
      ...{ why: "loss-per-trade", ...smaller, limit: dollars(200), open: dollars(50) },
      ...{ each: dollars(63.72), part: "size A" },
    },
    { why: "position-size", ...smaller, family: "ES", limit: 5, held: 2 },
    { why: "exposure", ...smaller, scope: "total", family: "ES", limit: 5, held: 2 },
  ];
  expect(cuts.map(explainCut)).toEqual([
    "live trade date 2 of 5",
    'one trade of proof for the breaker "losses"',
    "half size from 75% of the daily loss of $500.00",
    "$50.00 left of the daily loss over all accounts, $63.72 a contract",
    "MES for ES, 10 to one: one contract could lose $628.78 and this size may lose $150.00",
    "the limit per trade is $200.00, $63.72 a contract",
    "the limit of size A is $200.00 with $50.00 open, $63.72 a contract",
    "5 contracts of ES at most, 2 held",
    "5 contracts of ES over all accounts at most, 2 held",
  ]);
});
