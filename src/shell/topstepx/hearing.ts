/**
 * Whether the hub tells what happens: it has stayed connected and said nothing before.
 *
 * ```text
 * trade in a list ─► told by the hub within 3 s ─► well
 *                                └ no ───────────► deaf: a new connection, once in 30 s at most
 * ```
 *
 * Only trades from after the connection was made count; what was before, it could not tell.
 */
import { parseIso } from "../../core/model/iso-time.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { WireTrade } from "./wire-types.ts";

const TOLD_WITHIN = 3_000;
const DEAF_AGAIN_AFTER = 30_000;
/** Trades bear the venue's time. */
const CLOCKS_APART = 5_000;
const OWED_MAX = 200;

export class Hearing {
  readonly #clock: Clock;
  readonly #deaf: (trade: number) => void;
  /** Trades that a list has told of and the hub has not. */
  readonly #owed = new Set<number>();
  #upAt: Millis | null = null;
  #deafAt: Millis | null = null;

  constructor(clock: Clock, deaf: (trade: number) => void) {
    this.#clock = clock;
    this.#deaf = deaf;
  }

  moved(state: "up" | "down"): void {
    this.#upAt = state === "up" ? this.#clock.now() : null;
    this.#owed.clear();
  }

  told(trade: number): void {
    this.#owed.delete(trade);
  }

  listed({ id, creationTimestamp }: WireTrade): void {
    const at = parseIso(creationTimestamp);
    if (this.#upAt === null || at === null || at < this.#upAt + CLOCKS_APART) return;
    if (this.#owed.size >= OWED_MAX) return;
    this.#owed.add(id);
    this.#clock.schedule(millis(this.#clock.now() + TOLD_WITHIN), () => {
      if (this.#owed.delete(id)) this.#miss(id);
    });
  }

  #miss(trade: number): void {
    const now = this.#clock.now();
    if (this.#deafAt !== null && now < this.#deafAt + DEAF_AGAIN_AFTER) return;
    this.#deafAt = now;
    this.#deaf(trade);
  }
}
