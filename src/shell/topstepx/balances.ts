/**
 * What the accounts of one login hold in cash, and whether they may trade: one call tells of all of
 * them, and events in between.
 */
import type { Millis, Money } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Gateway } from "./gateway.ts";
import { moneyNear } from "./points.ts";
import type { WireAccount } from "./wire-types.ts";

interface Known {
  readonly balance: Money;
  readonly at: Millis;
}

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

  isYoungerThan(account: number, age: number): boolean {
    const known = this.#known.get(account);
    return known !== undefined && this.#clock.now() - known.at < age;
  }

  /** Whether it was heard when that had happened, as far as anybody said so. */
  isFrom(account: number, at: Millis): boolean {
    return (this.#known.get(account)?.at ?? -1) >= at;
  }

  hear({ id, balance, canTrade }: WireAccount): void {
    const amount = moneyNear(balance);
    if (amount !== null) this.#known.set(id, { balance: amount, at: this.#clock.now() });
    if (!canTrade) this.#barred(id, "the venue does not let this account trade");
  }

  /** `done` is called once, later, whatever came of it. */
  refresh(done: () => void): void {
    if (this.#waiting !== null) {
      this.#waiting.push(done);
      return;
    }
    this.#waiting = [done];
    this.#gateway.call("Account/search", { onlyActiveAccounts: false }, "read", (called) => {
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      if (called.kind === "done") for (const one of called.value.accounts) this.hear(one);
      for (const next of waiting) next();
    });
  }
}
