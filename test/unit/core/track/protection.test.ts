import { describe, expect, it } from "vitest";
import type { Leg, Trade } from "../../../../src/core/model/trade.ts";
import { contracts, type Ticks } from "../../../../src/core/model/units.ts";
import { keepApprovedLoss, protect, venueSizesIt } from "../../../../src/core/track/protection.ts";
import type { Scene } from "../../../../src/core/track/scene.ts";
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

const held = (legs: { stop?: Leg | null; target?: Leg | null } = {}, plan = three): Trade =>
  withTranche(anOpenTrade(plan), 0, legs);

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
    expect(protect(unseen, { ...native, truthAt: later(1) })).toEqual(exit("unprotected"));
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
    "that is %s is sent again under the same tag after 2 s",
    (state) => {
      const stop = aStop({ tag: TAG, order: null, state, attempts: 2, touchedAt: later(3_001) });
      expect(protect(held({ stop }), bare)).toEqual([]);
      expect(protect(held({ stop: { ...stop, touchedAt: later(3_000) } }), bare)).toEqual([
        placed("stop", 2, es(6316)),
      ]);
    },
  );

  it("that is rejected leaves no choice but to go", () => {
    expect(protect(held({ stop: aStop({ state: "rejected" }) }), bare)).toEqual(
      exit("stop-refused"),
    );
  });
});

describe("a stop that has ended under contracts still held", () => {
  const gone = (state: "cancelled" | "filled", attempts = 0) =>
    held({ stop: aStop({ state, attempts, touchedAt: later(4_000) }) });

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

  it("is replaced at the price it should have now", () => {
    const runner: Trade = { ...gone("cancelled"), stopAim: es(6326) };
    expect(protect(runner, list)).toEqual([placed("stop", 1, es(6326))]);
  });

  it("too often is not replaced again: the trade is left", () => {
    expect(protect(gone("cancelled", 2), list)).toEqual([placed("stop", 3, es(6316))]);
    expect(protect(gone("cancelled", 3), list)).toEqual(exit("unprotected"));
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
    const moved: Trade = { ...held(), stopAim: es(6320) };
    expect(protect(moved, native)).toEqual([changed("stop", "move", es(6320), null)]);
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

  it("whose aim came back while a change was lost is asked what it is", () => {
    const change = { price: es(6320), quantity: null, askedAt: NOW, attempt: 1 };
    expect(protect(held({ stop: aStop({ change, attempts: 1 }) }), native)).toEqual([
      { ...changed("stop", "resize", null, null), attempt: 2 },
    ]);
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
    ]);
  });

  it("anywhere else ends the trade", () => {
    expect(protect(refused({}), native)).toEqual(exit("stop-refused"));
  });
});

describe("a stop the venue will not resize", () => {
  const refused = (touchedAt = later(3_001)) =>
    held({
      stop: aStop({ tag: TAG, quantity: contracts(2), refusal: "busy", touchedAt }),
      target: aTarget({ tag: TAG }),
    });

  it("is asked again, but not before 2 s have passed", () => {
    expect(protect(refused(), bare)).toEqual([]);
    expect(protect(refused(later(3_000)), bare)).toEqual([changed("stop", "resize", null, 3)]);
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
    const cancelled = (attempts: number) =>
      held({ ...own, target: aTarget({ tag: TAG, state: "cancelled", attempts }) });
    expect(protect(cancelled(1), bare)).toEqual([placed("target", 2, es(6333))]);
    expect(protect(cancelled(3), bare)).toEqual([]);
  });

  it("of the venue's that is missing stays missing: the stop protects", () => {
    expect(protect(held({ target: null }), list)).toEqual([]);
    expect(protect(held({ target: aTarget({ state: "cancelled" }) }), list)).toEqual([]);
  });

  it.each(["sent", "unknown"] as const)("that is %s is sent again after 2 s", (state) => {
    const target = aTarget({ tag: TAG, order: null, state, attempts: 1, touchedAt: later(3_001) });
    expect(protect(held({ ...own, target }), bare)).toEqual([]);
    expect(protect(held({ ...own, target: { ...target, touchedAt: later(3_000) } }), bare)).toEqual(
      [placed("target", 1, es(6333))],
    );
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
    expect(protect(aimed, native)).toEqual([changed("target", "correct", es(6335), null)]);
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

  it("that the venue will not move stays where it is", () => {
    const target = aTarget({ price: es(6331), refusal: "busy" });
    expect(protect(held({ target }), native)).toEqual([]);
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

describe("a fill worse than was approved", () => {
  /** Entered at this price instead of the alert's. */
  const enteredAt = (price: Ticks, plan = three): Trade =>
    withTranche(anOpenTrade(plan), 0, { entered: someFills(3, price) });

  it("moves the stop by what was overpaid, so that the approved loss holds", () => {
    expect(keepApprovedLoss(enteredAt(es(6329)), native)).toEqual([
      { ...about, kind: "StopAimed", stop: es(6317), why: "worse-fill" },
    ]);
    const short = aShortPlan({ tranches: [{ quantity: contracts(3), target: es(6319) }] });
    expect(keepApprovedLoss(enteredAt(es(6323), short), native)).toEqual([
      { ...about, kind: "StopAimed", stop: es(6335), why: "worse-fill" },
    ]);
  });

  it("counts the average of a tranche, rounded up to the tick", () => {
    const sum = { quantity: contracts(3), priceSum: 3 * es(6328) + 1 };
    const trade = withTranche(anOpenTrade(three), 0, { entered: sum });
    expect(keepApprovedLoss(trade, native)).toMatchObject([{ stop: es(6316.25) }]);
  });

  it("takes the worst tranche for all", () => {
    const trade = withTranche(anOpenTrade(), 1, { entered: someFills(2, es(6330)) });
    expect(keepApprovedLoss(trade, native)).toMatchObject([{ stop: es(6318) }]);
  });

  it("is none at the worst approved price, or before anything filled", () => {
    expect(keepApprovedLoss(enteredAt(es(6328)), native)).toEqual([]);
    expect(keepApprovedLoss(aTrade(), native)).toEqual([]);
  });

  it("leaves a stop alone that is as tight already, or at breakeven", () => {
    expect(keepApprovedLoss({ ...enteredAt(es(6329)), stopAim: es(6317) }, native)).toEqual([]);
    expect(keepApprovedLoss({ ...enteredAt(es(6329)), breakeven: "due" }, native)).toEqual([]);
  });
});
