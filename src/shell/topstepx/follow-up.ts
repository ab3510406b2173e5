/**
 * What was done should be heard of in a moment; if it is not, it is looked for.
 *
 * ```text
 * placed, changed, cancelled ─► told within 0.4 s ──────────────────────► well
 *                                     └ no ─► what may fill, in one list ─► shown as asked: well
 *                                                      └ not in it ───────► the order by itself
 * order filled, contracts closed ─► its trades told within 0.4 s ───────► well
 *                                     └ no ─► the trades
 * ```
 *
 * The hub loses events. A round of looks finds what it lost, but it may be the turn of others first,
 * and meanwhile changes that were made long ago would be asked for again and again, which leaves ever
 * fewer calls to look with. One list, asked for by whoever waits for it, ends that.
 */
import { parseIso } from "../../core/model/iso-time.ts";
import { millis } from "../../core/model/units.ts";
import type { VenueOrder } from "../../core/model/venue.ts";
import type { AccountDesk, DeskParts } from "./account-desk.ts";
import { AccountReads } from "./account-reads.ts";
import type { WireOrder } from "./wire-types.ts";

/** Told, or else looked for. */
const TOLD_WITHIN = 400;
/** What was traded longer ago than this has been listed since. */
const REACH = 120_000;
const PENDING_MAX = 100;

type Wanted = (order: WireOrder) => boolean;

export class FollowUp {
  readonly #parts: DeskParts;
  readonly #desk: AccountDesk;
  /** Acts nobody has told of yet: the order, and how it would show. */
  readonly #acts = new Map<number, Wanted>();
  /** Whether trades are still missing. */
  readonly #trades = new Map<string, () => boolean>();
  #isDue = false;

  constructor(parts: DeskParts, desk: AccountDesk) {
    this.#parts = parts;
    this.#desk = desk;
  }

  /** The venue said that it did this to the order. */
  done(orderId: number, wanted: Wanted): void {
    this.#acts.set(orderId, wanted);
    this.#begin();
  }

  /** The venue said that it closes what is held in this contract. */
  closed(contractId: string): void {
    const { book } = this.#desk;
    const before = book.netOf(contractId) ?? 0;
    if (before === 0) return;
    this.#trades.set(contractId, () => book.netOf(contractId) === before);
    this.#begin();
  }

  /** It is news of an order; of one that filled there should be trades. */
  heard({ order, filled }: VenueOrder): void {
    const { book } = this.#desk;
    const id = Number(order);
    if (filled === 0 || filled === book.trades.volumeOf(id)) return;
    this.#trades.set(order, () => this.#isShort(id));
    this.#begin();
  }

  /** An order that was there before the lists reach back has trades that nobody lists. */
  #isShort(id: number): boolean {
    const { book } = this.#desk;
    const order = book.orders.get(id);
    if (order === null || book.wholeSince === null) return false;
    const bornAt = parseIso(order.creationTimestamp) ?? 0;
    return bornAt >= book.wholeSince && order.fillVolume > book.trades.volumeOf(id);
  }

  #begin(): void {
    for (const list of [this.#acts, this.#trades]) {
      const [oldest] = list.keys();
      if (list.size > PENDING_MAX && oldest !== undefined) list.delete(oldest as never);
    }
    if (this.#isDue) return;
    this.#isDue = true;
    const { clock } = this.#parts;
    clock.schedule(millis(clock.now() + TOLD_WITHIN), () => this.#look());
  }

  #look(): void {
    this.#isDue = false;
    const acts = [...this.#acts].filter(([id, wanted]) => !this.#isAs(id, wanted));
    const trades = [...this.#trades.values()].some((isMissing) => isMissing());
    this.#acts.clear();
    this.#trades.clear();
    if (acts.length > 0) this.#readOrders(acts);
    if (trades) this.#readTrades();
  }

  #isAs(id: number, wanted: Wanted): boolean {
    const order = this.#desk.book.orders.get(id);
    return order !== null && wanted(order);
  }

  #readOrders(acts: readonly (readonly [number, Wanted])[]): void {
    const reads = this.#reads();
    reads.readLive(() => {
      this.#desk.tellUntold();
      // What is not shown as it should be has ended meanwhile, or the list lags: the next look tells.
      for (const [id, wanted] of acts)
        if (!reads.isListed(id) && !this.#isAs(id, wanted)) this.#desk.lookAt(id, () => {});
    });
  }

  #readTrades(): void {
    this.#reads().readTrades(() => {
      this.#desk.tellUntold();
      // That of a close, mostly: its answer names no order.
      for (const id of this.#desk.book.waitedFor()) this.#desk.lookAt(id, () => {});
    });
  }

  #reads(): AccountReads {
    const { clock, gateway } = this.#parts;
    const since = millis(clock.now() - REACH);
    return new AccountReads({ clock, gateway, desk: this.#desk, since, urgency: "check" });
  }
}
