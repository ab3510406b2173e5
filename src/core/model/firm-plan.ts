/**
 * One plan of one firm as plain data: what an account of it must never do, and what it may.
 *
 * ```text
 * topstep  ─┬─ combine-50k           evaluation: a target, no payout
 *           ├─ express-funded-50k    funded: payouts, no target
 *           └─ live-funded-50k       live: nothing of ours may trade there
 * ```
 *
 * Firms change these figures every few weeks, so none of them stands in code. A plan comes from a
 * file that says where it was read and when (`config/rules`), and what is unknown or disputed there
 * is written down in its stricter reading. Profit means closed balance less `balanceStart`,
 * so it also orders the accounts that begin at 0. Times of day are minutes of the Chicago day
 * (15:10 is 910), shares are thousandths, weights thousandths of a mini: nothing here is a fraction.
 */
import type { Root } from "./instrument.ts";
import type { NewsEvent } from "./news.ts";
import type { TradeDate } from "./trade-date.ts";
import type { Contracts, Millis, Money, Weight } from "./units.ts";

/** Minutes since midnight in Chicago, 0 to 1439. */
export type ChicagoMinute = number;
/** When the exchange closes on a usual day. */
export const EXCHANGE_CLOSES: ChicagoMinute = 16 * 60;
/** Thousandths of a whole, 1 to 1000. */
export type Share = number;

/** What holds at any profit, and what takes its place from a profit on; ascending. */
export interface Tiers<Value> {
  readonly first: Value;
  /** `from` is included. */
  readonly steps: readonly { readonly from: Money; readonly value: Value }[];
}

/** The level an account must not touch. Whether it did is asked of its equity, at any moment. */
export type FloorRule =
  /** Stays where it begins. */
  { readonly kind: "static"; readonly lossMax: Money } | TrailingRule;

export type TrailingRule =
  /** Follows the highest closed balance at the end of a trade date. */
  | (Trail & { readonly kind: "end-of-day"; readonly recomputedAt: ChicagoMinute })
  /** Follows the highest equity ever seen, open profit included. */
  | (Trail & { readonly kind: "intraday" });

interface Trail {
  /** The floor begins so far below the start, and follows so far below the peak. */
  readonly lossMax: Money;
  /** It rises no further than this; null: it never stops. */
  readonly lock: Money | null;
  /** Where the first payout puts it, for good; null: a payout does not move it. */
  readonly afterPayout: Money | null;
}

export interface DailyLimitRule {
  /** Soft: flat, and shut out until the reset. Hard: the account is lost. */
  readonly effect: "soft" | "hard";
  /** By the profit at the last close. */
  readonly amount: Tiers<Money>;
  /** Whether open profit and loss count. */
  readonly basis: "realised" | "equity";
  readonly feesCounted: boolean;
  readonly resetsAt: ChicagoMinute;
  /** When it is lifted for good: never, or once the floor has come up to the starting balance. */
  readonly ends: "never" | "floor-at-start";
}

/** How much may be held at once. Tiers count from the last close: a good day allows no more today. */
export interface SizeRule {
  readonly limit: Tiers<Weight>;
  /** What a micro counts; a mini counts 1_000. */
  readonly microWeight: Weight;
  /** Contracts that count otherwise: SIL is a fifth of SI. */
  readonly weights: Readonly<Partial<Record<Root, Weight>>>;
  /** Whether a mini and a micro of one product may be held together. */
  readonly mixing: "allowed" | "forbidden";
  readonly caps: readonly ProductCap[];
}

export type CapAmount =
  | { readonly unit: "contracts"; readonly value: Contracts }
  | { readonly unit: "minis"; readonly value: Weight };

/** A tighter limit on some products together, often for a while only. */
export interface ProductCap {
  readonly roots: readonly [Root, ...Root[]];
  readonly most: CapAmount;
  /** The last trade date it holds on; null: until the firm says otherwise. */
  readonly until: TradeDate | null;
}

/** How much of the whole one day may be, while a target is to be reached. */
export interface TargetConsistency {
  /** The whole: the profit target, or the net profit, in which losing days count. */
  readonly measure: "target" | "net";
  readonly share: Share;
}

/** The same where a payout is asked for. */
export interface PayoutConsistency {
  /** The net profit of the account's life, or since the last payout. */
  readonly measure: "net" | "net-since-payout";
  /** For the first payout, the second ...; the last holds from there on. */
  readonly shares: readonly [Share, ...Share[]];
}

export interface QualifyingDays {
  readonly count: number;
  /** Null: any day that was traded. */
  readonly profitMin: Money | null;
}

/** One of the ways to a payout, where a firm offers several. */
export interface PayoutWay {
  readonly name: string;
  readonly qualifyingDays: QualifyingDays | null;
  /** Too good a day blocks the payout until others have caught up. */
  readonly consistency: PayoutConsistency | null;
  /** Largest part of the profit at once. */
  readonly shareMax: Share;
  readonly cap: Money | null;
}

export interface PayoutRule {
  /** The trader's part; null: not known. */
  readonly split: Share | null;
  /** Null: not known. */
  readonly smallest: Money | null;
  /** Profit that has to stay in the account. */
  readonly buffer: Money;
  /** After so many the account is closed; null: no end. */
  readonly countMax: number | null;
  readonly ways: readonly [PayoutWay, ...PayoutWay[]];
}

export type Stage =
  | {
      readonly kind: "evaluation";
      readonly profitTarget: Money;
      /** Too good a day raises the target. */
      readonly consistency: TargetConsistency | null;
      readonly daysMin: number;
      /** Calendar days; null: no time limit. */
      readonly daysMax: number | null;
    }
  | { readonly kind: "funded"; readonly payout: PayoutRule }
  | { readonly kind: "live" };

/** When positions have to be gone on a day that ends early. */
export interface EarlyClose {
  /** Minutes before trading stops. */
  readonly before: number;
  /** No later than this, however late trading stops; null: no such hour. */
  readonly latest: ChicagoMinute | null;
  /** Account: one time for all products, that of the first to stop. Product: each its own. */
  readonly counts: "account" | "product";
}

export interface HoursRule {
  /** The evening before. */
  readonly opensAt: ChicagoMinute;
  readonly flatBy: ChicagoMinute;
  readonly earlyClose: EarlyClose;
  /** The last date for which the firm's early closes were compared with the exchange's calendar. */
  readonly calendarUntil: TradeDate;
}

export type NewsAction =
  | { readonly kind: "flat" }
  /** Nothing is opened; what is open may stay. */
  | { readonly kind: "no-opening"; readonly roots: readonly [Root, ...Root[]] }
  | { readonly kind: "cap"; readonly cap: Omit<ProductCap, "until"> }
  /** The largest allowed size may not be carried into it. */
  | { readonly kind: "below-maximum" };

/** Major: any report that is listed. */
export type NewsKind = NewsEvent | "major";

export interface NewsRule {
  readonly events: readonly [NewsKind, ...NewsKind[]];
  readonly before: Millis;
  readonly after: Millis;
  readonly action: NewsAction;
}

/** Products a firm takes for one bet: what is long in one and short in another is a hedge. */
export interface CorrelatedGroup {
  readonly name: string;
  readonly roots: readonly [Root, ...Root[]];
}

/** Positions against one another in one product family, or in correlated ones. */
export type HedgingRule =
  | { readonly kind: "allowed" }
  | {
      readonly kind: "forbidden";
      readonly within: "account" | "own-accounts";
      readonly counts: "family" | "correlated";
      /** Of the correlated; left out, as in every older journal: none is named. */
      readonly groups?: readonly CorrelatedGroup[];
    };

/** Whether one person's accounts may take the same trades, and by whose tool. */
export type CopyingRule = "allowed" | "firm-tool-only" | "forbidden";

export type AutomationRule =
  | { readonly kind: "forbidden" }
  | {
      readonly kind: "allowed";
      /** Own: no server of anybody else's, no VPS, no VPN. */
      readonly device: "own" | "any";
      readonly supervised: boolean;
      /** What else the firm asks, as sentences. */
      readonly conditions: readonly string[];
    };

/** So much of trades and of profit has to come from positions held at least so long. */
export interface HoldTimeRule {
  readonly heldMin: Millis;
  readonly tradesShare: Share;
  readonly profitShare: Share;
}

/** An account is closed that trades on fewer days than this. */
export interface InactivityRule {
  readonly withinDays: number;
  readonly daysMin: number;
  /** What such a day has to earn; 0 where any trade counts. */
  readonly profitMin: Money;
}

/** Where the figures were read. */
export interface RuleSource {
  /** Primary: the firm's own help centre. Secondary: somebody who tells what it says. */
  readonly kind: "primary" | "secondary";
  readonly text: string;
}

export interface FirmPlan {
  /** `topstep/combine-50k`: file and plan. */
  readonly id: string;
  readonly firm: string;
  readonly title: string;
  /** Where an account of it can trade from here; null: planning and replay only. */
  readonly venue: "topstepx" | null;
  readonly sources: readonly [RuleSource, ...RuleSource[]];
  readonly verified: TradeDate;
  /** What is disputed or left out, and which reading was taken. */
  readonly notes: readonly string[];
  readonly stage: Stage;
  /** 0 where the firm counts from nothing. */
  readonly balanceStart: Money;
  readonly floor: FloorRule;
  readonly dailyLimit: DailyLimitRule | null;
  readonly size: SizeRule;
  readonly products: readonly [Root, ...Root[]];
  readonly hours: HoursRule;
  /** Null: what the firm asks around news is not known, so nothing of it is kept. */
  readonly news: readonly NewsRule[] | null;
  readonly hedging: HedgingRule;
  readonly copying: CopyingRule;
  readonly automation: AutomationRule;
  readonly holdTime: HoldTimeRule | null;
  readonly inactivity: InactivityRule | null;
  /** How many such accounts one person may have; null: no limit. */
  readonly accountsMax: number | null;
  /** How near the exchange's price limit nothing may be held; null: not asked. */
  readonly priceLimitBuffer: Share | null;
}

/** All plans that are known, by id. */
export type FirmPlans = Readonly<Record<string, FirmPlan>>;
