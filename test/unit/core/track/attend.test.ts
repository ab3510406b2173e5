import { describe, expect, it } from "vitest";
import type { Fact, TradeFact } from "../../../../src/core/model/fact.ts";
import { tagOf } from "../../../../src/core/model/ids.ts";
import type { Leg, Trade } from "../../../../src/core/model/trade.ts";
import { attend } from "../../../../src/core/track/attend.ts";
import type { FactOfTrade } from "../../../../src/core/track/evolve-trade.ts";
import type { Scene } from "../../../../src/core/track/scene.ts";
import {
  aLeg,
  anOpenTrade,
  aQuote,
  aScene,
  aTrade,
  es,
  later,
  legOrder,
  NOW,
  someFills,
  TRADE,
  told,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";

const scene = aScene({ at: later(5_000), quote: aQuote(es(6330)) });
const about = { at: scene.at, trade: TRADE };
const kindsOf = (facts: readonly Fact[]) => facts.map((fact) => fact.kind);

/** Everything the rules have to say, one rule after the other, until all are content. */
function settle(trade: Trade, where: Scene = scene): readonly Fact[] {
  const facts = attend(trade, where);
  return facts.length === 0
    ? []
    : [...facts, ...settle(told(trade, ...(facts as FactOfTrade[])), where)];
}

/** The first entry works, the second has not been sent. */
const entering = (): Trade =>
  withEntry(aTrade(), 0, { state: "working", order: legOrder("e", 0), sentAt: NOW });

const released: TradeFact = { at: NOW, trade: TRADE, kind: "TradeReleased" };

describe("a trade where all is as it should be", () => {
  it("needs nothing", () => {
    expect(attend(anOpenTrade(), scene)).toEqual([]);
  });
});

describe("a trade that needs several things", () => {
  it("gets what one rule says first; the rest is asked for again with that folded in", () => {
    const late = aScene({ at: later(30_000) });
    expect(kindsOf(attend(entering(), late))).toEqual(["EntryWithdrawn"]);
    expect(kindsOf(settle(entering(), late))).toEqual([
      "EntryWithdrawn",
      "EntryNotSent",
      "EntryCancelAsked",
    ]);
  });

  it("has its stop moved to breakeven after Target 1, and nothing else", () => {
    const hit = { ...withTranche(anOpenTrade(), 0, { stop: null, target: null }), targetsHit: 1 };
    const runner = withTranche(hit, 0, { exited: someFills(1, es(6333)) });
    expect(settle(runner)).toMatchObject([
      { kind: "BreakevenDue", stop: es(6326) },
      { kind: "LegChangeAsked", tranche: 1, leg: "stop", price: es(6326), why: "breakeven" },
    ]);
  });
});

describe("a trade handed to a person", () => {
  it("has its unfilled entries withdrawn", () => {
    const trade = told(entering(), released);
    expect(settle(trade)).toEqual([
      {
        ...about,
        tranche: 1,
        kind: "EntryNotSent",
        reason: "released to a person",
      },
      { ...about, tranche: 0, kind: "EntryCancelAsked", order: "e1" },
    ]);
  });

  it("keeps its stop and target as they are, whatever they should be", () => {
    const odd = withTranche(anOpenTrade(), 0, {
      stop: aLeg({ price: es(6310) }),
      target: null,
    });
    const trade: Trade = { ...told(odd, released), targetsHit: 1 };
    const list = { ...scene, truthAt: later(4_900) };
    expect(settle(trade, list)).toEqual([]);
    expect(settle(withTranche(trade, 1, { stop: null }), list)).toEqual([]);
  });

  it("is cleared of legs that outlive its contracts, and watched to its end", () => {
    const own = (index: number): Leg => aLeg({ tag: tagOf(TRADE, "s", index, 1) });
    const flat = [1, 2].reduce(
      (trade, quantity, index) =>
        withTranche(trade, index, {
          exited: someFills(quantity, es(6330)),
          stop: index === 0 ? own(index) : null,
          target: null,
        }),
      told(anOpenTrade(), released),
    );
    expect(kindsOf(settle(flat))).toEqual(["LegCancelAsked"]);
    const over = withTranche(flat, 0, { stop: null });
    expect(kindsOf(attend(over, scene))).toEqual(["TradeClosed"]);
  });

  it("is taken back and left by whoever asks for the exit", () => {
    const back = told(anOpenTrade(), released, { ...about, kind: "ExitBegun", reason: "flatten" });
    expect(kindsOf(attend(back, scene))).toEqual([
      "ExitRepeated",
      "LegChangeAsked",
      "LegChangeAsked",
    ]);
  });
});
