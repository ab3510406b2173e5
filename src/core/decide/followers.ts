/**
 * Who follows a room: the accounts of its group, or all of them; judged so many at a time.
 */
import type { AccountRules } from "../model/rules.ts";
import type { State } from "../state.ts";

/**
 * Accounts judged in one step; the rest follow in steps of their own. So many are judged, written
 * down and sent in some ten milliseconds, and nothing else of the house waits for longer.
 */
export const FAN_OUT_MAX = 200;

export const followersOf = ({ settings }: State, group: string | null): readonly AccountRules[] =>
  group === null ? settings.accounts : settings.accounts.filter((one) => one.group === group);

/** Those of one step. */
export const nextOf = (followers: readonly AccountRules[], from: number): readonly AccountRules[] =>
  followers.slice(from, from + FAN_OUT_MAX);

export const hasMore = (followers: readonly AccountRules[], from: number): boolean =>
  from + FAN_OUT_MAX < followers.length;
