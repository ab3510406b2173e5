/**
 * What became of a message: the facts that begin with somebody's words.
 *
 * ```text
 * message ─┬─ AlertRead ─► refused, shadowed, held, postponed, asked about, planned ... an account each
 *          ├─ UpdateRead ─► UpdateSettled, one a part and trade
 *          ├─ AlertTracked
 *          └─ MessageIgnored
 * ```
 */
import type { Alert, SizeLetter } from "./alert.ts";
import type { AccountId, TradeId } from "./ids.ts";
import type { MarketSeen } from "./market-seen.ts";
import type { MessageRef } from "./message.ts";
import type { Plan } from "./plan.ts";
import type { Opponent, Refusal } from "./refusal.ts";
import type { Score } from "./score.ts";
import type { Tracked } from "./tracked.ts";
import type { Millis } from "./units.ts";
import type { Update, UpdateAction } from "./update.ts";

interface OfMessage {
  readonly at: Millis;
  readonly message: MessageRef;
}

/** What became of a message. */
export type MessageFact =
  | (OfMessage & {
      readonly kind: "AlertRead";
      readonly author: string | null;
      readonly text: string;
      readonly sentAt: Millis;
      readonly alert: Alert;
      /** When a source of ours heard it; left out where that is when it was read. */
      readonly receivedAt?: Millis;
      /** The market then; left out where nobody follows it. */
      readonly market?: MarketSeen;
      /** The message also says that the trade before it is over. */
      readonly reentry?: true;
      /** Digest of the edit that said it, of an alert that waits for a person's yes. */
      readonly edit?: string;
      /** Its room only looks on: it is judged and kept, never filled. */
      readonly shadow?: true;
    })
  | (OfMessage & {
      readonly kind: "MessageIgnored";
      readonly author: string | null;
      readonly text: string;
      readonly reason: string;
      /** Close to an alert, or readable in two ways: a person should look. */
      readonly review?: true;
      /** Of an edit or a deletion: a digest of what it says, so that a repeat is recognised. */
      readonly edit?: string;
    })
  /** News of trades taken earlier; what comes of each part follows as `UpdateSettled`. */
  | (OfMessage & {
      readonly kind: "UpdateRead";
      readonly author: string | null;
      readonly text: string;
      readonly sentAt: Millis;
      readonly updates: readonly Update[];
      /** The message whose alert it speaks of: the one it answers or changes. Left out = not said. */
      readonly about?: string;
      /** Of an edit or a deletion: a digest of what it says, so that a repeat is recognised. */
      readonly edit?: string;
    })
  | (OfMessage & {
      readonly kind: "UpdateSettled";
      /** Which of the message's updates, from 0. */
      readonly index: number;
      readonly action: UpdateAction;
      /** The trade it was bound to; null = there was none. */
      readonly bound: TradeId | null;
      /** Applied: something is done about it. Noted: known or settled already. */
      readonly how: "applied" | "noted" | "refused";
      readonly reason: string;
      /** It is not as the author thinks: a person should look. */
      readonly review?: true;
    })
  /** Read in full and executed nowhere. */
  | (OfMessage & {
      readonly kind: "AlertTracked";
      readonly author: string | null;
      readonly text: string;
      readonly sentAt: Millis;
      readonly tracked: readonly Tracked[];
    })
  /** The entry of an `AlertRead` waits for a person's yes. */
  | (OfMessage & {
      readonly kind: "ApprovalAsked";
      /** Counts waiting entries of the house from 1, for people. */
      readonly entry: number;
      readonly until: Millis;
      /** Taken at the smallest size whatever its letter: it could be read in two ways. */
      readonly smallest: boolean;
      readonly group: string | null;
      readonly reason: string;
    })
  | (OfMessage & {
      readonly kind: "ApprovalEnded";
      readonly entry: number;
      readonly how: "approved" | "refused" | "expired" | "withdrawn";
      /** Who answered, or why nobody was asked any longer. */
      readonly by: string;
    })
  /** An entry that no account may take, whatever its rules. */
  | (OfMessage & { readonly kind: "AlertRefused"; readonly refusal: Refusal })
  | (OfMessage & {
      readonly kind: "TradeRefused";
      readonly account: AccountId;
      readonly refusal: Refusal;
    })
  /** Judged, but there is no market to fill it from: kept for later settlement. */
  | (OfMessage & {
      readonly kind: "AlertShadowed";
      readonly account: AccountId;
      readonly plan: Plan;
      /** Older journals do not say. */
      readonly score?: Score;
    })
  /** It would be taken, but the trades before it must be over first. */
  | (OfMessage & {
      readonly kind: "ReentryPostponed";
      readonly account: AccountId;
      readonly author: string | null;
      readonly alert: Alert;
      readonly sentAt: Millis;
      readonly trades: readonly TradeId[];
      /** Another account is still on its way out of the other side. */
      readonly behind?: Opponent;
    })
  /** Nothing may enter before the account is compared with the venue: it waits for that. */
  | (OfMessage & {
      readonly kind: "AlertHeld";
      readonly account: AccountId;
      readonly author: string | null;
      readonly alert: Alert;
      readonly sentAt: Millis;
      /** The message also says that the trade before it is over. */
      readonly reentry?: true;
      /** These must be over first. */
      readonly trades: readonly TradeId[];
    })
  | (OfMessage & {
      readonly kind: "TradePlanned";
      readonly trade: TradeId;
      readonly number: number;
      readonly account: AccountId;
      readonly author: string | null;
      /** The letter it was sized by; journals of the first weeks do not say. */
      readonly size?: SizeLetter;
      /** When its author sent the alert; journals of the first weeks do not say. */
      readonly sentAt?: Millis;
      readonly plan: Plan;
      /** Older journals do not say. */
      readonly score?: Score;
    });
