/** What the venue has or says, and should not: differences, orders of nobody, positions gone. */
import type { AccountId, OrderId, TradeId } from "./ids.ts";
import type { Millis, Money } from "./units.ts";

interface Timed {
  readonly at: Millis;
}

/** What should not happen, and did. */
export type TroubleFact =
  /** All is flat, and the venue's cash is not ours; some of it may be booked there a moment later. */
  | (Timed & {
      readonly kind: "BalanceDiffered";
      readonly account: AccountId;
      readonly ours: Money;
      readonly theirs: Money;
      readonly askedAt: Millis;
    })
  /** One list says so; lists lag behind themselves, so a second one has to agree. */
  | (Timed & {
      readonly kind: "PositionDiffered";
      readonly account: AccountId;
      readonly contract: string;
      readonly ours: number;
      readonly theirs: number;
      readonly askedAt: Millis;
    })
  | (Timed & {
      readonly kind: "IncidentFound";
      readonly account: AccountId;
      readonly trade: TradeId | null;
      readonly what:
        | "reversed"
        | "position-mismatch"
        | "position-gone"
        | "outcome-unknown"
        | "balance-differs"
        /** What a person holds there is against what another account holds. */
        | "opposing";
      readonly detail: string;
    })
  | (Timed & {
      readonly kind: "OrphanCancelAsked";
      readonly account: AccountId;
      readonly contract: string;
      readonly order: OrderId;
    })
  | (Timed & {
      readonly kind: "ForeignOrderSeen";
      readonly account: AccountId;
      readonly order: OrderId;
      readonly contract: string;
      readonly detail: string;
    });
