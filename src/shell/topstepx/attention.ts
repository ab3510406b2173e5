/**
 * How much an account wants to be looked at.
 *
 * ```text
 * bare     contracts without a stop, as far as anybody told      before whatever only looks
 * urgent   something of it was heard, or doubted, since a look   at once
 * quiet    nothing is held, nothing works, and nothing was       later will do: those calls may
 *          heard of it or done to it since the last look         be wanted for an entry
 * ```
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AccountBook } from "./account-book.ts";
import { isBare } from "./cover.ts";

/** So long contracts without a stop are looked at before all else. */
const RESCUED_FOR = 15_000;

export class Attention {
  readonly #clock: Clock;
  readonly #book: AccountBook;
  /** When an event last told of it. */
  #heardAt = millis(0);
  /** When something was last asked of it, or answered. */
  #touchedAt = millis(0);
  /** When the newest snapshot was asked for. */
  #shownAt = millis(0);
  #doubtedAt: Millis | null = null;
  #bareSince: Millis | null = null;

  constructor(clock: Clock, book: AccountBook) {
    this.#clock = clock;
    this.#book = book;
  }

  heard(): void {
    this.#heardAt = this.#clock.now();
  }

  touched(): void {
    this.#touchedAt = this.#clock.now();
  }

  /** Stops may have gone unheard: until the next look nobody knows. */
  doubt(): void {
    this.#doubtedAt = this.#clock.now();
    this.#heardAt = this.#doubtedAt;
  }

  /** A look that took longer than one after it is no news. */
  shown(askedAt: Millis): boolean {
    if (askedAt < this.#shownAt) return false;
    this.#shownAt = askedAt;
    return true;
  }

  /** Something was heard since the last snapshot. */
  get hasNews(): boolean {
    return this.#heardAt >= this.#shownAt;
  }

  /** Contracts are held that no stop is known to cover. */
  get mayBeBare(): boolean {
    const isInDoubt = this.#doubtedAt !== null && this.#doubtedAt >= this.#shownAt;
    return isInDoubt || isBare(this.#book);
  }

  /** Whether that is news: of a person's own contracts without a stop it is not for long. */
  get isBareLately(): boolean {
    const now = this.#clock.now();
    this.#bareSince = this.mayBeBare ? (this.#bareSince ?? now) : null;
    return this.#bareSince !== null && now < this.#bareSince + RESCUED_FOR;
  }

  /** Flat, and nothing was heard of it or done to it since the last snapshot. */
  get isQuiet(): boolean {
    return !this.#book.mayHold && !this.hasNews && this.#touchedAt < this.#shownAt;
  }
}
