import { describe, expect, it } from "vitest";
import type { Effect } from "../../../src/core/model/effect.ts";
import type { Fact } from "../../../src/core/model/fact.ts";
import { orderId, tagOf } from "../../../src/core/model/ids.ts";
import type { Plan } from "../../../src/core/model/plan.ts";
import type { BracketSupport } from "../../../src/core/model/rules.ts";
import type { Trade } from "../../../src/core/model/trade.ts";
import { contracts, money } from "../../../src/core/model/units.ts";
import type { VenueRequest } from "../../../src/core/model/venue.ts";
import { react } from "../../../src/core/react.ts";
import { initialState, type State, withAccount, withTrade } from "../../../src/core/state.ts";
import {
  ACCOUNT,
  aLeg,
  anAccount,
  anOpenTrade,
  aPlan,
  aShortPlan,
  aTrade,
  es,
  MESSAGE,
  NOW,
  planned,
  TRADE,
  withTranche,
} from "../../kit/builders.ts";

const stateWith = (trade: Trade, brackets: BracketSupport = "native"): State =>
  withTrade(withAccount(initialState, anAccount({ brackets })), trade);

const about = { at: NOW, trade: TRADE };

function requestOf(effects: readonly Effect[]): VenueRequest {
  const [effect] = effects;
  if (effects.length !== 1 || effect?.kind !== "Send") throw new Error("one request was expected");
  return effect.request;
}

const entryOf = (plan: Plan, brackets: BracketSupport = "native"): VenueRequest =>
  requestOf(react(stateWith(aTrade({}, plan), brackets), planned(plan)));

describe("an entry", () => {
  const tag = tagOf(TRADE, "e", 0, 1);

  it("goes out with the plan, under a name the alert alone decides, stop and target attached", () => {
    expect(entryOf(aPlan())).toEqual({
      kind: "place",
      id: tag,
      account: ACCOUNT,
      contract: "MESZ26",
      tag,
      role: "entry",
      side: "buy",
      type: "limit",
      quantity: 1,
      price: es(6328),
      // Counted from the limit: 12 points to the stop, 5 to Target 1.
      bracket: { stopTicks: 48, targetTicks: 20 },
    });
  });

  it("of a short sells", () => {
    expect(entryOf(aShortPlan())).toMatchObject({
      side: "sell",
      price: es(6324),
      bracket: { stopTicks: 48, targetTicks: 20 },
    });
  });

  it("at the market has no price, and its bracket counts from the expected fill", () => {
    const plan = aPlan({ entry: { kind: "market" }, expected: es(6326.25) });
    expect(entryOf(plan)).toMatchObject({
      type: "market",
      price: null,
      bracket: { stopTicks: 41, targetTicks: 27 },
    });
  });

  it("has no bracket where the venue keeps none", () => {
    expect(entryOf(aPlan(), "none")).toMatchObject({ bracket: null });
  });

  it("never has a bracket nearer than 4 ticks, which venues refuse", () => {
    const near = aPlan({
      stop: es(6327.75),
      tranches: [{ quantity: contracts(1), target: es(6328.5) }],
    });
    expect(entryOf(near)).toMatchObject({ bracket: { stopTicks: 4, targetTicks: 4 } });
    const unplanned = stateWith({ ...aTrade(), plan: aPlan({ tranches: [] }) });
    expect(requestOf(react(unplanned, planned()))).toMatchObject({ bracket: { targetTicks: 4 } });
  });

  it("whose targets count from the fill has its target as far away as it was from the alert", () => {
    // 12 points from the limit to the stop, which is the alert's; 7 from the alert to Target 1.
    const bracket = { stopTicks: 48, targetTicks: 28 };
    expect(entryOf(aPlan({ anchor: "fill" }))).toMatchObject({ bracket });
    expect(entryOf(aShortPlan({ anchor: "fill" }))).toMatchObject({ bracket });
  });

  it("of a later tranche goes out when its turn comes", () => {
    expect(
      requestOf(react(stateWith(aTrade()), { ...about, tranche: 1, kind: "EntrySent" })),
    ).toMatchObject({
      tag: tagOf(TRADE, "e", 1, 1),
      quantity: 2,
      bracket: { stopTicks: 48, targetTicks: 40 },
    });
  });

  it("of a tranche that does not exist is nothing", () => {
    expect(react(stateWith(aTrade()), { ...about, tranche: 7, kind: "EntrySent" })).toEqual([]);
  });

  it("is cancelled by the venue's name for it", () => {
    const fact: Fact = { ...about, tranche: 1, kind: "EntryCancelAsked", order: orderId("e2") };
    expect(requestOf(react(stateWith(aTrade()), fact))).toEqual({
      kind: "cancel",
      id: `${tagOf(TRADE, "e", 1, 1)}:x`,
      account: ACCOUNT,
      contract: "MESZ26",
      order: "e2",
    });
  });

  it("whose fate is unknown is looked for, not repeated", () => {
    const effects = react(stateWith(aTrade()), {
      ...about,
      tranche: 0,
      kind: "EntryUnknown",
      reason: "timed out",
    });
    expect(effects).toEqual([{ kind: "AskVenue", account: ACCOUNT, since: NOW }]);
  });
});

describe("a leg", () => {
  const placed = (leg: "stop" | "target", plan = aPlan()): VenueRequest =>
    requestOf(
      react(stateWith(anOpenTrade(plan)), {
        ...about,
        tranche: 1,
        leg,
        kind: "LegPlaced",
        price: es(6316),
        quantity: contracts(2),
        attempt: 2,
      }),
    );

  it("of our own is placed on the other side, a stop as a stop and a target as a limit", () => {
    const tag = tagOf(TRADE, "s", 1, 2);
    expect(placed("stop")).toEqual({
      kind: "place",
      id: tag,
      account: ACCOUNT,
      contract: "MESZ26",
      tag,
      role: "stop",
      side: "sell",
      type: "stop",
      quantity: 2,
      price: es(6316),
      bracket: null,
    });
    expect(placed("target")).toMatchObject({ tag: tagOf(TRADE, "t", 1, 2), type: "limit" });
    expect(placed("stop", aShortPlan())).toMatchObject({ side: "buy" });
  });

  const changeAsked: Fact = {
    ...about,
    tranche: 0,
    leg: "stop",
    kind: "LegChangeAsked",
    price: es(6326),
    quantity: null,
    attempt: 3,
    why: "breakeven",
  };

  it("is changed by the venue's name for it; each attempt has an id of its own", () => {
    expect(requestOf(react(stateWith(anOpenTrade()), changeAsked))).toEqual({
      kind: "modify",
      id: `${tagOf(TRADE, "s", 0, 3)}:m`,
      account: ACCOUNT,
      contract: "MESZ26",
      order: "s1",
      price: es(6326),
      quantity: null,
    });
  });

  it("that has no name yet cannot be changed", () => {
    for (const stop of [null, aLeg({ order: null })]) {
      const state = stateWith(withTranche(anOpenTrade(), 0, { stop }));
      expect(react(state, changeAsked)).toEqual([]);
    }
    expect(react(stateWith(anOpenTrade()), { ...changeAsked, tranche: 7 })).toEqual([]);
  });

  it("is cancelled by the venue's name for it", () => {
    const fact: Fact = {
      ...about,
      tranche: 0,
      leg: "target",
      kind: "LegCancelAsked",
      order: orderId("t1"),
    };
    expect(requestOf(react(stateWith(anOpenTrade()), fact))).toMatchObject({
      kind: "cancel",
      id: `${tagOf(TRADE, "t", 0, 1)}:x`,
      order: "t1",
    });
  });
});

describe("a way out", () => {
  it("by the venue's close names the contract and counts its tries", () => {
    const fact: Fact = { ...about, kind: "CloseAsked", contract: "MESZ26", tries: 2 };
    expect(requestOf(react(stateWith(anOpenTrade()), fact))).toEqual({
      kind: "close",
      id: tagOf(TRADE, "c", 0, 2),
      account: ACCOUNT,
      contract: "MESZ26",
    });
  });

  it("for a part says how many contracts, and each part has an id of its own", () => {
    const fact: Fact = { ...about, tranche: 1, kind: "TrimSent", quantity: contracts(1) };
    const trimmed = (trims: number): State => stateWith({ ...anOpenTrade(), trims });
    expect(requestOf(react(trimmed(1), fact))).toEqual({
      kind: "close-part",
      id: tagOf(TRADE, "p", 1, 1),
      account: ACCOUNT,
      contract: "MESZ26",
      quantity: 1,
    });
    expect(requestOf(react(trimmed(2), fact))).toMatchObject({ id: tagOf(TRADE, "p", 1, 2) });
  });
});

describe("a part that did not leave", () => {
  const ended = (how: "filled" | "refused" | "late"): readonly Effect[] =>
    react(stateWith(anOpenTrade()), { ...about, kind: "TrimEnded", how });

  it("has the venue looked at at once: the legs were made smaller for it", () => {
    for (const how of ["refused", "late"] as const) {
      expect(ended(how)).toEqual([{ kind: "AskVenue", account: ACCOUNT, since: NOW }]);
    }
    expect(ended("filled")).toEqual([]);
  });
});

describe("facts of the house", () => {
  it("ask the venue only to cancel an order of ours that nobody watches", () => {
    const orphan: Fact = {
      at: NOW,
      kind: "OrphanCancelAsked",
      account: ACCOUNT,
      contract: "MESZ26",
      order: orderId("o7"),
    };
    expect(requestOf(react(initialState, orphan))).toEqual({
      kind: "cancel",
      id: "orphan/o7",
      account: ACCOUNT,
      contract: "MESZ26",
      order: "o7",
    });
  });

  it("otherwise ask for nothing", () => {
    const silent: readonly Fact[] = [
      { at: NOW, kind: "RunEnded", reason: "asked to" },
      {
        at: NOW,
        kind: "IncidentFound",
        account: ACCOUNT,
        trade: null,
        what: "reversed",
        detail: "",
      },
      { ...about, kind: "IncidentFound", account: ACCOUNT, what: "reversed", detail: "" },
      { ...about, kind: "ExitBegun", reason: "flatten" },
      { ...about, kind: "TradeReleased" },
      {
        at: NOW,
        kind: "TradeRefused",
        message: MESSAGE,
        account: ACCOUNT,
        refusal: { kind: "not-settled" },
      },
      {
        ...about,
        tranche: 0,
        kind: "ExitFilled",
        by: "stop",
        fill: "x1" as never,
        order: orderId("s1"),
        price: es(6316),
        quantity: contracts(1),
        fees: money(0),
      },
    ];
    for (const fact of silent) expect(react(stateWith(anOpenTrade()), fact)).toEqual([]);
  });

  it("about a trade nobody knows ask for nothing", () => {
    expect(react(initialState, planned())).toEqual([]);
  });
});
