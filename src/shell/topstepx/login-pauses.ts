/**
 * How long to wait before the next login, after one that failed.
 *
 * ```text
 *   failed, all is flat             1 s   1 s   1 s   2 s   2 s   5 s   5 s ...  or as long as the venue asks
 *   failed, something is open       0.5 s (four times)   1 s (four times)   2 s   5 s   5 s ...      the same
 *   refused, all is flat            5 min ...
 *   refused, something is open      5 s   10 s   20 s   40 s   60 s   60 s ...
 * ```
 *
 * Refused means that a person has to do something first, and has been told what. While all is flat
 * nothing is lost by waiting for him. A position is another matter: without a login it can be neither
 * looked at nor left, so the moments after he has acted count. Still it is never more than one try a
 * minute for long. That is next to nothing of the 200 calls a minute, and no hammering with a key the
 * venue does not want: whether it locks out who tries too often nobody outside the firm knows.
 */
import type { LoginFault } from "./login.ts";

/** No longer: without a token a position cannot even be looked at. */
const FAILED = [1_000, 1_000, 1_000, 2_000, 2_000, 5_000];
/**
 * A venue that takes no token for a moment takes one again a moment later, and until then contracts may
 * lack their stop. Two calls a try, of 160 a minute.
 */
const FAILED_EXPOSED = [500, 500, 500, 500, 1_000, 1_000, 1_000, 1_000, 2_000, 5_000];
const REFUSED_EXPOSED = [5_000, 10_000, 20_000, 40_000, 60_000];
const REFUSED_FLAT = 300_000;

interface Failure {
  /** Null: there was no fault of the login; the token it gave was not taken. */
  readonly because: LoginFault | null;
  /** In a row, this one included. */
  readonly failures: number;
  readonly isExposed: boolean;
}

export class LoginPauses {
  /** In a row, whatever failed between them. */
  #refusals = 0;

  after({ because, failures, isExposed }: Failure): number {
    const asked = Math.min(because?.retryAfter ?? 0, REFUSED_FLAT);
    if (because?.kind !== "fatal")
      return Math.max(nth(isExposed ? FAILED_EXPOSED : FAILED, failures), asked);
    this.#refusals += 1;
    return isExposed ? nth(REFUSED_EXPOSED, this.#refusals) : REFUSED_FLAT;
  }

  /** A login went well. */
  over(): void {
    this.#refusals = 0;
  }
}

/** The last one stands for all after it. */
const nth = (pauses: readonly number[], count: number): number =>
  pauses[Math.min(count, pauses.length) - 1] ?? 0;
