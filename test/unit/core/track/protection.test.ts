import { describe, expect, it } from "vitest";
import type { Leg, Trade, Tranche } from "../../../../src/core/model/trade.ts";
import { contracts, type Ticks } from "../../../../src/core/model/units.ts";
import { protect, venueSizesIt } from "../../../../src/core/track/protection.ts";
import { type Scene, targetPatience } from "../../../../src/core/track/scene.ts";
import {
  aLeg,
  anOpenTrade,
  aPlan,
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

/** 3 contracts in one tranche, filled at `NOW`, whose legs a test puts in place. */
const three = aPlan({ tranches: [{ quantity: contracts(3), target: es(6333) }] });
const TAG = "own" as Leg["tag"];

const held = (change: Partial<Tranche> = {}, plan = three): Trade =>
  withTranche(anOpenTrade(plan), 0, change);

const aStop = (change: Partial<Leg> = {}): Leg => aLeg({ quantity: contracts(3), ...change });
const aTarget = (change: Partial<Leg> = {}): Leg => aStop({ price: es(6333), ...change });

const native = aScene({ at: later(5_000) });
const bare = aScene({ at: later(5_000), brackets: "none" });
/** The venue's own list, asked for after everything else. */
const list: Scene = { ...native, truthAt: later(4_900) };

const about = { at: native.at, trade: TRADE };
const exit = (reason: string, at = native.at) => [{ at, trade: TRADE, kind: "ExitBegun", reason }];
const placed = (leg: "stop" | "target", attempt: number, price: Ticks, quantity = 3) => ({
  ...about,
  tranche: 0,
  leg,
  kind: "LegPlaced",
  price,
  quantity,
  attempt,
});
const changed = (
  leg: "stop" | "target",
  why: string,
  price: Ticks | null,
  quantity: number | null,
) => ({
  ...about,
  tranche: 0,
  leg,
  kind: "LegChangeAsked",
  price,
  quantity,
  attempt: 1,
  why,
});

describe("contracts whose legs are where they should be", () => {
  it("need nothing", () => {
    for (const plan of [aPlan(), aShortPlan(), three]) {
      expect(protect(anOpenTrade(plan), native)).toEqual([]);
      expect(protect(anOpenTrade(plan), list)).toEqual([]);
    }
  });

  it("that are not held need nothing either", () => {
    expect(protect(aTrade(), native)).toEqual([]);
    const over = withTranche(held(), 0, { exited: someFills(4, es(6320)) });
    expect(protect(over, native)).toEqual([]);
  });
});

describe("contracts without a stop", () => {
  it("get one placed at once where the venue keeps no brackets", () => {
    expect(protect(held({ stop: null, target: null }), bare)).toEqual([
      placed("stop", 1, es(6316)),
    ]);
  });

  it("wait for the venue's own stop to be reported", () => {
    const unseen = held({ stop: null, target: null });
    expect(protect(unseen, native)).toEqual([]);
    expect(protect(unseen, { ...native, truthAt: NOW })).toEqual([]);
  });

  it("are left when the venue's list, asked for after the fill, shows none", () => {
    const unseen = held({ stop: null });
    // Asked for with the fill, the list may show it waiting still.
    expect(protect(unseen, { ...native, truthAt: later(300) })).toEqual([]);
    expect(protect(unseen, { ...native, truthAt: later(301) })).toEqual(exit("unprotected"));
  });

  it("are left after 10 s when the venue cannot be read", () => {
    const unseen = held({ stop: null });
    expect(protect(unseen, aScene({ at: later(9_999) }))).toEqual([]);
    expect(protect(unseen, aScene({ at: later(10_000) }))).toEqual(
      exit("unprotected", later(10_000)),
    );
  });

  it("that were never dated wait for the list", () => {
    const undated = withTranche(held({ stop: null }), 0, { filledAt: null });
    expect(protect(undated, native)).toEqual([]);
  });
});

describe("a stop of our own", () => {
  it.each(["sent", "unknown"] as const)(
    "that is %s is sent again under the same tag after 1.5 s",
    (state) => {
      const stop = aStop({ tag: TAG, order: null, state, attempts: 2, touchedAt: later(3_501) });
      expect(protect(held({ stop }), bare)).toEqual([]);
      expect(protect(held({ stop: { ...stop, touchedAt: later(3_500) } }), bare)).toEqual([
        placed("stop", 2, es(6316)),
      ]);
    },
  );

  it("of which nobody knows whether it arrived is sent again at once, and then less often", () => {
    const lost = { tag: TAG, order: null, state: "unknown", attempts: 2 } as const;
    const again = (placedAt: number, touchedAt: number) =>
      protect(
        held({ stop: aStop({ ...lost, placedAt: later(placedAt), touchedAt: later(touchedAt) }) }),
        bare,
      );
    expect(again(4_701, 4_701)).toEqual([]);
    expect(again(4_700, 4_700)).toEqual([placed("stop", 2, es(6316))]);
    expect(again(3_201, 4_700)).toEqual([placed("stop", 2, es(6316))]);
    expect(again(3_200, 4_700)).toEqual([]);
  });

  it.each(["sent", "unknown"] as const)(
    "that is %s and was not seen for 10 s is waited for no longer",
    (state) => {
      const stop = (placedAt: number) =>
        aStop({
          tag: TAG,
          order: null,
          state,
          attempts: 2,
          placedAt: later(placedAt),
          touchedAt: later(8_500),
        });
      const last = { ...bare, at: later(10_000) };
      expect(protect(held({ stop: stop(0) }), { ...bare, at: later(9_999) })).toEqual([]);
      expect(protect(held({ stop: stop(1) }), last)).toMatchObject([{ kind: "LegPlaced" }]);
      expect(protect(held({ stop: stop(0) }), last)).toEqual(exit("unprotected", later(10_000)));
      const leaving = told(held({ stop: stop(0) }), {
        ...about,
        kind: "ExitBegun",
        reason: "flatten",
      });
      expect(protect(leaving, last)).toEqual([]);
    },
  );

  it("that is rejected leaves no choice but to go", () => {
    expect(protect(held({ stop: aStop({ state: "rejected" }) }), bare)).toEqual(
      exit("stop-refused"),
    );
  });
});

describe("a stop that has ended under contracts still held", () => {
  const gone = (state: "cancelled" | "filled", placements = 0) =>
    held({ stop: aStop({ state, placements, touchedAt: later(4_000), cancelAskedAt: NOW }) });

  it.each(["cancelled", "filled"] as const)(
    "when %s is replaced once the venue's list agrees",
    (state) => {
      expect(protect(gone(state), native)).toEqual([]);
      expect(protect(gone(state), { ...native, truthAt: later(4_000) })).toEqual([]);
      expect(protect(gone(state), { ...native, truthAt: later(4_001) })).toEqual([
        placed("stop", 1, es(6316)),
      ]);
    },
  );

  it("is replaced at once when the list that told of its end shows the contracts as well", () => {
    const shown: Scene = { ...native, showsGone: (order) => order === aStop().order };
    expect(protect(gone("cancelled"), shown)).toEqual([placed("stop", 1, es(6316))]);
    expect(protect(gone("cancelled"), { ...shown, fewer: true })).toEqual([]);
    // A close takes contracts and legs at nearly the same time.
    const exit = { since: NOW, tries: 1, triedAt: NOW, closeAskedAt: null, closeTries: 0 };
    const leaving: Trade = { ...gone("cancelled"), exit: { ...exit, reason: "close-command" } };
    expect(protect(leaving, shown)).toEqual([]);
  });

  it("is replaced at the price it should have now", () => {
    const runner: Trade = { ...gone("cancelled"), stopAim: es(6326) };
    expect(protect(runner, list)).toEqual([placed("stop", 1, es(6326))]);
  });

  it("too often is not replaced again: the trade is left", () => {
    expect(protect(gone("cancelled", 2), list)).toEqual([placed("stop", 1, es(6316))]);
    expect(protect(gone("cancelled", 3), list)).toEqual(exit("unprotected"));
  });

  it("is placed under a number of its own, however often it was changed before", () => {
    const moved = aStop({
      state: "cancelled",
      attempts: 7,
      placements: 1,
      touchedAt: later(4_000),
      cancelAskedAt: NOW,
    });
    expect(protect(held({ stop: moved }), list)).toEqual([placed("stop", 8, es(6316))]);
  });

  it("though nobody here asked for it was taken away, which is told", () => {
    const taken = { ...about, at: list.at, tranche: 0, kind: "StopLoosened", price: null };
    const stop = { state: "cancelled", touchedAt: later(4_000) } as const;
    const cancelled = held({ stop: aStop(stop) });
    expect(protect(cancelled, list)).toEqual([taken, placed("stop", 1, es(6316))]);
    // One that never worked got lost on its way.
    const lost = held({ stop: aStop({ ...stop, order: null }) });
    expect(protect(lost, list)).toEqual([placed("stop", 1, es(6316))]);
    const leaving = told(cancelled, { ...about, kind: "ExitBegun", reason: "flatten" });
    expect(protect(leaving, list)).toEqual([placed("stop", 1, es(6316))]);
  });

  it("and taken away a second time makes the trade be left", () => {
    expect(protect(held({ loosened: 1 }), list)).toEqual(protect(held({}), list));
    expect(protect(held({ loosened: 2 }), list)).toEqual(exit("stop-loosened"));
    const leaving = told(held({ loosened: 2 }), { ...about, kind: "ExitBegun", reason: "flatten" });
    expect(protect(leaving, list)).toEqual([]);
  });

  it("is replaced on the way out as well, but nothing is begun twice", () => {
    const leaving = told(gone("cancelled"), { ...about, kind: "ExitBegun", reason: "flatten" });
    expect(protect(leaving, list)).toEqual([placed("stop", 1, es(6316))]);
    const often = told(gone("cancelled", 3), { ...about, kind: "ExitBegun", reason: "flatten" });
    expect(protect(often, list)).toEqual([]);
  });
});

describe("a working stop", () => {
  it("priced from the fill is moved to the alert's price, looser or tighter", () => {
    for (const price of [es(6314), es(6318)]) {
      expect(protect(held({ stop: aStop({ price }) }), native)).toEqual([
        changed("stop", "correct", es(6316), null),
      ]);
    }
  });

  it("goes to breakeven when that is due", () => {
    const due = told(held(), { ...about, kind: "BreakevenDue", stop: es(6326), why: "target" });
    expect(protect(due, native)).toEqual([changed("stop", "breakeven", es(6326), null)]);
  });

  it("goes where a command puts it", () => {
    const moved: Trade = { ...held(), stopAim: es(6320), stopWhy: "command" };
    expect(protect(moved, native)).toEqual([changed("stop", "command", es(6320), null)]);
  });

  it("that differs from the others after a refusal is brought to where they are", () => {
    const kept: Trade = { ...held(), stopAim: es(6318), stopWhy: "refused" };
    expect(protect(kept, native)).toEqual([changed("stop", "correct", es(6318), null)]);
  });

  it("that is tighter already is not said to go to breakeven", () => {
    const tight: Trade = { ...held(), stopAim: es(6327), stopWhy: "command" };
    const due = told(tight, { ...about, kind: "BreakevenDue", stop: es(6326), why: "target" });
    expect(protect(due, native)).toEqual([changed("stop", "command", es(6327), null)]);
  });

  it("has one change under way at a time, asked for again after 2 s", () => {
    const change = { price: es(6316), quantity: null, askedAt: later(3_001), attempt: 4 };
    const stop = aStop({ price: es(6314), attempts: 4, change });
    expect(protect(held({ stop }), native)).toEqual([]);
    const overdue = { ...stop, change: { ...change, askedAt: later(3_000) } };
    expect(protect(held({ stop: overdue }), native)).toEqual([
      { ...changed("stop", "correct", es(6316), null), attempt: 5 },
    ]);
  });

  it("is asked to change again as soon as a list shows that it did not; a target can wait", () => {
    const change = { price: es(6316), quantity: null, askedAt: later(4_000), attempt: 4 };
    const stop = aStop({ price: es(6314), attempts: 4, change, touchedAt: later(4_000) });
    const target = aTarget({ price: es(6330), change: { ...change, price: es(6333) } });
    const shown = (truthAt: number) =>
      protect(held({ stop, target }), { ...native, truthAt: later(truthAt) });
    expect(shown(4_300)).toEqual([]);
    expect(shown(4_301)).toEqual([{ ...changed("stop", "correct", es(6316), null), attempt: 5 }]);
  });

  it("that was made smaller for a part is made larger without asking when the part is given up", () => {
    const part = { tranche: 0, quantity: contracts(1), askedAt: NOW, stage: "closing" } as const;
    const trimmed: Trade = { ...held({ stop: aStop({ quantity: contracts(2) }) }), part };
    const ended = (how: "late" | "refused" | "filled", trade = trimmed) =>
      protect(told(trade, { ...about, kind: "TrimEnded", how }), native);
    const larger = [changed("stop", "resize", null, 3)];
    expect([ended("late"), ended("refused"), ended("filled")]).toEqual([larger, larger, []]);
    expect(ended("late", { ...trimmed, part: null })).toEqual([]);
    // One that grew meanwhile is the venue's own again.
    const grown: Trade = { ...held({ stop: aStop({ quantity: contracts(4) }) }), part };
    expect(ended("late", grown)).toEqual([]);
  });

  it("whose aim came back while a change was lost is told so: it may have come through", () => {
    const lost = (price: Ticks | null, quantity: number | null) => {
      const asked = { price, quantity: quantity === null ? null : contracts(quantity) };
      const change = { ...asked, askedAt: NOW, attempt: 1 };
      return protect(held({ stop: aStop({ change, attempts: 1 }) }), native);
    };
    const again = (price: Ticks | null, quantity: number | null) => [
      { ...changed("stop", "resize", price, quantity), attempt: 2 },
    ];
    expect(lost(es(6320), null)).toEqual(again(es(6316), null));
    expect(lost(null, 2)).toEqual(again(null, 3));
    expect(lost(es(6320), 2)).toEqual(again(es(6316), 3));
  });

  it("stays as it is while the trade is being left", () => {
    const leaving = told(held({ stop: aStop({ price: es(6310) }) }), {
      ...about,
      kind: "ExitBegun",
      reason: "flatten",
    });
    expect(protect(leaving, native)).toEqual([]);
  });
});

describe("a stop the venue will not move", () => {
  const refused = (change: Partial<Trade>): Trade => ({
    ...held({ stop: aStop({ refusal: "price-through-market" }) }),
    stopAim: es(6326),
    ...change,
  });

  it("to breakeven ends the trade: by its own rules it would be out", () => {
    expect(protect(refused({ breakeven: "due" }), native)).toEqual(exit("breakeven-passed"));
  });

  it("to breakeven is kept where it is if the trader said so", () => {
    const keep = refused({ breakeven: "due", plan: { ...three, onBreakevenPassed: "keep" } });
    expect(protect(keep, native)).toEqual([
      { ...about, kind: "StopAimed", stop: es(6316), why: "refused" },
      { ...about, kind: "BreakevenKept", stop: es(6316) },
    ]);
  });

  it("to breakeven is kept without loosening one that stands there already", () => {
    const two = aPlan({ onBreakevenPassed: "keep" });
    const second = (stop: Partial<Leg>, exited = 0): Trade => {
      const refused = aLeg({ refusal: "price-through-market" });
      const trade = withTranche(anOpenTrade(two), 0, { stop: refused });
      const change = { stop: aLeg({ quantity: contracts(2), ...stop }) };
      const left = { ...change, exited: someFills(exited, es(6326)) };
      return { ...withTranche(trade, 1, left), breakeven: "due", stopAim: es(6326) };
    };
    const kept = { kind: "StopAimed", stop: es(6316), why: "refused" };
    expect(protect(second({ price: es(6326) }), native)).toEqual([]);
    expect(protect(second({ price: es(6326) }, 2), native)).toMatchObject([kept, {}]);
    expect(protect(second({ price: es(6326), state: "filled" }), native)).toMatchObject([kept, {}]);
    expect(protect(second({ price: es(6320) }), native)[0]).toMatchObject(kept);
  });

  it("anywhere else ends the trade", () => {
    expect(protect(refused({}), native)).toEqual(exit("stop-refused"));
  });
});

describe("a stop the venue will not move just now", () => {
  const busy = (refusals: number, change: Partial<Trade> = {}): Trade => ({
    ...held({ stop: aStop({ refusal: "busy", refusals, touchedAt: later(3_000) }) }),
    stopAim: es(6326),
    stopWhy: "command",
    ...change,
  });

  it("protects where it is, and is asked again every 2 s", () => {
    for (const refusals of [1, 4]) {
      expect(protect(busy(refusals), aScene({ at: later(4_999) }))).toEqual([]);
      expect(protect(busy(refusals), native)).toEqual([changed("stop", "command", es(6326), null)]);
    }
  });

  it("will not be moved at all after five refusals in a row", () => {
    expect(protect(busy(5), native)).toEqual(exit("stop-refused"));
    // The price was not the reason, so breakeven was not passed either.
    expect(protect(busy(5, { breakeven: "due" }), native)).toEqual(exit("stop-refused"));
  });

  it("is asked anew when it is wanted elsewhere", () => {
    const keep: Trade = {
      ...held({ stop: aStop({ refusal: "price-through-market" }) }),
      plan: { ...three, onBreakevenPassed: "keep" },
      breakeven: "due",
    };
    const wanted = told(keep, { ...about, kind: "StopAimed", stop: es(6320), why: "command" });
    expect(protect(wanted, native)).toEqual([changed("stop", "command", es(6320), null)]);
  });
});

describe("a stop the venue will not resize", () => {
  const refused = (change: Partial<Leg> = {}, target: Partial<Leg> = {}) =>
    held({
      stop: aStop({
        tag: TAG,
        quantity: contracts(2),
        refusal: "busy",
        refusals: 1,
        touchedAt: later(3_000),
        ...change,
      }),
      target: aTarget({ tag: TAG, ...target }),
    });

  it("is asked again, but not before 2 s have passed", () => {
    expect(protect(refused({ touchedAt: later(3_001) }), bare)).toEqual([]);
    expect(protect(refused(), bare)).toEqual([changed("stop", "resize", null, 3)]);
  });

  it("and is too small leaves contracts uncovered: after five refusals the trade is left", () => {
    expect(protect(refused({ refusals: 5 }), bare)).toEqual(exit("unprotected"));
  });

  it("and is too big is asked for ever: what is too much could open a position", () => {
    const big = { quantity: contracts(4), refusals: 9 };
    expect(protect(refused(big), bare)).toEqual([changed("stop", "resize", null, 3)]);
  });

  it("has a sibling with the same right to be asked", () => {
    const stop = { quantity: contracts(3), refusal: null, refusals: 0 };
    const target = {
      quantity: contracts(4),
      refusal: "busy",
      refusals: 9,
      touchedAt: later(3_000),
    };
    expect(protect(refused(stop, target), bare)).toEqual([changed("target", "resize", null, 3)]);
  });
});

describe("contracts of a trade that was sold twice", () => {
  it("are on their way out, and get no more legs", () => {
    const reversed = told(held({ stop: null, target: null }), {
      ...about,
      kind: "ExitBegun",
      reason: "reversed",
    });
    for (const scene of [bare, list]) expect(protect(reversed, scene)).toEqual([]);
  });
});

describe("the size of a leg", () => {
  it("of our own follows what is held, at once", () => {
    const stop = aStop({ tag: TAG, quantity: contracts(1) });
    expect(protect(held({ stop, target: aTarget({ tag: TAG }) }), bare)).toEqual([
      changed("stop", "resize", null, 3),
    ]);
  });

  it("of a venue's child is the venue's business until its own list says otherwise", () => {
    const short = held({ stop: aStop({ quantity: contracts(2), touchedAt: later(4_000) }) });
    expect(protect(short, native)).toEqual([]);
    expect(protect(short, { ...native, truthAt: later(4_000) })).toEqual([]);
    expect(protect(short, list)).toEqual([changed("stop", "resize", null, 3)]);
  });

  it("counts what the leg has filled already", () => {
    const partly = withTranche(held({ target: aTarget({ filled: contracts(1) }) }), 0, {
      exited: someFills(1, es(6333)),
    });
    expect(protect(partly, list)).toEqual([changed("stop", "resize", null, 2)]);
  });

  it("gives way to a part that leaves by command, and grows back after it", () => {
    const part = { tranche: 0, quantity: contracts(1), askedAt: NOW, stage: "shrinking" } as const;
    expect(protect({ ...held(), part }, native)).toEqual([changed("stop", "resize", null, 2)]);
    const other = { ...part, tranche: 1 };
    expect(protect({ ...held(), part: other }, native)).toEqual([]);
    const all = { ...part, quantity: contracts(3) };
    expect(protect({ ...held(), part: all }, native)).toEqual([]);
  });

  it("and its price are changed in one request", () => {
    const stop = aStop({ price: es(6314), quantity: contracts(2) });
    expect(protect(held({ stop }), list)).toEqual([changed("stop", "correct", es(6316), 3)]);
  });

  it("is the venue's business for its own child only", () => {
    const tranche = held().tranches[0]!;
    expect(venueSizesIt(tranche, aStop(), native)).toBe(true);
    expect(venueSizesIt(tranche, aStop(), list)).toBe(false);
    expect(venueSizesIt(tranche, aStop({ tag: TAG }), native)).toBe(false);
    expect(venueSizesIt({ ...tranche, filledAt: null }, aStop(), list)).toBe(false);
  });
});

describe("a target", () => {
  const own = { stop: aStop({ tag: TAG }) };

  it("follows the stop, never leads it", () => {
    expect(
      protect(
        held({ stop: aStop({ tag: TAG, state: "sent", touchedAt: later(4_000) }), target: null }),
        bare,
      ),
    ).toEqual([]);
    expect(protect(held({ ...own, target: null }), bare)).toEqual([placed("target", 1, es(6333))]);
  });

  it("of our own that was cancelled is placed again, three times at most", () => {
    const cancelled = (placements: number, attempts: number) =>
      held({ ...own, target: aTarget({ tag: TAG, state: "cancelled", placements, attempts }) });
    expect(protect(cancelled(1, 1), bare)).toEqual([placed("target", 2, es(6333))]);
    expect(protect(cancelled(2, 6), bare)).toEqual([placed("target", 7, es(6333))]);
    expect(protect(cancelled(3, 3), bare)).toEqual([]);
  });

  it("of the venue's that is missing stays missing: the stop protects", () => {
    expect(protect(held({ target: null }), list)).toEqual([]);
    expect(protect(held({ target: aTarget({ state: "cancelled" }) }), list)).toEqual([]);
  });

  it("of a tranche that leaves at once is ours to place where a person took the venue's away", () => {
    const gone = aTarget({ state: "cancelled", touchedAt: later(4_000) });
    const leaving = (target: Leg | null) => held({ target, targetWhy: "trim" });
    expect(protect(leaving(gone), list)).toMatchObject([{ kind: "LegPlaced", leg: "target" }]);
    // It takes a list asked for since; and one that shows all that is held.
    expect(protect(leaving(gone), { ...list, truthAt: later(4_000) })).toEqual([]);
    expect(protect(leaving(gone), { ...list, fewer: true })).toEqual([]);
    expect(protect(leaving(null), list)).toEqual([]);
  });

  it.each(["sent", "unknown"] as const)("that is %s is sent again after 2 s", (state) => {
    const target = aTarget({
      ...{ tag: TAG, order: null, state, attempts: 1 },
      ...{ placedAt: later(3_000), touchedAt: later(3_001) },
    });
    expect(protect(held({ ...own, target }), bare)).toEqual([]);
    expect(protect(held({ ...own, target: { ...target, touchedAt: later(3_000) } }), bare)).toEqual(
      [placed("target", 1, es(6333))],
    );
  });

  it("that was sent again and again is sent more seldom, every 10 s at last", () => {
    const wait = (first: number, last: number) =>
      targetPatience(aTarget({ placedAt: later(first), touchedAt: later(last) }));
    expect([wait(0, 2_000), wait(0, 4_000), wait(0, 90_000)]).toEqual([2_000, 4_000, 10_000]);
  });

  it("is moved to its planned price, and to where a command or the anchor puts it", () => {
    expect(protect(held({ target: aTarget({ price: es(6331) }) }), native)).toEqual([
      changed("target", "correct", es(6333), null),
    ]);
    const aimed = told(held(), {
      ...about,
      tranche: 0,
      kind: "TargetAimed",
      target: es(6335),
      why: "command",
    });
    expect(protect(aimed, native)).toEqual([changed("target", "command", es(6335), null)]);
  });

  it("waits for the stop's change, which goes first", () => {
    const both = held({ stop: aStop({ price: es(6314) }), target: aTarget({ price: es(6331) }) });
    expect(protect(both, native)).toEqual([changed("stop", "correct", es(6316), null)]);
    const asked = told(both, {
      ...about,
      tranche: 0,
      leg: "stop",
      kind: "LegChangeAsked",
      price: es(6316),
      quantity: null,
      attempt: 1,
      why: "correct",
    });
    expect(protect(asked, native)).toEqual([changed("target", "correct", es(6333), null)]);
  });

  it("that the venue will not move just now is asked again every 2 s, five times", () => {
    const busy = (refusals: number) =>
      held({
        target: aTarget({ price: es(6331), refusal: "busy", refusals, touchedAt: later(3_000) }),
      });
    expect(protect(busy(1), aScene({ at: later(4_999) }))).toEqual([]);
    expect(protect(busy(4), native)).toEqual([changed("target", "correct", es(6333), null)]);
    expect(protect(busy(5), native)).toEqual([]);
  });

  it("that the venue will never move stays where it is, until it is wanted elsewhere", () => {
    const target = aTarget({ price: es(6331), refusal: "price-through-market" });
    expect(protect(held({ target }), native)).toEqual([]);
    const wanted = told(held({ target }), {
      ...about,
      tranche: 0,
      kind: "TargetAimed",
      target: es(6335),
      why: "command",
    });
    expect(protect(wanted, native)).toEqual([changed("target", "command", es(6335), null)]);
  });

  it("that has filled or was rejected is not tended", () => {
    for (const state of ["filled", "rejected"] as const) {
      expect(protect(held({ target: aTarget({ state }) }), list)).toEqual([]);
    }
  });

  it("is left to the exit once the trade is being left", () => {
    const leaving = told(held({ target: aTarget({ price: es(6324) }) }), {
      ...about,
      kind: "ExitBegun",
      reason: "flatten",
    });
    expect(protect(leaving, native)).toEqual([]);
  });
});

describe("the size of a leg the venue keeps", () => {
  it("is the venue's own business until 300 ms after the last fill of entry or leg", () => {
    const sizes = (truthAt: number, filled: number): boolean => {
      const stop = aStop({ touchedAt: later(0) });
      const target = aTarget({ touchedAt: later(2_000), filled: contracts(filled) });
      const [tranche] = held({ stop, target }).tranches;
      if (tranche === undefined) throw new Error("a trade has a tranche");
      const settled = { ...tranche, filledAt: later(1_000) };
      return venueSizesIt(settled, stop, { ...native, truthAt: later(truthAt) });
    };
    expect([sizes(1_300, 0), sizes(1_301, 0)]).toEqual([true, false]);
    expect([sizes(2_300, 1), sizes(2_301, 1)]).toEqual([true, false]);
  });

  it("is ours once we have asked for another one and were not answered: it is asked for again", () => {
    const change = { price: null, quantity: contracts(2), askedAt: later(2_000), attempt: 1 };
    const stop = aStop({ quantity: contracts(4), change, touchedAt: later(2_000) });
    expect(protect(held({ stop }), native)).toMatchObject([
      { kind: "LegChangeAsked", leg: "stop", price: null, quantity: 3 },
    ]);
  });
});
