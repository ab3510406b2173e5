/**
 * One account as the books know it: today's counters, and whether it may enter.
 *
 * `settled` says that the venue's truth has been compared with the books since this run began and
 * since the last gap in what the venue tells unasked; no entry is sent before.
 */
import type { AccountRisk } from "./account-risk.ts";
import type { FirmState } from "./firm-state.ts";
import { type AccountId, isTwin, type TradeId } from "./ids.ts";
import type { Root } from "./instrument.ts";
import type { BracketSupport, Sessions } from "./rules.ts";
import type { TradeDate } from "./trade-date.ts";
import { type Millis, type Money, millis } from "./units.ts";

/**
 * `active` may enter; `reducing` may only lower risk; `halted` does nothing but what an operator or
 * the flatten routine asks. Leaving the last two takes a person.
 */
export type Gate = "active" | "reducing" | "halted";

/** An instrument, and the trade that was closed by hand. */
export interface Blocked {
  readonly instrument: Root;
  readonly trade: number;
}

/** Whether what the venue tells unasked can be relied upon, and since when. */
export interface Link {
  readonly state: "up" | "down";
  readonly at: Millis;
}

/** What the venue's list held instead of what the books hold, and when it was asked for first. */
export interface Difference {
  readonly contract: string;
  /** Net contracts: long positive, short negative. */
  readonly ours: number;
  readonly theirs: number;
  readonly askedAt: Millis;
}

export interface Unbalanced {
  readonly ours: Money;
  readonly theirs: Money;
  readonly askedAt: Millis;
}

export interface Account {
  readonly id: AccountId;
  readonly name: string;
  readonly rules: string;
  readonly brackets: BracketSupport;
  readonly sessions: Sessions;
  /** On how many trade dates it has traded; only of accounts that begin small. */
  readonly probation?: number;
  readonly gate: Gate;
  readonly gateReason: string | null;
  /** Everything is to be closed since then, and the venue has not said yet that it is. */
  readonly flattening?: Millis;
  /** Switched off by the operator since then: no entries; what is open is looked after. */
  readonly offSince?: Millis;
  /** No entries before then, by the operator's own word. It only ever moves later. */
  readonly lockedUntil?: Millis;
  readonly settled: boolean;
  /** The trade date the counters below belong to. */
  readonly tradeDate: TradeDate;
  readonly tradesToday: number;
  /** Net of fees, by trades closed on this trade date. */
  readonly realisedToday: Money;
  /** Cash: what the venue said when we were last compared flat, plus every trade closed since. */
  readonly balance: Money;
  /** Trades that are not over, oldest first. */
  readonly open: readonly TradeId[];
  /** Closed by hand while we held it: not entered again until a person resumes. */
  readonly blocked: readonly Blocked[];
  /** Left out while the venue never said: what it tells unasked is whole. */
  readonly link?: Link;
  /** What to add to our time to have the venue's. Left out while that is little enough. */
  readonly clockOff?: Millis;
  /** Left out while the books and the venue agree. */
  readonly differs?: Difference;
  /** A cash figure of the venue that is not ours, and when it was asked for first. */
  readonly unbalanced?: Unbalanced;
  /** The run is new: what the venue says of the cash is taken over, once, if nothing is open or was just now. */
  readonly adopts?: true;
  /** Accounts of one login share its calls. Left out: it has its own, as on paper. */
  readonly login?: string;
  /** When the venue last said something new of it; kept for accounts that share their calls. */
  readonly newsAt?: Millis;
  /** When something of it was last left without its stop: that one had filled, or was gone. */
  readonly bareAt?: Millis;
  /** What its limits remember; left out: nothing. */
  readonly risk?: AccountRisk;
  /** Between it and its firm; left out where it never had a plan. */
  readonly firm?: FirmState;
  /** The last snapshot folded, for the age of the truth. */
  readonly seenAt: Millis;
}

/** Whether its orders go to a live venue: it begins small there, and has no twin's name. */
export const isLive = ({ id, probation }: Pick<Account, "id" | "probation">): boolean =>
  probation !== undefined && !isTwin(id);
/** Nothing is known to have been missed, and the time is right: entries may be judged. */
export const isCompared = ({ settled, link, clockOff }: Account): boolean =>
  settled && link?.state !== "down" && clockOff === undefined;

/** Further apart than this nobody knows how old an alert or a price is. */
export const CLOCK_OFF_MAX = millis(5_000);
