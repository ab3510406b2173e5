/**
 * Whether the books hold what the venue last told of each position.
 *
 * ```text
 * told: 1 ── told: 3 ──────────────► 0.3 s later: the books hold 3? ─► well
 *   └ 0.3 s later: told anew since                      └ no ────────► something was not heard
 * ```
 *
 * It may only be on its way, so a difference says no more than that a glance would not do. A position
 * that was told anew meanwhile is over: two tranches fill within moments of each other, and to look
 * thoroughly for that would cost two calls a trade.
 */
import { millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AccountBook } from "./account-book.ts";
import { netsIn } from "./nets.ts";
import type { WirePosition } from "./wire-types.ts";

/** The fills of a position are told before it, or follow within this. */
const FILLS_DUE = 300;

export class ToldPositions {
  readonly #clock: Clock;
  readonly #book: AccountBook;
  readonly #differs: () => void;
  /** By contract: what was told last. */
  readonly #last = new Map<string, WirePosition>();

  constructor(clock: Clock, book: AccountBook, differs: () => void) {
    this.#clock = clock;
    this.#book = book;
    this.#differs = differs;
  }

  hear(position: WirePosition): void {
    const { contractId } = position;
    this.#last.set(contractId, position);
    this.#clock.schedule(millis(this.#clock.now() + FILLS_DUE), () => {
      if (this.#last.get(contractId) !== position) return;
      this.#last.delete(contractId);
      const net = netsIn([position]).get(contractId) ?? 0;
      if ((this.#book.netOf(contractId) ?? net) !== net) this.#differs();
    });
  }
}
