/**
 * A live account begins small: on its first five trade dates it holds one contract at most.
 *
 * ```text
 * live trade date   1    2    3    4    5  │  6 ...
 * contracts         1    1    1    1    1  │  as the rules say
 * ```
 *
 * A trade date counts once the account has taken a trade on it, so days of waiting earn nothing. What
 * goes wrong with a new account, a new rule set or a new venue goes wrong in the first days; it then
 * costs the loss of one contract.
 */
import type { Account } from "../model/account.ts";
import { type Contracts, contracts } from "../model/units.ts";

const DATES = 5;
const CONTRACTS = contracts(1);

export interface Probation {
  /** This trade date is number so many of them, from 1. */
  readonly date: number;
  readonly of: number;
  /** Contracts of one product family. */
  readonly limit: Contracts;
}

/** Null for an account that has it behind it, or never had to. */
export function probationOf({ probation, tradesToday }: Account): Probation | null {
  if (probation === undefined) return null;
  const date = tradesToday > 0 ? probation : probation + 1;
  return date > DATES ? null : { date, of: DATES, limit: CONTRACTS };
}

/** The trade dates it has traded on, once it takes this further trade. */
export const datesAfterTrade = ({ probation = 0, tradesToday }: Account): number =>
  tradesToday > 0 ? probation : probation + 1;
