/** What an account's limits remember, and what nothing at all looks like. */
import type { Account } from "../model/account.ts";
import type { AccountRisk, Tally } from "../model/account-risk.ts";
import { type Millis, type Money, money } from "../model/units.ts";

const NOTHING: AccountRisk = {
  reached: 0,
  peak: money(0),
  streak: 0,
  entries: [],
  troubles: [],
  slips: [],
  tallies: {},
  tripped: [],
};

export const riskOf = ({ risk }: Pick<Account, "risk">): AccountRisk => risk ?? NOTHING;

/** The daily loss allows no entry. */
export const isLockedToday = ({ risk }: Pick<Account, "risk">, at: Millis): boolean =>
  risk?.lock !== undefined && at < risk.lock.until;

/** What it held when the trade date began: what it has, without what the day booked. */
export const openingOf = ({ balance, realisedToday }: Account): Money =>
  money(balance - realisedToday);

export const sizePart = (letter: string): string => `size ${letter}`;
export const sourcePart = (source: string): string => `source ${source}`;

const UNUSED: Tally = { trades: 0, net: money(0) };

export const tallyOf = ({ tallies }: AccountRisk, part: string): Tally => tallies[part] ?? UNUSED;
