import { describe, expect, it } from "vitest";
import { outcomeFor } from "../../../../src/core/decide/update-effect.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import { contracts, ticks } from "../../../../src/core/model/units.ts";
import type { Update } from "../../../../src/core/model/update.ts";
import type { Scene } from "../../../../src/core/track/scene.ts";
import {
  aLeg,
  anOpenTrade,
  aPlan,
  aQuote,
  aScene,
  aShortPlan,
  aTrade,
  es,
  later,
  someFills,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";

const told = (update: Update, trade: Trade = anOpenTrade(), scene: Partial<Scene> = {}): string => {
  const { how, reason, review, facts } = outcomeFor(trade, update, aScene(scene));
  const kinds = facts.map(({ kind }) => kind).join(" ");
  return `${how}${review ? " (look)" : ""}: ${reason}${kinds === "" ? "" : ` [${kinds}]`}`;
};

const ON = { instrument: null } as const;
const breakeven: Update = { ...ON, action: "stop_to_breakeven" };
const trim = (share: number | null): Update => ({ ...ON, action: "trim", share, price: null });
const hit = (target: number): Update => ({ ...ON, action: "target_hit", target, price: null });
const stop = (at: number): Update => ({ ...ON, action: "move_stop", stop: at });
const stopped: Update = { ...ON, action: "stopped", price: null };
const cancel: Update = { ...ON, action: "cancel" };
const close: Update = { ...ON, action: "close", price: null };

const at = (points: number): Partial<Scene> => ({ quote: aQuote(es(points)) });

/** Everything sent, nothing filled. */
const unfilled = (): Trade => aTrade();
/** Withdrawn, and the cancel is on its way. */
const ending = (): Trade => aTrade({ entryEnding: "not filled in time" });
/** The first tranche is in, the second still rests. */
const halfFilled = (): Trade =>
  withEntry(withTranche(anOpenTrade(), 1, { entered: someFills(0, es(6326)) }), 1, {
    state: "working",
    filled: contracts(0),
  });
const afterTarget1 = (ago: number): Trade => ({
  ...withTranche(anOpenTrade(), 0, {
    exited: someFills(1, es(6333)),
    filledAt: later(10_000 - ago),
    target: aLeg({ state: "filled", price: es(6333), filled: contracts(1) }),
  }),
  phase: "runner",
  targetsHit: 1,
  breakeven: "due",
  stopAim: es(6326),
});

describe("breakeven", () => {
  it("goes to the average fill", () => {
    expect(told(breakeven, anOpenTrade(), at(6330))).toBe(
      "applied: the stop goes to breakeven 6326.00 [BreakevenDue]",
    );
  });

  it("was due already, and the stop had to stay behind", () => {
    const trade = { ...anOpenTrade(), breakeven: "due" } as const;
    expect(told(breakeven, trade, at(6330))).toBe("noted: breakeven was due already");
  });

  it("takes what has not filled home, also where nothing else is to do", () => {
    expect(told(breakeven, halfFilled(), at(6330))).toBe(
      "applied: the stop goes to breakeven 6326.00 [EntryWithdrawn BreakevenDue]",
    );
    expect(told(breakeven, { ...halfFilled(), stopAim: es(6327) })).toBe(
      "noted: the stop is at 6327.00 already [EntryWithdrawn]",
    );
    expect(told(breakeven, unfilled())).toContain("applied: it has not filled");
    expect(told(breakeven, ending())).toBe("noted: it holds nothing");
  });
});

describe("a new stop", () => {
  it("is taken a tick tighter, and refused a tick looser", () => {
    expect(told(stop(6316.25))).toBe("applied: the stop goes to 6316.25 [StopAimed]");
    expect(told(stop(6315.75))).toContain("refused (look): 6315.75 would risk more");
  });

  it("is mirrored for a short", () => {
    const short = anOpenTrade(aShortPlan());
    expect(told(stop(6335.75), short)).toBe("applied: the stop goes to 6335.75 [StopAimed]");
    expect(told(stop(6336.25), short)).toContain("refused (look): 6336.25 would risk more");
  });

  it("that the price has passed is an exit, as far as the alert itself risked", () => {
    expect(told(stop(6332), anOpenTrade(), at(6322))).toBe(
      "applied: the price 6322.00 is through 6332.00: it is left [ExitBegun]",
    );
    expect(told(stop(6332.25), anOpenTrade(), at(6322))).toContain("refused (look): the price");
  });

  it("is left to the venue where the price is old, and to nobody where it is absurd", () => {
    const old = { quote: null, lastQuote: aQuote(es(6320)) };
    expect(told(stop(6322), anOpenTrade(), old)).toContain("[StopAimed]");
    expect(told(stop(6422), anOpenTrade(), old)).toContain("refused (look)");
    const none = { quote: null, lastQuote: null };
    expect(told(stop(6322), anOpenTrade(), none)).toContain("[StopAimed]");
  });

  it("waits for the fill, unless the author is safe by then or nothing can fill", () => {
    expect(told(stop(6319), unfilled())).toBe("applied: the stop will be at 6319.00 [StopAimed]");
    expect(told(stop(6326), unfilled())).toContain("[EntryWithdrawn]");
    expect(told(stop(6319), ending())).toBe("noted: it holds nothing");
  });
});

describe("a trim", () => {
  const five = aPlan({
    tranches: [
      { quantity: contracts(2), target: es(6333) },
      { quantity: contracts(3), target: es(6338) },
    ],
  });

  it.each([
    [500, 2],
    [250, 1],
    [100, 1],
    [750, 3],
    [1_000, 5],
    [4_000, 5],
  ])("of %d thousandths of five takes %d", (share, quantity) => {
    expect(told(trim(share), anOpenTrade(five))).toContain(`${quantity} of 5 contracts`);
  });

  it("takes the nearest target first, and what is no whole tranche by its own steps", () => {
    const { facts } = outcomeFor(anOpenTrade(five), trim(600), aScene());
    expect(facts).toMatchObject([
      { kind: "TargetAimed", tranche: 0 },
      { kind: "TrimBegun", tranche: 1, quantity: 1 },
    ]);
  });

  it("of no size is left to the trader", () => {
    expect(told(trim(null))).toContain("refused (look): it says not how much");
    expect(told(trim(0))).toContain("refused (look): it says not how much");
  });

  it("is not made again while one is under way", () => {
    const whole = withTranche(anOpenTrade(), 0, { targetWhy: "trim" });
    const part = { tranche: 1, quantity: contracts(1), askedAt: later(0), stage: "shrinking" };
    expect(told(trim(500), whole)).toContain("another part is being taken off");
    expect(told(trim(500), { ...anOpenTrade(), part } as Trade)).toContain("another part");
  });

  it("within a minute of a target, or covered by it, only tells", () => {
    expect(told(trim(750), afterTarget1(60_000))).toBe("noted: target 1 took its part 1 min ago");
    expect(told(trim(500), afterTarget1(60_001))).toBe(
      "noted: the 50 % taken at target 1 cover it",
    );
    expect(told(trim(750), afterTarget1(60_001))).toContain("applied: 1 of 2 contracts");
    expect(told(trim(null), afterTarget1(0))).toContain("it says not how much");
  });

  it("counts the fills at the target, not those of the tranche that stayed", () => {
    const [first, second] = afterTarget1(120_000).tranches;
    if (first === undefined || second === undefined) throw new Error("it has two tranches");
    const trade = { ...afterTarget1(120_000), tranches: [{ ...first, filledAt: null }, second] };
    expect(told(trim(750), trade)).toContain("applied");
    const bare = { ...afterTarget1(120_000), tranches: [first, { ...second, target: null }] };
    expect(told(trim(500), bare)).toContain("cover it");
  });

  it("takes what has not filled home", () => {
    expect(told(trim(500), halfFilled())).toContain("[EntryWithdrawn TargetAimed]");
    expect(told(trim(500), unfilled())).toContain("[EntryWithdrawn]");
  });
});

describe("a target told", () => {
  it("moves the stop and sells nothing", () => {
    expect(told(hit(1), anOpenTrade(), at(6330))).toBe(
      "applied: our target 1 goes on waiting; the stop goes to breakeven 6326.00 [BreakevenDue]",
    );
    expect(told(hit(2), anOpenTrade(), at(6330))).toContain("[BreakevenDue]");
  });

  it("that comes before the rules' own breakeven moves nothing", () => {
    const trade = anOpenTrade(aPlan({ breakevenAfter: 2 }));
    expect(told(hit(1), trade, at(6330))).toBe("noted: our target 1 goes on waiting");
  });

  it("finds nothing waiting where a trim took what was meant for it", () => {
    const meant = anOpenTrade(aPlan({ breakevenAfter: 2 }));
    const trimmed = withTranche(meant, 0, { exited: someFills(1, es(6330)), targetWhy: "trim" });
    expect(told(hit(1), trimmed, at(6330))).toBe("noted: nothing is left for our target 1");
    const onItsWay = withTranche(meant, 0, { targetWhy: "trim" });
    expect(told(hit(1), onItsWay, at(6330))).toBe("noted: nothing is left for our target 1");
  });

  it("was hit here as well", () => {
    expect(told(hit(1), afterTarget1(5_000))).toBe("noted: target 1 was hit here too");
    expect(told(hit(2), afterTarget1(5_000))).toBe("noted: our target 2 goes on waiting");
  });
});

describe("stopped, cancelled, closed", () => {
  it("says where our own stop is, confirmed or not", () => {
    expect(told(stopped)).toBe("noted (look): the author was stopped; our stop rests at 6316.00");
    const bare = withTranche(anOpenTrade(), 0, { stop: null });
    const naked = withTranche(bare, 1, { stop: null });
    expect(told(stopped, naked)).toContain("our stop at 6316.00 is not confirmed yet");
  });

  it("cancels only what has not filled", () => {
    expect(told(cancel, halfFilled())).toContain("applied (look): 1 held already");
    expect(told(cancel)).toContain("noted (look): 3 held already; our stop rests at 6316.00");
    expect(told(cancel, unfilled())).toContain("[EntryWithdrawn]");
  });

  it("closes once, and never what a person took over", () => {
    expect(told(close)).toBe("applied: all of it is left [ExitBegun]");
    expect(told(close, unfilled())).toBe("applied: its entry is withdrawn [ExitBegun]");
    expect(told(close, { ...anOpenTrade(), released: true })).toContain("noted: it was released");
    const exit = {
      reason: "flatten",
      since: later(0),
      tries: 0,
      triedAt: later(0),
      closeAskedAt: null,
      closeTries: 0,
    } as const;
    expect(told(close, { ...anOpenTrade(), exit })).toBe("noted: it is being left already");
  });

  it("never makes a trade larger, or its stop looser, whatever is said of it", () => {
    const trades = [anOpenTrade(), anOpenTrade(aShortPlan()), halfFilled(), unfilled()];
    const words = [breakeven, trim(500), hit(1), stop(6320), stop(6310), stopped, cancel, close];
    for (const trade of [...trades, afterTarget1(0)])
      for (const word of words)
        for (const { kind, ...fact } of outcomeFor(trade, word, aScene(at(6330))).facts) {
          expect(kind).not.toMatch(/^Entry(Sent|Filled)|LegPlaced|TradePlanned/);
          if (kind !== "StopAimed" || !("stop" in fact)) continue;
          const sign = trade.plan.side === "long" ? 1 : -1;
          expect(sign * (Number(fact.stop) - trade.stopAim)).toBeGreaterThan(ticks(0));
        }
  });
});
