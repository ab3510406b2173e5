/** A message as the ledger keeps it: what it said, and what each account made of it. */
import type { Alert } from "./alert.ts";
import type { AccountId } from "./ids.ts";
import type { MarketSeen } from "./market-seen.ts";
import type { MessageRef } from "./message.ts";
import type { Refusal } from "./refusal.ts";
import type { Phase } from "./trade.ts";
import type { Millis } from "./units.ts";

/**
 * How a message ended. `working`: planned, and no entry has filled yet. `waiting`: for a person's
 * yes; `expired`: that never came, or its author took it back before. `applied`: an update, and
 * something was done about it; one that changed nothing is `ignored`.
 */
export type AlertOutcome =
  | "executed"
  | "working"
  | "missed"
  | "shadowed"
  | "refused"
  | "applied"
  | "unsure"
  | "tracked"
  | "waiting"
  | "expired"
  | "ignored"
  | "undecided";

export interface AlertDecision {
  /** Null: for every account. */
  readonly account: AccountId | null;
  readonly decision:
    | "planned"
    | "shadowed"
    | "refused"
    /** Of a part of an update, as `refused` is too; the trade is the one it was bound to. */
    | "applied"
    | "noted"
    /** Of a question to a person. */
    | "asked"
    | "approved"
    | "expired"
    | "withdrawn";
  /** Null also where a person refused it. */
  readonly refusal: Refusal | null;
  /** In words, where there is no refusal: what was done, who answered, or why nobody was asked. */
  readonly by: string | null;
  /** The trade it became, and where that stands. */
  readonly trade: number | null;
  readonly phase: Phase | null;
  readonly at: Millis;
}

export interface AlertRecord {
  /** Of the fact that read it. */
  readonly sequence: number;
  readonly message: MessageRef;
  readonly author: string | null;
  readonly text: string;
  /** When it was read. */
  readonly at: Millis;
  /** When its author sent it and a source of ours heard it, where that is known. */
  readonly sentAt: Millis | null;
  readonly receivedAt: Millis | null;
  /** The book then, of an entry whose instrument is followed. */
  readonly market: MarketSeen | null;
  readonly outcome: AlertOutcome;
  /** What was understood; null for what is no entry, which has a reason instead. */
  readonly alert: Alert | null;
  readonly reason: string | null;
  readonly decisions: readonly AlertDecision[];
}
