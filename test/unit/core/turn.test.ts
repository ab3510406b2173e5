import { describe, expect, it } from "vitest";
import { evolve } from "../../../src/core/evolve.ts";
import { accountId } from "../../../src/core/model/ids.ts";
import { accountOf, initialState, withAccount, withTrade } from "../../../src/core/state.ts";
import { newTurn, record } from "../../../src/core/turn.ts";
import { ACCOUNT, anAccount, anOpenTrade, later, NOW, TRADE } from "../../kit/builders.ts";

const opened = withTrade(withAccount(initialState, anAccount({ open: [TRADE] })), anOpenTrade());
const reopened = { at: later(1), trade: TRADE, kind: "TradeReopened" } as const;

describe("a trade that is on", () => {
  it("is never put on again: what it booked would be taken back twice", () => {
    const turn = newTurn(opened, later(1), []);
    expect(() => record(turn, reopened)).toThrow("is over before it is on again");
    expect(turn.facts).toEqual([]);
  });

  it("stays as it is where a journal of an early build says so once more", () => {
    expect(evolve(opened, reopened)).toBe(opened);
  });

  it("and one that is over is put on again once", () => {
    const closed = { ...anOpenTrade(), phase: "closed", closedAt: NOW } as const;
    const turn = newTurn(withTrade(withAccount(initialState, anAccount()), closed), later(1), []);
    record(turn, reopened);
    expect(accountOf(turn.state, ACCOUNT).open).toEqual([TRADE]);
    expect(() => record(turn, reopened)).toThrow();
  });
});

it("a gate that moves concerns the trades of its account, and of one nobody knows none", () => {
  const turn = newTurn(opened, later(1), []);
  const moved = { at: later(1), kind: "GateMoved", gate: "reducing", reason: "by hand" } as const;
  record(turn, { ...moved, account: accountId("nobody") });
  expect([...turn.touched]).toEqual([]);
  record(turn, { ...moved, account: ACCOUNT });
  expect([...turn.touched]).toEqual([TRADE]);
});
