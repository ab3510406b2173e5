import { describe, expect, it } from "vitest";
import type { Fact, TradeFact } from "../../../../src/core/model/fact.ts";
import { type LegRole, type Named, orderId, type Verb } from "../../../../src/core/model/ids.ts";
import type { Leg, OrderState, Trade } from "../../../../src/core/model/trade.ts";
import { contracts } from "../../../../src/core/model/units.ts";
import type { Outcome } from "../../../../src/core/model/venue.ts";
import { readAnswer } from "../../../../src/core/track/read-answer.ts";
import {
  aLeg,
  anOpenTrade,
  aTrade,
  es,
  later,
  NOW,
  TRADE,
  told,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";

const AT = later(300);
const DONE: Outcome = { kind: "done", order: orderId("v1") };
const REFUSED: Outcome = { kind: "refused", code: "rejected", reason: "no funds" };
const TAKEN: Outcome = { kind: "refused", code: "tag-in-use", reason: "that tag exists" };
const NOT_SENT: Outcome = { kind: "not-sent", reason: "no connection" };
const UNKNOWN: Outcome = { kind: "unknown", reason: "timed out" };

const named = (role: LegRole, verb: Verb = "place", attempt = 1, tranche = 0): Named => ({
  trade: TRADE,
  role,
  tranche,
  attempt,
  verb,
});

describe("the answer to an entry", () => {
  const about = { at: AT, trade: TRADE, tranche: 0 };
  const read = (trade: Trade, outcome: Outcome) => readAnswer(trade, named("e"), outcome, AT);

  it("that is done accepts it", () => {
    expect(read(aTrade(), DONE)).toEqual([{ ...about, kind: "EntryAccepted", order: "v1" }]);
  });

  it("that is done, of a trade that was given up, puts the trade on again", () => {
    const given = withEntry(aTrade(), 0, { state: "not-sent" });
    const over: Trade = { ...given, phase: "abandoned" };
    expect(read(over, DONE)).toEqual([
      { at: AT, trade: TRADE, kind: "TradeReopened" },
      { ...about, kind: "EntryAccepted", order: "v1" },
    ]);
  });

  it("that is done without a name waits for the order itself", () => {
    expect(read(aTrade(), { kind: "done", order: null })).toEqual([]);
  });

  it("that is refused rejects it, with the venue's words", () => {
    expect(read(aTrade(), REFUSED)).toEqual([
      { ...about, kind: "EntryRejected", code: "rejected", reason: "no funds" },
    ]);
  });

  it("that its tag is taken means look, not rejected", () => {
    expect(read(aTrade(), TAKEN)).toEqual([
      { ...about, kind: "EntryUnknown", reason: "that tag exists" },
    ]);
  });

  it("that it was not sent ends it", () => {
    expect(read(aTrade(), NOT_SENT)).toEqual([
      { ...about, kind: "EntryNotSent", reason: "no connection" },
    ]);
  });

  it("that got lost ends nothing", () => {
    expect(read(aTrade(), UNKNOWN)).toEqual([
      { ...about, kind: "EntryUnknown", reason: "timed out" },
    ]);
  });

  const COMING_LATE = `
    state      done      refused   taken    not-sent  unknown
    sent       Accepted  Rejected  Unknown  NotSent   Unknown
    unknown    Accepted  Rejected  .        .         .
    working    .         .         .        .         .
    filled     .         .         .        .         .
    cancelled  .         .         .        .         .
    expired    .         .         .        .         .
    rejected   .         .         .        .         .
    not-sent   Accepted  Rejected  .        .         .
  `;
  const outcomes = [DONE, REFUSED, TAKEN, NOT_SENT, UNKNOWN];
  const cells = COMING_LATE.trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([state, ...row]) =>
      row.map((cell, index) => ({ state, outcome: outcomes[index] ?? UNKNOWN, cell })),
    );

  it.each(cells)(
    "for an entry that is $state, $outcome.kind: $cell",
    ({ state, outcome, cell }) => {
      const order = state === "working" || state === "filled" ? orderId("e1") : null;
      const trade = withEntry(aTrade(), 0, { state: state as OrderState, order });
      const kinds = read(trade, outcome).map((fact) => fact.kind);
      expect(kinds).toEqual(cell === "." ? [] : [`Entry${cell}`]);
    },
  );

  it("to its cancel, or about one that is not there, says nothing", () => {
    expect(readAnswer(aTrade(), named("e", "cancel"), REFUSED, AT)).toEqual([]);
    expect(readAnswer(aTrade(), named("e", "place", 1, 9), DONE, AT)).toEqual([]);
  });
});

describe("the answer to a leg that was placed", () => {
  const about = { at: AT, trade: TRADE, tranche: 0, leg: "stop" };
  const sent = (change: Partial<Leg> = {}): Trade =>
    withTranche(anOpenTrade(), 0, { stop: aLeg({ state: "sent", attempts: 1, ...change }) });
  const read = (outcome: Outcome, trade = sent()): readonly Fact[] =>
    readAnswer(trade, named("s"), outcome, AT);

  it("that is refused rejects it", () => {
    expect(read(REFUSED)).toEqual([{ ...about, kind: "LegRejected", reason: "rejected" }]);
  });

  it("that is done waits for the order itself", () => {
    expect(read(DONE)).toEqual([]);
  });

  it.each([TAKEN, NOT_SENT, UNKNOWN])(
    "that is $kind otherwise leaves it to be looked for",
    (one) => {
      expect(read(one)).toEqual([{ ...about, kind: "LegUnknown", reason: one.kind }]);
    },
  );

  it("speaks only of the placement it answers", () => {
    expect(read(REFUSED, sent({ attempts: 2 }))).toEqual([]);
    expect(read(REFUSED, sent({ state: "working" }))).toEqual([]);
    expect(read(REFUSED, withTranche(anOpenTrade(), 0, { stop: null }))).toEqual([]);
    expect(readAnswer(sent(), named("s", "cancel"), REFUSED, AT)).toEqual([]);
    expect(readAnswer(sent(), named("s", "place", 1, 9), REFUSED, AT)).toEqual([]);
  });

  it("may be about a target", () => {
    const trade = withTranche(anOpenTrade(), 0, { target: aLeg({ state: "sent", attempts: 1 }) });
    expect(readAnswer(trade, named("t"), REFUSED, AT)).toMatchObject([
      { kind: "LegRejected", leg: "target" },
    ]);
  });
});

describe("the answer to a change of a leg", () => {
  const changing = withTranche(anOpenTrade(), 0, {
    stop: aLeg({
      attempts: 3,
      change: { price: es(6326), quantity: null, askedAt: NOW, attempt: 3 },
    }),
  });

  it("that is refused leaves it where it was, with the venue's code", () => {
    expect(readAnswer(changing, named("s", "modify", 3), REFUSED, AT)).toEqual([
      {
        at: AT,
        trade: TRADE,
        tranche: 0,
        leg: "stop",
        kind: "LegChangeRefused",
        reason: "rejected",
      },
    ]);
  });

  it("of an earlier attempt, or where nothing is under way, is history", () => {
    expect(readAnswer(changing, named("s", "modify", 2), REFUSED, AT)).toEqual([]);
    expect(readAnswer(anOpenTrade(), named("s", "modify", 1), REFUSED, AT)).toEqual([]);
  });

  it.each([DONE, NOT_SENT, UNKNOWN])("that is $kind proves nothing", (outcome) => {
    expect(readAnswer(changing, named("s", "modify", 3), outcome, AT)).toEqual([]);
  });
});

describe("the answer to a close", () => {
  it("of the contract proves nothing: the position says whether it worked", () => {
    for (const outcome of [DONE, REFUSED, NOT_SENT, UNKNOWN]) {
      expect(readAnswer(anOpenTrade(), named("c"), outcome, AT)).toEqual([]);
    }
  });

  it("of a part that is refused ends the trim", () => {
    const part = { at: AT, trade: TRADE, tranche: 1, quantity: contracts(1) };
    const begun: TradeFact = { ...part, kind: "TrimBegun" };
    const sent: TradeFact = { ...part, kind: "TrimSent" };
    const trimming = told(anOpenTrade(), begun, sent);
    expect(readAnswer(trimming, named("p"), REFUSED, AT)).toEqual([
      { at: AT, trade: TRADE, kind: "TrimEnded", how: "refused" },
    ]);
    expect(readAnswer(trimming, named("p"), UNKNOWN, AT)).toEqual([]);
    expect(readAnswer(anOpenTrade(), named("p"), REFUSED, AT)).toEqual([]);
    // The next trim is under way; the answer to the one before it comes late.
    const next = told(
      trimming,
      { at: AT, trade: TRADE, kind: "TrimEnded", how: "late" },
      begun,
      sent,
    );
    expect(readAnswer(next, named("p"), REFUSED, AT)).toEqual([]);
    expect(readAnswer(next, named("p", "place", 2), REFUSED, AT)).toHaveLength(1);
  });
});
