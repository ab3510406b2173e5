import { describe, expect, it } from "vitest";
import type { FactOf, LegFact } from "../../../../src/core/model/fact.ts";
import { fillId, orderId } from "../../../../src/core/model/ids.ts";
import type { Leg, Trade } from "../../../../src/core/model/trade.ts";
import { contracts, dollars, type Ticks } from "../../../../src/core/model/units.ts";
import {
  aLeg,
  anOpenTrade,
  es,
  later,
  NOW,
  someFills,
  TRADE,
  told,
  withTranche,
} from "../../../kit/builders.ts";

const stopAt = (tranche: number, span = 100) =>
  ({ at: later(span), trade: TRADE, tranche, leg: "stop" }) as const;

const confirmed = (price: Ticks, quantity = 1): LegFact => ({
  ...stopAt(0),
  kind: "LegConfirmed",
  order: orderId("s1"),
  price,
  quantity: contracts(quantity),
});

const changeAsked = (price: Ticks | null, quantity: number | null, attempt = 1): LegFact => ({
  ...stopAt(0),
  kind: "LegChangeAsked",
  price,
  quantity: quantity === null ? null : contracts(quantity),
  attempt,
  why: "correct",
});

const exitFilled = (
  by: "stop" | "target" | "close",
  quantity: number,
  change: Partial<FactOf<"ExitFilled">> = {},
): LegFact => ({
  at: later(300),
  trade: TRADE,
  tranche: 1,
  kind: "ExitFilled",
  by,
  fill: fillId("x1"),
  order: orderId("s2"),
  price: es(6316),
  quantity: contracts(quantity),
  fees: dollars(0.61),
  ...change,
});

const withoutLegs = (): Trade => withTranche(anOpenTrade(), 0, { stop: null, target: null });
const withStop = (stop: Leg): Trade => withTranche(anOpenTrade(), 0, { stop });
const stopOf = (trade: Trade): Leg | null | undefined => trade.tranches[0]?.stop;

describe("a leg of our own", () => {
  const placed: LegFact = {
    ...stopAt(0),
    kind: "LegPlaced",
    price: es(6316),
    quantity: contracts(1),
    attempt: 2,
  };

  it("is sent under a tag of its own", () => {
    expect(stopOf(told(withoutLegs(), placed))).toEqual(
      aLeg({
        tag: `${TRADE}-s1-2` as Leg["tag"],
        order: null,
        state: "sent",
        attempts: 2,
        placements: 1,
        placedAt: later(100),
        touchedAt: later(100),
      }),
    );
    const target = told(withoutLegs(), { ...placed, leg: "target" });
    expect(target.tranches[0]?.target?.tag).toBe(`${TRADE}-t1-2`);
  });

  it("keeps its tag and what was counted of it when the venue confirms it", () => {
    const leg = stopOf(told(withoutLegs(), placed, confirmed(es(6316))));
    expect(leg).toMatchObject({
      tag: `${TRADE}-s1-2`,
      order: "s1",
      state: "working",
      attempts: 2,
      placements: 1,
      placedAt: later(100),
    });
  });

  it("sent again under the same tag is the same placement, waited for since the first", () => {
    const again = told(withoutLegs(), placed, { ...placed, at: later(2_100) });
    expect(stopOf(again)).toMatchObject({
      attempts: 2,
      placements: 1,
      placedAt: later(100),
      touchedAt: later(2_100),
    });
  });

  it("under another tag is another placement; changes in between are none", () => {
    const facts = [placed, confirmed(es(6316)), changeAsked(es(6318), null, 3)];
    const next: LegFact = { ...placed, at: later(9_000), attempt: 4 };
    expect(stopOf(told(withoutLegs(), ...facts))?.placements).toBe(1);
    expect(stopOf(told(withoutLegs(), ...facts, next))).toMatchObject({
      attempts: 4,
      placements: 2,
      placedAt: later(9_000),
    });
  });

  it("that takes the place of a child of the venue's is the first of its kind", () => {
    const gone = withStop(aLeg({ state: "cancelled", attempts: 1 }));
    expect(stopOf(told(gone, placed))).toMatchObject({ placements: 1, placedAt: later(100) });
  });

  it("may be rejected or lost", () => {
    const sent = told(withoutLegs(), placed);
    const rejected = told(sent, { ...stopAt(0, 500), kind: "LegRejected", reason: "no funds" });
    expect(stopOf(rejected)).toMatchObject({
      state: "rejected",
      refusal: "no funds",
      touchedAt: later(500),
    });
    const lost = told(sent, { ...stopAt(0), kind: "LegUnknown", reason: "no answer" });
    expect(stopOf(lost)?.state).toBe("unknown");
  });

  it("that works is not lost by an answer that is", () => {
    const lost = told(withStop(aLeg()), { ...stopAt(0), kind: "LegUnknown", reason: "no answer" });
    expect(stopOf(lost)?.state).toBe("working");
  });
});

describe("a child of the venue", () => {
  it("is known from its first confirmation", () => {
    expect(stopOf(told(withoutLegs(), confirmed(es(6316))))).toEqual(
      aLeg({ order: orderId("s1"), placedAt: later(100), touchedAt: later(100) }),
    );
  });

  it("keeps what it has filled when it is confirmed again", () => {
    const leg = aLeg({ filled: contracts(1), quantity: contracts(3), cancelAskedAt: NOW });
    expect(stopOf(told(withStop(leg), confirmed(es(6316), 2)))).toMatchObject({
      quantity: 2,
      filled: 1,
      cancelAskedAt: NOW,
    });
  });
});

describe("a change of a leg", () => {
  it("is under way until the venue confirms it; the books keep the old price", () => {
    const asked = told(withStop(aLeg()), changeAsked(es(6326), 1, 3));
    expect(stopOf(asked)).toMatchObject({
      price: es(6316),
      change: { price: es(6326), quantity: 1, askedAt: later(100), attempt: 3 },
      attempts: 3,
      touchedAt: later(100),
    });
    expect(stopOf(told(asked, confirmed(es(6326))))).toMatchObject({
      price: es(6326),
      change: null,
    });
  });

  it.each([
    ["price and size", changeAsked(es(6326), 2), confirmed(es(6326), 2), true],
    ["the size alone", changeAsked(null, 2), confirmed(es(6316), 2), true],
    ["the price alone", changeAsked(es(6326), null), confirmed(es(6326), 1), true],
    ["another price", changeAsked(es(6326), null), confirmed(es(6320), 1), false],
    ["another size", changeAsked(es(6326), 2), confirmed(es(6326), 1), false],
  ])("with %s confirmed is settled: %s", (_, asked, word, settled) => {
    const leg = stopOf(told(withStop(aLeg()), asked, word));
    expect(leg?.change === null).toBe(settled);
  });

  it("that is refused leaves the leg and says why, until the next change", () => {
    const refused = told(withStop(aLeg()), changeAsked(es(6326), null), {
      ...stopAt(0),
      kind: "LegChangeRefused",
      reason: "price-through-market",
    });
    expect(stopOf(refused)).toMatchObject({ change: null, refusal: "price-through-market" });
    expect(stopOf(told(refused, changeAsked(es(6325), null)))?.refusal).toBeNull();
  });

  it("counts the refusals in a row, until one is taken", () => {
    const refused: LegFact = { ...stopAt(0), kind: "LegChangeRefused", reason: "busy" };
    const asked = changeAsked(es(6326), null);
    const twice = told(withStop(aLeg()), asked, refused, asked, refused);
    expect(stopOf(twice)).toMatchObject({ refusal: "busy", refusals: 2 });
    const elsewhere = told(twice, asked, confirmed(es(6320)));
    expect(stopOf(elsewhere)?.refusals).toBe(2);
    expect(stopOf(told(elsewhere, confirmed(es(6326))))).toMatchObject({
      refusal: null,
      refusals: 0,
    });
  });

  it("keeps the refusal of another change until all of it is confirmed", () => {
    const leg = aLeg({
      refusal: "busy",
      change: { price: es(6326), quantity: null, askedAt: NOW, attempt: 1 },
    });
    expect(stopOf(told(withStop(leg), confirmed(es(6320))))?.refusal).toBe("busy");
    expect(stopOf(told(withStop(leg), confirmed(es(6326))))?.refusal).toBeNull();
  });
});

describe("a leg that ends", () => {
  it("is over, and so is what was asked of it", () => {
    const asked = told(withStop(aLeg()), changeAsked(es(6326), null));
    const cancelling = told(asked, {
      ...stopAt(0, 400),
      kind: "LegCancelAsked",
      order: orderId("s1"),
    });
    expect(stopOf(cancelling)).toMatchObject({ cancelAskedAt: later(400), touchedAt: later(400) });
    const ended = told(cancelling, { ...stopAt(0, 500), kind: "LegEnded", how: "cancelled" });
    expect(stopOf(ended)).toMatchObject({
      state: "cancelled",
      change: null,
      touchedAt: later(500),
    });
  });

  it("was never there if the books know none", () => {
    const facts: readonly LegFact[] = [
      changeAsked(es(6326), null),
      { ...stopAt(0), kind: "LegChangeRefused", reason: "busy" },
      { ...stopAt(0), kind: "LegRejected", reason: "busy" },
      { ...stopAt(0), kind: "LegUnknown", reason: "busy" },
      { ...stopAt(0), kind: "LegCancelAsked", order: orderId("s1") },
      { ...stopAt(0), kind: "LegEnded", how: "filled" },
    ];
    expect(told(withoutLegs(), ...facts)).toEqual(withoutLegs());
  });
});

describe("an exit fill", () => {
  it("by a leg takes contracts out and fills the leg, in part or whole", () => {
    const once = told(anOpenTrade(), exitFilled("stop", 1));
    expect(once.tranches[1]).toMatchObject({
      exited: { quantity: 1, priceSum: es(6316) },
      filledAt: later(300),
      stop: { state: "working", filled: 1 },
    });
    const twice = told(once, exitFilled("stop", 1, { fill: fillId("x2") }));
    expect(twice.tranches[1]?.stop).toMatchObject({ state: "filled", filled: 2, change: null });
    expect(twice).toMatchObject({ fees: dollars(1.22), fills: ["1-in1", "1-in2", "x1", "x2"] });
  });

  it("by the venue's close touches no leg", () => {
    const before = anOpenTrade();
    const trade = told(before, exitFilled("close", 2));
    expect(trade.tranches[1]).toMatchObject({
      exited: { quantity: 2, priceSum: 2 * es(6316) },
      stop: before.tranches[1]?.stop,
      target: before.tranches[1]?.target,
    });
  });

  it("shared by tranches is remembered once", () => {
    const shared = told(
      anOpenTrade(),
      exitFilled("close", 2),
      exitFilled("close", 1, { tranche: 0 }),
    );
    expect(shared.fills.filter((fill) => fill === "x1")).toHaveLength(1);
  });

  it("of a buy-back takes an over-exit back", () => {
    const over = withTranche(anOpenTrade(), 1, { exited: someFills(3, es(6316)) });
    const trade = told(over, exitFilled("close", -1, { price: es(6317) }));
    expect(trade.tranches[1]?.exited).toEqual({
      quantity: 2,
      priceSum: 3 * es(6316) - es(6317),
    });
  });

  it("by a child nobody had seen makes the child known, so that the end has its reason", () => {
    const unseen = withTranche(anOpenTrade(), 1, { stop: null });
    const once = told(unseen, exitFilled("stop", 1));
    expect(once.tranches[1]?.stop).toEqual(
      aLeg({
        order: orderId("s2"),
        price: es(6316),
        quantity: contracts(2),
        filled: contracts(1),
        placedAt: later(300),
        touchedAt: later(300),
      }),
    );
    const twice = told(once, exitFilled("stop", 1, { fill: fillId("x2") }));
    expect(twice.tranches[1]?.stop).toMatchObject({ state: "filled", filled: 2 });
  });
});
