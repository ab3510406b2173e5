/**
 * Whose turn it is to be looked at.
 *
 * ```text
 * ask ─► waiting, one place for each account ─► a turn whenever the budget of calls allows
 *              ▲ news of an account puts it first
 * ```
 *
 * All accounts of a login share 160 calls in 60 s (decision 26), so the reads together get about two
 * in a second: one account is seen every second, n of them every n. Who asks for an account that
 * waits already has asked once; who asks while it is being looked at gets a look of its own after
 * that one, or beside it when that one hangs.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AccountDesk } from "./account-desk.ts";
import { AccountLook, type LookParts } from "./account-look.ts";

/** A call of ours each so often... */
const CALL_EVERY = 450;
/** ... after as many at once as this. */
const CALLS_AT_ONCE = 12;
const CREDIT_MAX = CALL_EVERY * CALLS_AT_ONCE;
/** The least that a look takes. */
const GLANCE = 2 * CALL_EVERY;
/** A look takes some tenths of a second. An answer that was lost takes ten seconds to be missed. */
const HANGS_AFTER = 1_500;
const BESIDE_MAX = 3;

export class Looks {
  readonly #clock: Clock;
  readonly #parts: Omit<LookParts, "desk" | "since" | "spent" | "done">;
  /** Milliseconds' worth of calls, at `#creditAt`. */
  #credit = CREDIT_MAX;
  #creditAt: Millis;
  #waiting = new Map<AccountDesk, Millis>();
  /** When the looks that are not done yet began. */
  readonly #underway = new Map<AccountDesk, readonly Millis[]>();
  #wakeUp: { readonly at: Millis; readonly callOff: () => void } | null = null;
  #isClosed = false;

  constructor(parts: Omit<LookParts, "desk" | "since" | "spent" | "done">) {
    this.#parts = parts;
    this.#clock = parts.clock;
    this.#creditAt = parts.clock.now();
  }

  ask(desk: AccountDesk, since: Millis): void {
    this.#waiting.set(desk, millis(Math.min(since, this.#waiting.get(desk) ?? since)));
    this.#work();
  }

  /** There is news of it: its turn comes before that of those where nothing happens. */
  first(desk: AccountDesk): void {
    const since = this.#waiting.get(desk);
    if (since === undefined) return;
    this.#waiting.delete(desk);
    this.#waiting = new Map([[desk, since], ...this.#waiting]);
  }

  close(): void {
    this.#isClosed = true;
    this.#wakeUp?.callOff();
  }

  #work(): void {
    if (this.#isClosed) return;
    this.#earn();
    for (const [desk, since] of this.#waiting) {
      const at = this.#startsAt(desk);
      if (at > this.#clock.now()) this.#wakeAt(at);
      else if (this.#credit < GLANCE)
        return this.#wakeAt(this.#clock.now() + GLANCE - this.#credit);
      else {
        this.#waiting.delete(desk);
        this.#look(desk, since);
      }
    }
  }

  /** After the look before it, or once that one hangs. */
  #startsAt(desk: AccountDesk): number {
    const began = this.#underway.get(desk) ?? [];
    if (began.length >= BESIDE_MAX) return Number.POSITIVE_INFINITY;
    return Math.max(0, ...began.map((at) => at + HANGS_AFTER));
  }

  #look(desk: AccountDesk, since: Millis): void {
    const beganAt = this.#clock.now();
    this.#underway.set(desk, [...(this.#underway.get(desk) ?? []), beganAt]);
    const look = new AccountLook({
      ...this.#parts,
      desk,
      since,
      spent: (calls) => this.#spend(calls),
      done: () => {
        const began = this.#underway.get(desk) ?? [];
        const left = began.toSpliced(began.indexOf(beganAt), 1);
        if (left.length > 0) this.#underway.set(desk, left);
        else this.#underway.delete(desk);
        this.#work();
      },
    });
    look.begin();
  }

  #wakeAt(at: number): void {
    if (at === Number.POSITIVE_INFINITY) return;
    if (this.#wakeUp !== null && this.#wakeUp.at <= at) return;
    this.#wakeUp?.callOff();
    const callOff = this.#clock.schedule(millis(at), () => {
      this.#wakeUp = null;
      this.#work();
    });
    this.#wakeUp = { at: millis(at), callOff };
  }

  #spend(calls: number): void {
    this.#earn();
    this.#credit -= calls * CALL_EVERY;
  }

  #earn(): void {
    const now = this.#clock.now();
    this.#credit = Math.min(CREDIT_MAX, this.#credit + now - this.#creditAt);
    this.#creditAt = now;
  }
}
