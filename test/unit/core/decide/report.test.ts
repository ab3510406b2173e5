import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { Fact } from "../../../../src/core/model/fact.ts";
import {
  accountId,
  fillId,
  orderId,
  requestIdOf,
  tagOf,
  tradeIdOf,
} from "../../../../src/core/model/ids.ts";
import type { Input } from "../../../../src/core/model/input.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import { grossOf } from "../../../../src/core/model/trade-sums.ts";
import { contracts, dollars, millis } from "../../../../src/core/model/units.ts";
import type { VenueFill, VenueOrder, VenueReport } from "../../../../src/core/model/venue.ts";
import {
  accountOf,
  initialState,
  type State,
  tradeOf,
  withAccount,
  withTrade,
} from "../../../../src/core/state.ts";
import { canonical } from "../../../../src/std/canonical.ts";
import {
  ACCOUNT,
  aFill,
  anAccount,
  anOpenTrade,
  anOrder,
  aQuote,
  aTrade,
  es,
  later,
  MESSAGE,
  someFills,
  someRules,
  TRADE,
  told,
  withTranche,
} from "../../../kit/builders.ts";

const house: State = {
  ...withAccount(initialState, anAccount()),
  run: { mode: "paper", priceAgeMax: millis(3_000) },
  settings: {
    ruleSets: { default: someRules() },
    accounts: [{ id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" }],
  },
};

const entering = withTrade(withAccount(house, anAccount({ open: [TRADE] })), aTrade());
const holding = withTrade(withAccount(house, anAccount({ open: [TRADE] })), anOpenTrade());

/** Two seconds on, so that whatever the books hold is old enough to be compared. */
const AT = later(2_000);

const factsOf = (state: State, report: VenueReport): readonly Fact[] =>
  step(state, { kind: "report", at: AT, quotes: [], report }).facts;

const snapshot = (
  change: Partial<Extract<VenueReport, { kind: "snapshot" }>> = {},
): Extract<VenueReport, { kind: "snapshot" }> => ({
  kind: "snapshot",
  account: ACCOUNT,
  askedAt: later(1_000),
  orders: [],
  positions: [],
  fills: [],
  balance: anAccount().balance,
  ...change,
});

describe("a report", () => {
  it("about an account that is not ours is passed over", () => {
    expect(factsOf(house, { ...snapshot(), account: accountId("nobody") })).toEqual([]);
  });

  it("with an answer to nothing we asked is passed over", () => {
    const about = {
      kind: "answer",
      account: ACCOUNT,
      outcome: { kind: "done", order: null },
    } as const;
    const gone = tagOf(tradeIdOf({ ...MESSAGE, id: "gone" }, ACCOUNT), "e", 0, 1);
    expect(factsOf(house, { ...about, id: "orphan/o1" })).toEqual([]);
    expect(factsOf(house, { ...about, id: requestIdOf(gone, "place") })).toEqual([]);
  });

  it("of a fill in a tranche the trade does not have is passed over", () => {
    const fill = aFill({ tag: tagOf(TRADE, "e", 7, 1) });
    expect(factsOf(entering, { kind: "fill", account: ACCOUNT, fill })).toEqual([]);
  });
});

describe("a position that differs", () => {
  const held = [{ contract: "MESZ26", net: 2 }];
  const at = (span: number, said: VenueReport, state: State) =>
    step(state, { kind: "report", at: later(2_000 + span), quotes: [aQuote()], report: said });
  const listed = (span: number, change: Parameters<typeof snapshot>[0] = {}) =>
    snapshot({ askedAt: later(1_000 + span), ...change });
  /** The same list so many milliseconds apart, one after the other. */
  const seen = (state: State, spans: readonly number[], change: Parameters<typeof snapshot>[0]) =>
    spans.reduce(
      ({ state: before, facts }, span) => {
        const next = at(span, listed(span, change), before);
        return { state: next.state, facts: [...facts, next.facts] };
      },
      { state, facts: [] as (readonly Fact[])[] },
    );

  it("from the books shuts the account and says both sides, once two lists agree", () => {
    const { facts, state } = seen(holding, [0, 1_000, 2_000], { positions: held });
    expect(facts[0]).toMatchObject([
      { kind: "PositionDiffered", contract: "MESZ26", ours: 3, theirs: 2, askedAt: later(1_000) },
    ]);
    expect(facts[1]).toMatchObject([
      { kind: "IncidentFound", detail: "MESZ26: 3 in the books, 2 at the venue" },
      { kind: "GateMoved", account: ACCOUNT, gate: "reducing" },
    ]);
    expect(facts[2]).toEqual([]);
    expect(accountOf(state, ACCOUNT).settled).toBe(false);
  });

  it("in one list only is the list's own lag, and forgotten", () => {
    const first = seen(holding, [0], { positions: held });
    const agreed = listed(1_000, { positions: [{ contract: "MESZ26", net: 3 }] });
    const { state, facts } = at(1_000, agreed, first.state);
    expect(facts.map(({ kind }) => kind)).toEqual(["AccountSettled"]);
    expect(accountOf(state, ACCOUNT).differs).toBeUndefined();
  });

  it("is asked for again when the second list says something else, or comes too soon", () => {
    const first = seen(holding, [0], { positions: held });
    expect(at(100, listed(100, { positions: held }), first.state).facts).toEqual([]);
    const other = listed(1_000, { positions: [{ contract: "MESZ26", net: 1 }] });
    expect(at(1_000, other, first.state).facts).toMatchObject([{ kind: "PositionDiffered" }]);
  });

  it("is a position nobody here has, or one that is gone", () => {
    const [found] = factsOf(house, snapshot({ positions: [{ contract: "CLF27", net: -1 }] }));
    expect(found).toMatchObject({ contract: "CLF27", ours: 0, theirs: -1 });
    const [gone] = factsOf(holding, snapshot());
    expect(gone).toMatchObject({ contract: "MESZ26", ours: 3, theirs: 0 });
  });

  it("is said once: an account that is shut already stays as it is", () => {
    const shut = withAccount(holding, anAccount({ open: [TRADE], gate: "reducing" }));
    const { facts } = seen(shut, [0, 1_000], { positions: held });
    expect(facts.flat().map(({ kind }) => kind)).toEqual(["PositionDiffered"]);
  });

  it("keeps a new run from entering until it agrees", () => {
    const restarted = withAccount(holding, anAccount({ open: [TRADE], settled: false }));
    const agreed = snapshot({ positions: [{ contract: "MESZ26", net: 3 }] });
    const kinds = (report: VenueReport) => factsOf(restarted, report).map(({ kind }) => kind);
    expect(kinds(snapshot({ positions: held }))).toEqual(["PositionDiffered"]);
    expect(kinds(agreed)).toEqual(["AccountSettled"]);
  });

  describe("because contracts are gone", () => {
    const sold = (change: Partial<VenueFill> = {}) =>
      aFill({
        ...{ fill: fillId("x1"), order: orderId("x1"), tag: "somebody", side: "sell" },
        ...{ at: later(500), price: es(6327) },
        ...change,
      });
    const exits = (facts: readonly (readonly Fact[])[]) =>
      facts.flat().filter((fact) => fact.kind === "ExitFilled");
    /** So many contracts more than were held, and the close that buys them back was asked for. */
    const soldTooMuch = (tooMany: number): State => {
      const tried = { tries: 0, triedAt: later(100), closeAskedAt: later(100), closeTries: 1 };
      const gone = [1, 2 + tooMany].reduce(
        (trade: Trade, quantity, index) =>
          withTranche(trade, index, {
            ...{ exited: someFills(quantity, es(6320)), filledAt: later(50) },
            ...{ stop: null, target: null },
          }),
        { ...anOpenTrade(), exit: { reason: "reversed", since: later(100), ...tried } },
      );
      return withTrade(holding, gone);
    };

    it("is booked as closed by hand at the price of the order that took them", () => {
      const { facts } = seen(holding, [0, 1_000], { positions: held, fills: [sold()] });
      expect(facts[0]).toMatchObject([{ kind: "PositionDiffered" }]);
      expect(exits(facts)).toMatchObject([
        { by: "hand", tranche: 0, quantity: 1, price: es(6327), fill: "x1", fees: aFill().fees },
      ]);
      expect(facts[1]).toContainEqual(expect.objectContaining({ what: "position-gone" }));
    });

    it("is booked only for an order that sold them since, and that is nobody's here", () => {
      const others: readonly Partial<VenueFill>[] = [
        { side: "buy" },
        { contract: "CLF27" },
        { at: later(-1) },
        { tag: tagOf(tradeIdOf({ ...MESSAGE, id: "lost" }, ACCOUNT), "t", 0, 1) },
      ];
      for (const other of others) {
        const { facts } = seen(holding, [0, 1_000], { positions: held, fills: [sold(other)] });
        expect(exits(facts)).toEqual([]);
      }
    });

    it("is booked at the last price when nothing explains it for half a minute", () => {
      const { facts } = seen(holding, [0, 1_000, 29_000, 30_000], { positions: [] });
      expect(exits(facts.slice(0, 3))).toEqual([]);
      expect(exits(facts)).toMatchObject([
        { by: "hand", tranche: 0, quantity: 1, price: aQuote().last },
        { by: "hand", tranche: 1, quantity: 2, price: aQuote().last },
      ]);
    });

    it("and without any price is booked where the stop was", () => {
      const blind = (span: number, state: State) =>
        step(state, {
          ...{ kind: "report", at: later(2_000 + span), quotes: [] },
          report: listed(span, { positions: [] }),
        });
      const { facts } = blind(30_000, blind(0, holding).state);
      expect(exits([facts])[0]).toMatchObject({ price: es(6316) });
    });

    it("is booked once, too, where somebody takes back what we sold too much", () => {
      const bought = sold({ side: "buy", price: es(6325) });
      const listing = { positions: [{ contract: "MESZ26", net: -1 }], fills: [bought] };
      const { facts } = seen(soldTooMuch(2), [0, 1_000, 2_000], listing);
      expect(exits(facts)).toMatchObject([{ tranche: 1, quantity: -1, price: es(6325) }]);
      const told = facts.flat().filter((fact) => fact.kind === "IncidentFound");
      expect(told).toMatchObject([{ what: "position-mismatch" }, { what: "position-gone" }]);
    });

    it("and at the last price where nothing tells what became of it", () => {
      const { facts, state } = seen(soldTooMuch(1), [0, 29_000, 30_000], { positions: [] });
      expect(exits(facts)).toMatchObject([{ quantity: -1, price: aQuote().last, fees: 0 }]);
      expect(tradeOf(state, TRADE).phase).toBe("closed");
    });

    it("is not booked where there is more than we hold, or the other side of it", () => {
      for (const net of [4, -1]) {
        const positions = [{ contract: "MESZ26", net }];
        expect(exits(seen(holding, [0, 1_000, 31_000], { positions }).facts)).toEqual([]);
      }
      const foreign = [{ contract: "CLF27", net: 1 }];
      expect(exits(seen(house, [0, 1_000, 31_000], { positions: foreign }).facts)).toEqual([]);
    });
  });
});

describe("the line to the venue", () => {
  const link = (state: "up" | "down"): VenueReport => ({ kind: "link", account: ACCOUNT, state });
  const agreed = (askedAt = later(3_000)) =>
    snapshot({ askedAt, positions: [{ contract: "MESZ26", net: 3 }] });
  const hear = (from: State, report: VenueReport, span = 0) =>
    step(from, { kind: "report", at: later(2_000 + span), quotes: [], report });

  it("broken off is a reason to compare anew, and is said once", () => {
    const down = hear(holding, link("down"));
    expect(down.facts).toMatchObject([{ kind: "LinkMoved", account: ACCOUNT, state: "down" }]);
    expect(accountOf(down.state, ACCOUNT)).toMatchObject({
      ...{ settled: false, link: { state: "down", at: AT } },
    });
    expect(hear(down.state, link("down"), 10).facts).toEqual([]);
  });

  it("going on is one every time, and a list asked for before it does not count", () => {
    const up = hear(holding, link("up"));
    const again = hear(up.state, link("up"), 500);
    expect(again.facts).toHaveLength(1);
    expect(hear(again.state, agreed(later(2_400)), 600).facts).toEqual([]);
    expect(hear(again.state, agreed(), 1_100).facts).toMatchObject([{ kind: "AccountSettled" }]);
  });

  it("is forgotten by a new run: it has heard nothing yet", () => {
    const down = hear(holding, link("down")).state;
    const settings = down.settings;
    const { state } = step(down, {
      ...{ kind: "start", at: later(9_000), quotes: [], mode: "live", version: "2" },
      ...{ settings, priceAgeMax: millis(3_000), balances: [] },
    });
    expect("link" in accountOf(state, ACCOUNT)).toBe(false);
  });
});

describe("a flatten", () => {
  const flatten: Input = {
    ...{ kind: "command", at: later(2_000), quotes: [] },
    command: { kind: "flatten", account: null },
  };
  const asked = step(house, flatten).state;
  const look = (from: State, change: Parameters<typeof snapshot>[0] = {}) =>
    factsOf(from, snapshot({ askedAt: later(2_000), ...change })).map(({ kind }) => kind);
  const order = (status: VenueOrder["status"]): readonly VenueOrder[] => [
    anOrder({ tag: "theirs", role: "stop", status }),
  ];

  it("is done when a list asked for since then is empty, and that is told once", () => {
    expect(accountOf(asked, ACCOUNT).flattening).toBe(later(2_000));
    expect(look(house)).not.toContain("AccountFlat");
    expect(look(asked, { askedAt: later(1_999) })).not.toContain("AccountFlat");
    expect(look(asked)).toContain("AccountFlat");
    const { state } = step(asked, {
      ...{ kind: "report", at: later(2_100), quotes: [] },
      report: snapshot({ askedAt: later(2_000) }),
    });
    expect("flattening" in accountOf(state, ACCOUNT)).toBe(false);
    expect(look(state)).not.toContain("AccountFlat");
  });

  it("is not done while anything is at work there, whoever put it there", () => {
    expect(look(asked, { orders: order("working") })).not.toContain("AccountFlat");
    expect(look(asked, { orders: order("suspended") })).not.toContain("AccountFlat");
    expect(look(asked, { orders: order("cancelled") })).toContain("AccountFlat");
    const theirs = [{ contract: "MESZ26", net: 2 }];
    expect(look(asked, { positions: theirs })).not.toContain("AccountFlat");
    const leaving = step(holding, flatten).state;
    expect(look(leaving, { positions: [{ contract: "MESZ26", net: 3 }] })).not.toContain(
      "AccountFlat",
    );
  });

  it("of an account on which nothing is open is looked into at once", () => {
    const asks = (from: State): number =>
      step(from, flatten).effects.filter(({ kind }) => kind === "AskVenue").length;
    expect([asks(house), asks(holding)]).toEqual([1, 0]);
  });

  it("waits for no word about an account of earlier settings, unless something is open there", () => {
    const bare = (state: State): State => ({
      ...state,
      settings: { ...state.settings, accounts: [] },
    });
    const empty = step(bare(house), flatten).state;
    expect("flattening" in accountOf(empty, ACCOUNT)).toBe(false);
    const held = step(bare(holding), flatten).state;
    expect(accountOf(held, ACCOUNT).flattening).toBe(later(2_000));
  });

  it("is over with a resume, whatever became of it", () => {
    const resumed = step(asked, { ...flatten, command: { kind: "resume" } }).state;
    expect("flattening" in accountOf(resumed, ACCOUNT)).toBe(false);
    const halted = step(asked, { ...flatten, command: { kind: "halt", reason: "x" } }).state;
    expect(accountOf(halted, ACCOUNT).flattening).toBe(later(2_000));
  });
});

describe("the clock", () => {
  const clock = (offset: number): VenueReport => ({
    ...{ kind: "clock", account: ACCOUNT, offset: millis(offset) },
  });
  const hear = (from: State, offset: number) =>
    step(from, { kind: "report", at: later(2_000), quotes: [], report: clock(offset) });

  it("may be five seconds off, and not one millisecond more, either way", () => {
    expect(hear(house, 5_000).facts).toEqual([]);
    expect(hear(house, -5_000).facts).toEqual([]);
    for (const offset of [5_001, -5_001]) {
      const { state, facts } = hear(house, offset);
      expect(facts).toMatchObject([{ kind: "ClockMoved", offset, isSound: false }]);
      expect(accountOf(state, ACCOUNT).clockOff).toBe(offset);
    }
  });

  it("drifts on in silence, and is said to be right again once", () => {
    const { state } = hear(house, 7_000);
    expect(hear(state, 9_000).facts).toEqual([]);
    const right = hear(state, 4_000);
    expect(right.facts).toMatchObject([{ kind: "ClockMoved", offset: 4_000, isSound: true }]);
    expect(right.state).toEqual(house);
    expect(hear(right.state, 3_000).facts).toEqual([]);
  });

  it("of an earlier run says nothing: the new one measures anew", () => {
    const off = hear(house, 7_000).state;
    const { state } = step(off, {
      ...{ kind: "start", at: later(9_000), quotes: [], mode: "live", version: "2" },
      ...{ settings: off.settings, priceAgeMax: millis(3_000), balances: [] },
    });
    expect("clockOff" in accountOf(state, ACCOUNT)).toBe(false);
  });
});

describe("an account", () => {
  const barred: VenueReport = { kind: "barred", account: ACCOUNT, reason: "may not trade" };

  it("that the venue bars may only reduce, and it is said once", () => {
    const { state, facts } = step(house, { kind: "report", at: AT, quotes: [], report: barred });
    expect(facts).toMatchObject([
      { kind: "GateMoved", account: ACCOUNT, gate: "reducing", reason: "may not trade" },
    ]);
    expect(factsOf(state, barred)).toEqual([]);
  });

  it("that takes no brackets enters nothing more", () => {
    const refusedWith = (code: string) =>
      factsOf(entering, {
        ...{ kind: "answer", account: ACCOUNT, id: tagOf(TRADE, "e", 0, 1) },
        outcome: { kind: "refused", code, reason: "no" },
      }).map(({ kind }) => kind);
    expect(refusedWith("brackets-unsupported").slice(0, 2)).toEqual(["EntryRejected", "GateMoved"]);
    expect(refusedWith("market-closed")).not.toContain("GateMoved");
  });
});

describe("a close by hand that the list tells after the stop had filled", () => {
  const [opened, closed] = [later(-60_000), later(500)];
  const over: State = withTrade(withAccount(house, anAccount()), {
    ...told(anOpenTrade(), {
      ...{ at: later(400), trade: TRADE, kind: "ExitFilled", by: "stop", tranche: 0 },
      ...{ fill: fillId("s1"), order: orderId("s1"), price: es(6316) },
      ...{ quantity: contracts(3), fees: dollars(0) },
    }),
    phase: "closed",
    plannedAt: opened,
    closedAt: closed,
  });
  const close = (change: Partial<VenueFill> = {}) =>
    aFill({
      ...{ fill: fillId("c1"), role: "close", side: "sell", quantity: contracts(3) },
      at: later(300),
      ...change,
    });
  const short = [{ contract: "MESZ26", net: -3 }];
  const kinds = (fills: readonly VenueFill[], positions = short) =>
    factsOf(over, snapshot({ fills, positions })).map(({ kind }) => kind);

  it("is booked after all: the trade is on again, and sold twice", () => {
    const facts = factsOf(over, snapshot({ fills: [close()], positions: short }));
    expect(facts.slice(0, 2)).toMatchObject([
      { kind: "TradeReopened", trade: TRADE },
      { kind: "ExitFilled", by: "hand", tranche: 1, fill: "c1", quantity: 3 },
    ]);
  });

  it("is looked for at once where an event tells of it: the trade itself is looked at no more", () => {
    const asks = (fill: VenueFill) =>
      step(over, {
        ...{ kind: "report", at: AT, quotes: [] },
        report: { kind: "fill", account: ACCOUNT, fill },
      }).effects;
    expect(asks(close())).toEqual([{ kind: "AskVenue", account: ACCOUNT, since: opened }]);
    expect(asks(close({ at: later(501) }))).toEqual([]);
    expect(asks(close({ fill: fillId("s1") }))).toEqual([]);
  });

  it("in two fills puts the trade on again once, and takes its result back once", () => {
    const [one, two] = [
      close({ quantity: contracts(1) }),
      close({ fill: fillId("c2"), quantity: contracts(2) }),
    ];
    const report = snapshot({ fills: [one, two], positions: short });
    const { state, facts } = step(over, { kind: "report", at: AT, quotes: [], report });
    const reopened = facts.filter(({ kind }) => kind === "TradeReopened");
    expect(reopened).toHaveLength(1);
    expect(facts.filter(({ kind }) => kind === "ExitFilled")).toMatchObject([
      { fill: "c1", quantity: 1 },
      { fill: "c2", quantity: 2 },
    ]);
    const trade = tradeOf(over, TRADE);
    const account = accountOf(state, ACCOUNT);
    expect(account.open).toEqual([TRADE]);
    expect(account.balance).toBe(anAccount().balance - (grossOf(trade) - trade.fees));
    expect(canonical(state)).toBe(canonical(facts.reduce(evolve, over)));
  });

  it("never takes more than the trade ever held: the rest is a person's own", () => {
    const fills = [close({ quantity: contracts(5) }), close({ fill: fillId("c2") })];
    const report = snapshot({ fills, positions: [{ contract: "MESZ26", net: -8 }] });
    const { state, facts } = step(over, { kind: "report", at: AT, quotes: [], report });
    expect(facts.filter(({ kind }) => kind === "ExitFilled")).toMatchObject([
      { fill: "c1", quantity: 3 },
    ]);
    const again = { ...report, askedAt: later(3_000) };
    const next = step(state, { kind: "report", at: later(4_000), quotes: [], report: again });
    const found = { kind: "PositionDiffered", ours: -3, theirs: -8 };
    expect(next.facts).toContainEqual(expect.objectContaining(found));
  });

  describe("and that was bought back before anybody heard of it", () => {
    const back = (change: Partial<VenueFill> = {}) =>
      close({ ...{ fill: fillId("c2"), side: "buy", at: later(450) }, ...change });
    const left = (state: State) => {
      const exit = { reason: "flatten", since: opened, tries: 3, triedAt: opened, closeTries: 2 };
      const asked = { ...exit, closeAskedAt: later(300) } as const;
      return withTrade(state, { ...tradeOf(state, TRADE), exit: asked } as Trade);
    };
    const agreeing = (fills: readonly VenueFill[], from = over) =>
      step(from, {
        ...{ kind: "report", at: AT, quotes: [], report: snapshot({ fills }) },
      });
    const exitsIn = (facts: readonly Fact[]) => facts.filter(({ kind }) => kind === "ExitFilled");

    it("is booked, though the positions agree: the cash would be wrong for ever", () => {
      const { facts, state } = agreeing([close(), back({ price: es(6327) })]);
      expect(exitsIn(facts)).toMatchObject([
        { by: "hand", tranche: 1, fill: "c1", quantity: 3 },
        { by: "hand", tranche: 1, fill: "c2", quantity: -3 },
      ]);
      expect(facts.filter(({ kind }) => kind === "TradeReopened")).toHaveLength(1);
      expect(canonical(state)).toBe(canonical(facts.reduce(evolve, over)));
      expect(
        agreeing([close(), back()], state).facts.filter((one) => exitsIn([one]).length),
      ).toEqual([]);
    });

    it("by our own close call is booked as that, also where it came a moment after the end", () => {
      const fills = [close(), back({ at: later(10_500) })];
      expect(exitsIn(agreeing(fills, left(over)).facts)).toMatchObject([
        { by: "close", fill: "c1" },
        { by: "close", fill: "c2" },
      ]);
      expect(exitsIn(agreeing(fills).facts)).toEqual([]);
      const tooLate = [close(), back({ at: later(10_501) })];
      expect(exitsIn(agreeing(tooLate, left(over)).facts)).toEqual([]);
    });

    it("is left alone where it does not even out: it belongs to nobody here", () => {
      expect(exitsIn(agreeing([close(), back({ quantity: contracts(2) })]).facts)).toEqual([]);
      expect(exitsIn(agreeing([close({ contract: "CLF27" })]).facts)).toEqual([]);
      const other = accountId("PAPER-2");
      const both = withAccount(over, anAccount({ id: other }));
      const said = snapshot({ account: other, fills: [close(), back()] });
      expect(exitsIn(factsOf(both, said))).toEqual([]);
      const four = { quantity: contracts(4) };
      expect(exitsIn(agreeing([close(four), back(four)]).facts)).toEqual([]);
      expect(exitsIn(agreeing([close({ at: later(-60_001) }), back()]).facts)).toEqual([]);
    });
  });

  it("is booked only where positions differ, and only as a way out of that trade in its time", () => {
    expect(kinds([close()], [])).toEqual([]);
    const others: readonly Partial<VenueFill>[] = [
      { role: "stop" },
      { at: later(501) },
      { at: later(-60_001) },
      { contract: "CLF27" },
      { side: "buy" },
      { fill: fillId("s1") },
    ];
    for (const other of others) {
      expect(kinds([close(other)])).toEqual(["PositionDiffered"]);
    }
  });
});

describe("an order nobody here knows", () => {
  const ours = tagOf(tradeIdOf({ ...MESSAGE, id: "lost" }, ACCOUNT), "s", 0, 1);

  it("is reported once and left alone when its name is not ours", () => {
    const order = anOrder({ order: orderId("x1"), tag: "somebody" });
    const { state, facts } = step(house, {
      kind: "report",
      at: AT,
      quotes: [],
      report: { kind: "order", account: ACCOUNT, order },
    });
    expect(facts).toMatchObject([{ kind: "ForeignOrderSeen", detail: "buy 1 MESZ26" }]);
    expect(factsOf(state, snapshot({ orders: [order] }))).toEqual([]);
  });

  it("is cancelled when it is ours by its name and nothing is held for it to protect", () => {
    const order = anOrder({ order: orderId("x2"), tag: ours, role: "stop", side: "sell" });
    const kinds = (positions: readonly { contract: string; net: number }[]) =>
      factsOf(house, snapshot({ orders: [order], positions })).map(({ kind }) => kind);
    expect(kinds([])).toContain("OrphanCancelAsked");
    expect(kinds([{ contract: "MESZ26", net: 1 }])).not.toContain("OrphanCancelAsked");
  });

  it("that closes a contract is the venue's own, and that is over no order any more", () => {
    const order = anOrder({ order: orderId("x3"), role: "close" });
    expect(factsOf(house, { kind: "order", account: ACCOUNT, order })).toEqual([]);
    const over = anOrder({ order: orderId("x4"), status: "cancelled" });
    expect(factsOf(house, { kind: "order", account: ACCOUNT, order: over })).toEqual([]);
  });
});
