import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { Account } from "../../../../src/core/model/account.ts";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { dollars, type Money } from "../../../../src/core/model/units.ts";
import type { VenueFill } from "../../../../src/core/model/venue.ts";
import {
  accountOf,
  initialState,
  type State,
  withAccount,
  withTrade,
} from "../../../../src/core/state.ts";
import {
  ACCOUNT,
  aFill,
  anAccount,
  anOpenTrade,
  later,
  NOW,
  TRADE,
} from "../../../kit/builders.ts";

const house = (change: Partial<Account> = {}): State =>
  withAccount(initialState, anAccount(change));

const listed = (state: State, span: number, balance: Money, fills: readonly VenueFill[] = []) =>
  step(state, {
    ...{ kind: "report", at: later(span), quotes: [] },
    report: {
      ...{ kind: "snapshot", account: ACCOUNT, askedAt: later(span - 100) },
      ...{ orders: [], positions: [], fills, balance },
    },
  });

const less = dollars(49_999.99);
const kinds = (facts: readonly Fact[]) => facts.map(({ kind }) => kind);

describe("the cash of a flat account", () => {
  it("that is the venue's is no news", () => {
    expect(listed(house(), 1_000, anAccount().balance).facts).toEqual([]);
  });

  it("that differs by a cent is believed when it does so for a minute and a half", () => {
    const first = listed(house(), 1_000, less);
    expect(first.facts).toMatchObject([
      { kind: "BalanceDiffered", ours: anAccount().balance, theirs: less, askedAt: later(900) },
    ]);
    expect(listed(first.state, 90_999, less).facts).toEqual([]);
    const second = listed(first.state, 91_000, less);
    expect(second.facts).toMatchObject([
      { kind: "IncidentFound", detail: "$50000.00 in the books, $49999.99 at the venue" },
      { kind: "GateMoved", gate: "reducing" },
      { kind: "AccountSettled", balance: less },
    ]);
    expect(accountOf(second.state, ACCOUNT).balance).toBe(less);
    expect(listed(second.state, 101_000, less).facts).toEqual([]);
  });

  it("that comes right meanwhile was a fee booked late", () => {
    const first = listed(house(), 1_000, less);
    const second = listed(first.state, 11_000, anAccount().balance);
    expect(kinds(second.facts)).toEqual(["AccountSettled"]);
    expect(accountOf(second.state, ACCOUNT).unbalanced).toBeUndefined();
  });

  it("that differs by something else the next time is asked for again", () => {
    const first = listed(house(), 1_000, less);
    expect(kinds(listed(first.state, 91_000, dollars(49_998)).facts)).toEqual(["BalanceDiffered"]);
    // The same figure of theirs beside another of ours is another difference.
    const account = { ...accountOf(first.state, ACCOUNT), balance: dollars(49_990) };
    const traded = withAccount(first.state, account);
    expect(kinds(listed(traded, 91_000, less).facts)).toEqual(["BalanceDiffered"]);
  });

  it("is told where the gate is shut already, too", () => {
    const first = listed(house({ gate: "halted" }), 1_000, less);
    const { facts } = listed(first.state, 91_000, less);
    expect(kinds(facts)).toEqual(["IncidentFound", "AccountSettled"]);
  });

  it("is taken over at the first comparison of a run, and at no later one", () => {
    const settledWith = (change: Partial<Account>) =>
      listed(house({ settled: false, ...change }), 1_000, less).facts;
    expect(settledWith({ adopts: true })).toMatchObject([{ balance: less }]);
    expect(settledWith({})).toMatchObject([{ balance: anAccount().balance }]);
  });

  it("is not taken over from a list asked for before the last trade ended", () => {
    const over = { ...anOpenTrade(), phase: "closed", closedAt: later(950) } as const;
    const restarted = withTrade(house({ settled: false, adopts: true }), over);
    // It shows neither the last fill nor its fee, and agrees with books that hold nothing again.
    expect(listed(restarted, 1_000, less).facts).toEqual([]);
    expect(listed(restarted, 2_000, less).facts).toMatchObject([{ balance: less }]);
  });

  it("is taken over a while later where something filled just before the run", () => {
    const fill = { ...aFill(), at: later(-5_000) };
    const young = (state: State, span: number) => listed(state, span, less, [fill]);
    const first = young(house({ settled: false, adopts: true }), 1_000);
    const { balance } = anAccount();
    expect(first.facts).toMatchObject([{ kind: "AccountSettled", balance, lags: true }]);
    expect(young(first.state, 2_000).facts).toEqual([]);
    const second = young(first.state, 10_100);
    expect(second.facts).toMatchObject([{ kind: "AccountSettled", balance: less }]);
    expect(accountOf(second.state, ACCOUNT).adopts).toBeUndefined();
  });

  it("is not taken over any more once the new run has a trade of its own", () => {
    const { facts, state } = listed(house({ adopts: true, open: [TRADE] }), 1_000, less);
    expect(kinds(facts)).toEqual(["AccountSettled"]);
    expect(accountOf(state, ACCOUNT)).toEqual(anAccount({ open: [TRADE], seenAt: later(1_000) }));
  });

  it("is not asked about while a trade is open", () => {
    expect(listed(house({ open: [TRADE] }), 1_000, less).facts).toEqual([]);
  });
});

describe("an incident about the fate of an entry", () => {
  it("of a trade nobody knows changes nothing", () => {
    const about = { at: NOW, account: ACCOUNT, kind: "IncidentFound", detail: "" } as const;
    for (const trade of [null, TRADE]) {
      const fact = { ...about, trade, what: "outcome-unknown" } as const;
      expect(evolve(house(), fact)).toEqual(house());
    }
  });
});
