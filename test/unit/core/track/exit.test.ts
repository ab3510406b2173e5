import { describe, expect, it } from "vitest";
import type { Fact } from "../../../../src/core/model/fact.ts";
import type { Exit, Trade, Tranche } from "../../../../src/core/model/trade.ts";
import { contracts } from "../../../../src/core/model/units.ts";
import type { FactOfTrade } from "../../../../src/core/track/evolve-trade.ts";
import { leaveTrade } from "../../../../src/core/track/exit.ts";
import type { Scene } from "../../../../src/core/track/scene.ts";
import {
  ACCOUNT,
  aLeg,
  anOpenTrade,
  aPlan,
  aQuote,
  aScene,
  aShortPlan,
  aTrade,
  es,
  later,
  NOW,
  someFills,
  TRADE,
  told,
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

const kinds = (facts: readonly Fact[]) => facts.map((fact) => fact.kind);

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

  it("waits for no leg to be reported where the venue refused the stop: nothing protects", () => {
    const refused = [0, 1].reduce((trade, index) => {
      const stop = aLeg({ state: "rejected" });
      return withTranche(trade, index, { stop, target: null });
    }, anOpenTrade());
    const facts = leaveTrade(leaving({ reason: "stop-refused" }, refused), scene);
    expect(facts).toEqual([closeCall(1)]);
  });

  it("repeats the close every 2 s until the contracts are gone", () => {
    const asked = leaving({ closeAskedAt: NOW, closeTries: 1 });
    expect(leaveTrade(asked, aScene({ at: later(1_999) }))).toEqual([]);
    expect(leaveTrade(asked, aScene({ at: later(2_000) }))).toEqual([closeCall(2, later(2_000))]);
  });

  it("repeats it every 10 s once three were in vain, and leaves the calls to who looks", () => {
    const often = (closeTries: number) =>
      leaving({ since: later(-9_000), closeAskedAt: NOW, closeTries });
    expect(leaveTrade(often(3), aScene({ at: later(2_000) }))).toHaveLength(1);
    expect(leaveTrade(often(4), aScene({ at: later(9_999) }))).toEqual([]);
    expect(leaveTrade(often(4), aScene({ at: later(10_000) }))).toHaveLength(1);
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

describe("a trade that is left beside another of its contract", () => {
  const native = { ...scene, beside: "opposite" } as const;
  const none = { ...native, brackets: "none" } as const;
  const placed = (attempt: number, quantity = 1) => ({
    ...about,
    tranche: 0,
    leg: "target",
    kind: "LegPlaced",
    price: es(6323.75),
    quantity,
    attempt,
  });
  const withTarget = (target: Tranche["target"], change: Partial<Tranche> = {}): Trade =>
    leaving({}, withTranche(anOpenTrade(), 0, { target, ...change }));
  /** What the first tranche's leg is asked; the second one's is moved in any case. */
  const first = (trade: Trade, view: Scene) =>
    leaveTrade(trade, view).filter((fact) => "tranche" in fact && fact.tranche === 0);

  it("of the other side never calls the close, however often the legs fail", () => {
    const often = leaving({ tries: 7, triedAt: NOW, closeAskedAt: NOW });
    expect(leaveTrade(often, { ...native, at: later(999) })).toEqual([]);
    expect(leaveTrade(often, { ...native, at: later(1_000) })[0]).toMatchObject({ tries: 8 });
    expect(leaveTrade(leaving(), { ...native, lastQuote: null })).toEqual([]);
  });

  it("of the same side calls it after three tries, as alone", () => {
    const often = leaving({ tries: 3, triedAt: NOW });
    const view = { ...scene, beside: "same-side", at: later(1_000) } as const;
    expect(leaveTrade(often, view)).toEqual([closeCall(1, later(1_000))]);
  });

  it("places a target leg through the market where the venue keeps none", () => {
    expect(first(withTarget(null), none)).toEqual([placed(1)]);
    expect(first(withTarget(null), { ...none, beside: "same-side" })).toEqual([placed(1)]);
  });

  it("waits for the leg a venue keeps until its own list, younger than the fill, shows none", () => {
    const bare = withTarget(null, { filledAt: later(50) });
    expect(first(bare, native)).toEqual([]);
    expect(first(bare, { ...native, truthAt: later(50) })).toEqual([]);
    expect(first(bare, { ...native, truthAt: later(51) })).toEqual([placed(1)]);
    expect(first(withTarget(null, { filledAt: null }), { ...native, truthAt: NOW })).toHaveLength(
      1,
    );
  });

  it("does not replace one whose fill may be under way", () => {
    const filled = withTarget(aLeg({ state: "filled", attempts: 2, touchedAt: later(60) }));
    expect(first(filled, none)).toEqual([]);
    expect(first(filled, { ...none, truthAt: later(60) })).toEqual([]);
    expect(first(filled, { ...none, truthAt: later(61) })).toEqual([placed(3)]);
  });

  it("asks again with the same tag for one that was not answered, and with a new one if refused", () => {
    const sent = withTarget(aLeg({ state: "sent", attempts: 2, touchedAt: NOW }));
    expect(first(sent, { ...none, at: later(1_999) })).toEqual([]);
    expect(first(sent, { ...none, at: later(2_000) })).toMatchObject([{ attempt: 2 }]);
    const lost = withTarget(aLeg({ state: "unknown", attempts: 2, touchedAt: NOW }));
    expect(first(lost, { ...none, at: later(2_000) })).toMatchObject([{ attempt: 2 }]);
    expect(first(withTarget(aLeg({ state: "rejected", attempts: 2 })), none)).toEqual([placed(3)]);
  });

  it("has nothing to repeat while every leg is on its way", () => {
    const sent = [0, 1].reduce(
      (trade, index) =>
        withTranche(trade, index, { target: aLeg({ state: "sent", touchedAt: NOW }) }),
      anOpenTrade(),
    );
    expect(leaveTrade(leaving({}, sent), none)).toEqual([]);
  });
});

describe("a trade beside one that was reversed", () => {
  const beside = { ...scene, beside: "reversed" } as const;

  it("is left too: nobody can tell their contracts apart", () => {
    expect(leaveTrade(anOpenTrade(), beside)).toEqual([
      { ...about, kind: "ExitBegun", reason: "beside-reversed" },
    ]);
    expect(leaveTrade(aTrade(), beside)).toEqual([]);
    const often = leaving({ tries: 3, triedAt: NOW });
    expect(leaveTrade(often, { ...beside, at: later(1_000) })[0]).toMatchObject({ tries: 4 });
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

  it("is believed at once where no entry fill can be missing, and said once", () => {
    const facts = leaveTrade(over(), scene).slice(-2) as FactOfTrade[];
    const begun = told(over(), ...facts);
    expect(begun.exit).toMatchObject({ reason: "reversed", closeAskedAt: scene.at, closeTries: 1 });
    expect(leaveTrade(over(), scene)).toEqual(leaveTrade(over(), truth));
    // The list that comes next says the same, and nothing is sent a second time.
    expect(leaveTrade(begun, { ...truth, at: later(1_100), truthAt: later(1_000) })).toEqual([]);
  });

  it("is else believed only when the venue's own list is younger than the last fill", () => {
    // One more was ordered than came in: its fill may be under way.
    const partly = withTranche(over(), 1, { quantity: contracts(3) });
    expect(leaveTrade(partly, scene)).toEqual([]);
    expect(leaveTrade(partly, { ...truth, truthAt: later(50) })).toEqual([]);
    expect(leaveTrade(partly, truth)).toHaveLength(4);
    const undated = withTranche(partly, 0, { filledAt: null });
    expect(leaveTrade(undated, truth)).toHaveLength(4);
  });

  it("waits for the other trades of its contract: a close would meet the sum", () => {
    for (const beside of ["same-side", "opposite"] as const) {
      expect(kinds(leaveTrade(over(), { ...truth, beside }))).not.toContain("CloseAsked");
      const begun = leaving({ reason: "reversed" }, over());
      expect(leaveTrade(begun, { ...truth, beside })).toEqual([]);
    }
    // Two that wait for each other would wait for ever.
    expect(kinds(leaveTrade(over(), { ...truth, beside: "reversed" }))).toContain("CloseAsked");
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

  it("is asked for as eagerly as ever, however often a close was in vain before it", () => {
    const since = later(60_000);
    const at = (asked: number, span: number) => {
      const tried = { closeAskedAt: later(60_000 + asked), closeTries: 7 };
      const trade = leaving({ reason: "reversed", since, ...tried }, over());
      return kinds(leaveTrade(trade, aScene({ at: later(60_000 + asked + span) })));
    };
    expect([at(0, 1_999), at(0, 2_000)]).toEqual([[], ["CloseAsked"]]);
    expect([at(5_999, 2_000), at(6_000, 2_000)]).toEqual([["CloseAsked"], []]);
    expect(at(6_000, 10_000)).toEqual(["CloseAsked"]);
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
    const partly = (trade: Trade) => withTranche(trade, 1, { quantity: contracts(3) });
    expect(leaveTrade(leaving({}, partly(oneTwice(3))), scene)).toEqual([]);
    const bought = oneTwice(3, { exited: someFills(3, es(6320)), filledAt: later(50) });
    expect(leaveTrade(leaving({}, partly(bought)), scene)).toEqual([]);
  });
});
