/**
 * Every order of one account that the venue has told of, each as of the youngest word about it.
 *
 * ```text
 * event ─┐                ┌─ younger: kept
 *        ├─► what is known┼─ older, same: dropped
 * list ──┘                └─ undecided: an event is believed; a list when the next one agrees
 * ```
 */
import { type Millis, millis } from "../../core/model/units.ts";
import { ageOf, endOf, isOver } from "./order-stage.ts";
import type { WireOrder } from "./wire-types.ts";

/** What ended long ago is asked for again if anybody wants to know. */
const ENDED_MAX = 2_000;

/** Where a word comes from; a list can say nothing about what was heard after it was asked for. */
export type Source =
  | { readonly kind: "event"; readonly at: Millis }
  | { readonly kind: "list"; readonly askedAt: Millis; readonly at: Millis };

export type Heard =
  /** Something is different now. */
  | "news"
  /** Nothing is. */
  | "known"
  /** Perhaps; another list will tell. */
  | "doubtful";

interface Known {
  readonly order: WireOrder;
  readonly heardAt: Millis;
}

interface Ended extends Known {
  /** As far as the row itself can say. */
  readonly endedAt: Millis;
}

export class KnownOrders {
  readonly #live = new Map<number, Known>();
  readonly #ended = new Map<number, Ended>();
  /** What a list said that nobody else confirmed yet. */
  readonly #doubts = new Map<number, string>();

  get(id: number): WireOrder | null {
    return (this.#live.get(id) ?? this.#ended.get(id))?.order ?? null;
  }

  get live(): readonly WireOrder[] {
    return [...this.#live.values()].map(({ order }) => order);
  }

  /** The same one by one, for whoever looks often. */
  *living(): Iterable<WireOrder> {
    for (const { order } of this.#live.values()) yield order;
  }

  get ended(): Iterable<Ended> {
    return this.#ended.values();
  }

  /** Live ones that a list asked for at that time would show. */
  liveBefore(askedAt: Millis): readonly WireOrder[] {
    const before = [...this.#live.values()].filter(({ heardAt }) => heardAt < askedAt);
    return before.map(({ order }) => order);
  }

  hear(order: WireOrder, source: Source): Heard {
    const known = this.#live.get(order.id) ?? this.#ended.get(order.id);
    const heard =
      known === undefined
        ? "news"
        : known.order === order
          ? "known"
          : this.#weigh(known, order, source);
    if (heard !== "doubtful") this.#doubts.delete(order.id);
    if (heard === "news") this.#keep(order, source.at);
    return heard;
  }

  /** The venue's lists do not show it any more. */
  forget(id: number): void {
    this.#live.delete(id);
    this.#doubts.delete(id);
  }

  #weigh(known: Known, next: WireOrder, source: Source): Heard {
    const age = ageOf(known.order, next);
    if (age === "younger") return "news";
    if (age !== "undecided") return "known";
    if (source.kind === "event") return "news";
    if (source.askedAt <= known.heardAt) return "known";
    const saying = JSON.stringify([next.limitPrice, next.stopPrice, next.size]);
    if (this.#doubts.get(next.id) === saying) return "news";
    this.#doubts.set(next.id, saying);
    return "doubtful";
  }

  #keep(order: WireOrder, heardAt: Millis): void {
    this.#live.delete(order.id);
    this.#ended.delete(order.id);
    if (isOver(order))
      this.#ended.set(order.id, { order, heardAt, endedAt: endOf(order) ?? millis(0) });
    else this.#live.set(order.id, { order, heardAt });
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > ENDED_MAX && oldest !== undefined) this.#ended.delete(oldest);
  }
}
