/**
 * Is it the account that was meant?
 *
 * An account is pinned by its number *and* its name: a number off by one digit is somebody else's
 * money, and after a reset the old number stays in the configuration while the name moved on. What
 * does not fit stops the start, in one line that says what to do.
 */
import { err, ok, type Result } from "../../std/result.ts";
import type { Gateway } from "./gateway.ts";
import type { WireAccount } from "./wire-types.ts";

export interface AccountPin {
  readonly id: number;
  readonly name: string;
  /** What the configuration says: an account without real money. */
  readonly simulated: boolean;
}

export interface AccountFault {
  readonly kind: /** The venue knows no such account of ours: nothing can be looked after there. */
    | "unknown"
    | "inactive"
    | "renamed"
    | "may-not-trade"
    | "other-money"
    /** Nothing is known; ask again. */
    | "no-answer";
  readonly line: string;
}

export type PinnedAccount = Result<WireAccount, AccountFault>;

/** `done` is told one result for each pin, in their order. */
export function readAccounts(
  gateway: Gateway,
  pins: readonly AccountPin[],
  done: (accounts: readonly PinnedAccount[]) => void,
): void {
  search(gateway, true, (active) => {
    if (!active.ok) return done(pins.map(() => active));
    const found = pins.map((pin) => pinned(active.value, pin));
    const isComplete = found.every((one) => one.ok || one.error.kind !== "unknown");
    if (isComplete) return done(found);
    // One that failed or was closed is still listed among all, which makes another sentence.
    search(gateway, false, (all) => {
      const known = new Set(all.ok ? all.value.map(({ id }) => id) : []);
      done(found.map((one, index) => retired(one, pins[index], known)));
    });
  });
}

type Listed = Result<readonly WireAccount[], AccountFault>;

function search(gateway: Gateway, isActive: boolean, done: (listed: Listed) => void): void {
  gateway.call("Account/search", { onlyActiveAccounts: isActive }, "read", (result) => {
    if (result.kind === "done") return done(ok(result.value.accounts));
    const line = `the accounts could not be read: ${result.reason}`;
    done(err({ kind: "no-answer", line }));
  });
}

function pinned(accounts: readonly WireAccount[], pin: AccountPin): PinnedAccount {
  const { id, name, simulated } = pin;
  const account = accounts.find((one) => one.id === id);
  if (account === undefined) return err(unknown(accounts, pin));
  const who = `account ${id} (${account.name})`;
  if (account.name !== name) {
    const line = `account ${id} is called ${account.name} at the venue and ${name} in the configuration: put there the id and name of the account you mean`;
    return err({ kind: "renamed", line });
  }
  if (account.simulated !== simulated) {
    const line = `${who} is ${moneyOf(account.simulated)} at the venue and ${moneyOf(simulated)} in the configuration: correct "simulated" there, or choose the account you mean`;
    return err({ kind: "other-money", line });
  }
  if (!account.canTrade) {
    const line = `${who} may not trade: it failed, is locked or waits for a reset; look at it on the platform, or choose another account`;
    return err({ kind: "may-not-trade", line });
  }
  return ok(account);
}

const moneyOf = (simulated: boolean | null): string =>
  simulated === null ? "of unstated kind" : simulated ? "simulated" : "real money";

const NAMED_MAX = 10;

function unknown(accounts: readonly WireAccount[], { id, name }: AccountPin): AccountFault {
  const others = accounts.slice(0, NAMED_MAX).map((one) => `${one.id} (${one.name})`);
  const choice = others.length === 0 ? "it has none" : `it has ${others.join(", ")}`;
  const line = `account ${id} (${name}) is not among the active accounts of this login: ${choice}. A reset gives an account a new id; put the id and name of the one you mean into the configuration`;
  return { kind: "unknown", line };
}

function retired(
  one: PinnedAccount,
  pin: AccountPin | undefined,
  known: ReadonlySet<number>,
): PinnedAccount {
  if (one.ok || one.error.kind !== "unknown" || pin === undefined || !known.has(pin.id)) return one;
  const line = `account ${pin.id} (${pin.name}) is no longer active: it failed, was reset or closed. Put the id and name of the account that took its place into the configuration`;
  return err({ kind: "inactive", line });
}
