/**
 * Whose turn it is to be looked at.
 *
 * ```text
 * ask ─► waiting, one place for each account ─► a turn when the look before it is done
 *              ▲ news of an account puts it first; whoever is bare, or may be, does not wait;
 *                flat and quiet ones have a turn every three seconds, all of them together
 * ```
 *
 * All accounts of a login share the same budget of calls, and the gateway spreads reads over it. So
 * there is one look at a time, and whoever waits waits here, where the order can still be changed.
 * Who asks for an account that waits already has asked once. A look that hangs, because an answer was
 * lost, is left alone and the next one begins.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AccountDesk } from "./account-desk.ts";
import { AccountLook, type LookParts } from "./account-look.ts";

type Shared = Omit<LookParts, "desk" | "since" | "done">;

/** Reads are a second apart when the budget is short. An answer that was lost takes ten to be missed. */
const HANGS_AFTER = 2_000;
const HANGING_MAX = 2;
/**
 * From one look where nothing is held or works to the next one there. Nothing can happen to those, and
 * the calls they would take are wanted when something is entered.
 */
const QUIET_GAP = 3_000;

interface Begun {
  readonly desk: AccountDesk;
  readonly at: Millis;
}

export class Looks {
  readonly #clock: Clock;
  readonly #parts: Shared;
  /** Those of which there is news, and all others. */
  readonly #first = new Map<AccountDesk, Millis>();
  readonly #waiting = new Map<AccountDesk, Millis>();
  readonly #underway = new Map<AccountLook, Begun>();
  /** How far back each was asked for last. */
  readonly #since = new Map<AccountDesk, Millis>();
  /** When a quiet one last had its turn. */
  #quietAt = 0;
  #callOff: (() => void) | null = null;
  /** When the next turn is; never, if only an end helps. */
  #nextAt = Number.POSITIVE_INFINITY;
  #isClosed = false;

  constructor(parts: Shared) {
    this.#parts = parts;
    this.#clock = parts.clock;
  }

  ask(desk: AccountDesk, since: Millis): void {
    this.#since.set(desk, since);
    const queue = this.#first.has(desk) ? this.#first : this.#waiting;
    queue.set(desk, millis(Math.min(since, queue.get(desk) ?? since)));
    if (this.#isClosed) return;
    // The others wait for what they waited for before: with many of them that is a long list.
    const at = this.#turnOf(desk);
    if (at <= this.#clock.now()) this.#begin(queue, desk);
    else if (at < this.#nextAt) this.#work();
  }

  /** There is news of it: its turn comes before that of those where nothing happens. */
  first(desk: AccountDesk): void {
    const since = this.#waiting.get(desk);
    if (since === undefined) return;
    this.#waiting.delete(desk);
    this.#first.set(desk, since);
  }

  /** Nobody asked, and it cannot wait until somebody does. */
  again(desk: AccountDesk): void {
    const since = this.#since.get(desk);
    if (since === undefined) return;
    this.ask(desk, since);
    this.first(desk);
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff?.();
  }

  #work(): void {
    this.#callOff?.();
    this.#callOff = null;
    if (this.#isClosed) return;
    this.#nextAt = Math.min(this.#serve(this.#first), this.#serve(this.#waiting));
    if (this.#nextAt === Number.POSITIVE_INFINITY) return;
    this.#callOff = this.#clock.schedule(millis(this.#nextAt), () => this.#work());
  }

  /** Begins what may begin; when the next one may, if nothing comes before. */
  #serve(queue: Map<AccountDesk, Millis>): number {
    let next = Number.POSITIVE_INFINITY;
    for (const desk of queue.keys()) {
      const at = this.#turnOf(desk);
      if (at > this.#clock.now()) next = Math.min(next, at);
      else this.#begin(queue, desk);
    }
    return next;
  }

  #begin(queue: Map<AccountDesk, Millis>, desk: AccountDesk): void {
    const since = queue.get(desk);
    queue.delete(desk);
    if (since !== undefined) this.#look(desk, since);
  }

  #turnOf(desk: AccountDesk): number {
    if (this.#mayPass(desk)) return 0;
    // The clock may have been set back since.
    const quietAt = Math.min(this.#quietAt, this.#clock.now());
    return Math.max(this.#freeAt(), desk.isQuiet ? quietAt + QUIET_GAP : 0);
  }

  /**
   * Contracts without a stop are not left waiting behind what others are asked for, or behind a look
   * that began before they were there. Where nothing is known yet, there may be some.
   */
  #mayPass(desk: AccountDesk): boolean {
    if (this.#underway.size > HANGING_MAX) return false;
    const others = [...this.#underway.values()];
    const isNew = desk.book.wholeSince === null;
    const isUnderWay = others.some((one) => one.desk === desk && (isNew || one.at > desk.filledAt));
    return !isUnderWay && (isNew || desk.attention.mayBeBare);
  }

  /** When the last of those under way hangs, if nothing comes before; never, if only an end helps. */
  #freeAt(): number {
    if (this.#underway.size >= HANGING_MAX) return Number.POSITIVE_INFINITY;
    return Math.max(0, ...[...this.#underway.keys()].map(({ heardAt }) => heardAt + HANGS_AFTER));
  }

  #look(desk: AccountDesk, since: Millis): void {
    const { balances, clock, gateway, log, report } = this.#parts;
    const done = (): void => {
      this.#underway.delete(look);
      this.#work();
    };
    const look = new AccountLook({ balances, clock, gateway, log, report, desk, since, done });
    if (desk.isQuiet) this.#quietAt = this.#clock.now();
    this.#underway.set(look, { desk, at: this.#clock.now() });
    look.begin();
  }
}
