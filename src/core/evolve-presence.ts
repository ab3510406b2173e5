/**
 * Folds what an operator says of himself: that he is there, or that he is not to trade.
 *
 * A lock-out only ever moves later. Nothing here, or anywhere, moves one earlier or takes it away;
 * it is over when its time has come, which whoever asks finds out by comparing.
 */
import type { FactOf } from "./model/fact.ts";
import type { Millis } from "./model/units.ts";
import { accountOf, type State, withAccount } from "./state.ts";

/**
 * A start at a terminal is a sign of life; one by a watchdog is none, or a crash would be. Where
 * nobody ever gave one, the time counts from the first start.
 */
export function begin(state: State, fact: FactOf<"RunStarted">): State {
  const { at, mode, priceAgeMax, attended, push } = fact;
  const begun = { ...state, run: { mode, priceAgeMax, ...(push !== undefined && { push }) } };
  return attended === true || state.attendedAt === undefined ? attend(begun, at) : begun;
}

export const attend = (state: State, at: Millis): State => ({ ...state, attendedAt: at });

export function lockOut(state: State, { account: id, until }: FactOf<"LockedOut">): State {
  if (id === null) return { ...state, lockedUntil: later(state.lockedUntil, until) };
  const account = accountOf(state, id);
  return withAccount(state, { ...account, lockedUntil: later(account.lockedUntil, until) });
}

const later = (known: Millis | undefined, until: Millis): Millis =>
  known !== undefined && known > until ? known : until;
