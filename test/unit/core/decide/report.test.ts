import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import type { Fact } from "../../../../src/core/model/fact.ts";
import {
  accountId,
  fillId,
  orderId,
  requestIdOf,
  tagOf,
  tradeIdOf,
} from "../../../../src/core/model/ids.ts";
import { contracts, dollars, millis } from "../../../../src/core/model/units.ts";
import type { VenueFill, VenueReport } from "../../../../src/core/model/venue.ts";
import { initialState, type State, withAccount, withTrade } from "../../../../src/core/state.ts";
import {
  ACCOUNT,
  aFill,
  anAccount,
  anOpenTrade,
  anOrder,
  aTrade,
  es,
  later,
  MESSAGE,
  someRules,
  TRADE,
  told,
} from "../../../kit/builders.ts";

const house: State = {
  ...withAccount(initialState, anAccount()),
  run: { mode: "paper", priceAgeMax: millis(3_000) },
  settings: {
    ruleSets: { default: someRules() },
    accounts: [{ id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" }],
  },
};

const entering = withTrade(withAccount(house, anAccount({ open: [TRADE] })), aTrade());
const holding = withTrade(withAccount(house, anAccount({ open: [TRADE] })), anOpenTrade());

/** Two seconds on, so that whatever the books hold is old enough to be compared. */
const AT = later(2_000);

const factsOf = (state: State, report: VenueReport): readonly Fact[] =>
  step(state, { kind: "report", at: AT, quotes: [], report }).facts;

const snapshot = (
  change: Partial<Extract<VenueReport, { kind: "snapshot" }>> = {},
): Extract<VenueReport, { kind: "snapshot" }> => ({
  kind: "snapshot",
  account: ACCOUNT,
  askedAt: later(1_000),
  orders: [],
  positions: [],
  fills: [],
  balance: anAccount().balance,
  ...change,
});

describe("a report", () => {
  it("about an account that is not ours is passed over", () => {
    expect(factsOf(house, { ...snapshot(), account: accountId("nobody") })).toEqual([]);
  });

  it("with an answer to nothing we asked is passed over", () => {
    const about = {
      kind: "answer",
      account: ACCOUNT,
      outcome: { kind: "done", order: null },
    } as const;
    const gone = tagOf(tradeIdOf({ ...MESSAGE, id: "gone" }, ACCOUNT), "e", 0, 1);
    expect(factsOf(house, { ...about, id: "orphan/o1" })).toEqual([]);
    expect(factsOf(house, { ...about, id: requestIdOf(gone, "place") })).toEqual([]);
  });

  it("of a fill in a tranche the trade does not have is passed over", () => {
    const fill = aFill({ tag: tagOf(TRADE, "e", 7, 1) });
    expect(factsOf(entering, { kind: "fill", account: ACCOUNT, fill })).toEqual([]);
  });
});

describe("a position that differs", () => {
  const held = [{ contract: "MESZ26", net: 2 }];

  it("from the books shuts the account and says both sides", () => {
    const facts = factsOf(holding, snapshot({ positions: held }));
    expect(facts).toMatchObject([
      { kind: "IncidentFound", detail: "MESZ26: 3 in the books, 2 at the venue" },
      { kind: "GateMoved", account: ACCOUNT, gate: "reducing" },
    ]);
  });

  it("is a position nobody here has, or one that is gone", () => {
    const [found] = factsOf(house, snapshot({ positions: [{ contract: "CLF27", net: -1 }] }));
    expect(found).toMatchObject({ detail: "CLF27: 0 in the books, -1 at the venue" });
    const [gone] = factsOf(holding, snapshot());
    expect(gone).toMatchObject({ detail: "MESZ26: 3 in the books, 0 at the venue" });
  });

  it("is said once: an account that is shut already stays as it is", () => {
    const shut = withAccount(holding, anAccount({ open: [TRADE], gate: "reducing" }));
    expect(factsOf(shut, snapshot({ positions: held }))).toEqual([]);
  });

  it("keeps a new run from entering until it agrees", () => {
    const restarted = withAccount(holding, anAccount({ open: [TRADE], settled: false }));
    const agreed = snapshot({ positions: [{ contract: "MESZ26", net: 3 }] });
    const kinds = (report: VenueReport) => factsOf(restarted, report).map(({ kind }) => kind);
    expect(kinds(snapshot({ positions: held }))).toEqual(["IncidentFound", "GateMoved"]);
    expect(kinds(agreed)).toEqual(["AccountSettled"]);
  });
});

describe("a close by hand that the list tells after the stop had filled", () => {
  const [opened, closed] = [later(-60_000), later(500)];
  const over: State = withTrade(withAccount(house, anAccount()), {
    ...told(anOpenTrade(), {
      ...{ at: later(400), trade: TRADE, kind: "ExitFilled", by: "stop", tranche: 0 },
      ...{ fill: fillId("s1"), order: orderId("s1"), price: es(6316) },
      ...{ quantity: contracts(3), fees: dollars(0) },
    }),
    phase: "closed",
    plannedAt: opened,
    closedAt: closed,
  });
  const close = (change: Partial<VenueFill> = {}) =>
    aFill({
      ...{ fill: fillId("c1"), role: "close", side: "sell", quantity: contracts(3) },
      at: later(300),
      ...change,
    });
  const short = [{ contract: "MESZ26", net: -3 }];
  const kinds = (fills: readonly VenueFill[], positions = short) =>
    factsOf(over, snapshot({ fills, positions })).map(({ kind }) => kind);

  it("is booked after all: the trade is on again, and sold twice", () => {
    const facts = factsOf(over, snapshot({ fills: [close()], positions: short }));
    expect(facts.slice(0, 2)).toMatchObject([
      { kind: "TradeReopened", trade: TRADE },
      { kind: "ExitFilled", by: "hand", tranche: 1, fill: "c1", quantity: 3 },
    ]);
  });

  it("is booked only where positions differ, and only as a way out of that trade in its time", () => {
    expect(kinds([close()], [])).toEqual([]);
    const others: readonly Partial<VenueFill>[] = [
      { role: "stop" },
      { at: later(501) },
      { at: later(-60_001) },
      { contract: "CLF27" },
      { side: "buy" },
      { fill: fillId("s1") },
    ];
    for (const other of others) {
      expect(kinds([close(other)])).toEqual(["IncidentFound", "GateMoved"]);
    }
  });
});

describe("an order nobody here knows", () => {
  const ours = tagOf(tradeIdOf({ ...MESSAGE, id: "lost" }, ACCOUNT), "s", 0, 1);

  it("is reported once and left alone when its name is not ours", () => {
    const order = anOrder({ order: orderId("x1"), tag: "somebody" });
    const { state, facts } = step(house, {
      kind: "report",
      at: AT,
      quotes: [],
      report: { kind: "order", account: ACCOUNT, order },
    });
    expect(facts).toMatchObject([{ kind: "ForeignOrderSeen", detail: "buy 1 MESZ26" }]);
    expect(factsOf(state, snapshot({ orders: [order] }))).toEqual([]);
  });

  it("is cancelled when it is ours by its name and nothing is held for it to protect", () => {
    const order = anOrder({ order: orderId("x2"), tag: ours, role: "stop", side: "sell" });
    const kinds = (positions: readonly { contract: string; net: number }[]) =>
      factsOf(house, snapshot({ orders: [order], positions })).map(({ kind }) => kind);
    expect(kinds([])).toContain("OrphanCancelAsked");
    expect(kinds([{ contract: "MESZ26", net: 1 }])).not.toContain("OrphanCancelAsked");
  });

  it("that closes a contract is the venue's own, and that is over no order any more", () => {
    const order = anOrder({ order: orderId("x3"), role: "close" });
    expect(factsOf(house, { kind: "order", account: ACCOUNT, order })).toEqual([]);
    const over = anOrder({ order: orderId("x4"), status: "cancelled" });
    expect(factsOf(house, { kind: "order", account: ACCOUNT, order: over })).toEqual([]);
  });
});
