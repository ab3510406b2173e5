/**
 * The operator's desk at a live venue: looking before trading, and getting out when all else fails.
 *
 * It stands beside the broker port, not behind it: it reads the venue's own words, trusts no books of
 * ours, and works while no house is running. Nobody calls it in the course of a trade.
 */
import type { Check } from "../core/model/check.ts";
import type { AccountId } from "../core/model/ids.ts";
import type { BracketSupport } from "../core/model/rules.ts";
import type { Millis, Money } from "../core/model/units.ts";
import type { Result } from "../std/result.ts";

export type Login = "in" | "refused" | "unreachable";

/** What the venue says of one of our accounts. */
export interface FoundAccount {
  readonly account: AccountId;
  readonly number: number;
  readonly name: string;
  readonly balance: Money;
  readonly simulated: boolean;
  /** Contracts held and orders at work there, whoever put them there; a line each. */
  readonly exposure: readonly string[];
}

export interface Look {
  readonly checks: readonly Check[];
  readonly login: Login;
  /** Those of ours that were found under the number and the name they should have. */
  readonly accounts: readonly FoundAccount[];
}

export interface FlattenOptions {
  readonly accounts: readonly AccountId[];
  /** How long it goes on trying. */
  readonly patience: Millis;
  readonly say: (line: string) => void;
}

/** The last words of the venue about one account. */
export interface Flattened {
  readonly account: AccountId;
  /** Read twice: nothing held, nothing at work. */
  readonly isFlat: boolean;
  readonly says: string;
}

/** A trade of one contract on a practice account, from entry to exit, and what it taught. */
export interface Rehearsal {
  readonly at: Millis;
  readonly account: number;
  readonly name: string;
  /** Who kept stop and target. */
  readonly brackets: BracketSupport;
  readonly checks: readonly Check[];
  readonly passed: boolean;
}

export interface VenueDesk {
  look(): Promise<Look>;
  /** How old the newest price is, contract by contract. Slow at times: not for a start. */
  prices(): Promise<readonly Check[]>;
  /** Out of everything on these accounts, ours or not. */
  flatten(options: FlattenOptions): Promise<readonly Flattened[]>;
  /** Null: the first practice account of the login. An error: why nothing was tried at all. */
  rehearse(account: string | null, say: (line: string) => void): Promise<Result<Rehearsal, string>>;
}
