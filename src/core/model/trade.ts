/**
 * One alert's life on one account, from plan to outcome.
 *
 * ```text
 * Trade ─┬─ Tranche 1 ─┬─ entry   (our order; carries the bracket)
 *        │             ├─ stop    (venue's child, or our own order where it keeps none)
 *        │             └─ target
 *        └─ Tranche 2 ...
 * ```
 *
 * A leg's price and quantity are what the venue last confirmed; what we want is kept beside it
 * (`aim`), so the books never hold a wish.
 */
import type { SizeLetter } from "./alert.ts";
import type { AccountId, FillId, OrderId, Tag, TradeId } from "./ids.ts";
import type { MessageRef } from "./message.ts";
import type { Plan } from "./plan.ts";
import type { Contracts, Millis, Money, Ticks } from "./units.ts";

export type Phase = "planned" | "entering" | "unknown" | "open" | "runner" | "closed" | "abandoned";

export type OrderState =
  /** Decided, not yet handed to the venue. */
  | "planned"
  /** Handed over, or about to be; no answer yet. */
  | "sent"
  /** The answer was lost: it may be working, filled or nowhere. */
  | "unknown"
  | "working"
  | "filled"
  | "cancelled"
  | "expired"
  | "rejected"
  /** Looked for and proved absent. */
  | "not-sent";

export interface EntryOrder {
  readonly tag: Tag;
  readonly state: OrderState;
  readonly order: OrderId | null;
  readonly sentAt: Millis | null;
  readonly filled: Contracts;
  /** Agreeing reads that did not find it, and when the first of them was asked. */
  readonly absences: number;
  readonly absentSince: Millis | null;
  readonly cancelAskedAt: Millis | null;
}

/** A change we asked for and have not seen confirmed. */
export interface Change {
  readonly price: Ticks | null;
  readonly quantity: Contracts | null;
  readonly askedAt: Millis;
  readonly attempt: number;
  /** Of one asked for again: when the leg was touched last before that. */
  readonly firstAt?: Millis;
}

export interface Leg {
  /** Null for a venue's child: it is known by its order id alone. */
  readonly tag: Tag | null;
  readonly order: OrderId | null;
  readonly state: "sent" | "unknown" | "working" | "filled" | "cancelled" | "rejected";
  /** Confirmed by the venue; of a leg only sent, what was asked for. */
  readonly price: Ticks;
  readonly quantity: Contracts;
  readonly filled: Contracts;
  readonly change: Change | null;
  /** Placements and changes asked for so far: each has a number of its own in its id. */
  readonly attempts: number;
  /** Orders placed for this leg by ourselves; one that is taken away too often will not stay. */
  readonly placements: number;
  /** When the present order was first sent. */
  readonly placedAt: Millis;
  /** Changes the venue refused in a row. */
  readonly refusals: number;
  /** When it was last asked for, changed or confirmed; an older snapshot says nothing about it. */
  readonly touchedAt: Millis;
  /** Why the last change was refused, until the next one. */
  readonly refusal: string | null;
  readonly cancelAskedAt: Millis | null;
  /** A list asked for then had the price beyond this stop, and the stop still working. */
  readonly overrunAt?: Millis;
}

/**
 * When it was last touched by anything but the same change asked for again: a list asked for since
 * then knows of it.
 */
export const touchedAnew = ({ touchedAt, change }: Leg): Millis =>
  change?.askedAt === touchedAt ? (change.firstAt ?? touchedAt) : touchedAt;

/** What last said where the stops should rest; `plan` while nothing has. */
export type StopWhy =
  | "plan"
  | "breakeven"
  | "command"
  | "message"
  | "worse-fill"
  | "refused"
  | "by-hand";
/** And where a tranche's target should. */
export type TargetWhy =
  | "plan"
  | "command"
  | "anchor"
  | "trim"
  | "by-hand"
  /** A market entry filled at or beyond it: the tranche leaves at once. */
  | "filled-beyond-target";

export interface Tranche {
  readonly quantity: Contracts;
  readonly entry: EntryOrder;
  /** Price sums over fills, so that averages stay exact. */
  readonly entered: FillSum;
  readonly exited: FillSum;
  /** The last fill, in or out; legs are given a moment to follow it. */
  readonly filledAt: Millis | null;
  /** Index into the plan's targets this tranche leaves at; changes when what filled is split anew. */
  readonly targetIndex: number;
  /** Where this tranche's target should rest. */
  readonly targetAim: Ticks;
  readonly targetWhy: TargetWhy;
  /** Times a person took its stop away from where it belongs. */
  readonly loosened: number;
  readonly stop: Leg | null;
  readonly target: Leg | null;
}

/** It never had a profit to wait for. */
export const filledBeyond = ({ targetWhy }: Tranche): boolean =>
  targetWhy === "filled-beyond-target";

/** Its target stands at the market to let it out; a fill there is then no target hit. */
export const isLeaving = (tranche: Tranche): boolean =>
  tranche.targetWhy === "trim" || filledBeyond(tranche);

export interface FillSum {
  readonly quantity: Contracts;
  /** Sum of price x quantity, ticks. */
  readonly priceSum: number;
}

/** What took contracts out. */
export type ExitWay =
  | "stop"
  | "target"
  /** The venue's close call, which we had asked for. */
  | "close"
  /** A close on the platform that nobody here had asked for. */
  | "hand";

/** How a trade ended. */
export type TradeEnd =
  | "targets"
  | "stop"
  | "breakeven"
  | "exit"
  /** Closed by hand; its instrument is blocked until a person resumes. */
  | "external";

export type ExitReason =
  | "flatten"
  /** The day has lost what it may. */
  | "daily-loss"
  /** Of the firm: its daily limit, or its floor is too near. */
  | "firm-daily-limit"
  | "firm-floor"
  /** It wants nothing held around a report, or less than this. */
  | "firm-news"
  | "close-command"
  /** The trade date's own end: nothing is held past it. */
  | "cut-off"
  /** Its contract is about to expire, or to be delivered. */
  | "contract-ends"
  /** The author said so. */
  | "close-message"
  | "breakeven-passed"
  /** The author's new stop, and the price is already through it. */
  | "stop-passed"
  | "stop-refused"
  /** The price went through the stop and the stop did not fill: it rests behind the market. */
  | "stop-unfilled"
  /** In early journals, of whole trades; now each tranche leaves by itself. */
  | "filled-beyond-target"
  | "unprotected"
  /** It filled after it was given up, and another trade of the family has been taken since. */
  | "late-fill"
  /** Another trade of its contract was reversed: nobody can tell their contracts apart. */
  | "beside-reversed"
  /** More left than was held: bought back at once. */
  | "reversed"
  /** Somebody keeps taking the stop away. */
  | "stop-loosened";

export interface Exit {
  readonly reason: ExitReason;
  readonly since: Millis;
  /** Times the target legs were modified towards the market. */
  readonly tries: number;
  readonly triedAt: Millis;
  /** When the venue's close call was asked for; null while leaving through the legs. */
  readonly closeAskedAt: Millis | null;
  readonly closeTries: number;
}

/** Contracts leaving early by command, for a part that is no whole tranche. */
export interface PartClose {
  readonly tranche: number;
  readonly quantity: Contracts;
  readonly askedAt: Millis;
  readonly stage: "shrinking" | "closing";
}

export interface Trade {
  readonly id: TradeId;
  /** Counts trades of the house from 1, for people. */
  readonly number: number;
  readonly account: AccountId;
  readonly cause: MessageRef;
  readonly author: string | null;
  /** The letter it was sized by; null where its journal does not say. */
  readonly size: SizeLetter | null;
  readonly plan: Plan;
  /** The risk score it was entered at, 0 to 100; left out where its journal does not say. */
  readonly score?: number;
  /** When the author sent the alert: a message older than that never speaks of this trade. */
  readonly alertedAt: Millis;
  readonly plannedAt: Millis;
  readonly phase: Phase;
  readonly tranches: readonly Tranche[];
  /** Where every stop of this trade should rest. */
  readonly stopAim: Ticks;
  readonly stopWhy: StopWhy;
  readonly breakeven: "waiting" | "due" | "off";
  /** When resting entries are withdrawn. */
  readonly entryUntil: Millis;
  /** The time-out runs: from the plan, or with a feed of bars from its first print. */
  readonly isEntryTimed: boolean;
  /** Why resting entries were withdrawn, once they were. */
  readonly entryEnding: string | null;
  readonly targetsHit: number;
  readonly exit: Exit | null;
  readonly part: PartClose | null;
  /** The tranche whose legs we made smaller for a part that was given up: nobody else grows them. */
  readonly shrunk?: number;
  /** Parts taken off by command so far; names their requests. */
  readonly trims: number;
  /** Handed to the person: its stop stays, nothing else is touched. */
  readonly released: boolean;
  /** What left last was closed by hand. */
  readonly byHand: boolean;
  readonly fees: Money;
  readonly fills: readonly FillId[];
  readonly closedAt: Millis | null;
  /** Since when the way of the price is in no fact yet: its first fill, then each exit. */
  readonly pricedFrom?: Millis;
  /** It was said that the fate of an entry is unknown for long. */
  readonly doubted?: true;
}
