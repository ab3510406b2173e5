/** For how long the lists of an account have contradicted what was heard of it, in the same way. */
import type { Millis } from "../../core/model/units.ts";

/** Two looks further apart than this say nothing about the time between them. */
const SEEN_EVERY = 5_000;

export class Disagreement {
  #now: { readonly how: string; readonly since: Millis; readonly at: Millis } | null = null;

  /** They agree. */
  end(): void {
    this.#now = null;
  }

  /** They do not, in this way; for how long by now, as far as somebody looked all the while. */
  lasts(how: string, now: Millis): number {
    const before = this.#now;
    const isSame = before?.how === how && now <= before.at + SEEN_EVERY;
    this.#now = { how, since: isSame ? before.since : now, at: now };
    return now - this.#now.since;
  }
}
