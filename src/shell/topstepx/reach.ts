/**
 * Whether the venue answers at all. Its hubs may live and tell of every fill while no list can be had and
 * no order changed: then nobody looks after what is open, and that is a line that is down.
 *
 * ```text
 * asked ─► asked ─► asked, and for 15 s no answer to anything ─► out of reach
 *                                    any answer, also a no ─► in reach again
 * ```
 *
 * Time in which nobody asked proves nothing.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Called, Gateway } from "./gateway.ts";

/** A read is given up after four seconds, so this is three of them in a row, and more. */
const UNANSWERED_MAX = 15_000;

export class Reach {
  readonly #clock: Clock;
  readonly #moved: (isReached: boolean) => void;
  /** The first look since the last answer. */
  #askedAt: Millis | null = null;
  #isReached = true;

  constructor(clock: Clock, moved: (isReached: boolean) => void) {
    this.#clock = clock;
    this.#moved = moved;
  }

  get isReached(): boolean {
    return this.#isReached;
  }

  /** The same gateway, whose answers are counted. */
  heeded(gateway: Gateway): Gateway {
    return {
      promise: (account, calls) => gateway.promise(account, calls),
      call: (name, asked, urgency, called, begun) =>
        gateway.call(
          name,
          asked,
          urgency,
          (result, sentAt) => {
            this.#hear(result);
            called(result, sentAt);
          },
          begun,
        ),
    };
  }

  /** The venue is asked for its truth. */
  asked(): void {
    const now = this.#clock.now();
    // The clock may have been set back since.
    this.#askedAt = millis(Math.min(this.#askedAt ?? now, now));
    if (this.#isReached && now > this.#askedAt + UNANSWERED_MAX) this.#move(false);
  }

  /** What never left, or came to nothing, is no answer. */
  #hear({ kind }: Called<unknown>): void {
    if (kind === "unknown" || kind === "not-sent") return;
    this.#askedAt = null;
    if (!this.#isReached) this.#move(true);
  }

  #move(isReached: boolean): void {
    this.#isReached = isReached;
    this.#moved(isReached);
  }
}
