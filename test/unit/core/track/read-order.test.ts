import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact, FactOf } from "../../../../src/core/model/fact.ts";
import { orderId, tagOf } from "../../../../src/core/model/ids.ts";
import type {
  Change,
  EntryOrder,
  Leg,
  OrderState,
  Trade,
} from "../../../../src/core/model/trade.ts";
import { contracts, millis } from "../../../../src/core/model/units.ts";
import type { VenueOrder, VenueOrderStatus } from "../../../../src/core/model/venue.ts";
import type { FactOfTrade } from "../../../../src/core/track/evolve-trade.ts";
import {
  placeOf,
  type Reading,
  readAbsence,
  readEntryOrder,
  readLegAbsence,
  readLegOrder,
} from "../../../../src/core/track/read-order.ts";
import {
  ACCOUNT,
  aLeg,
  anOpenTrade,
  anOrder,
  aShortPlan,
  aTrade,
  es,
  later,
  NOW,
  someFills,
  TRADE,
  told,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";

/** News: an event, stamped with its arrival. */
const event: Reading = { at: later(5_000), askedAt: null };
const asked = (span: number) => ({ at: later(span + 100), askedAt: later(span) });

const STATUSES: readonly VenueOrderStatus[] = [
  "suspended",
  "working",
  "filled",
  "cancelled",
  "expired",
  "rejected",
];

const kindsOf = (facts: readonly Fact[]) => facts.map((fact) => fact.kind);

describe("the venue's word about an entry", () => {
  const stateOf = (state: OrderState, order = state === "working" ? orderId("e1") : null) =>
    withEntry(aTrade(), 0, { state, order });

  it("that works accepts it", () => {
    expect(readEntryOrder(aTrade(), 0, anOrder(), event)).toEqual([
      { at: event.at, trade: TRADE, tranche: 0, kind: "EntryAccepted", order: "e1" },
    ]);
  });

  it("that it has ended says how, after it was accepted", () => {
    for (const status of ["cancelled", "expired"] as const) {
      expect(readEntryOrder(aTrade(), 0, anOrder({ status }), event)).toMatchObject([
        { kind: "EntryAccepted" },
        { kind: "EntryEnded", how: status },
      ]);
    }
  });

  it("that it was rejected carries the reason, if there is one", () => {
    const reason = (text: string | null) =>
      readEntryOrder(aTrade(), 0, anOrder({ status: "rejected", reason: text }), event);
    expect(reason("no funds")).toMatchObject([
      { kind: "EntryRejected", code: "rejected", reason: "no funds" },
    ]);
    expect(reason(null)).toMatchObject([{ reason: "no reason given" }]);
  });

  it("reopens a trade that was given up without it", () => {
    const given = withEntry(aTrade({ phase: "abandoned" }), 0, { state: "not-sent" });
    expect(kindsOf(readEntryOrder(given, 0, anOrder(), event))).toEqual([
      "TradeReopened",
      "EntryAccepted",
    ]);
  });

  it("is silent about an order that is not there", () => {
    expect(readEntryOrder(aTrade(), 5, anOrder(), event)).toEqual([]);
  });

  const LISTED = `
               suspended  working   filled    cancelled        expired          rejected
    planned    .          .         .         .                .                .
    sent       .          Accepted  Accepted  Accepted+Ended   Accepted+Ended   Rejected
    unknown    .          Accepted  Accepted  Accepted+Ended   Accepted+Ended   Rejected
    working    .          .         .         Ended            Ended            Rejected
    filled     .          .         .         .                .                .
    cancelled  .          .         .         .                .                .
    expired    .          .         .         .                .                .
    rejected   .          .         .         .                .                .
    not-sent   .          Accepted  Accepted  Accepted+Ended   Accepted+Ended   Rejected
  `;
  const cells = LISTED.trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([state, ...row]) =>
      row.map((cell, index) => ({ state, status: STATUSES[index], cell })),
    );

  it.each(cells)("of an entry that is $state, $status: $cell", ({ state, status, cell }) => {
    const trade = stateOf(state as OrderState);
    const facts = readEntryOrder(trade, 0, anOrder({ status: status ?? "working" }), event);
    const expected = cell === "." ? [] : cell.split("+").map((name) => `Entry${name}`);
    expect(kindsOf(facts)).toEqual(expected);
  });

  it("never brings a terminal state back, in whatever order and however often it comes", () => {
    const statuses = fc.array(fc.constantFrom(...STATUSES), { maxLength: 12 });
    const isTerminal = (state: OrderState) =>
      ["filled", "cancelled", "expired", "rejected"].includes(state);
    fc.assert(
      fc.property(statuses, (words) => {
        words.reduce((trade, status) => {
          const facts = readEntryOrder(trade, 0, anOrder({ status }), event);
          const next = told(trade, ...(facts as FactOfTrade[]));
          const [before, now] = [trade, next].map((one) => one.tranches[0]?.entry.state);
          if (before && isTerminal(before)) expect(now).toBe(before);
          expect(readEntryOrder(next, 0, anOrder({ status }), event)).toEqual([]);
          return next;
        }, aTrade());
      }),
    );
  });
});

describe("the venue's word about a leg", () => {
  const stop = (change: Partial<VenueOrder> = {}) =>
    anOrder({ order: orderId("s1"), role: "stop", side: "sell", price: es(6316), ...change });
  const withStop = (leg: Leg | null): Trade => withTranche(anOpenTrade(), 0, { stop: leg });
  const child = (change: Partial<Leg> = {}) => aLeg({ order: orderId("s1"), ...change });
  const read = (leg: Leg | null, order = stop(), reading = event) =>
    readLegOrder(withStop(leg), 0, "stop", order, reading);

  const OWN = tagOf(TRADE, "s", 0, 2);
  const own = (change: Partial<Leg> = {}) =>
    aLeg({ tag: OWN, order: null, state: "sent", attempts: 2, ...change });

  it("that it works makes a child known", () => {
    expect(read(null)).toEqual([
      {
        at: event.at,
        trade: TRADE,
        tranche: 0,
        leg: "stop",
        kind: "LegConfirmed",
        order: "s1",
        price: es(6316),
        quantity: 1,
      },
    ]);
  });

  it("without a price stands for the plan's stop", () => {
    expect(read(null, stop({ price: null }))).toMatchObject([{ price: es(6316) }]);
  });

  it("is no news when the books say the same", () => {
    expect(read(child())).toEqual([]);
    expect(readLegOrder(anOpenTrade(), 7, "stop", stop(), event)).toEqual([]);
  });

  it.each([{ quantity: contracts(2) }, { quantity: contracts(2), price: es(6318) }])(
    "is news when it says %o",
    (change) => {
      expect(read(child(), stop(change))).toMatchObject([{ kind: "LegConfirmed", ...change }]);
    },
  );

  it("is news when the leg did not stand where it should anyway", () => {
    const elsewhere = child({ price: es(6314) });
    expect(kindsOf(read(elsewhere, stop({ price: es(6318) })))).toEqual(["LegConfirmed"]);
    expect(kindsOf(read(elsewhere, stop({ price: es(6318) }), asked(100)))).toEqual([
      "LegConfirmed",
    ]);
  });

  const change = (price: number | null, quantity: number | null): Change => ({
    price: price === null ? null : es(price),
    quantity: quantity === null ? null : contracts(quantity),
    askedAt: NOW,
    attempt: 1,
  });

  it("that repeats what was before a change settles nothing", () => {
    expect(read(child({ change: change(6326, null) }))).toEqual([]);
    expect(read(child({ change: change(null, 2) }))).toEqual([]);
  });

  it("that repeats what a change asked for settles it", () => {
    for (const same of [change(6316, 1), change(null, null)]) {
      expect(kindsOf(read(child({ change: same })))).toEqual(["LegConfirmed"]);
    }
  });

  describe("about an older order that works although it was replaced", () => {
    const OLD = tagOf(TRADE, "s", 0, 1);
    const old = stop({ tag: OLD, order: orderId("o1") });
    const cancel = {
      at: event.at,
      kind: "OrphanCancelAsked",
      account: ACCOUNT,
      contract: "MESZ26",
      order: "o1",
    };
    const newer = own({ state: "working", order: orderId("o2") });

    it("asks for its cancel: two of a kind would exit twice", () => {
      expect(read(newer, old)).toEqual([cancel]);
      expect(read(newer, old, asked(0))).toEqual([{ ...cancel, at: later(100) }]);
      expect(read(child({ order: orderId("o2") }), old)).toEqual([cancel]);
    });

    it("leaves it alone as long as nothing else protects what is held", () => {
      for (const state of ["sent", "unknown", "cancelled", "rejected"] as const) {
        expect(read({ ...newer, state }, old)).toEqual([]);
      }
    });

    it("asks for its cancel once nothing is held", () => {
      const flat = withTranche(withStop({ ...newer, state: "filled" }), 0, {
        exited: someFills(1, es(6316)),
      });
      expect(readLegOrder(flat, 0, "stop", old, event)).toEqual([cancel]);
    });
  });

  describe("about a leg that was moved by hand", () => {
    const word = (side: "stop" | "target", price: number, change: Partial<VenueOrder> = {}) =>
      anOrder({
        order: orderId(side === "stop" ? "s1" : "t1"),
        role: side,
        price: es(price),
        ...change,
      });
    const hear = (trade: Trade, order: VenueOrder, reading: Reading = asked(1_000)) =>
      readLegOrder(trade, 0, order.role as "stop" | "target", order, reading);
    const at = later(1_100);
    const stopAimed = (price: number) => ({
      at,
      trade: TRADE,
      kind: "StopAimed",
      stop: es(price),
      why: "by-hand",
    });
    const targetAimed = (price: number) => ({
      at,
      trade: TRADE,
      tranche: 0,
      kind: "TargetAimed",
      target: es(price),
      why: "by-hand",
    });

    it("adopts a tighter stop, for the whole trade", () => {
      const facts = hear(anOpenTrade(), word("stop", 6320));
      expect(facts).toMatchObject([{ kind: "LegConfirmed", price: es(6320) }, stopAimed(6320)]);
      expect(told(anOpenTrade(), ...(facts as FactOfTrade[])).stopAim).toBe(es(6320));
      const short = hear(anOpenTrade(aShortPlan()), word("stop", 6330));
      expect(short[1]).toEqual(stopAimed(6330));
    });

    it("books a looser stop, so that it is put back, and says so", () => {
      const loosened = { at, trade: TRADE, tranche: 0, kind: "StopLoosened", price: es(6310) };
      const facts = hear(anOpenTrade(), word("stop", 6310));
      expect(facts).toMatchObject([{ kind: "LegConfirmed" }, loosened]);
      const [first, second] = told(anOpenTrade(), ...(facts as FactOfTrade[])).tranches;
      expect([first?.loosened, second?.loosened]).toEqual([1, 0]);
      const short = hear(anOpenTrade(aShortPlan()), word("stop", 6340));
      expect(kindsOf(short)).toEqual(["LegConfirmed", "StopLoosened"]);
    });

    it("adopts the tighter of two that were tightened between two looks", () => {
      const first = hear(anOpenTrade(), word("stop", 6318));
      const moved = told(anOpenTrade(), ...(first as FactOfTrade[]));
      const second = { ...word("stop", 6320), quantity: contracts(2), order: orderId("s2") };
      const facts = readLegOrder(moved, 1, "stop", second, asked(1_000));
      expect(facts).toMatchObject([{ kind: "LegConfirmed" }, { stop: es(6320), why: "by-hand" }]);
    });

    it("leaves a stop to whoever the trade was released to, and to the way out", () => {
      const released = told(anOpenTrade(), { at: NOW, trade: TRADE, kind: "TradeReleased" });
      expect(kindsOf(hear(released, word("stop", 6310)))).toEqual(["LegConfirmed"]);
      const leaving = told(anOpenTrade(), {
        ...{ at: NOW, trade: TRADE, kind: "ExitBegun", reason: "flatten" },
      });
      expect(kindsOf(hear(leaving, word("stop", 6310)))).toEqual(["LegConfirmed"]);
    });

    it("adopts a target wherever it was put, for that tranche", () => {
      for (const price of [6331, 6340]) {
        const facts = hear(anOpenTrade(), word("target", price));
        expect(facts).toMatchObject([{ kind: "LegConfirmed" }, targetAimed(price)]);
        const [first, second] = told(anOpenTrade(), ...(facts as FactOfTrade[])).tranches;
        expect([first?.targetAim, second?.targetAim]).toEqual([es(price), es(6338)]);
      }
    });

    it("waits for the venue's list: an event may be an echo of where it stood before", () => {
      for (const order of [word("stop", 6320), word("stop", 6310), word("target", 6340)]) {
        expect(hear(anOpenTrade(), order, event)).toEqual([]);
      }
    });

    it("sees no hand in a child that grew: it follows the fill that grew it", () => {
      const grown = { quantity: contracts(2) };
      expect(kindsOf(hear(anOpenTrade(), word("target", 6332.75, grown)))).toEqual([
        "LegConfirmed",
      ]);
      expect(kindsOf(hear(anOpenTrade(), word("stop", 6316.25, grown)))).toEqual(["LegConfirmed"]);
    });

    it("sees no hand while a change of ours is under way, or the leg was not known to work", () => {
      const stops = [
        child({ change: change(6320, null) }),
        child({ state: "unknown" }),
        child({ state: "sent" }),
        null,
      ];
      for (const leg of stops) {
        expect(kindsOf(hear(withStop(leg), word("stop", 6320)))).toEqual(["LegConfirmed"]);
      }
    });

    it("sees no hand in a target once the trade is being left", () => {
      const leaving = told(anOpenTrade(), {
        at: NOW,
        trade: TRADE,
        kind: "ExitBegun",
        reason: "flatten",
      });
      expect(kindsOf(hear(leaving, word("target", 6325)))).toEqual(["LegConfirmed"]);
    });
  });

  it("about an order it has replaced is history", () => {
    const late = stop({ status: "cancelled" });
    expect(read(child({ order: orderId("s9") }), late)).toEqual([]);
    expect(read(own(), late)).toEqual([]);
    expect(read(own(), stop({ ...late, tag: tagOf(TRADE, "s", 0, 1) }))).toEqual([]);
  });

  it("about an order of our own names it", () => {
    const facts = read(own(), stop({ tag: OWN, order: orderId("v7") }));
    expect(facts).toMatchObject([{ kind: "LegConfirmed", order: "v7" }]);
  });

  it("in a snapshot no younger than our last touch says nothing", () => {
    const leg = child({ touchedAt: later(1_000) });
    const moved = stop({ quantity: contracts(2) });
    expect(read(leg, moved, asked(999))).toEqual([]);
    expect(read(leg, moved, asked(1_000))).toEqual([]);
    expect(kindsOf(read(leg, moved, asked(1_001)))).toEqual(["LegConfirmed"]);
    expect(kindsOf(read(null, moved, asked(0)))).toEqual(["LegConfirmed"]);
  });

  it("that it has ended is true however old the snapshot: it never comes back", () => {
    const leg = child({ touchedAt: later(1_000) });
    for (const status of ["filled", "cancelled", "expired"] as const)
      expect(kindsOf(read(leg, stop({ status }), asked(1)))).toEqual(["LegEnded"]);
    expect(read(leg, stop({ status: "rejected" }), asked(1))).toEqual([]);
  });

  it("that shows the tag of one only sent is true however often it was sent since", () => {
    for (const state of ["sent", "unknown"] as const) {
      const leg = own({ state, touchedAt: later(2_000) });
      expect(kindsOf(read(leg, stop({ tag: OWN }), asked(1_900)))).toEqual(["LegConfirmed"]);
    }
  });

  it("that it stands where it was asked to, once or twice, settles the change", () => {
    const ask = (span: number, attempt: number, price = es(6320)): FactOf<"LegChangeAsked"> => ({
      ...{ at: later(span), trade: TRADE, tranche: 0, leg: "stop", kind: "LegChangeAsked" },
      ...{ price, quantity: null, attempt, why: "breakeven" },
    });
    const moved = stop({ price: es(6320) });
    const hear = (trade: Trade, span: number) =>
      readLegOrder(trade, 0, "stop", moved, asked(span)).map(({ kind }) => kind);
    const once = told(withStop(child({ touchedAt: NOW })), ask(100, 1));
    expect(hear(once, 100)).toEqual([]);
    // Each list comes just after we asked again: what matters is the first time.
    const thrice = told(once, ask(2_100, 2), ask(4_100, 3));
    expect(hear(thrice, 100)).toEqual([]);
    expect(hear(thrice, 101)).toEqual(["LegConfirmed"]);
    // Asked for something else, or heard of in between: it counts from there.
    expect(hear(told(once, ask(2_100, 2, es(6321))), 2_100)).toEqual([]);
    const heard = { at: later(3_000), trade: TRADE, tranche: 0, leg: "stop" } as const;
    const where = { order: orderId("s1"), price: es(6316), quantity: contracts(1) };
    const between = told(once, { ...heard, kind: "LegConfirmed", ...where }, ask(4_100, 2));
    expect(hear(between, 3_000)).toEqual([]);
    expect(hear(between, 3_001)).toEqual(["LegConfirmed"]);
  });

  it("that it is suspended means nothing yet", () => {
    expect(read(null, stop({ status: "suspended" }))).toEqual([]);
  });

  it("that it was rejected ends one that was only sent", () => {
    const rejected = (reason: string | null) => stop({ status: "rejected", tag: OWN, reason });
    expect(read(own(), rejected("no funds"))).toMatchObject([
      { kind: "LegRejected", reason: "no funds" },
    ]);
    expect(read(own({ state: "unknown" }), rejected(null))).toMatchObject([
      { kind: "LegRejected", reason: "no reason given" },
    ]);
    expect(read(child(), stop({ status: "rejected" }))).toEqual([]);
    expect(read(null, stop({ status: "rejected" }))).toEqual([]);
  });

  it.each([
    ["filled", "filled"],
    ["cancelled", "cancelled"],
    ["expired", "cancelled"],
  ] as const)("that it is %s ends it as %s", (status, how) => {
    expect(read(child(), stop({ status }))).toMatchObject([{ kind: "LegEnded", how }]);
  });

  it("that it has ended is no news twice, nor for a child nobody saw", () => {
    for (const status of ["filled", "cancelled", "expired", "working"] as const) {
      for (const state of ["filled", "cancelled"] as const) {
        expect(read(child({ state }), stop({ status }))).toEqual([]);
      }
    }
    expect(read(null, stop({ status: "filled" }))).toEqual([]);
  });

  it("that one taken for lost works after all is believed of the venue's own list only", () => {
    const lost = child({ state: "cancelled", touchedAt: later(50) });
    const late = stop({ status: "working" });
    expect(read(lost, late)).toEqual([]);
    expect(read(lost, late, asked(50))).toEqual([]);
    expect(read(lost, late, asked(51))).toMatchObject([{ kind: "LegConfirmed" }]);
    expect(read(child({ state: "filled", touchedAt: later(50) }), late, asked(51))).toEqual([]);
  });

  it("never revives a leg that is over, in whatever order it comes", () => {
    const words = fc.array(fc.constantFrom(...STATUSES), { maxLength: 12 });
    fc.assert(
      fc.property(words, (statuses) => {
        statuses.reduce((trade, status) => {
          const facts = readLegOrder(trade, 0, "stop", stop({ status }), event);
          const next = told(trade, ...(facts as FactOfTrade[]));
          const [before, now] = [trade, next].map((one) => one.tranches[0]?.stop?.state);
          if (before === "filled" || before === "cancelled") expect(now).toBe(before);
          return next;
        }, withStop(null));
      }),
    );
  });
});

describe("an entry the venue's list does not show", () => {
  const missing = (trade: Trade, span: number) => readAbsence(trade, 0, asked(span));
  const lost = (change: Partial<EntryOrder> = {}) =>
    withEntry(aTrade(), 0, { state: "unknown", ...change });

  /** The trade after reads asked at these moments. */
  const readAt = (spans: readonly number[]): Trade =>
    spans.reduce(
      (trade, span) => told(trade, ...(missing(trade, span) as FactOfTrade[])),
      aTrade(),
    );

  it("becomes unknown once an answer is overdue, and the miss is counted", () => {
    expect(missing(aTrade(), 2_000)).toEqual([
      {
        at: later(2_100),
        trade: TRADE,
        tranche: 0,
        kind: "EntryUnknown",
        reason: "no answer, and not in the venue's list",
      },
      {
        at: later(2_100),
        trade: TRADE,
        tranche: 0,
        kind: "EntryAbsent",
        reads: 1,
        askedAt: later(2_000),
      },
    ]);
  });

  it("is given the time an answer takes before it counts as lost", () => {
    expect(missing(aTrade(), 1)).toEqual([]);
    expect(missing(aTrade(), 1_999)).toEqual([]);
  });

  it("is not missed by a list asked for before it was sent, nor one that was never sent", () => {
    expect(missing(lost({ sentAt: later(500) }), 500)).toEqual([]);
    expect(kindsOf(missing(lost({ sentAt: later(500) }), 501))).toEqual(["EntryAbsent"]);
    expect(missing(lost({ sentAt: null }), 5_000)).toEqual([]);
    expect(readAbsence(aTrade(), 1, asked(5_000))).toEqual([]);
    expect(readAbsence(aTrade(), 9, asked(5_000))).toEqual([]);
  });

  it("is no longer looked for once its fate is known", () => {
    const known: readonly OrderState[] = [
      "planned",
      "working",
      "filled",
      "cancelled",
      "expired",
      "rejected",
      "not-sent",
    ];
    for (const state of known) {
      expect(missing(withEntry(aTrade(), 0, { state }), 60_000)).toEqual([]);
    }
  });

  it.each([
    ["two reads, however far apart, prove nothing", [2_000, 90_000], "unknown"],
    ["three reads within 20 s prove nothing", [2_000, 12_000, 21_999], "unknown"],
    ["many reads within 20 s prove nothing", [2_000, 3_000, 4_000, 12_000, 13_000], "unknown"],
    ["reads close together count as one", [2_000, 3_000, 22_000], "unknown"],
    ["three reads over 20 s prove that it never arrived", [2_000, 12_000, 22_000], "not-sent"],
    ["more reads prove it no sooner", [2_000, 3_000, 12_000, 13_000, 22_000], "not-sent"],
  ] as const)("%s", (_, spans, state) => {
    expect(readAt(spans).tranches[0]?.entry.state).toBe(state);
  });

  it("is proved absent with the numbers of the proof", () => {
    const facts = missing(readAt([2_000, 12_000]), 22_500);
    expect(facts.at(-1)).toMatchObject({
      kind: "EntryNotSent",
      reason: "not found in 3 reads over 20.5 s",
    });
  });

  it("starts to be missed anew after it was seen", () => {
    const seen = told(readAt([2_000, 12_000]), {
      at: later(11_000),
      trade: TRADE,
      tranche: 0,
      kind: "EntryAccepted",
      order: orderId("e1"),
    });
    expect(seen.tranches[0]?.entry).toMatchObject({ absences: 0, absentSince: null });
    expect(missing(seen, 30_000)).toEqual([]);
  });
});

describe("a leg the venue's list does not show", () => {
  const read = (leg: Leg | null, span: number) =>
    readLegAbsence(withTranche(anOpenTrade(), 0, { stop: leg }), 0, "stop", asked(span));

  it.each(["sent", "unknown", "working"] as const)(
    "is taken for lost after 5 s while it is %s",
    (state) => {
      const leg = aLeg({ state, touchedAt: millis(NOW) });
      expect(read(leg, 4_999)).toEqual([]);
      expect(read(leg, 5_000)).toEqual([
        {
          at: later(5_100),
          trade: TRADE,
          tranche: 0,
          leg: "stop",
          kind: "LegEnded",
          how: "cancelled",
        },
      ]);
    },
  );

  it("is gone once a list asked for after our cancel does not have it", () => {
    const leg = aLeg({ touchedAt: millis(NOW), cancelAskedAt: millis(NOW) });
    expect(read(leg, 0)).toEqual([]);
    expect(read(leg, 1)).toMatchObject([{ kind: "LegEnded", how: "cancelled" }]);
  });

  it("is not missed once it has ended, or where there is none", () => {
    for (const state of ["filled", "cancelled", "rejected"] as const) {
      expect(read(aLeg({ state, touchedAt: millis(NOW) }), 9_000)).toEqual([]);
    }
    expect(read(null, 9_000)).toEqual([]);
    expect(readLegAbsence(anOpenTrade(), 9, "stop", asked(9_000))).toEqual([]);
  });
});

describe("the place of an order in a trade", () => {
  const place = (order: Partial<VenueOrder>) => placeOf(aTrade(), anOrder(order));

  it("is its own, by its tag", () => {
    expect(place({ tag: tagOf(TRADE, "e", 1, 1) })).toEqual({ tranche: 1, role: "entry" });
    expect(place({ tag: tagOf(TRADE, "s", 0, 2), role: "stop" })).toEqual({
      tranche: 0,
      role: "stop",
    });
  });

  it("is beside its entry, for a venue's child", () => {
    const parent = tagOf(TRADE, "e", 1, 1);
    expect(place({ tag: `${parent}-TP`, parent, role: "target" })).toEqual({
      tranche: 1,
      role: "target",
    });
  });

  it.each([
    { tag: null },
    { tag: "by hand" },
    { tag: tagOf(aTrade({}, undefined, 2).id, "e", 0, 1) },
    { tag: tagOf(TRADE, "e", 2, 1) },
    { tag: tagOf(TRADE, "c", 0, 1), role: "close" as const },
  ])("is nowhere for %o", (order) => {
    expect(place(order)).toBeNull();
  });
});
