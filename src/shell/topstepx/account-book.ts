/**
 * One account as the venue has told of it so far, in the words of the port.
 *
 * ```text
 * events, lists ─► orders (youngest word), trades (once each) ─► reports, snapshots
 * ```
 *
 * A trade names its order by number only. One whose order nobody has told of yet waits here until
 * the order is known, by an event or because somebody looks it up.
 */
import { type AccountId, fillId, orderId } from "../../core/model/ids.ts";
import { parseIso } from "../../core/model/iso-time.ts";
import { contracts, type Millis, type Money, millis, money } from "../../core/model/units.ts";
import type { VenueFill, VenueOrder, VenuePosition, VenueReport } from "../../core/model/venue.ts";
import type { Contracts } from "./contracts.ts";
import { KnownOrders, type Source } from "./known-orders.ts";
import { KnownTrades } from "./known-trades.ts";
import { netsIn } from "./nets.ts";
import { isOnlyTaken, isRejected } from "./order-stage.ts";
import { OrderViews, sideOf } from "./order-views.ts";
import { type Family, OwnOrders } from "./own-orders.ts";
import { moneyNear, ticksNear } from "./points.ts";
import type { WireOrder, WirePosition, WireTrade } from "./wire-types.ts";

const WAITING_MAX = 200;
const FILLS_MAX = 5_000;
const TAGS_MAX = 5_000;

export type VenueContracts = Pick<Contracts, "byCode" | "byId">;

export type Learnt = Extract<VenueReport, { kind: "order" | "fill" }>;

export class AccountBook {
  readonly account: AccountId;
  readonly orders = new KnownOrders();
  readonly trades = new KnownTrades();
  readonly own = new OwnOrders();
  readonly #contracts: VenueContracts;
  readonly #views: OrderViews;
  readonly #fills = new Map<number, VenueFill>();
  /** By order: its last fill. */
  readonly #filledAt = new Map<number, Millis>();
  readonly #tags = new Map<string, readonly number[]>();
  readonly #waiting = new Map<number, WireTrade[]>();
  /** Orders that were only said to be taken, by the tag whose answer is awaited. */
  readonly #taken = new Map<string, readonly number[]>();
  /** From here on every order and trade has been listed or told. */
  #wholeSince: Millis | null = null;

  constructor(account: AccountId, knownContracts: VenueContracts) {
    this.account = account;
    this.#contracts = knownContracts;
    this.#views = new OrderViews(knownContracts);
  }

  get wholeSince(): Millis | null {
    return this.#wholeSince;
  }

  /** Whether an order works or contracts are held; nobody knows before the first look. */
  get mayHold(): boolean {
    const isHeld = (): boolean => [...this.trades.nets.values()].some((net) => net !== 0);
    return this.#wholeSince === null || this.orders.live.length > 0 || isHeld();
  }

  /** Orders and trades from there on have been listed. */
  isWholeFrom(since: Millis): void {
    this.#wholeSince = millis(Math.min(since, this.#wholeSince ?? since));
  }

  hearOrder(order: WireOrder, source: Source): readonly Learnt[] | "doubtful" {
    const heard = this.orders.hear(order, source);
    if (heard === "doubtful") return heard;
    if (heard === "news") this.#noteTag(order);
    const isTold = heard === "news" && this.#isShown(order) && !this.#waits(order);
    const told = isTold ? [this.#orderReport(order)] : [];
    const waiting = this.#waiting.get(order.id) ?? [];
    this.#waiting.delete(order.id);
    return [...told, ...waiting.flatMap((trade) => this.#book(trade))];
  }

  /** `waits` when its order is not known. */
  hearTrade(trade: WireTrade): readonly Learnt[] | "waits" | "voided" {
    if (trade.voided) {
      const isKnown = this.trades.has(trade.id);
      this.trades.takeBack(trade);
      this.#fills.delete(trade.id);
      return isKnown ? "voided" : [];
    }
    if (this.trades.has(trade.id) || this.trades.isTakenBack(trade.id)) return [];
    if (this.#familyOf(trade.orderId) !== null) return this.#book(trade);
    const others = this.#waiting.get(trade.orderId) ?? [];
    if (others.some((one) => one.id === trade.id)) return "waits";
    this.#waiting.set(trade.orderId, [...others, trade]);
    keepTo(WAITING_MAX, this.#waiting);
    return "waits";
  }

  /** Numbers of the orders that bear this tag, the first one first. */
  ordersTagged(tag: string): readonly number[] {
    return this.#tags.get(tag) ?? [];
  }

  /** What was held back until the answer came. */
  heldBack(tag: string): readonly Learnt[] {
    const ids = new Set([...this.ordersTagged(tag), ...(this.#taken.get(tag) ?? [])]);
    this.#taken.delete(tag);
    // What has moved on since was told when it did.
    return [...ids].flatMap((id) => {
      const order = this.orders.get(id);
      const isHeld = order !== null && (isRejected(order) || isOnlyTaken(order));
      return isHeld ? this.asKnown(id) : [];
    });
  }

  /** As it is known now; nothing of one that is not shown. */
  asKnown(id: number): readonly Learnt[] {
    const order = this.orders.get(id);
    return order === null || !this.#isShown(order) ? [] : [this.#orderReport(order)];
  }

  /** Orders that trades are known of, and nothing else. */
  waitedFor(): readonly number[] {
    return [...this.#waiting.keys()];
  }

  /** An order and its trades disagree. What was before the lists reach back is passed over. */
  hasOpenSums(since: Millis): boolean {
    const from = this.#wholeSince ?? since;
    const isOpen = ({ id, creationTimestamp, fillVolume }: WireOrder): boolean =>
      fillVolume !== this.trades.volumeOf(id) && (parseIso(creationTimestamp) ?? 0) >= from;
    if (this.orders.live.some(isOpen)) return true;
    for (const { order } of this.orders.ended) if (isOpen(order)) return true;
    return false;
  }

  /** Nobody could tell what they belong to; a list will bring them again. */
  letGo(order: number): void {
    this.#waiting.delete(order);
  }

  /** Contracts held by the sum of trades; null when nobody knows. */
  netOf(contractId: string): number | null {
    return this.#wholeSince === null ? null : (this.trades.nets.get(contractId) ?? 0);
  }

  viewOf(order: WireOrder): VenueOrder {
    const { tag, parent, role } = this.#family(order);
    return this.#views.of(order, { tag, parent, role, reason: this.own.reasonFor(tag) });
  }

  /** What lives stands first; then what ended or filled since. */
  ordersSince(since: Millis): readonly VenueOrder[] {
    const shown = this.orders.live.map((order) => this.viewOf(order));
    for (const { order, endedAt } of this.orders.ended) {
      const filledAt = this.#filledAt.get(order.id) ?? 0;
      if (Math.max(endedAt, filledAt) < since || !this.#isShown(order)) continue;
      shown.push(this.viewOf(order));
    }
    return shown;
  }

  fillsSince(since: Millis): readonly VenueFill[] {
    return [...this.#fills.entries()]
      .filter(([, fill]) => fill.at >= since)
      .toSorted(([a, one], [b, other]) => one.at - other.at || a - b)
      .map(([, fill]) => fill);
  }

  hasFillSince(since: Millis): boolean {
    return [...this.#fills.values()].some(({ at }) => at >= since);
  }

  positionsIn(positions: readonly WirePosition[]): readonly VenuePosition[] {
    return [...netsIn(positions)].map(([contractId, net]) => ({
      contract: this.#contracts.byId(contractId)?.code ?? contractId,
      net,
    }));
  }

  #noteTag({ customTag, id }: WireOrder): void {
    if (customTag === null) return;
    const ids = this.#tags.get(customTag) ?? [];
    if (!ids.includes(id))
      this.#tags.set(
        customTag,
        [...ids, id].toSorted((a, b) => a - b),
      );
    keepTo(TAGS_MAX, this.#tags);
  }

  /**
   * An order that was refused because its tag was taken bears that very tag: it says nothing about
   * the first of that name, which may be working. And while an answer is awaited, its words come
   * first.
   */
  #isShown(order: WireOrder): boolean {
    const { customTag: tag, id } = order;
    if (tag === null || !isRejected(order)) return true;
    const ids = this.#tags.get(tag) ?? [id];
    const isFirst = ids[0] === id && this.own.isOriginal(order, ids.length);
    return isFirst && !this.own.isAwaited(tag);
  }

  /**
   * That an order was taken, and its legs with it, is what its answer is about to say. A turn of the
   * house for that word alone would only keep the answer waiting.
   */
  #waits(order: WireOrder): boolean {
    if (!isOnlyTaken(order)) return false;
    const { parent, tag } = this.#family(order);
    const of = parent ?? tag;
    if (of === null || !this.own.isAwaited(of)) return false;
    this.#taken.set(of, [...(this.#taken.get(of) ?? []), order.id]);
    return true;
  }

  #orderReport(order: WireOrder): Learnt {
    return { kind: "order", account: this.account, order: this.viewOf(order) };
  }

  #book(trade: WireTrade): readonly Learnt[] {
    const family = this.#familyOf(trade.orderId);
    if (family === null || this.trades.has(trade.id)) return [];
    const at = parseIso(trade.creationTimestamp);
    const isOlder = at !== null && this.#wholeSince !== null && at < this.#wholeSince;
    this.trades.add(trade, isOlder ? "before" : "counts");
    const fill = this.#fillOf(trade, family, at);
    if (fill === null) return [];
    this.#fills.set(trade.id, fill);
    keepTo(FILLS_MAX, this.#fills);
    const lastAt = this.#filledAt.get(trade.orderId) ?? fill.at;
    this.#filledAt.set(trade.orderId, millis(Math.max(fill.at, lastAt)));
    keepTo(FILLS_MAX, this.#filledAt);
    return [{ kind: "fill", account: this.account, fill }];
  }

  /** Null in a contract we know nothing of: the position says that it is there. */
  #fillOf(trade: WireTrade, family: Family, at: Millis | null): VenueFill | null {
    const contract = this.#contracts.byId(trade.contractId);
    const price = contract === null ? null : ticksNear(contract, trade.price);
    if (contract === null || price === null || at === null) return null;
    const isNobodys = family.tag === null && family.parent === null;
    return {
      fill: fillId(String(trade.id)),
      order: orderId(String(trade.orderId)),
      tag: family.tag,
      parent: family.parent,
      // Whatever somebody does by hand may take away what we hold: it is read as a close.
      role: isNobodys ? "close" : family.role,
      contract: contract.code,
      side: sideOf(trade.side),
      price,
      quantity: contracts(trade.size),
      fees: feesOf(trade),
      at,
    };
  }

  #familyOf(id: number): Family | null {
    const order = this.orders.get(id);
    return order === null ? this.own.familyOfNumber(id) : this.#family(order);
  }

  #family(order: WireOrder): Family {
    const parent = order.parentOrderId === null ? null : this.orders.get(order.parentOrderId);
    return this.own.familyOf(order, parent?.customTag ?? null);
  }
}

/** Later news of the same has the same name. */
export const nameOf = (one: Learnt): string =>
  one.kind === "order" ? `order ${one.order.order}` : `fill ${one.fill.fill}`;

/** The oldest one goes. */
function keepTo(most: number, map: Map<unknown, unknown>): void {
  const [oldest] = map.size > most ? map.keys() : [];
  map.delete(oldest);
}

const feesOf = ({ fees, commissions }: WireTrade): Money =>
  moneyNear(fees + (commissions ?? 0)) ?? money(0);
