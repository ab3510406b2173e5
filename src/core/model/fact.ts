/**
 * What is true since it was decided: the only things the journal keeps, and all it keeps.
 *
 * A fact is never edited and never dropped; the state is what they add up to. Each carries exactly
 * what `evolve` needs, so that folding never has to ask anyone. Past tense, all of them.
 */
import type { Gate } from "./account.ts";
import type { AlarmFact } from "./alarm-fact.ts";
import type { BackupFact } from "./backup-fact.ts";
import type { Command, CommandAnswer } from "./command.ts";
import type { ConfigFact } from "./config-fact.ts";
import type { DutyFact } from "./duty-fact.ts";
import type { FirmFact } from "./firm-fact.ts";
import type { FirmAllowed } from "./firm-state.ts";
import type { HealthFact } from "./health-fact.ts";
import type { AccountId, FillId, OrderId, TradeId } from "./ids.ts";
import type { MessageFact } from "./message-fact.ts";
import type { Notice } from "./notice.ts";
import type { PushChannel } from "./push-proof.ts";
import type { RiskFact } from "./risk-fact.ts";
import type { Rules, Settings } from "./rules.ts";
import type { Stretch } from "./stretch.ts";
import type { ExitReason, ExitWay, StopWhy, TargetWhy, TradeEnd } from "./trade.ts";
import type { TradeDate } from "./trade-date.ts";
import type { TroubleFact } from "./trouble-fact.ts";
import type { Contracts, Millis, Money, Ticks } from "./units.ts";

interface Timed {
  readonly at: Millis;
}
interface OfTrade extends Timed {
  readonly trade: TradeId;
}
interface OfTranche extends OfTrade {
  readonly tranche: number;
}
interface OfLeg extends OfTranche {
  readonly leg: "stop" | "target";
}
interface OfFill extends OfTranche {
  readonly fill: FillId;
  readonly order: OrderId;
  readonly price: Ticks;
  readonly quantity: Contracts;
  readonly fees: Money;
  /** The venue's own time of it; left out where that is when we heard of it. */
  readonly filledAt?: Millis;
}
/** When the order was handed to the venue, where this is the first that was heard of it. */
interface Sent {
  readonly sentAt?: Millis;
}
/** The house itself. */
export type HouseFact =
  | (Timed & {
      readonly kind: "RunStarted";
      readonly mode: "paper" | "live" | "demo";
      readonly version: string;
      /** A quote older than this is no quote. */
      readonly priceAgeMax: Millis;
      /** Somebody sat before the terminal it was started from. */
      readonly attended?: true;
      /** One of these has to have passed a test before live entries; left out: none has to. */
      readonly push?: readonly PushChannel[];
    })
  | (Timed & { readonly kind: "RunEnded"; readonly reason: string })
  /** The disk refused for a while: the facts just before this one were written late. */
  | (Timed & { readonly kind: "JournalRecovered"; readonly late: number })
  | (Timed & { readonly kind: "SettingsAdopted"; readonly settings: Settings })
  | (Timed & {
      readonly kind: "AccountOpened";
      readonly account: AccountId;
      readonly balance: Money;
    })
  | (Timed & {
      readonly kind: "AccountSettled";
      readonly account: AccountId;
      readonly balance: Money;
      /** Something filled a moment before: the venue's cash of a new run is taken over later. */
      readonly lags?: true;
    })
  /** All was to be closed, and the venue says that it is: nothing held, nothing at work. */
  | (Timed & { readonly kind: "AccountFlat"; readonly account: AccountId })
  /** What the venue tells unasked broke off, or goes on: the account is compared anew. */
  | (Timed & {
      readonly kind: "LinkMoved";
      readonly account: AccountId;
      readonly state: "up" | "down";
    })
  /** Our clock and the venue's parted, or are together again; `offset` added to ours gives theirs. */
  | (Timed & {
      readonly kind: "ClockMoved";
      readonly account: AccountId;
      readonly offset: Millis;
      readonly isSound: boolean;
    })
  /** A person typed the account's name: it may trade live, within these limits. */
  | (Timed & {
      readonly kind: "LiveEnabled";
      readonly account: AccountId;
      readonly name: string;
      /** The name of its rule set, and what that said then. */
      readonly rules: string;
      readonly ruleSet: Rules;
      /** The plan of its firm as it was read then; null: it followed none. Early journals say nothing. */
      readonly firm?: FirmAllowed | null;
    })
  | (Timed & { readonly kind: "TradeDateBegan"; readonly tradeDate: TradeDate })
  | (Timed & {
      readonly kind: "GateMoved";
      /** Null = every account. */
      readonly account: AccountId | null;
      readonly gate: Gate;
      readonly reason: string;
      /** Everything is to be closed: the venue's word for it is awaited. */
      readonly flattens?: true;
    })
  /** Nothing takes it back: it ends by itself. */
  | (Timed & {
      readonly kind: "LockedOut";
      /** Null = every account. */
      readonly account: AccountId | null;
      readonly until: Millis;
    })
  /** One account takes entries no more, or again; what else keeps it from entering stays. */
  | (Timed & {
      readonly kind: "AccountSwitched";
      readonly account: AccountId;
      readonly to: "on" | "off";
    })
  /** Something comes, or has run out, that a person should know. */
  | (Timed & { readonly kind: "NoticeGiven"; readonly notice: Notice })
  | (Timed & {
      readonly kind: "CommandTaken";
      readonly command: Command;
      readonly answer: CommandAnswer;
    });

/** The entry orders. */
export type EntryFact =
  /** A later tranche goes out once the one before it was accepted; the first goes with the plan. */
  | (OfTranche & { readonly kind: "EntrySent" })
  | (OfTranche &
      Sent & {
        readonly kind: "EntryAccepted";
        readonly order: OrderId;
      })
  | (OfTranche & { readonly kind: "EntryRejected"; readonly code: string; readonly reason: string })
  | (OfTranche & { readonly kind: "EntryUnknown"; readonly reason: string })
  /** A read that should have shown the order did not. */
  | (OfTranche & { readonly kind: "EntryAbsent"; readonly reads: number; readonly askedAt: Millis })
  | (OfTranche & { readonly kind: "EntryNotSent"; readonly reason: string })
  | (OfFill & Sent & { readonly kind: "EntryFilled" })
  /** The first print of a slow feed since the plan: what rests until now rests until then. */
  | (OfTrade & {
      readonly kind: "EntryClockStarted";
      readonly from: Millis;
      readonly until: Millis;
    })
  | (OfTrade & { readonly kind: "EntryWithdrawn"; readonly reason: string })
  | (OfTranche & { readonly kind: "EntryCancelAsked"; readonly order: OrderId })
  | (OfTranche & { readonly kind: "EntryEnded"; readonly how: "cancelled" | "expired" })
  /** All entries are final and what filled was split over the targets anew. */
  | (OfTrade & { readonly kind: "EntrySplit"; readonly targetIndexes: readonly number[] });

/** The protecting and the profit-taking legs. */
export type LegFact =
  | (OfLeg & {
      readonly kind: "LegPlaced";
      readonly price: Ticks;
      readonly quantity: Contracts;
      readonly attempt: number;
    })
  | (OfLeg & {
      readonly kind: "LegConfirmed";
      readonly order: OrderId;
      readonly price: Ticks;
      readonly quantity: Contracts;
    })
  | (OfLeg & {
      readonly kind: "LegChangeAsked";
      readonly price: Ticks | null;
      readonly quantity: Contracts | null;
      readonly attempt: number;
      /**
       * `correct` to where the plan wants it, `resize` to what is held, `exit` with the whole trade;
       * else what moved its aim. Early journals also have `move`, for any of the latter.
       */
      readonly why:
        | "correct"
        | "resize"
        | "exit"
        | Exclude<StopWhy, "plan" | "refused">
        | Exclude<TargetWhy, "plan">;
    })
  | (OfLeg & { readonly kind: "LegChangeRefused"; readonly reason: string })
  | (OfLeg & { readonly kind: "LegRejected"; readonly reason: string })
  | (OfLeg & { readonly kind: "LegUnknown"; readonly reason: string })
  | (OfLeg & { readonly kind: "LegCancelAsked"; readonly order: OrderId })
  | (OfLeg & { readonly kind: "LegEnded"; readonly how: "cancelled" | "filled" })
  | (OfFill & {
      readonly kind: "ExitFilled";
      readonly by: ExitWay;
      /** Prices since the fill before it; left out where no feed was followed. */
      readonly stretch?: Stretch;
    });

/** The life of the trade. */
export type TradeFact =
  | (OfTrade & {
      readonly kind: "TargetHit";
      readonly target: number;
      readonly price: Ticks;
      readonly quantity: Contracts;
    })
  | (OfTrade & {
      readonly kind: "BreakevenDue";
      readonly stop: Ticks;
      readonly why: "target" | "price" | "command" | "message";
    })
  /** Breakeven came due with the price already through it, and the rules say to keep the old stop. */
  | (OfTrade & { readonly kind: "BreakevenKept"; readonly stop: Ticks })
  | (OfTrade & {
      readonly kind: "StopAimed";
      readonly stop: Ticks;
      readonly why: Exclude<StopWhy, "plan" | "breakeven">;
    })
  | (OfTranche & {
      readonly kind: "TargetAimed";
      readonly target: Ticks;
      readonly why: Exclude<TargetWhy, "plan">;
    })
  /** A person moved a stop away, or cancelled it (null). Put back once; then the trade is left. */
  | (OfTranche & { readonly kind: "StopLoosened"; readonly price: Ticks | null })
  /** The price is beyond a stop that the venue's list still has working: once more, and we leave. */
  | (OfTranche & {
      readonly kind: "StopOverrun";
      readonly price: Ticks;
      readonly askedAt: Millis;
    })
  | (OfTrade & { readonly kind: "ExitBegun"; readonly reason: ExitReason })
  | (OfTrade & { readonly kind: "ExitRepeated"; readonly tries: number })
  | (OfTrade & { readonly kind: "CloseAsked"; readonly contract: string; readonly tries: number })
  | (OfTranche & { readonly kind: "TrimBegun"; readonly quantity: Contracts })
  | (OfTranche & { readonly kind: "TrimSent"; readonly quantity: Contracts })
  | (OfTrade & { readonly kind: "TrimEnded"; readonly how: "filled" | "refused" | "late" })
  | (OfTrade & { readonly kind: "TradeReleased" })
  | (OfTrade & {
      readonly kind: "TradeClosed";
      readonly how: TradeEnd;
      readonly gross: Money;
      readonly fees: Money;
      readonly net: Money;
    })
  | (OfTrade & { readonly kind: "TradeAbandoned"; readonly reason: string })
  /** A fill arrived after the trade was thought over: the position is real. */
  | (OfTrade & { readonly kind: "TradeReopened" });

export type Fact =
  | HouseFact
  | ConfigFact
  | BackupFact
  | MessageFact
  | EntryFact
  | LegFact
  | TradeFact
  | TroubleFact
  | RiskFact
  | FirmFact
  | AlarmFact
  | DutyFact
  | HealthFact;
export type FactOf<Kind extends Fact["kind"]> = Extract<Fact, { kind: Kind }>;
