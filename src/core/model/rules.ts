/**
 * How a trader wants alerts traded: sizes, entry, exits and limits, as plain data.
 *
 * Distances stay in the unit the trader wrote (7 points, 28 ticks, 0.7 R) and become ticks only
 * when a plan is made for one instrument. A rule set has a name; accounts refer to it.
 */
import type { SizeLetter } from "./alert.ts";
import type { DutyTimes } from "./duty.ts";
import type { Calendar } from "./exchange-calendar.ts";
import type { FeeSchedule } from "./fees.ts";
import type { FirmPlans } from "./firm-plan.ts";
import type { FirmTerms } from "./firm-state.ts";
import type { HoursRules } from "./hours.ts";
import type { AccountId } from "./ids.ts";
import type { Root } from "./instrument.ts";
import type { Amount, DayLimits } from "./limits.ts";
import type { News } from "./news.ts";
import type { ScoreRules } from "./score.ts";
import type { Millis, Money } from "./units.ts";

export type Distance =
  | { readonly unit: "points"; readonly value: number }
  | { readonly unit: "ticks"; readonly value: number }
  /** Multiples of the distance from the alert's entry to its stop. */
  | { readonly unit: "r"; readonly value: number }
  /** An absolute price in points: the same level for every trade. */
  | { readonly unit: "price"; readonly value: number };

export interface TargetRule {
  readonly at: Distance;
  /** Thousandths of the position that leave here; the last target takes what remains. */
  readonly share: number;
}

export interface ExitRules {
  /** Where target distances count from: the alert's price, or the average fill. */
  readonly anchor: "alert" | "fill";
  readonly targets: readonly TargetRule[];
  /** The stop goes to breakeven after this many targets; 0 = never. */
  readonly breakevenAfter: number;
  /** What to do when breakeven is due and the price is already through it. */
  readonly onBreakevenPassed: "exit" | "keep";
}

export type EntryRules =
  | { readonly kind: "market"; readonly timeout: Millis }
  | { readonly kind: "limit"; readonly chase: Chase; readonly timeout: Millis };

/** How far past the alert's price an entry may pay, in the losing direction. */
export type Chase =
  | { readonly unit: "stop-share" /** Thousandths of the stop distance. */; readonly value: number }
  | { readonly unit: "points"; readonly value: number };

export type Sizing = Scaled &
  (
    | { readonly kind: "contracts"; readonly bySize: Readonly<Record<SizeLetter, number>> }
    | { readonly kind: "risk"; readonly bySize: Readonly<Record<SizeLetter, Money>> }
  );

/** Of the contracts this comes to, an account may take so many thousandths; left out: all. */
export interface Scaled {
  readonly ratio?: number;
}

/** In points of the instrument family named; a family that is absent cannot be traded. */
export type ByFamily<T> = Readonly<Partial<Record<Root, T>>>;

export interface Limits extends DayLimits {
  /** Smallest and largest distance from entry to stop, points. */
  readonly stopDistance: ByFamily<{ readonly min: number; readonly max: number }>;
  /** Farthest the alert's price may lie from the last trade, points. */
  readonly collar: ByFamily<number>;
  readonly ageMax: Millis;
  readonly duplicateWindow: Millis;
  readonly tradesPerDay: number;
  /** Contracts held or wanted per account and product family. */
  readonly positionSize: number;
  /** Loss at the worst allowed entry, with slippage and fees, and of what it is added to. */
  readonly lossPerTrade: Amount;
  /** Ticks a stop is assumed to slip when risk is judged. */
  readonly slippage: number;
}

export interface Rules {
  /** Alert root -> traded root; an unlisted root trades itself. */
  readonly tradeAs: Readonly<Partial<Record<Root, Root>>>;
  readonly sizing: Sizing;
  /** The size of an alert that states none; null refuses it. */
  readonly sizeUnstated: SizeLetter | null;
  readonly entry: EntryRules;
  readonly exits: ExitRules;
  readonly limits: Limits;
  readonly fees: FeeSchedule;
  readonly adds: "refuse" | "allow";
  /** Where not one contract fits, its micro is tried. Left out, as in every older journal: refused. */
  readonly shrinkToMicro?: true;
  /** Left out, as in every older journal: entries at any hour the market is open, and no cut-offs. */
  readonly hours?: HoursRules;
  /** Left out, as in every older journal: the risk score is told, and changes nothing. */
  readonly score?: ScoreRules;
}

export type BracketSupport = "native" | "none";

/** When a venue trades: in the exchange's sessions, or at any hour, as only a paper venue can. */
export type Sessions = "cme" | "always-open";

export interface AccountRules {
  readonly id: AccountId;
  readonly name: string;
  /** Name of its rule set. */
  readonly rules: string;
  readonly brackets: BracketSupport;
  /** Follows the channels that name this group, and those that name none. */
  readonly group?: string;
  /** Accounts of one login share the calls its venue allows; any name will do, it is no secret. */
  readonly login?: string;
  /** Left out, as in every older journal: the exchange's. */
  readonly sessions?: Sessions;
  /** Its first trade dates are taken with one contract at most (`risk/probation.ts`). */
  readonly probation?: true;
  /** What its firm asks of it; left out: there is no firm. */
  readonly firm?: FirmTerms;
  /** Whose it is, where not all accounts are of one person. */
  readonly owner?: string;
  /** It may be long while another one that allows it too is short; left out: never. */
  readonly opposing?: "allow";
  /** The firm that forbids that to all accounts of its own, whatever anybody allows. */
  readonly unhedged?: string;
}

export interface Settings {
  readonly ruleSets: Readonly<Record<string, Rules>>;
  readonly accounts: readonly AccountRules[];
  /** Plans of firms that accounts follow, by id; left out: none does. */
  readonly plans?: FirmPlans;
  /** Left out: the one the program ships. */
  readonly calendar?: Calendar;
  /** Left out: the list the program ships. */
  readonly news?: News;
  /** When a person is told of the day without asking; left out: nobody is to be told. */
  readonly duties?: DutyTimes;
  /** Entries stop when no operator gave a sign of life for so long; left out: never. */
  readonly attended?: Millis;
}
