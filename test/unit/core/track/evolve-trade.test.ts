import { describe, expect, it } from "vitest";
import type { FactOf, TradeFact } from "../../../../src/core/model/fact.ts";
import { isLeaving, type Trade } from "../../../../src/core/model/trade.ts";
import { contracts, money } from "../../../../src/core/model/units.ts";
import {
  aLeg,
  anOpenTrade,
  aShortPlan,
  aTrade,
  es,
  later,
  TRADE,
  told,
  withTranche,
} from "../../../kit/builders.ts";

const about = { at: later(100), trade: TRADE };
const closed: TradeFact = {
  ...about,
  kind: "TradeClosed",
  how: "stop",
  gross: money(0),
  fees: money(0),
  net: money(0),
};

describe("a target that is hit", () => {
  const hit = (target: number): FactOf<"TargetHit"> => ({
    ...about,
    kind: "TargetHit",
    target,
    price: es(6333),
    quantity: contracts(1),
  });

  it("makes the trade a runner", () => {
    expect(told(anOpenTrade(), hit(1))).toMatchObject({ phase: "runner", targetsHit: 1 });
  });

  it("is not forgotten when a nearer one follows", () => {
    expect(told(anOpenTrade(), hit(2), hit(1)).targetsHit).toBe(2);
  });
});

describe("the stop's aim", () => {
  it("goes to breakeven when that is due, but never to a looser price", () => {
    const due = (price: number): TradeFact => ({
      ...about,
      kind: "BreakevenDue",
      stop: es(price),
      why: "target",
    });
    expect(told(anOpenTrade(), due(6326))).toMatchObject({ breakeven: "due", stopAim: es(6326) });
    const tightened: TradeFact = { ...about, kind: "StopAimed", stop: es(6330), why: "command" };
    expect(told(anOpenTrade(), tightened, due(6326)).stopAim).toBe(es(6330));
    expect(told(anOpenTrade(aShortPlan()), due(6326)).stopAim).toBe(es(6326));
  });

  it("stays where it is when the rules keep the old stop", () => {
    const kept = told(anOpenTrade(), { ...about, kind: "BreakevenKept", stop: es(6316) });
    expect(kept).toMatchObject({ breakeven: "off", stopAim: es(6316) });
  });

  it("and a target's aim go where they are told to", () => {
    const trade = told(
      anOpenTrade(),
      { ...about, kind: "StopAimed", stop: es(6318), why: "worse-fill" },
      { ...about, kind: "TargetAimed", tranche: 1, target: es(6340), why: "command" },
    );
    expect(trade.stopAim).toBe(es(6318));
    expect(trade.tranches.map((one) => one.targetAim)).toEqual([es(6333), es(6340)]);
  });
});

describe("a new aim", () => {
  const refused = aLeg({ refusal: "price-through-market", refusals: 5 });
  const anew = { refusal: null, refusals: 0 };
  const stubborn = (): Trade =>
    [0, 1].reduce(
      (trade, index) => withTranche(trade, index, { stop: refused, target: refused }),
      anOpenTrade(),
    );

  it("for the stop lets every stop be asked anew, whatever was refused before", () => {
    const aims: readonly TradeFact[] = [
      { ...about, kind: "StopAimed", stop: es(6320), why: "command" },
      { ...about, kind: "BreakevenDue", stop: es(6326), why: "price" },
    ];
    for (const aim of aims) {
      for (const { stop, target } of told(stubborn(), aim).tranches) {
        expect(stop).toEqual({ ...refused, ...anew });
        expect(target).toEqual(refused);
      }
    }
  });

  it("for a target lets that one be asked anew", () => {
    const aim: TradeFact = {
      ...about,
      tranche: 1,
      kind: "TargetAimed",
      target: es(6340),
      why: "command",
    };
    const [first, second] = told(stubborn(), aim).tranches;
    expect(first?.target).toEqual(refused);
    expect(second).toMatchObject({ target: anew, stop: { refusals: 5 } });
    const bare = withTranche(anOpenTrade(), 1, { target: null });
    expect(told(bare, aim).tranches[1]?.target).toBeNull();
  });
});

describe("a tranche that leaves by command", () => {
  const aimed = (why: FactOf<"TargetAimed">["why"]): TradeFact => ({
    ...about,
    tranche: 1,
    kind: "TargetAimed",
    target: es(6325),
    why,
  });
  const leaving = (...whys: FactOf<"TargetAimed">["why"][]) =>
    told(anOpenTrade(), ...whys.map(aimed)).tranches.map(isLeaving);

  it("hits no target with that, also if the average fill moves meanwhile", () => {
    expect(leaving("trim")).toEqual([false, true]);
    expect(leaving("trim", "anchor")).toEqual([false, true]);
  });

  it("has a target again once somebody gives it one", () => {
    expect(leaving("anchor")).toEqual([false, false]);
    expect(leaving("trim", "command")).toEqual([false, false]);
    expect(leaving("trim", "by-hand")).toEqual([false, false]);
  });
});

describe("an exit", () => {
  const begun: TradeFact = { ...about, kind: "ExitBegun", reason: "flatten" };

  it("remembers its reason, its tries and its close call", () => {
    const trade = told(
      anOpenTrade(),
      begun,
      { ...about, at: later(200), kind: "ExitRepeated", tries: 1 },
      { ...about, at: later(900), kind: "CloseAsked", contract: "MESZ26", tries: 2 },
    );
    expect(trade.exit).toEqual({
      reason: "flatten",
      since: later(100),
      tries: 1,
      triedAt: later(200),
      closeAskedAt: later(900),
      closeTries: 2,
    });
  });

  it("that turns into another keeps what was tried", () => {
    const trade = told(
      anOpenTrade(),
      begun,
      { ...about, kind: "ExitRepeated", tries: 2 },
      { ...about, at: later(500), kind: "ExitBegun", reason: "reversed" },
    );
    expect(trade.exit).toMatchObject({ reason: "reversed", since: later(500), tries: 2 });
  });

  it("that was tried before it was begun counts as unprotected", () => {
    const trade = told(anOpenTrade(), { ...about, kind: "ExitRepeated", tries: 1 });
    expect(trade.exit).toMatchObject({ reason: "unprotected", tries: 1, closeAskedAt: null });
  });
});

describe("a trim", () => {
  it("is counted, so that the next one has a name of its own", () => {
    const part = { ...about, tranche: 1, quantity: contracts(1) };
    const once = told(anOpenTrade(), { ...part, kind: "TrimBegun" }, { ...part, kind: "TrimSent" });
    expect(once.trims).toBe(1);
    const ended = told(once, { ...about, kind: "TrimEnded", how: "late" });
    expect(told(ended, { ...part, kind: "TrimBegun" }).trims).toBe(2);
  });

  it("shrinks first, closes then, and is over either way", () => {
    const begun = told(anOpenTrade(), {
      ...about,
      tranche: 1,
      kind: "TrimBegun",
      quantity: contracts(1),
    });
    expect(begun.part).toEqual({
      tranche: 1,
      quantity: 1,
      askedAt: later(100),
      stage: "shrinking",
    });
    const sent = told(begun, {
      ...about,
      at: later(700),
      tranche: 1,
      kind: "TrimSent",
      quantity: contracts(1),
    });
    expect(sent.part).toMatchObject({ stage: "closing", askedAt: later(700) });
    expect(told(sent, { ...about, kind: "TrimEnded", how: "filled" }).part).toBeNull();
  });
});

describe("the end of a trade", () => {
  it("is closed when something was held, abandoned when nothing ever was", () => {
    expect(told(anOpenTrade(), closed)).toMatchObject({ phase: "closed", closedAt: later(100) });
    expect(told(aTrade(), { ...about, kind: "TradeAbandoned", reason: "gone" })).toMatchObject({
      phase: "abandoned",
      closedAt: later(100),
    });
  });

  it("may prove premature: a reopened trade is open and no longer being left", () => {
    const exiting = told(anOpenTrade(), { ...about, kind: "ExitBegun", reason: "flatten" }, closed);
    expect(told(exiting, { ...about, kind: "TradeReopened" })).toMatchObject({
      phase: "open",
      closedAt: null,
      exit: null,
    });
  });

  it("of an entry that was given up may prove premature too: the order is there", () => {
    const given = told(aTrade(), { ...about, kind: "TradeAbandoned", reason: "never arrived" });
    expect(told(given, { ...about, kind: "TradeReopened" })).toMatchObject({
      phase: "entering",
      closedAt: null,
    });
  });
});

describe("a trade handed to a person", () => {
  const released: TradeFact = { ...about, kind: "TradeReleased" };

  it("waits for no entry any more", () => {
    expect(told(aTrade(), released)).toMatchObject({
      released: true,
      entryEnding: "released to a person",
    });
    const withdrawn = aTrade({ entryEnding: "not filled in time" });
    expect(told(withdrawn, released).entryEnding).toBe("not filled in time");
  });

  it("is taken back by whoever asks for the exit", () => {
    const back = told(anOpenTrade(), released, { ...about, kind: "ExitBegun", reason: "flatten" });
    expect(back).toMatchObject({ released: false, exit: { reason: "flatten" } });
  });
});
