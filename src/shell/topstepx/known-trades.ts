/**
 * Every trade of one account, each counted once by the venue's id for it, and what they add up to.
 *
 * The sums are the test of everything else: a position that differs from them, or an order that
 * filled more than its trades, means that something was not heard, or that a list lags behind.
 */
import { ORDER_SIDE } from "./codes.ts";
import type { WireTrade } from "./wire-types.ts";

const TRADES_MAX = 5_000;

export class KnownTrades {
  readonly #trades = new Map<number, WireTrade>();
  readonly #void = new Set<number>();
  readonly #volumes = new Map<number, number>();
  readonly #nets = new Map<string, number>();

  get all(): readonly WireTrade[] {
    return [...this.#trades.values()];
  }

  /** Contracts filled for this order, by the trades that are known. */
  volumeOf(order: number): number {
    return this.#volumes.get(order) ?? 0;
  }

  /** Contract by contract: long positive, short negative. */
  get nets(): ReadonlyMap<string, number> {
    return this.#nets;
  }

  has(id: number): boolean {
    return this.#trades.has(id);
  }

  isTakenBack(id: number): boolean {
    return this.#void.has(id);
  }

  /** What happened `before` the sums began is in them already. */
  add(trade: WireTrade, when: "counts" | "before"): void {
    this.#trades.set(trade.id, trade);
    this.#volume(trade, trade.size);
    if (when === "counts") this.#net(trade, trade.size);
    const [oldest] = this.#trades.keys();
    if (this.#trades.size > TRADES_MAX && oldest !== undefined) this.#trades.delete(oldest);
  }

  /** The venue took it back: nothing is held by it. Its order still says that it filled. */
  takeBack(trade: WireTrade): void {
    if (this.#void.has(trade.id)) return;
    if (this.#trades.delete(trade.id)) this.#net(trade, -trade.size);
    else this.#volume(trade, trade.size);
    this.#void.add(trade.id);
    const [oldest] = this.#void;
    if (this.#void.size > TRADES_MAX && oldest !== undefined) this.#void.delete(oldest);
  }

  /** The venue's own word on what is held, from which further trades count. */
  rebase(positions: ReadonlyMap<string, number>): void {
    this.#nets.clear();
    for (const [contract, net] of positions) this.#nets.set(contract, net);
  }

  #volume({ orderId }: WireTrade, size: number): void {
    this.#volumes.set(orderId, this.volumeOf(orderId) + size);
    const [oldest] = this.#volumes.keys();
    if (this.#volumes.size > TRADES_MAX && oldest !== undefined) this.#volumes.delete(oldest);
  }

  #net({ contractId, side }: WireTrade, size: number): void {
    const signed = side === ORDER_SIDE.buy ? size : -size;
    this.#nets.set(contractId, (this.#nets.get(contractId) ?? 0) + signed);
  }
}
