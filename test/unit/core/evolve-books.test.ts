/** What all accounts of a book add up to: kept fact by fact, and the same when added up anew. */
import { expect, it } from "vitest";
import { evolve } from "../../../src/core/evolve.ts";
import { booksAfter, rebuiltBooks } from "../../../src/core/evolve-books.ts";
import { DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import type { Fact } from "../../../src/core/model/fact.ts";
import { type AccountId, accountId, tradeIdOf, twinOf } from "../../../src/core/model/ids.ts";
import { dollars, millis, money } from "../../../src/core/model/units.ts";
import {
  accountOf,
  type Book,
  initialState,
  type State,
  tradeOf,
} from "../../../src/core/state.ts";
import { ALERT, AT, entered, left, PAPER, planned, SHORT, TRADE } from "./sample-trade.ts";

const OTHER = accountId("PAPER-2");

const opened = (account: AccountId): Fact => ({
  ...{ at: AT, kind: "AccountOpened", account, balance: dollars(50_000) },
});

const house = [PAPER, OTHER, twinOf(PAPER)].map(opened).reduce(evolve, {
  ...initialState,
  settings: DEFAULT_CONFIG.settings,
} as State);

/** Folds them one by one; after each the books are what they would be if added up anew. */
function booksOf(...facts: readonly Fact[]): Book {
  let state = house;
  for (const fact of facts) {
    state = evolve(state, fact);
    expect(rebuiltBooks(state).books).toEqual(state.books);
  }
  return state.books.house;
}

const closed = (net: number): Fact => ({
  ...{ at: AT, kind: "TradeClosed", trade: TRADE, how: "stop" },
  ...{ gross: dollars(net), fees: money(0), net: dollars(net) },
});
const about = { at: AT, trade: TRADE } as const;

it("an entry is asked for until something of it has filled, and on until it is over", () => {
  const plan = planned();
  const { risk } = plan.plan;
  const side = { "ES/long": { trades: 1, wanted: 3 } };
  expect(booksOf(plan)).toMatchObject({ asked: risk, filled: 0, sides: side, lines: {} });
  const held = [plan, entered(0, "6326.00", 1)] as const;
  expect(booksOf(...held)).toMatchObject({ asked: 0, filled: 1, sides: side });
  expect(Object.keys(booksOf(...held).lines)).toEqual(["MES/long"]);
  const ended: Fact = { ...about, kind: "EntryEnded", tranche: 1, how: "cancelled" };
  const sent: Fact = { ...about, kind: "EntrySent", tranche: 1 };
  expect(booksOf(...held, sent, ended).sides).toEqual({ "ES/long": { trades: 1, wanted: 1 } });
  const out = [...held, sent, ended, left("stop", 0, "6316.00", 1), closed(-51.22)] as const;
  expect(booksOf(...out)).toMatchObject({ asked: 0, filled: 0, sides: {}, lines: {} });
  expect(booksOf(...out).realised).toBe(dollars(-51.22));
});

it("what is thought over and is on again is counted again, and its result taken back", () => {
  const again: Fact = { ...about, kind: "TradeReopened" };
  const over = [planned(), entered(0, "6326.00", 1), left("stop", 0, "6316.00", 1)] as const;
  const books = booksOf(...over, closed(-51.22), again);
  expect(books).toMatchObject({ realised: 0, filled: 1, sides: { "ES/long": { trades: 1 } } });
  const given: Fact = { ...about, kind: "TradeAbandoned", reason: "not filled" };
  expect(booksOf(planned(), given)).toMatchObject({ asked: 0, sides: {} });
});

it("sides are kept apart, and twins in a book of their own", () => {
  const short = planned(SHORT, { account: OTHER, trade: tradeIdOf(ALERT, OTHER), number: 2 });
  const twin = twinOf(PAPER);
  const mirrored = planned({}, { account: twin, trade: tradeIdOf(ALERT, twin), number: 3 });
  expect(booksOf(planned(), short, mirrored).sides).toEqual({
    "ES/long": { trades: 1, wanted: 3 },
    "ES/short": { trades: 1, wanted: 3 },
  });
});

it("accounts whose list differs are counted until it is compared, or a new run begins", () => {
  const differs = (account: AccountId): Fact => ({
    ...{ at: AT, kind: "PositionDiffered", account, contract: "MESZ26" },
    ...{ ours: 0, theirs: 2, askedAt: AT },
  });
  const settled: Fact = {
    at: AT,
    kind: "AccountSettled",
    account: PAPER,
    balance: dollars(50_000),
  };
  const both = [differs(PAPER), differs(PAPER), differs(OTHER)];
  expect(booksOf(...both).differing).toBe(2);
  expect(booksOf(...both, settled).differing).toBe(1);
  const started = { at: AT, kind: "RunStarted", mode: "paper", version: "1" } as const;
  expect(booksOf(...both, { ...started, priceAgeMax: millis(3_000) }).differing).toBe(0);
});

it("a fact about an order that changes nothing leaves the very books", () => {
  const state = evolve(house, planned());
  const trade = tradeOf(state, TRADE);
  const touched = { ...trade, tranches: trade.tranches.map((one) => ({ ...one })) };
  for (const next of [{ ...trade }, touched])
    expect(booksAfter(state.books, trade, next, money(0))).toBe(state.books);
  const [first] = trade.tranches;
  const more = { ...trade, tranches: [...trade.tranches, ...(first === undefined ? [] : [first])] };
  expect(booksAfter(state.books, trade, more, money(0)).house.sides).not.toEqual(
    state.books.house.sides,
  );
});

it("what a source and a letter have come to is taken back with the trade", () => {
  const facts = [
    planned({}, { size: "A" }),
    entered(0, "6326.00", 1),
    left("stop", 0, "6316.00", 1),
    closed(-51.22),
    { ...about, kind: "TradeReopened" },
  ] as const;
  const tallies = (state: State) => accountOf(state, PAPER).risk?.tallies;
  const cause = { source: ALERT.source, channel: ALERT.channel, size: "A" };
  const all = [...facts].reduce<State>(evolve, house);
  const without = [...facts.slice(0, 4)].reduce<State>(evolve, house);
  expect(tallies(without)).toEqual([{ ...cause, trades: 1, net: dollars(-51.22) }]);
  expect(tallies(all)).toEqual([{ ...cause, trades: 1, net: 0 }]);
  const unsized = evolve(without, planned({}, { number: 2 }));
  expect(tallies(unsized)).toMatchObject([{ trades: 1 }, { size: null, trades: 1, net: 0 }]);
  const rolled = evolve(unsized, {
    at: AT,
    kind: "TradeDateBegan",
    tradeDate: "2026-11-24" as never,
  });
  expect(tallies(rolled)).toEqual([]);
});
