/** The accounts of the venue: who they belong to, and what they may do. Cash is in the paper books. */
import { followerCannot, LIVE_ACCOUNT } from "./messages.ts";
import type { StandInAccount } from "./settings.ts";

export interface AccountRow extends StandInAccount {
  /** Every tag an order of this account ever had, refused ones and generated ones included. */
  readonly tags: Set<string>;
}

export interface Accounts {
  /** Null for one that is not there, or not this user's. */
  find(id: number, user: string): AccountRow | null;
  of(user: string): readonly AccountRow[];
  /** Whoever it belongs to. */
  get(id: number): AccountRow | null;
  all(): readonly AccountRow[];
  /** False when there is no such account. */
  change(id: number, change: Partial<AccountTerms>): boolean;
}

/** What a person may change on the platform, and the venue by itself. */
export type AccountTerms = Pick<
  StandInAccount,
  "canTrade" | "isVisible" | "bracketMode" | "maxContracts" | "isFollower"
>;

/** Why an account takes no orders from here, in the venue's words; null when it does. */
export function shutOut({ isFollower, simulated }: AccountRow, verb: string): string | null {
  if (isFollower) return followerCannot(verb);
  return simulated ? null : LIVE_ACCOUNT;
}

export function accounts(given: readonly StandInAccount[]): Accounts {
  const rows = new Map<number, AccountRow>(
    given.map((account) => [account.id, { ...account, tags: new Set<string>() }]),
  );
  const isOf =
    (user: string) =>
    ({ owner }: AccountRow): boolean =>
      owner === null || owner === user;
  return {
    find(id, user) {
      const row = rows.get(id);
      return row !== undefined && isOf(user)(row) ? row : null;
    },
    of: (user) => [...rows.values()].filter(isOf(user)),
    get: (id) => rows.get(id) ?? null,
    all: () => [...rows.values()],
    change(id, change) {
      const row = rows.get(id);
      if (row !== undefined) rows.set(id, { ...row, ...change });
      return row !== undefined;
    },
  };
}

export const accountJson = (row: AccountRow, balance: number) => ({
  id: row.id,
  name: row.name,
  balance,
  canTrade: row.canTrade,
  isVisible: row.isVisible,
  simulated: row.simulated,
});
