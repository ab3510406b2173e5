/**
 * What every venue promises, proved on each that exists: paper now, others by the same cases.
 *
 * A venue is driven from outside only: prices are set, time passes, reports are read. How far
 * market and stop orders slip is the venue's own affair within `SLIP_MAX`; everything else is not.
 */
import { describe, expect, test } from "vitest";
import type { AccountId, OrderId } from "../../src/core/model/ids.ts";
import type { Root } from "../../src/core/model/instrument.ts";
import type { Quote } from "../../src/core/model/quote.ts";
import type { BracketSupport } from "../../src/core/model/rules.ts";
import { contracts, type Millis, millis, ticks } from "../../src/core/model/units.ts";
import type {
  Outcome,
  VenueFill,
  VenueOrder,
  VenueReport,
  VenueRequest,
} from "../../src/core/model/venue.ts";
import type { Broker } from "../../src/ports/broker.ts";

export interface VenueUnderTest {
  /** Open already; its reports go to `reports`. */
  readonly broker: Broker;
  /** Two fresh accounts. */
  readonly accounts: readonly [AccountId, AccountId];
  readonly contract: string;
  readonly instrument: Root;
  /** Ticks, near which all prices of the suite lie. */
  readonly basePrice: number;
  now(): Millis;
  setQuote(quote: Quote): void | Promise<void>;
  /** Lets time pass: answers that are due arrive. */
  advance(milliseconds: number): void | Promise<void>;
  /** Everything reported so far. */
  reports(): readonly VenueReport[];
  /** Our process dies and comes back: a new broker, the same venue. */
  reopen?(): VenueUnderTest | Promise<VenueUnderTest>;
  /** Opens or closes trading of the instrument. */
  setSession?(open: boolean): void | Promise<void>;
  close(): void | Promise<void>;
}

export type OpenVenue = (brackets: BracketSupport) => VenueUnderTest | Promise<VenueUnderTest>;

const SLIP_MAX = 2;
/** Longer than any venue takes to answer. */
const PATIENCE = 2_000;

type Place = Extract<VenueRequest, { kind: "place" }>;
type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

interface Wish {
  readonly tag?: string;
  readonly account?: AccountId;
  readonly role?: Place["role"];
  readonly side?: Place["side"];
  readonly type?: Place["type"];
  readonly quantity?: number;
  /** Ticks above the base price. */
  readonly at?: number;
  readonly bracket?: readonly [number, number];
}

/** A trader at the venue: speaks in ticks relative to the base price. */
class Trader {
  venue: VenueUnderTest;
  #requests = 0;

  constructor(venue: VenueUnderTest) {
    this.venue = venue;
  }

  get account(): AccountId {
    return this.venue.accounts[0];
  }

  async price(last: number, more: Partial<Record<"bid" | "ask" | "high" | "low", number>> = {}) {
    const { basePrice, instrument } = this.venue;
    const level = (offset: number) => ticks(basePrice + offset);
    const quote: Quote = {
      instrument,
      at: this.venue.now(),
      last: level(last),
      bid: level(more.bid ?? last),
      ask: level(more.ask ?? last + 1),
      high: level(more.high ?? last),
      low: level(more.low ?? last),
    };
    await this.venue.setQuote(quote);
    await this.venue.advance(PATIENCE);
  }

  async send(request: VenueRequest): Promise<Outcome> {
    const before = this.venue.reports().length;
    this.venue.broker.send(request);
    expect(this.venue.reports(), "nothing is reported from inside send").toHaveLength(before);
    await this.venue.advance(PATIENCE);
    const answers = this.venue.reports().slice(before).filter(isAnswerTo(request.id));
    expect(answers, "one request, one answer").toHaveLength(1);
    return (answers[0] as Extract<VenueReport, { kind: "answer" }>).outcome;
  }

  place(wish: Wish): Promise<Outcome> {
    const { basePrice, contract } = this.venue;
    const type = wish.type ?? (wish.at === undefined ? "market" : "limit");
    const [stopTicks, targetTicks] = wish.bracket ?? [0, 0];
    return this.send({
      ...this.#address("place", wish.account),
      kind: "place",
      contract,
      tag: (wish.tag ?? "entry-1") as Place["tag"],
      role: wish.role ?? "entry",
      side: wish.side ?? "buy",
      type,
      quantity: contracts(wish.quantity ?? 1),
      price: wish.at === undefined ? null : ticks(basePrice + wish.at),
      bracket: wish.bracket
        ? { stopTicks: ticks(stopTicks), targetTicks: ticks(targetTicks) }
        : null,
    });
  }

  async modify(tag: string, at: number | null, quantity: number | null = null): Promise<Outcome> {
    const order = await this.idOf(tag);
    return this.send({
      ...this.#address("modify"),
      kind: "modify",
      order,
      price: at === null ? null : ticks(this.venue.basePrice + at),
      quantity: quantity === null ? null : contracts(quantity),
    });
  }

  async cancel(tag: string): Promise<Outcome> {
    const order = await this.idOf(tag);
    return this.send({ ...this.#address("cancel"), kind: "cancel", order });
  }

  close(): Promise<Outcome> {
    return this.send({ ...this.#address("close"), kind: "close" });
  }

  closePart(quantity: number): Promise<Outcome> {
    const about = this.#address("close-part");
    return this.send({ ...about, kind: "close-part", quantity: contracts(quantity) });
  }

  async look(account = this.account, since = millis(0)): Promise<Snapshot> {
    const before = this.venue.reports().length;
    this.venue.broker.ask(account, since);
    expect(this.venue.reports(), "nothing is reported from inside ask").toHaveLength(before);
    await this.venue.advance(PATIENCE);
    const seen = this.venue.reports().slice(before);
    const snapshots = seen.filter((report) => report.kind === "snapshot");
    expect(snapshots, "one question, one snapshot").toHaveLength(1);
    return snapshots[0] as Snapshot;
  }

  async order(tag: string): Promise<VenueOrder> {
    const found = (await this.look()).orders.find((order) => order.tag === tag);
    expect(found, `an order tagged ${tag}`).toBeDefined();
    return found as VenueOrder;
  }

  async idOf(tag: string): Promise<OrderId> {
    return (await this.order(tag)).order;
  }

  /** `status` and `filled/quantity` of each order, by tag. */
  async states(): Promise<Readonly<Record<string, string>>> {
    const { orders } = await this.look();
    const entries = orders.map(
      ({ tag, status, filled, quantity }) =>
        [tag ?? "untagged", `${status} ${filled}/${quantity}`] as const,
    );
    return Object.fromEntries(entries);
  }

  async net(account = this.account): Promise<number> {
    const { positions } = await this.look(account);
    return positions.find((one) => one.contract === this.venue.contract)?.net ?? 0;
  }

  fills(): readonly VenueFill[] {
    return this.venue.reports().flatMap((one) => (one.kind === "fill" ? [one.fill] : []));
  }

  /** Price of the only fill since `before`, in ticks above the base price. */
  paid(before = 0): number {
    const fills = this.fills().slice(before);
    expect(fills).toHaveLength(1);
    return (fills[0]?.price ?? Number.NaN) - this.venue.basePrice;
  }

  #address(verb: string, account = this.account) {
    this.#requests += 1;
    return { id: `${verb}-${this.#requests}`, account, contract: this.venue.contract };
  }
}

const isAnswerTo =
  (id: string) =>
  (report: VenueReport): boolean =>
    report.kind === "answer" && report.id === id;

const codeOf = (outcome: Outcome): string =>
  outcome.kind === "refused" ? outcome.code : outcome.kind;

export function brokerContract(
  name: string,
  open: OpenVenue,
  supported: readonly BracketSupport[] = ["native", "none"],
): void {
  for (const brackets of supported) {
    describe(`the venue ${name}, brackets ${brackets}`, () => {
      const trading = tradingAt(open, brackets);
      ordersAndFills(trading);
      refusals(trading);
      closing(trading);
      knowledge(trading);
      if (brackets === "native") nativeBrackets(trading);
      else standaloneLegs(trading);
    });
  }
}

type Trading = (title: string, story: (trader: Trader) => Promise<void>) => void;

/** Registers a test on a fresh venue whose market stands at the base price. */
function tradingAt(open: OpenVenue, brackets: BracketSupport): Trading {
  return (title, story) => {
    test(title, async () => {
      const trader = new Trader(await open(brackets));
      try {
        await trader.price(0);
        await story(trader);
      } finally {
        await trader.venue.close();
      }
    });
  };
}

function ordersAndFills(trading: Trading): void {
  trading("says which brackets it keeps", async (trader) => {
    expect(["native", "none"]).toContain(trader.venue.broker.brackets);
  });

  trading("fills a market buy at the ask, or a little worse", async (trader) => {
    const outcome = await trader.place({ tag: "b", quantity: 2 });
    expect(outcome).toEqual({ kind: "done", order: await trader.idOf("b") });
    expect(trader.paid()).toBeGreaterThanOrEqual(1);
    expect(trader.paid()).toBeLessThanOrEqual(1 + SLIP_MAX);
    expect(trader.fills()[0]).toMatchObject({
      tag: "b",
      parent: null,
      role: "entry",
      contract: trader.venue.contract,
      side: "buy",
      quantity: 2,
    });
    expect(await trader.net()).toBe(2);
  });

  trading("fills a market sell at the bid, or a little worse", async (trader) => {
    await trader.place({ tag: "s", side: "sell" });
    expect(trader.paid()).toBeLessThanOrEqual(0);
    expect(trader.paid()).toBeGreaterThanOrEqual(-SLIP_MAX);
    expect(await trader.net()).toBe(-1);
  });

  trading("takes a marketable limit at once, never beyond its price", async (trader) => {
    await trader.place({ tag: "l", at: 8 });
    expect(trader.paid()).toBeLessThanOrEqual(8);
    expect(await trader.states()).toEqual({ l: "filled 1/1" });
  });

  trading("lets a limit rest until the market trades through it", async (trader) => {
    await trader.place({ tag: "l", at: -10 });
    expect(await trader.states()).toEqual({ l: "working 0/1" });
    await trader.price(-5);
    expect(trader.fills()).toEqual([]);
    await trader.price(-12);
    expect(trader.paid()).toBeLessThanOrEqual(-10);
  });

  trading("fills a stop at its price or worse, across a gap at the gap", async (trader) => {
    await trader.place({ tag: "b", quantity: 2 });
    const stop = { role: "stop", side: "sell", type: "stop" } as const;
    await trader.place({ ...stop, tag: "near", at: -10 });
    await trader.place({ ...stop, tag: "far", at: -20 });
    await trader.price(-10);
    expect(trader.paid(1)).toBeLessThanOrEqual(-10);
    expect(trader.paid(1)).toBeGreaterThanOrEqual(-10 - SLIP_MAX);
    await trader.price(-50);
    expect(trader.paid(2)).toBeLessThanOrEqual(-50);
    expect(await trader.net()).toBe(0);
  });

  trading("moves a resting order in place", async (trader) => {
    await trader.place({ tag: "l", at: -10 });
    const before = await trader.order("l");
    expect(await trader.modify("l", -20)).toEqual({ kind: "done", order: before.order });
    expect(await trader.order("l")).toEqual({
      ...before,
      price: ticks((before.price ?? 0) - 10),
    });
    await trader.price(-15);
    expect(trader.fills()).toEqual([]);
    await trader.price(-21);
    expect(trader.fills()).toHaveLength(1);
  });

  trading("changes the size of a resting order", async (trader) => {
    await trader.place({ tag: "l", at: -10, quantity: 3 });
    expect((await trader.modify("l", null, 2)).kind).toBe("done");
    await trader.price(-12);
    expect(await trader.net()).toBe(2);
  });

  trading("cancels a resting order, which then never fills", async (trader) => {
    await trader.place({ tag: "l", at: -10 });
    expect((await trader.cancel("l")).kind).toBe("done");
    expect(await trader.states()).toEqual({ l: "cancelled 0/1" });
    await trader.price(-30);
    expect(trader.fills()).toEqual([]);
  });

  trading("answers requests of one moment in their order", async (trader) => {
    const { venue } = trader;
    const before = venue.reports().length;
    const about = { account: trader.account, contract: venue.contract, kind: "close" } as const;
    for (const id of ["one", "two", "three"]) venue.broker.send({ ...about, id });
    await venue.advance(PATIENCE);
    const answers = venue.reports().slice(before);
    expect(answers.map((report) => report.kind === "answer" && report.id)).toEqual([
      "one",
      "two",
      "three",
    ]);
  });
}

function refusals(trading: Trading): void {
  trading("takes a tag once, and a repeat changes nothing", async (trader) => {
    await trader.place({ tag: "b" });
    const before = await trader.look();
    expect(codeOf(await trader.place({ tag: "b" }))).toBe("tag-in-use");
    expect(codeOf(await trader.place({ tag: "b", at: -10, quantity: 3 }))).toBe("tag-in-use");
    const { askedAt, ...after } = await trader.look();
    expect(before).toMatchObject(after);
    expect(askedAt).toBeGreaterThanOrEqual(before.askedAt);
  });

  trading("counts the tag of a rejected order as used", async (trader) => {
    const through = { tag: "s", role: "stop", side: "sell", type: "stop", at: 20 } as const;
    expect(codeOf(await trader.place(through))).toBe("price-through-market");
    expect(codeOf(await trader.place({ tag: "s" }))).toBe("tag-in-use");
    expect(await trader.states()).toEqual({ s: "rejected 0/1" });
  });

  trading("keeps the tags of two accounts apart", async (trader) => {
    const [, other] = trader.venue.accounts;
    await trader.place({ tag: "b" });
    expect((await trader.place({ tag: "b", account: other })).kind).toBe("done");
    expect(await trader.net(other)).toBe(1);
    expect(await trader.net()).toBe(1);
  });

  trading("does not touch an order that is over", async (trader) => {
    await trader.place({ tag: "b" });
    const before = await trader.order("b");
    expect((await trader.cancel("b")).kind).toBe("refused");
    expect((await trader.modify("b", -10)).kind).toBe("refused");
    expect(await trader.order("b")).toEqual(before);
  });

  trading("refuses a stop on the wrong side and leaves the order as it was", async (trader) => {
    await trader.place({ tag: "b" });
    await trader.place({ tag: "s", role: "stop", side: "sell", type: "stop", at: -10 });
    const before = await trader.order("s");
    expect(codeOf(await trader.modify("s", 10))).toBe("price-through-market");
    expect(await trader.order("s")).toEqual(before);
  });

  trading(
    "takes no orders while the market is closed, but lets them be withdrawn",
    async (trader) => {
      if (trader.venue.setSession === undefined) return;
      await trader.place({ tag: "l", at: -10 });
      await trader.place({ tag: "k", at: -20 });
      await trader.venue.setSession(false);
      expect(codeOf(await trader.place({ tag: "b" }))).toBe("market-closed");
      await trader.price(-15);
      expect(trader.fills()).toEqual([]);
      expect((await trader.cancel("l")).kind).toBe("done");
      await trader.venue.setSession(true);
      await trader.price(-25);
      expect(trader.fills().map((fill) => fill.tag)).toEqual(["k"]);
    },
  );
}

function closing(trading: Trading): void {
  trading("closes a position by an untagged order of its own", async (trader) => {
    await trader.place({ tag: "b", quantity: 3 });
    expect((await trader.close()).kind).toBe("done");
    expect(await trader.net()).toBe(0);
    expect(trader.fills().at(-1)).toMatchObject({
      tag: null,
      role: "close",
      side: "sell",
      quantity: 3,
    });
  });

  trading("closes part of a position, and never more than it is", async (trader) => {
    await trader.place({ tag: "s", side: "sell", quantity: 3 });
    expect((await trader.closePart(2)).kind).toBe("done");
    expect(await trader.net()).toBe(-1);
    expect(codeOf(await trader.closePart(2))).toBe("invalid-close-size");
    expect(await trader.net()).toBe(-1);
  });

  trading("has nothing to close when flat", async (trader) => {
    expect((await trader.close()).kind).toBe("refused");
    expect(trader.fills()).toEqual([]);
  });

  trading("leaves resting orders alone when it closes", async (trader) => {
    await trader.place({ tag: "b" });
    await trader.place({ tag: "t", role: "target", side: "sell", at: 20 });
    await trader.close();
    expect((await trader.states())["t"]).toBe("working 0/1");
    await trader.price(25);
    expect(await trader.net()).toBe(-1);
  });
}

function knowledge(trading: Trading): void {
  trading("shows orders, positions, fills and cash when asked", async (trader) => {
    const { balance } = await trader.look();
    await trader.place({ tag: "b", quantity: 2 });
    await trader.place({ tag: "l", at: -10 });
    const askedAt = trader.venue.now();
    const snapshot = await trader.look();
    expect(snapshot.askedAt).toBe(askedAt);
    expect(snapshot.orders.map((order) => order.tag).toSorted()).toEqual(["b", "l"]);
    expect(snapshot.positions).toEqual([{ contract: trader.venue.contract, net: 2 }]);
    expect(snapshot.fills).toEqual(trader.fills());
    const fees = snapshot.fills.reduce((sum, fill) => sum + fill.fees, 0);
    expect(fees).toBeGreaterThanOrEqual(0);
    expect(snapshot.balance).toBe(balance - fees);
  });

  trading("shows only what ended or filled since the time asked for", async (trader) => {
    await trader.place({ tag: "old" });
    await trader.place({ tag: "resting", at: -10 });
    const since = trader.venue.now();
    await trader.place({ tag: "new" });
    const snapshot = await trader.look(trader.account, since);
    expect(snapshot.orders.map((order) => order.tag).toSorted()).toEqual(["new", "resting"]);
    expect(snapshot.fills.map((fill) => fill.tag)).toEqual(["new"]);
    expect(snapshot.positions).toEqual([{ contract: trader.venue.contract, net: 2 }]);
  });

  trading("says nothing at all about an account it does not have", async (trader) => {
    const before = trader.venue.reports().length;
    trader.venue.broker.ask("nobody" as AccountId, millis(0));
    await trader.venue.advance(PATIENCE);
    expect(trader.venue.reports()).toHaveLength(before);
  });

  trading(
    "says of every account that what it tells is whole, if it speaks of that",
    async (trader) => {
      const links = trader.venue.reports().filter((one) => one.kind === "link");
      for (const account of trader.venue.accounts) {
        const own = links.filter((one) => one.account === account);
        expect(own).toHaveLength(links.length / trader.venue.accounts.length);
        if (own.length > 0) expect(own.at(-1)?.state).toBe("up");
      }
    },
  );

  trading("names every order and fill once", async (trader) => {
    const [first, second] = trader.venue.accounts;
    for (const account of [first, second]) {
      for (const tag of ["a", "b", "c"]) await trader.place({ tag, account });
    }
    const fills = trader.fills();
    expect(new Set(fills.map((fill) => fill.fill)).size).toBe(6);
    expect(new Set(fills.map((fill) => fill.order)).size).toBe(6);
  });

  trading("is the same venue after our process died", async (trader) => {
    const { venue } = trader;
    if (venue.reopen === undefined) return;
    await trader.place({ tag: "b", quantity: 2 });
    await trader.place({
      tag: "s",
      role: "stop",
      side: "sell",
      type: "stop",
      quantity: 2,
      at: -10,
    });
    const { askedAt: _, ...before } = await trader.look();
    trader.venue = await venue.reopen();
    expect(await trader.look()).toMatchObject(before);
    expect(codeOf(await trader.place({ tag: "b" }))).toBe("tag-in-use");
    // The first price it sees meets what rests, gap and all.
    await trader.price(-40);
    expect(trader.fills().at(-1)).toMatchObject({ tag: "s", quantity: 2 });
    expect(trader.fills().at(-1)?.price).toBeLessThanOrEqual(trader.venue.basePrice - 40);
    expect(await trader.net()).toBe(0);
  });
}

function nativeBrackets(trading: Trading): void {
  trading("holds a bracket back until its entry fills", async (trader) => {
    await trader.place({ tag: "e", at: -10, quantity: 2, bracket: [12, 20] });
    expect(await trader.states()).toEqual({
      e: "working 0/2",
      "e-SL": "suspended 0/2",
      "e-TP": "suspended 0/2",
    });
    expect(await trader.order("e-SL")).toMatchObject({ parent: "e", role: "stop", side: "sell" });
    expect(await trader.order("e-TP")).toMatchObject({ parent: "e", role: "target" });
  });

  trading("covers a filled contract by its stop in the same event", async (trader) => {
    await trader.place({ tag: "e", quantity: 2, bracket: [12, 20] });
    expect(await trader.states()).toEqual({
      e: "filled 2/2",
      "e-SL": "working 0/2",
      "e-TP": "working 0/2",
    });
    const { basePrice } = trader.venue;
    expect((await trader.order("e-SL")).price).toBe(basePrice + trader.paid() - 12);
    expect((await trader.order("e-TP")).price).toBe(basePrice + trader.paid() + 20);
  });

  trading("mirrors the bracket of a short", async (trader) => {
    await trader.place({ tag: "e", side: "sell", bracket: [12, 20] });
    const { basePrice } = trader.venue;
    expect(await trader.order("e-SL")).toMatchObject({
      side: "buy",
      price: basePrice + trader.paid() + 12,
    });
    expect((await trader.order("e-TP")).price).toBe(basePrice + trader.paid() - 20);
  });

  trading("cancels the target when the stop fills", async (trader) => {
    await trader.place({ tag: "e", quantity: 2, bracket: [12, 20] });
    await trader.price(-15);
    expect(await trader.net()).toBe(0);
    expect((await trader.order("e-TP")).status).toBe("cancelled");
    expect(trader.fills().at(-1)).toMatchObject({ tag: "e-SL", parent: "e", role: "stop" });
  });

  trading("cancels the stop when the target fills, at its price or better", async (trader) => {
    await trader.place({ tag: "e", quantity: 2, bracket: [12, 20] });
    const goal = (await trader.order("e-TP")).price ?? 0;
    await trader.price(30);
    expect(await trader.net()).toBe(0);
    expect((await trader.order("e-SL")).status).toBe("cancelled");
    expect(trader.fills().at(-1)).toMatchObject({ tag: "e-TP", parent: "e", role: "target" });
    expect(trader.fills().at(-1)?.price).toBeGreaterThanOrEqual(goal);
  });

  trading("lets a position leave through its target, stop and all", async (trader) => {
    await trader.place({ tag: "e", quantity: 2, bracket: [12, 20] });
    expect((await trader.modify("e-TP", -8)).kind).toBe("done");
    expect(await trader.states()).toEqual({
      e: "filled 2/2",
      "e-SL": "cancelled 0/2",
      "e-TP": "filled 2/2",
    });
    // At the bid or a little worse, never at the price the leg was moved to.
    expect(trader.paid(1)).toBeGreaterThanOrEqual(-SLIP_MAX);
    expect(await trader.net()).toBe(0);
  });

  trading("moves one leg and leaves the other", async (trader) => {
    await trader.place({ tag: "e", bracket: [12, 20] });
    const target = await trader.order("e-TP");
    expect((await trader.modify("e-SL", -5)).kind).toBe("done");
    expect(await trader.order("e-TP")).toEqual(target);
    await trader.price(-6);
    expect(await trader.states()).toMatchObject({
      "e-SL": "filled 1/1",
      "e-TP": "cancelled 0/1",
    });
  });

  trading("takes the bracket away with an entry that never filled", async (trader) => {
    await trader.place({ tag: "e", at: -10, bracket: [12, 20] });
    await trader.cancel("e");
    expect(await trader.states()).toEqual({
      e: "cancelled 0/1",
      "e-SL": "cancelled 0/1",
      "e-TP": "cancelled 0/1",
    });
  });

  trading("keeps two brackets of one contract apart", async (trader) => {
    await trader.place({ tag: "e1", bracket: [12, 20] });
    await trader.place({ tag: "e2", bracket: [12, 40] });
    await trader.price(30);
    expect(await trader.states()).toMatchObject({
      "e1-TP": "filled 1/1",
      "e1-SL": "cancelled 0/1",
      "e2-TP": "working 0/1",
      "e2-SL": "working 0/1",
    });
    expect(await trader.net()).toBe(1);
  });

  trading("refuses a bracket nearer than four ticks", async (trader) => {
    expect(codeOf(await trader.place({ tag: "e", bracket: [3, 20] }))).toBe("bracket-too-near");
    expect(codeOf(await trader.place({ tag: "f", bracket: [12, 3] }))).toBe("bracket-too-near");
    expect(await trader.net()).toBe(0);
  });

  trading("counts the tags of bracket legs as used", async (trader) => {
    await trader.place({ tag: "e", bracket: [12, 20] });
    expect(codeOf(await trader.place({ tag: "e-SL" }))).toBe("tag-in-use");
    expect(codeOf(await trader.place({ tag: "e-TP" }))).toBe("tag-in-use");
  });

  trading("keeps the legs working after its own close call", async (trader) => {
    await trader.place({ tag: "e", bracket: [12, 20] });
    await trader.close();
    expect(await trader.net()).toBe(0);
    expect(await trader.states()).toMatchObject({ "e-SL": "working 0/1", "e-TP": "working 0/1" });
    await trader.price(-15);
    expect(await trader.net()).toBe(-1);
  });

  trading("tells of protection no later than of the fill it protects", async (trader) => {
    await trader.place({ tag: "e", bracket: [12, 20] });
    const kinds = trader.venue.reports().map((report) => {
      if (report.kind === "order") return `${report.order.tag} ${report.order.status}`;
      return report.kind === "fill" ? "fill" : "other";
    });
    expect(kinds.indexOf("e-SL working")).toBeGreaterThanOrEqual(0);
    expect(kinds.filter((kind) => kind === "fill")).toHaveLength(1);
  });
}

function standaloneLegs(trading: Trading): void {
  trading("refuses a bracket it cannot keep", async (trader) => {
    const outcome = await trader.place({ tag: "e", bracket: [12, 20] });
    expect(codeOf(outcome)).toBe("brackets-unsupported");
    expect(await trader.net()).toBe(0);
  });

  trading("works a stop and a target nobody links", async (trader) => {
    await trader.place({ tag: "e" });
    await trader.place({ tag: "s", role: "stop", side: "sell", type: "stop", at: -12 });
    await trader.place({ tag: "t", role: "target", side: "sell", at: 20 });
    expect(await trader.order("s")).toMatchObject({ role: "stop", parent: null });
    await trader.price(25);
    expect(await trader.net()).toBe(0);
    expect((await trader.states())["s"]).toBe("working 0/1");
    // Whoever forgets the stop is turned round by it.
    await trader.price(-15);
    expect(await trader.net()).toBe(-1);
  });

  trading("resizes a stop", async (trader) => {
    await trader.place({ tag: "e", quantity: 3 });
    await trader.place({
      tag: "s",
      role: "stop",
      side: "sell",
      type: "stop",
      quantity: 3,
      at: -12,
    });
    expect((await trader.modify("s", -6, 1)).kind).toBe("done");
    await trader.price(-7);
    expect(await trader.net()).toBe(2);
  });
}
