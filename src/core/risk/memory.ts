/** What an account's limits remember, and what nothing at all looks like. */
import type { Account } from "../model/account.ts";
import type { AccountRisk } from "../model/account-risk.ts";
import { type Millis, type Money, money } from "../model/units.ts";

const NOTHING: AccountRisk = {
  reached: 0,
  peak: money(0),
  streak: 0,
  entries: [],
  troubles: [],
  slips: [],
  tripped: [],
};

export const riskOf = ({ risk }: Pick<Account, "risk">): AccountRisk => risk ?? NOTHING;

/** The daily loss allows no entry. */
export const isLockedToday = ({ risk }: Pick<Account, "risk">, at: Millis): boolean =>
  risk?.lock !== undefined && at < risk.lock.until;

/** What it held when the trade date began: what it has, without what the day booked. */
export const openingOf = ({ balance, realisedToday }: Account): Money =>
  money(balance - realisedToday);

/** What a letter's trades are counted under; a source's are under its name. */
export const SIZE_PARTS = { A: "size A", B: "size B", C: "size C" } as const;

/** What alerts of one source or size letter have come to today. */
export interface Tally {
  readonly trades: number;
  /** Of those that are over. */
  readonly net: Money;
}

/** By part; of an account that has none yet, empty. */
export type Tallies = ReadonlyMap<string, Tally>;
