/**
 * What the accounts of one login hold in cash, and whether they may trade. One call tells of all.
 *
 * Cash follows fills, and lists lag: after a fill it is asked for again, and once more until lists
 * have caught up. Events tell of it too, without a time, so one that is late would take it back; of
 * them only the permission to trade is believed.
 */
import type { Millis, Money } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Gateway, Urgency } from "./gateway.ts";
import { moneyNear } from "./points.ts";
import type { WireAccount } from "./wire-types.ts";

interface Known {
  readonly balance: Money;
  readonly askedAt: Millis;
}

const TRIES = 3;
const ASKED_EVERY = 60_000;
/** So long after a fill the figure may still be the one before it... */
const LAG_MAX = 10_000;
/** ... and is asked for so often. */
const ASKED_WHILE_LAGGING = 5_000;

export class Balances {
  readonly #gateway: Gateway;
  readonly #clock: Clock;
  /** Why nothing may be entered there; told each time it is heard. */
  readonly #barred: (account: number, reason: string) => void;
  readonly #known = new Map<number, Known>();
  /** Those who wait for the call that is under way. */
  #waiting: (() => void)[] | null = null;

  constructor(gateway: Gateway, clock: Clock, barred: (account: number, reason: string) => void) {
    this.#gateway = gateway;
    this.#clock = clock;
    this.#barred = barred;
  }

  of(account: number): Money | null {
    return this.#known.get(account)?.balance ?? null;
  }

  /** Whether it was asked for since; in the same millisecond may have been before. */
  isAsOf(account: number, time: Millis): boolean {
    return (this.#known.get(account)?.askedAt ?? -1) > time;
  }

  /** Whether it need not be asked for; `filledAt` is when the last fill was heard of. */
  isFresh(account: number, filledAt: Millis): boolean {
    const askedAt = this.#known.get(account)?.askedAt;
    if (askedAt === undefined || askedAt <= filledAt) return false;
    const mayLag = askedAt < filledAt + LAG_MAX;
    return this.#clock.now() - askedAt < (mayLag ? ASKED_WHILE_LAGGING : ASKED_EVERY);
  }

  hear({ id, canTrade }: WireAccount): void {
    if (!canTrade) this.#barred(id, "the venue does not let this account trade");
  }

  /** `done` is called once, later, whatever came of it. */
  refresh(urgency: Urgency, done: () => void): void {
    if (this.#waiting !== null) {
      this.#waiting.push(done);
      return;
    }
    this.#waiting = [done];
    this.#ask(urgency, 1);
  }

  #ask(urgency: Urgency, tries: number): void {
    const askedAt = this.#clock.now();
    this.#gateway.call("Account/search", { onlyActiveAccounts: false }, urgency, (called) => {
      if (called.kind === "unknown" && tries < TRIES) return this.#ask(urgency, tries + 1);
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      if (called.kind === "done") for (const one of called.value.accounts) this.#keep(one, askedAt);
      for (const next of waiting) next();
    });
  }

  #keep(account: WireAccount, askedAt: Millis): void {
    const balance = moneyNear(account.balance);
    if (balance !== null) this.#known.set(account.id, { balance, askedAt });
    this.hear(account);
  }
}
