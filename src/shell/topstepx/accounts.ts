/**
 * Is it the account that was meant?
 *
 * An account is pinned by its number *and* its name: a number off by one digit is somebody else's
 * money, and after a reset the old number stays in the configuration while the name moved on. What
 * does not fit stops the start, in one line that says what to do.
 */

import type { Check } from "../../core/model/check.ts";
import type { TopstepxConfig, VenueAccount } from "../../core/model/config.ts";
import { type Ask, failureText } from "./asking.ts";
import type { WireAccount } from "./wire-types.ts";

export interface JudgedAccount {
  readonly pinned: VenueAccount;
  readonly check: Check;
  /**
   * Under that number and that name; one that may not trade as well, for what lies there has to be
   * seen. Null: nothing can be looked after there.
   */
  readonly found: WireAccount | null;
}

export type JudgedAccounts =
  | { readonly kind: "judged"; readonly accounts: readonly JudgedAccount[] }
  /** The configuration names none; what there is to choose from. */
  | { readonly kind: "on-offer"; readonly check: Check }
  | { readonly kind: "unreadable"; readonly check: Check };

/** The active ones alone do not tell one that failed from one that never was. */
export async function judgeAccounts(
  ask: Ask,
  config: Pick<TopstepxConfig, "accounts" | "simulated">,
): Promise<JudgedAccounts> {
  const [active, all] = await Promise.all([
    ask("Account/search", { onlyActiveAccounts: true }, "read"),
    ask("Account/search", { onlyActiveAccounts: false }, "read"),
  ]);
  if (active.kind !== "done") return unreadable(active);
  if (all.kind !== "done") return unreadable(all);
  const lists = { active: active.value.accounts, all: all.value.accounts };
  if (config.accounts.length === 0) return { kind: "on-offer", check: onOffer(lists.active) };
  return { kind: "judged", accounts: config.accounts.map((one) => judged(lists, config, one)) };
}

function unreadable(failed: Parameters<typeof failureText>[0]): JudgedAccounts {
  const says = `cannot be listed: ${failureText(failed)}; try again later`;
  return { kind: "unreadable", check: { what: "accounts", state: "problem", says } };
}

interface Lists {
  readonly active: readonly WireAccount[];
  readonly all: readonly WireAccount[];
}

function judged(
  lists: Lists,
  { simulated }: Pick<TopstepxConfig, "simulated">,
  pinned: VenueAccount,
): JudgedAccount {
  const { number, name } = pinned;
  const fault = faultOf(lists, pinned, simulated);
  const check: Check =
    fault === null
      ? { what: "account", state: "ok", says: `${number} is ${name}` }
      : { what: "account", state: "problem", says: fault };
  const found = lists.all.find((one) => one.id === number && one.name === name) ?? null;
  return { pinned, check, found };
}

function faultOf(
  { active, all }: Lists,
  { number, name }: VenueAccount,
  simulated: boolean,
): string | null {
  const account = active.find(({ id }) => id === number);
  if (account === undefined && all.some(({ id }) => id === number)) {
    return `${number} (${name}) is no longer active: it failed, was reset or closed. Put the id and name of the account that took its place into the configuration`;
  }
  if (account === undefined) {
    const choice = active.length === 0 ? "it has none" : `it has ${namesOf(active)}`;
    return `${number} (${name}) is not among the active accounts of this login: ${choice}. A reset gives an account a new id; put the id and name of the one you mean into the configuration`;
  }
  if (account.name !== name) {
    return `${number} is called ${account.name} at the venue and ${name} in the configuration: put there the id and name of the account you mean`;
  }
  const who = `${number} (${name})`;
  if (account.simulated !== simulated) {
    return `${who} is ${moneyOf(account.simulated)} at the venue and ${moneyOf(simulated)} in the configuration: correct "simulated" there, or choose the account you mean`;
  }
  if (account.canTrade) return null;
  return `${who} may not trade: it failed, is locked or waits for a reset; look at it on the platform, or choose another account`;
}

const moneyOf = (simulated: boolean | null): string =>
  simulated === null ? "of unstated kind" : simulated ? "simulated" : "real money";

const NAMED_MAX = 10;

function namesOf(accounts: readonly WireAccount[]): string {
  const named = accounts.slice(0, NAMED_MAX).map(({ id, name }) => `${id} (${name})`);
  return `${named.join(", ")}${accounts.length > NAMED_MAX ? " and others" : ""}`;
}

const onOffer = (active: readonly WireAccount[]): Check => ({
  what: "accounts",
  state: "note",
  says: `broker.accounts names none; this login has ${active.length === 0 ? "no account at all" : namesOf(active)}`,
});
