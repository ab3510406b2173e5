/**
 * One account at work: what is heard goes into its book, and what is news of it is reported.
 *
 * ```text
 * event ─► book ─► report, if it is news
 *           └ a trade whose order nobody told of ─► the order is looked up
 * ```
 *
 * It draws no conclusions. Where something does not add up it is `suspect`, and the next look at the
 * venue is a thorough one.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { VenueReport } from "../../core/model/venue.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { AccountBook, Learnt, VenueContracts } from "./account-book.ts";
import { nameOf } from "./account-book.ts";
import { Attention } from "./attention.ts";
import { Disagreement } from "./disagreement.ts";
import type { Gateway } from "./gateway.ts";
import type { Hearing } from "./hearing.ts";
import type { Source } from "./known-orders.ts";
import type { Lanes } from "./lanes.ts";
import { callsOwed } from "./promises.ts";
import { ToldPositions } from "./told-positions.ts";
import type { WireOrder, WirePosition, WireTrade } from "./wire-types.ts";

export interface DeskParts {
  /** The venue's number of the account. */
  readonly number: number;
  readonly book: AccountBook;
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly log: Log;
  readonly lanes: Lanes;
  readonly contracts: VenueContracts;
  readonly keepsBrackets: boolean;
  readonly report: (report: VenueReport) => void;
  readonly hearing: Hearing;
}

type Seen = (found: WireOrder | "none" | "unread") => void;

/** An order event precedes its trades, or follows within this. */
const ORDER_DUE = 300;
/** Whoever waits for such a look has something urgent to say. */
const LOOK_MAX = 2_000;
/** An order whose answer was lost shows in the lists long before this is over. */
const MISSING_FOR = 30_000;

export class AccountDesk {
  readonly #parts: DeskParts;
  readonly disagreement = new Disagreement();
  readonly attention: Attention;
  readonly #positions: ToldPositions;
  /** Hears of every order and fill there is news of. */
  follow: (learnt: Learnt) => void = () => {};
  /** Placed, and seen nowhere yet: since when. */
  readonly #missing = new Map<string, Millis>();
  #suspicions = 1;
  #suspicionsCleared = 0;
  #thoroughAt: Millis | null = null;
  #filledAt = millis(0);
  /** Orders being read one by one, and who wants to know. */
  readonly #lookedAt = new Map<number, Seen[]>();
  /** Learnt from lists, and in no report yet. */
  readonly #untold = new Map<string, Learnt>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.attention = new Attention(parts.clock, parts.book);
    this.#positions = new ToldPositions(parts.clock, parts.book, () => this.suspect());
  }

  get book(): AccountBook {
    return this.#parts.book;
  }

  get number(): number {
    return this.#parts.number;
  }

  /** Whether a glance would not do: something may have been missed. */
  get isSuspect(): boolean {
    return this.#suspicions > this.#suspicionsCleared;
  }

  /** Whether an order was placed that nobody has shown yet: it may have ended at once. */
  get isMissingAny(): boolean {
    const long = this.#parts.clock.now() - MISSING_FOR;
    for (const [tag, since] of this.#missing) if (since < long) this.#missing.delete(tag);
    return this.#missing.size > 0;
  }

  /** Whether a stop or a change may wait for the next look. */
  get isUrgent(): boolean {
    return this.isExposed && (this.isSuspect || this.attention.hasNews);
  }

  /** Whether a look may as well come later. */
  get isQuiet(): boolean {
    return !this.isSuspect && !this.isMissingAny && this.attention.isQuiet;
  }

  get isExposed(): boolean {
    return this.book.mayHold || this.isMissingAny;
  }

  get suspicions(): number {
    return this.#suspicions;
  }

  /** When a fill was last heard of. */
  get filledAt(): Millis {
    return this.#filledAt;
  }

  /** When all lists were last read and found to agree. */
  get thoroughAt(): Millis | null {
    return this.#thoroughAt;
  }

  suspect(): void {
    this.#suspicions += 1;
  }

  /** All that was suspected by then has been looked into. */
  trust(suspicions: number, at: Millis): void {
    this.#suspicionsCleared = suspicions;
    this.#thoroughAt = at;
  }

  /** It is about to be placed: until it is seen, or known not to be there, it is looked for. */
  expect(tag: string): void {
    this.#missing.set(tag, this.#parts.clock.now());
    this.#promise();
  }

  expectNoMore(tag: string): void {
    this.#missing.delete(tag);
    this.#promise();
  }

  hearOrder(order: WireOrder): void {
    this.attention.heard();
    this.#tell(this.#learnOrder(order, { kind: "event", at: this.#parts.clock.now() }));
  }

  hearTrade(trade: WireTrade): void {
    this.attention.heard();
    this.#parts.hearing.told(trade.id);
    const heard = this.book.hearTrade(trade);
    if (heard === "voided") this.#takenBack(trade);
    else if (heard === "waits") this.#later(ORDER_DUE, () => this.#lookUp(trade.orderId));
    else this.#tell(heard);
  }

  hearPosition(position: WirePosition): void {
    this.#positions.hear(position);
  }

  /**
   * What a list says. It is told with the snapshot that comes of it, or else by `tellUntold`. False
   * when something of it may be true and is not certain.
   */
  learnOrders(orders: readonly WireOrder[], askedAt: Millis): boolean {
    const source = { kind: "list", askedAt, at: this.#parts.clock.now() } as const;
    let isCertain = true;
    for (const order of orders) {
      const heard = this.#learnOrder(order, source);
      if (heard === "doubtful") isCertain = false;
      else this.#keep(heard);
    }
    return isCertain;
  }

  learnTrades(trades: readonly WireTrade[]): void {
    for (const trade of trades) {
      if (!this.book.trades.has(trade.id)) this.#parts.hearing.listed(trade);
      const heard = this.book.hearTrade(trade);
      if (heard === "voided") this.#takenBack(trade);
      else if (heard !== "waits") this.#keep(heard);
    }
  }

  /** No snapshot came of what the lists said: it is told like any event. */
  tellUntold(): void {
    this.#tell([...this.#untold.values()]);
  }

  /** A snapshot told all of it. */
  isTold(): void {
    this.#untold.clear();
    this.#promise();
  }

  #promise(): void {
    const { book, gateway, keepsBrackets, number } = this.#parts;
    gateway.promise(number, callsOwed(book, this.#missing.keys(), keepsBrackets));
  }

  #learnOrder(order: WireOrder, source: Source): readonly Learnt[] | "doubtful" {
    if (order.customTag !== null) this.#missing.delete(order.customTag);
    return this.book.hearOrder(order, source);
  }

  /** The answer to a place with this tag was told: now what the venue said of it beside. */
  tellHeldBack(tag: string): void {
    this.#tell(this.book.heldBack(tag));
  }

  /** Whoever still wants to change an order that is over has not heard of its end. */
  tellAgain(orderId: number): void {
    this.#tell(this.book.asKnown(orderId));
  }

  /**
   * Reads an order and tells what is new about it; `seen` is called once, soon. Who asks while it is
   * being read hears of the same reading.
   */
  lookAt(orderId: number, seen: Seen): void {
    const { clock, gateway, number } = this.#parts;
    const askedAt = clock.now();
    const others = this.#lookedAt.get(orderId);
    if (others !== undefined) return void others.push(seen);
    const waiting = [seen];
    this.#lookedAt.set(orderId, waiting);
    const say = (found: WireOrder | "none" | "unread"): void => {
      if (this.#lookedAt.get(orderId) !== waiting) return;
      this.#lookedAt.delete(orderId);
      callOff();
      if (typeof found === "string") this.suspect();
      for (const one of waiting) one(found);
    };
    const callOff = clock.schedule(millis(askedAt + LOOK_MAX), () => say("unread"));
    gateway.call("Order/searchById", { accountId: number, orderId }, "protect", (called) => {
      const order = called.kind === "done" ? called.value.order : null;
      if (order !== null) this.learnOrders([order], askedAt);
      this.tellUntold();
      const isNone = called.kind === "done" || called.kind === "refused";
      say(order ?? (isNone ? "none" : "unread"));
    });
  }

  #lookUp(orderId: number): void {
    if (!this.book.waitedFor().includes(orderId)) return;
    this.lookAt(orderId, () => this.book.letGo(orderId));
  }

  #takenBack({ id, orderId }: WireTrade): void {
    this.suspect();
    this.#parts.log.write("warn", "venue-trade-voided", { trade: id, order: orderId });
  }

  /** Later news of the same order takes the place of what was kept. */
  #keep(learnt: readonly Learnt[]): void {
    for (const one of learnt) {
      this.#note(one);
      this.#untold.set(nameOf(one), one);
    }
  }

  #note(one: Learnt): void {
    if (one.kind === "fill") this.#filledAt = this.#parts.clock.now();
    this.#promise();
    this.follow(one);
  }

  #tell(learnt: readonly Learnt[] | "doubtful"): void {
    if (learnt === "doubtful") return;
    for (const report of learnt) {
      this.#note(report);
      this.#untold.delete(nameOf(report));
      this.#parts.report(report);
    }
  }

  #later(wait: number, task: () => void): void {
    const { clock } = this.#parts;
    clock.schedule(millis(clock.now() + wait), task);
  }
}
