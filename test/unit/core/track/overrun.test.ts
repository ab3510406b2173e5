import { describe, expect, it } from "vitest";
import type { Leg, Trade, Tranche } from "../../../../src/core/model/trade.ts";
import { afterOverrun } from "../../../../src/core/track/overrun.ts";
import { protect } from "../../../../src/core/track/protection.ts";
import type { Scene } from "../../../../src/core/track/scene.ts";
import {
  aLeg,
  anOpenTrade,
  aQuote,
  aScene,
  aShortPlan,
  es,
  later,
  TRADE,
  told,
} from "../../../kit/builders.ts";

const long = anOpenTrade();
const short = anOpenTrade(aShortPlan());
/** The list of a second ago, with the price far beyond the stop at 6316. */
const below = (change: Partial<Scene> = {}): Scene =>
  aScene({ quote: aQuote(es(6310)), truthAt: later(9_000), ...change });

const seen = (leg: Partial<Leg>, scene: Scene, trade: Trade = long) =>
  afterOverrun(
    { trade, tranche: trade.tranches[0] as Tranche, index: 0, scene },
    aLeg({ price: trade.stopAim, ...leg }),
  );

const noted = {
  ...{ at: later(10_000), trade: TRADE, tranche: 0, kind: "StopOverrun" },
  ...{ price: es(6310), askedAt: later(9_000) },
};

describe("a stop with the price beyond it", () => {
  it("is noted at the first list, and left at one a second later", () => {
    expect(seen({}, below())).toEqual([noted]);
    expect(seen({ overrunAt: later(8_101) }, below())).toEqual([]);
    expect(seen({ overrunAt: later(8_100) }, below())).toMatchObject([
      { kind: "ExitBegun", reason: "stop-unfilled" },
    ]);
  });

  it("is noted anew when the last time was long ago", () => {
    const scene = below({ truthAt: later(70_000) });
    expect(seen({ overrunAt: later(9_999) }, scene)).toMatchObject([{ kind: "StopOverrun" }]);
    expect(seen({ overrunAt: later(10_000) }, scene)).toMatchObject([{ kind: "ExitBegun" }]);
  });

  it("counts upwards for a short", () => {
    const above = (points: number) => below({ quote: aQuote(es(points)) });
    expect(seen({}, above(6342), short)).toMatchObject([{ kind: "StopOverrun" }]);
    expect(seen({}, above(6330), short)).toBeNull();
  });

  it("is none where leaving would still get its price, or nothing has traded there", () => {
    expect(seen({}, below({ quote: aQuote(es(6316)) }))).toBeNull();
    const wide = aQuote(es(6317), { bid: es(6310) });
    expect(seen({}, below({ quote: wide }))).toBeNull();
  });

  it("is none without a fresh price, or without a younger list that has the contracts", () => {
    expect(seen({}, below({ quote: null }))).toBeNull();
    expect(seen({}, below({ truthAt: null }))).toBeNull();
    expect(seen({}, below({ fewer: true }))).toBeNull();
    expect(seen({ touchedAt: later(9_000) }, below())).toBeNull();
  });

  it("is left once, whichever tranche had it first, and forgotten when it is confirmed elsewhere", () => {
    const overrun = (tranche: number) =>
      ({ ...noted, tranche, kind: "StopOverrun", askedAt: later(8_000) }) as const;
    const both = told(long, overrun(0), overrun(1));
    expect(protect(both, below()).map(({ kind }) => kind)).toEqual(["ExitBegun"]);
    const moved = told(both, {
      ...{ at: later(8_500), trade: TRADE, tranche: 0, kind: "LegConfirmed", leg: "stop" },
      ...{ order: aLeg().order ?? noted.trade, price: es(6312), quantity: aLeg().quantity },
    } as Parameters<typeof told>[1]);
    expect(moved.tranches[0]?.stop?.overrunAt).toBeUndefined();
  });

  it("of a tranche without one is nothing to remember", () => {
    const bare = { ...long, tranches: long.tranches.map((one) => ({ ...one, stop: null })) };
    const fact = { ...noted, kind: "StopOverrun", askedAt: later(8_000) } as const;
    expect(told(bare, fact)).toEqual(bare);
  });
});
