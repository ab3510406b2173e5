import { expect, test } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import { tradeIdOf } from "../../../../src/core/model/ids.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import { heldOf } from "../../../../src/core/model/trade-sums.ts";
import type { VenueReport } from "../../../../src/core/model/venue.ts";
import { type State, tradeOf, withAccount, withTrade } from "../../../../src/core/state.ts";
import { canonical } from "../../../../src/std/canonical.ts";
import {
  ACCOUNT,
  anAccount,
  anOpenTrade,
  aPlan,
  aQuote,
  aShortPlan,
  es,
  later,
  MESSAGE,
  someFills,
  withTranche,
} from "../../../kit/builders.ts";
import { houseOf } from "../../../kit/house-of.ts";

/** Sold more than it held, by so many contracts. */
function reversed(trade: Trade, tooMany: number, id: string): Trade {
  const gone = [1, 2 + tooMany].reduce(
    (sofar, quantity, index) =>
      withTranche(sofar, index, { exited: someFills(quantity, es(6320)), filledAt: later(50) }),
    trade,
  );
  const tried = { tries: 0, triedAt: later(100), closeAskedAt: later(100), closeTries: 1 };
  const exit = { reason: "reversed", since: later(100), ...tried } as const;
  return { ...gone, id: tradeIdOf({ ...MESSAGE, id }, ACCOUNT), exit };
}

const long = (tooMany: number): Trade => reversed(anOpenTrade(aPlan(), 1), tooMany, "long");
const short = (tooMany: number): Trade => reversed(anOpenTrade(aShortPlan(), 2), tooMany, "short");

function houseWith(...trades: readonly Trade[]): State {
  const open = trades.map(({ id }) => id);
  const house = withAccount(houseOf(0), anAccount({ id: ACCOUNT, open }));
  return trades.reduce(withTrade, house);
}

/** The venue's list, and what is held there. */
function listed(state: State, net: number, quotes = [aQuote()]) {
  const report: VenueReport = {
    ...{ kind: "snapshot", account: ACCOUNT, askedAt: later(1_000) },
    ...{ orders: [], fills: [], balance: anAccount().balance },
    positions: net === 0 ? [] : [{ contract: "MESZ26", net }],
  };
  return step(state, { kind: "report", at: later(1_100), quotes, report });
}

const exits = (facts: ReturnType<typeof listed>["facts"]) =>
  facts.filter(({ kind }) => kind === "ExitFilled");

test("two that sold too much on either side are booked against each other", () => {
  const house = houseWith(long(1), short(1));
  const { state, facts } = listed(house, 0);
  expect(exits(facts)).toMatchObject([
    { trade: long(1).id, quantity: -1, fees: 0 },
    { trade: short(1).id, quantity: -1, fees: 0 },
  ]);
  const [one, other] = exits(facts) as { price?: number }[];
  expect(one?.price).toBe(other?.price);
  expect([long(1), short(1)].map(({ id }) => heldOf(tradeOf(state, id)))).toEqual([0, 0]);
  expect(canonical(facts.reduce(evolve, house))).toBe(canonical(state));
});

test("as many as both have; the rest is bought back by the close call", () => {
  const { facts, state } = listed(houseWith(long(2), short(1)), -1, []);
  expect(exits(facts)).toMatchObject([{ quantity: -1 }, { quantity: -1 }]);
  expect([long(1), short(1)].map(({ id }) => heldOf(tradeOf(state, id)))).toEqual([-1, 0]);
});

test("one alone, two on one side, or in two contracts are bought back as ever", () => {
  expect(exits(listed(houseWith(long(1)), -1).facts)).toEqual([]);
  const again = { ...long(1), id: tradeIdOf({ ...MESSAGE, id: "again" }, ACCOUNT) };
  expect(exits(listed(houseWith(long(1), again), -2).facts)).toEqual([]);
});
