/**
 * Looks for orders that were placed and of which nobody knows what became.
 *
 * ```text
 * answer lost, or late ─► the orders of the last minutes ─► told like any event
 *                              └ asked for meanwhile: once more after it
 * ```
 *
 * One of them may be all the protection there is, so they are looked for at once and before anything
 * that only looks. However many are lost, one list shows them all.
 */
import { isoOf } from "../../core/model/iso-time.ts";
import { millis } from "../../core/model/units.ts";
import type { AccountDesk, DeskParts } from "./account-desk.ts";

/** An answer is given up after ten seconds; a place is repeated every two. */
const PLACED_WITHIN = 120_000;
const TRIES = 3;

export class LostOrders {
  readonly #parts: Pick<DeskParts, "clock" | "gateway" | "number">;
  readonly #desk: AccountDesk;
  #isAsked = false;
  #isWanted = false;

  constructor(parts: Pick<DeskParts, "clock" | "gateway" | "number">, desk: AccountDesk) {
    this.#parts = parts;
    this.#desk = desk;
  }

  find(): void {
    this.#isWanted = true;
    if (!this.#isAsked) this.#ask(TRIES);
  }

  #ask(tries: number): void {
    const { clock, gateway, number } = this.#parts;
    const askedAt = clock.now();
    const startTimestamp = isoOf(millis(askedAt - PLACED_WITHIN));
    this.#isAsked = true;
    this.#isWanted = false;
    gateway.call("Order/search", { accountId: number, startTimestamp }, "protect", (called) => {
      const isDone = called.kind === "done";
      if (isDone) {
        const own = called.value.orders.filter(({ accountId }) => accountId === number);
        this.#desk.learnOrders(own, askedAt);
        this.#desk.tellUntold();
      }
      this.#isAsked = false;
      if (this.#isWanted) this.#ask(TRIES);
      else if (!isDone && tries > 1) this.#ask(tries - 1);
    });
  }
}
