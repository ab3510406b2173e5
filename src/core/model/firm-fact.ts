/**
 * What became true between an account and its firm, with the figures it was decided by. The fold
 * takes them as they are and asks no plan.
 */
import type { FirmPlan } from "./firm-plan.ts";
import type { FirmDay, FirmDayResult, FirmLimit, FirmState, LossFloor } from "./firm-state.ts";
import type { AccountId } from "./ids.ts";
import type { TradeDate } from "./trade-date.ts";
import type { Millis, Money, Weight } from "./units.ts";

interface OfAccount {
  readonly at: Millis;
  readonly account: AccountId;
}

export type FirmStep = "warn" | "flatten";

export type FirmFact =
  /** First seen with a plan, or begun anew by the firm, as the operator says. */
  | (OfAccount & {
      readonly kind: "FirmBegan";
      readonly why: "opened" | "reset";
      readonly firm: FirmState;
    })
  /** Other settings; nothing in them is looser on this trade date, and the floor stays where it is. */
  | (OfAccount & {
      readonly kind: "FirmTermsChanged";
      readonly plan: string | null;
      readonly buffer: Money;
      readonly floor: LossFloor;
      readonly size: Weight;
      readonly dailyLimit: Money | null;
    })
  /** A trade date is over, and the venue's balance of its end is known. */
  | (OfAccount & {
      readonly kind: "FirmDayClosed";
      /** Null where nothing was traded. */
      readonly result: FirmDayResult | null;
      readonly peak: Money;
      readonly floor: LossFloor;
      /** The one that begins. */
      readonly day: FirmDay;
    })
  /** A new highest equity lifts a floor that follows it. */
  | (OfAccount & {
      readonly kind: "FirmFloorRaised";
      readonly peak: Money;
      readonly floor: LossFloor;
    })
  | (OfAccount & {
      readonly kind: "FirmStepReached";
      readonly of: FirmLimit;
      readonly step: FirmStep;
      /** Of what may be lost, thousandths. */
      readonly share: number;
      /** Daily limit: the limit. Floor: from the peak, or the start, down to it. */
      readonly limit: Money;
      readonly equity: Money;
      /** Where the limit itself would be touched. */
      readonly level: Money;
      /** No entries before; null: none while nothing fits. */
      readonly until: Millis | null;
    })
  /** Touched: the account is lost until the firm begins it anew. */
  | (OfAccount & {
      readonly kind: "FirmBreached";
      readonly of: FirmLimit;
      readonly equity: Money;
      readonly level: Money;
    })
  | (OfAccount & {
      readonly kind: "FirmPaidOut";
      readonly amount: Money;
      readonly floor: LossFloor;
      /** Of a paper account, whose venue pays nothing out. */
      readonly shift: Money;
      /** With what of the amount has left the account on this trade date taken off. */
      readonly opening: Money;
    })
  /** New settings ask less, but not on a trade date on which these accounts have traded. */
  | {
      readonly at: Millis;
      readonly kind: "FirmPlanKept";
      readonly accounts: readonly AccountId[];
      /** What the settings name now; null: nothing. */
      readonly plan: string | null;
      readonly loosened: readonly string[];
      /** What holds until the trade date ends, and its name. */
      readonly name: string;
      readonly kept: FirmPlan;
      readonly buffer: Money;
      readonly until: TradeDate;
    };

type Kinded = { readonly kind: string };

/** All of them are named alike, and no other fact is. */
export const isOfFirm = <Fact extends Kinded>(fact: Fact | FirmFact): fact is FirmFact =>
  fact.kind.startsWith("Firm");
