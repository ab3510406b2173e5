import { describe, expect, it } from "vitest";
import type { Fact } from "../../../../src/core/model/fact.ts";
import type { Exit, Trade, Tranche } from "../../../../src/core/model/trade.ts";
import { contracts } from "../../../../src/core/model/units.ts";
import { leaveTrade } from "../../../../src/core/track/exit.ts";
import {
  ACCOUNT,
  aLeg,
  anOpenTrade,
  aPlan,
  aQuote,
  aScene,
  aShortPlan,
  es,
  later,
  NOW,
  someFills,
  TRADE,
  withTranche,
} from "../../../kit/builders.ts";

const anExit = (change: Partial<Exit> = {}): Exit => ({
  reason: "flatten",
  since: NOW,
  tries: 0,
  triedAt: NOW,
  closeAskedAt: null,
  closeTries: 0,
  ...change,
});

const leaving = (change: Partial<Exit> = {}, trade = anOpenTrade()): Trade => ({
  ...trade,
  exit: anExit(change),
});

const quote = aQuote(es(6326), { bid: es(6325.75), ask: es(6326.25) });
const scene = aScene({ at: later(100), quote });
const about = { at: scene.at, trade: TRADE };
const closeCall = (tries: number, at = scene.at) => ({
  at,
  trade: TRADE,
  kind: "CloseAsked",
  contract: "MESZ26",
  tries,
});

describe("a trade that is being left", () => {
  it("moves every target leg 8 ticks through the market", () => {
    const change = {
      ...about,
      leg: "target",
      kind: "LegChangeAsked",
      price: es(6323.75),
      quantity: null,
      attempt: 1,
      why: "exit",
    };
    expect(leaveTrade(leaving(), scene)).toEqual([
      { ...about, kind: "ExitRepeated", tries: 1 },
      { ...change, tranche: 0 },
      { ...change, tranche: 1 },
    ]);
  });

  it("does so upwards for a short", () => {
    const facts = leaveTrade(leaving({}, anOpenTrade(aShortPlan())), scene);
    expect(facts[1]).toMatchObject({ kind: "LegChangeAsked", price: es(6328.25) });
  });

  it("tries again each second, three times, and then calls the venue's close", () => {
    const again = (tries: number, span: number) =>
      leaveTrade(leaving({ tries, triedAt: NOW }), aScene({ at: later(span), quote }));
    expect(again(1, 999)).toEqual([]);
    expect(again(1, 1_000)[0]).toMatchObject({ kind: "ExitRepeated", tries: 2 });
    expect(again(2, 1_000)[0]).toMatchObject({ kind: "ExitRepeated", tries: 3 });
    expect(again(3, 999)).toEqual([]);
    expect(again(3, 1_000)).toEqual([closeCall(1, later(1_000))]);
  });

  it("makes do with an old price where there is no fresh one", () => {
    const stale = { ...scene, quote: null };
    expect(leaveTrade(leaving(), stale)).toEqual(leaveTrade(leaving(), scene));
    expect(leaveTrade(leaving({ tries: 3 }), { ...stale, at: later(1_000) })).toEqual([
      closeCall(1, later(1_000)),
    ]);
  });

  it("calls the venue's close at once when no price was ever seen", () => {
    const blind = { ...scene, quote: null, lastQuote: null };
    expect(leaveTrade(leaving(), blind)).toEqual([closeCall(1)]);
  });

  it("leaves through the legs that work, and through none that has ended", () => {
    const half = withTranche(anOpenTrade(), 0, { target: aLeg({ state: "cancelled" }) });
    expect(leaveTrade(leaving({}, half), scene)).toMatchObject([
      { kind: "ExitRepeated" },
      { kind: "LegChangeAsked", tranche: 1 },
    ]);
    const out = withTranche(anOpenTrade(), 0, { exited: someFills(1, es(6320)) });
    expect(leaveTrade(leaving({}, out), scene)).toHaveLength(2);
    const unseen = withTranche(anOpenTrade(), 0, { target: null });
    expect(leaveTrade(leaving({}, unseen), scene)).toHaveLength(2);
  });

  it("gives a venue's legs 2 s to be reported before it calls the close", () => {
    const bare = [0, 1].reduce(
      (trade, index) => withTranche(trade, index, { target: null }),
      anOpenTrade(),
    );
    const at = (span: number) => aScene({ at: later(span), quote });
    expect(leaveTrade(leaving({}, bare), at(1_999))).toEqual([]);
    expect(leaveTrade(leaving({}, bare), at(2_000))).toEqual([closeCall(1, later(2_000))]);
    expect(leaveTrade(leaving({ reason: "unprotected" }, bare), at(100))).toEqual([closeCall(1)]);
    expect(leaveTrade(leaving({}, bare), { ...at(100), brackets: "none" })).toEqual([closeCall(1)]);
  });

  it("repeats the close every 2 s until the contracts are gone", () => {
    const asked = leaving({ closeAskedAt: NOW, closeTries: 1 });
    expect(leaveTrade(asked, aScene({ at: later(1_999) }))).toEqual([]);
    expect(leaveTrade(asked, aScene({ at: later(2_000) }))).toEqual([closeCall(2, later(2_000))]);
  });

  it("needs nothing more once nothing is held", () => {
    const flat = [1, 2].reduce(
      (trade, quantity, index) =>
        withTranche(trade, index, { exited: someFills(quantity, es(6320)) }),
      anOpenTrade(),
    );
    expect(leaveTrade(leaving({}, flat), scene)).toEqual([]);
  });

  it("is only left when somebody asked for it", () => {
    expect(leaveTrade(anOpenTrade(), scene)).toEqual([]);
  });
});

describe("a trade out of which more went than was in it", () => {
  const over = (trade = anOpenTrade()): Trade =>
    [1, 3].reduce(
      (sofar, quantity, index) =>
        withTranche(sofar, index, { exited: someFills(quantity, es(6320)), filledAt: later(50) }),
      trade,
    );
  const truth = aScene({ at: later(100), truthAt: later(51) });

  it("is bought back at once, and its account enters nothing more", () => {
    expect(leaveTrade(over(), truth)).toEqual([
      {
        ...about,
        account: ACCOUNT,
        kind: "IncidentFound",
        what: "reversed",
        detail: "-1 contracts held",
      },
      {
        at: scene.at,
        account: ACCOUNT,
        kind: "GateMoved",
        gate: "reducing",
        reason: "a position was reversed",
      },
      { ...about, kind: "ExitBegun", reason: "reversed" },
      closeCall(1),
    ]);
  });

  it("is believed only when the venue's own list is younger than the last fill", () => {
    expect(leaveTrade(over(), { ...truth, truthAt: null })).toEqual([]);
    expect(leaveTrade(over(), { ...truth, truthAt: later(50) })).toEqual([]);
    const undated = withTranche(over(), 0, { filledAt: null });
    expect(leaveTrade(undated, truth)).toHaveLength(4);
  });

  it("counts its close calls on from those before", () => {
    const facts = leaveTrade(leaving({ closeTries: 2 }, over()), truth);
    expect(facts.at(-1)).toEqual(closeCall(3));
  });

  it("is asked for again every 2 s, without another incident", () => {
    const asked = leaving({ reason: "reversed", closeAskedAt: NOW, closeTries: 1 }, over());
    expect(leaveTrade(asked, aScene({ at: later(1_999) }))).toEqual([]);
    expect(leaveTrade(asked, aScene({ at: later(2_000) }))).toEqual([closeCall(2, later(2_000))]);
    const never = leaving({ reason: "reversed" }, over());
    expect(leaveTrade(never, scene)).toEqual([closeCall(1)]);
  });

  /** The second tranche was sold twice; of the first, so many contracts are still held. */
  const oneTwice = (held: number, first: Partial<Tranche> = {}): Trade => {
    const plan = aPlan({
      tranches: [
        { quantity: contracts(held), target: es(6333) },
        { quantity: contracts(2), target: es(6338) },
      ],
    });
    const twice = { exited: someFills(3, es(6320)), filledAt: later(50) };
    return withTranche(withTranche(anOpenTrade(plan), 1, twice), 0, first);
  };
  const kinds = (facts: readonly Fact[]) => facts.map((fact) => fact.kind);

  it("is reversed by one tranche sold twice, even where another outweighs it", () => {
    const facts = leaveTrade(oneTwice(3), truth);
    expect(facts).toMatchObject([
      { kind: "IncidentFound", what: "reversed", detail: "2 contracts held" },
      { kind: "GateMoved" },
      { kind: "ExitBegun", reason: "reversed" },
      { kind: "CloseAsked", tries: 1 },
    ]);
    const asked = leaving({ reason: "reversed", closeAskedAt: NOW, closeTries: 1 }, oneTwice(3));
    expect(leaveTrade(asked, aScene({ at: later(2_000) }))).toEqual([closeCall(2, later(2_000))]);
  });

  it("calls no close once the tranches even out: it would take what another trade holds", () => {
    expect(kinds(leaveTrade(oneTwice(1), truth))).toEqual([
      "IncidentFound",
      "GateMoved",
      "ExitBegun",
    ]);
    const even = leaving({ reason: "reversed", closeAskedAt: NOW, closeTries: 1 }, oneTwice(1));
    expect(leaveTrade(even, aScene({ at: later(9_000) }))).toEqual([]);
  });

  it("is left no other way while only the books say so: the fill it lacks may be under way", () => {
    expect(leaveTrade(leaving({}, oneTwice(3)), scene)).toEqual([]);
    const bought = oneTwice(3, { exited: someFills(3, es(6320)), filledAt: later(50) });
    expect(leaveTrade(leaving({}, bought), scene)).toEqual([]);
  });
});
