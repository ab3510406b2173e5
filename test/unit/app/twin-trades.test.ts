import { expect, it } from "vitest";
import type { FinishedTrade } from "../../../src/app/finished-trades.ts";
import { driftOf, renderTwins, twinPairs } from "../../../src/app/twin-trades.ts";
import type { Fact } from "../../../src/core/model/fact.ts";
import { type AccountId, accountId, twinOf } from "../../../src/core/model/ids.ts";
import type { MessageRef } from "../../../src/core/model/message.ts";
import { dollars } from "../../../src/core/model/units.ts";
import { aPlan, planned } from "../../kit/builders.ts";

const LIVE = accountId("4711");
const message = (id: string): MessageRef => ({ source: "chat-file", channel: "alerts", id });

const plan = (trade: number, account: AccountId, of: string): { readonly fact: Fact } => ({
  fact: { ...planned(aPlan(), trade), account, message: message(of) },
});

const finished = (
  trade: number,
  account: AccountId,
  entryAverage: number | null,
  netUsd: number,
): FinishedTrade => ({
  ...{ trade, account, instrument: "MES", side: "long", quantity: 1, entryAverage },
  ...{ exitAverage: 6333, how: "targets", reason: null, netUsd, feesUsd: 1.22 },
  ...{ openedAt: "", closedAt: "2026-11-19T15:10:00Z", clock: "", tradeDate: "2026-11-19" },
});

const facts = [
  plan(1, LIVE, "a"),
  plan(2, twinOf(LIVE), "a"),
  plan(3, LIVE, "b"),
  plan(4, accountId("paper"), "a"),
];

it("a live trade stands beside the paper trade of the same alert", () => {
  const trades = [
    finished(1, LIVE, 6326.75, 32.53),
    finished(2, twinOf(LIVE), 6326.25, 33.78),
    finished(3, LIVE, null, 0),
    finished(4, accountId("paper"), 6326.25, 33.78),
  ];
  const pairs = twinPairs(trades, facts);
  expect(pairs).toMatchObject([
    {
      live: { trade: 1, entry: 6326.75, slippage: 0.75, netUsd: 32.53 },
      paper: { trade: 2, entry: 6326.25, slippage: 0.25, netUsd: 33.78 },
      drift: { entry: 0.5, netUsd: -1.25 },
    },
    { live: { trade: 3, entry: null, slippage: null }, paper: null, drift: null },
  ]);
  expect(driftOf(pairs)).toBe(dollars(-1.25));
  const [, first, second] = renderTwins(pairs, 200);
  expect(first).toMatch(
    /#1 +#2 +1 MES long +6326\.75 +6326\.25 +0\.50 +\$32\.53 +\$33\.78 +-\$1\.25/,
  );
  expect(second).toMatch(/#3 +- +1 MES long +- +- +- +\$0\.00 +- +-/);
});

it("without a twin there is nothing to lay beside it", () => {
  expect(twinPairs([finished(3, LIVE, 6326, 1)], [plan(3, LIVE, "b")])).toEqual([]);
  expect(twinPairs([finished(9, LIVE, 6326, 1)], facts)).toEqual([]);
});
