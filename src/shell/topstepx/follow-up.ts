/**
 * What was done should be heard of in a moment; if it is not, it is looked for.
 *
 * ```text
 * placed, changed, cancelled ─► told within 0.4 s ──────────────────────► well
 *                                     └ no ─► what may fill, in one list ─► shown as asked: well
 *                                                      └ not in it ───────► the order by itself
 * order filled, contracts closed ─► its trades told within 0.4 s ───────► well
 *                                     └ no ─► the trades, before whatever else only looks: without
 *                                             its price nobody knows where its stop belongs
 * filled ─► a working stop for all of it told within 0.4 s ─────────────► well
 *                                     └ no ─► all lists
 * ```
 *
 * The hub loses events. A round of looks finds what it lost, but it may be the turn of others first,
 * and meanwhile changes that were made long ago would be asked for again and again, which leaves ever
 * fewer calls to look with. One list, asked for by whoever waits for it, ends that.
 */
import { parseIso } from "../../core/model/iso-time.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { Learnt } from "./account-book.ts";
import type { AccountDesk, DeskParts } from "./account-desk.ts";
import { AccountReads } from "./account-reads.ts";
import type { Urgency } from "./gateway.ts";
import type { WireOrder } from "./wire-types.ts";

/** Told, or else looked for. */
const TOLD_WITHIN = 400;
/** What is due within this of another is looked for with it, in the same list. */
const TOGETHER = 100;
/** What was traded longer ago than this has been listed since. */
const REACH = 120_000;
/** Beyond it the looks have to do. */
const AWAITED_MAX = 100;

type Wanted = (order: WireOrder) => boolean;

interface Awaited {
  readonly isTold: () => boolean;
  /** It may have filled, and nobody but us would place its stop. */
  readonly mayBare: boolean;
  readonly due: Millis;
}

export class FollowUp {
  readonly #parts: DeskParts;
  readonly #desk: AccountDesk;
  readonly #look: () => void;
  /** What was done to orders, and nobody has told of yet. */
  readonly #acts = new Map<number, Awaited>();
  /** What was filled, and its trades are missing: by order, or by contract. */
  readonly #fills = new Map<string, Awaited>();
  #isSet = false;

  /** `look` has all lists of the account read, now. */
  constructor(parts: DeskParts, desk: AccountDesk, look: () => void) {
    this.#parts = parts;
    this.#desk = desk;
    this.#look = look;
  }

  /** The venue took this entry. */
  entered(orderId: number): void {
    this.#acted(orderId, () => true, !this.#parts.keepsBrackets);
  }

  /** The venue said that it did this to the order. */
  done(orderId: number, wanted: Wanted): void {
    this.#acted(orderId, wanted, false);
  }

  #acted(orderId: number, wanted: Wanted, mayBare: boolean): void {
    const isTold = (): boolean => {
      const order = this.#desk.book.orders.get(orderId);
      return order !== null && wanted(order);
    };
    this.#await(this.#acts, orderId, isTold, mayBare);
  }

  /** The venue said that it closes what is held in this contract. */
  closed(contractId: string, part: number | null): void {
    const { book } = this.#desk;
    const before = book.netOf(contractId) ?? 0;
    if (before === 0) return;
    this.#await(this.#fills, contractId, () => book.netOf(contractId) !== before, false);
    if (part !== null && part < Math.abs(before)) this.#seeKept();
  }

  /** It is news: of an order that filled there should be trades, of contracts that came a stop. */
  heard(learnt: Learnt): void {
    if (learnt.kind === "fill") return this.#seeCovered();
    const { order, filled, role } = learnt.order;
    const id = Number(order);
    if (filled === 0 || filled === this.#desk.book.trades.volumeOf(id)) return;
    const mayBare = role === "entry" && !this.#parts.keepsBrackets;
    this.#await(this.#fills, order, () => !this.#isShort(id), mayBare);
  }

  /** At some venues the legs of all go with a part of it, and word of that may be lost. */
  #seeKept(): void {
    this.#desk.attention.doubt();
    this.#seeCovered();
  }

  #seeCovered(): void {
    const { clock } = this.#parts;
    clock.schedule(millis(clock.now() + TOLD_WITHIN), () => {
      if (this.#desk.attention.mayBeBare) this.#look();
    });
  }

  /** An order that was there before the lists reach back has trades that nobody lists. */
  #isShort(id: number): boolean {
    const { book } = this.#desk;
    const order = book.orders.get(id);
    if (order === null || book.wholeSince === null) return false;
    const bornAt = parseIso(order.creationTimestamp) ?? 0;
    return bornAt >= book.wholeSince && order.fillVolume > book.trades.volumeOf(id);
  }

  #await<Key>(list: Map<Key, Awaited>, key: Key, isTold: () => boolean, mayBare: boolean): void {
    if (list.size >= AWAITED_MAX && !list.has(key)) return;
    const { clock } = this.#parts;
    list.set(key, { isTold, mayBare, due: millis(clock.now() + TOLD_WITHIN) });
    this.#wake();
  }

  #wake(): void {
    const dues = [...this.#acts.values(), ...this.#fills.values()].map(({ due }) => due);
    if (this.#isSet || dues.length === 0) return;
    this.#isSet = true;
    this.#parts.clock.schedule(millis(Math.min(...dues)), () => {
      this.#isSet = false;
      const acts = this.#missing(this.#acts);
      if (acts.length > 0) this.#readOrders(acts);
      if (this.#missing(this.#fills).length > 0) this.#readTrades();
      this.#wake();
    });
  }

  /** What was not told in time, and with it what is about to be; it is awaited no more. */
  #missing<Key>(list: Map<Key, Awaited>): readonly (readonly [Key, Awaited])[] {
    const now = this.#parts.clock.now();
    const late = takeDue(list, now);
    const missing = late.length === 0 ? [] : [...late, ...takeDue(list, now + TOGETHER)];
    if (missing.some(([, { mayBare }]) => mayBare)) this.#desk.attention.doubt();
    return missing;
  }

  #readOrders(acts: readonly (readonly [number, Awaited])[]): void {
    const reads = this.#reads("check");
    reads.readLive(() => {
      this.#desk.tellUntold();
      // What is not shown as it should be has ended meanwhile, or the list lags: the next look tells.
      for (const [id, { isTold }] of acts)
        if (!reads.isListed(id) && !isTold()) this.#desk.lookAt(id, () => this.#readIfShort(id));
    });
  }

  /** Nobody told that it filled, so nobody will tell of its trades. */
  #readIfShort(id: number): void {
    if (!this.#isShort(id)) return;
    this.#fills.delete(String(id));
    this.#readTrades();
  }

  #readTrades(): void {
    this.#reads("rescue").readTrades(() => {
      this.#desk.tellUntold();
      // That of a close, mostly: its answer names no order.
      for (const id of this.#desk.book.waitedFor()) this.#desk.lookAt(id, () => {});
    });
  }

  #reads(least: Urgency): AccountReads {
    const { clock, gateway } = this.#parts;
    const since = millis(clock.now() - REACH);
    const urgency = this.#desk.attention.mayBeBare ? "rescue" : least;
    return new AccountReads({ clock, gateway, desk: this.#desk, since }, urgency);
  }
}

/** Those due by then are awaited no more; they are returned where they were not told. */
function takeDue<Key>(list: Map<Key, Awaited>, by: number): readonly (readonly [Key, Awaited])[] {
  const due = [...list].filter(([, one]) => one.due <= by);
  for (const [key] of due) list.delete(key);
  return due.filter(([, { isTold }]) => !isTold());
}
