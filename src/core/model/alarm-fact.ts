/**
 * What wakes a person, and what became of it.
 *
 * ```text
 * cause ── grace ──► AlarmRaised ── 60 s ──► AlarmRepeated ... 10 times at most
 *                        └── ack ──► AlarmAcknowledged: it is silent, and its cause still stands
 * the cause is gone ──► AlarmEnded, said once, acknowledged or not
 * ```
 */
import type { AccountId, TradeId } from "./ids.ts";
import { type Millis, millis } from "./units.ts";

export type AlarmKind =
  /** Contracts are held and no stop is known to work for them. */
  | "unprotected"
  /** Nobody knows what became of an entry order. */
  | "outcome-unknown"
  /** Something is held or may fill, and the venue cannot be heard. */
  | "venue-unreachable"
  /** Something is held on an account that does nothing by itself. */
  | "halted-with-position";

/** One cause: of a trade, or of a whole account. */
export interface AlarmCause {
  readonly what: AlarmKind;
  readonly account: AccountId;
  readonly trade: TradeId | null;
}

/** The same cause again is the same alarm. */
export const alarmKey = ({ what, account, trade }: AlarmCause): string =>
  `${what}/${trade ?? account}`;

interface OfAlarm extends AlarmCause {
  readonly at: Millis;
}

export type AlarmFact =
  /** `since`: when its cause began. */
  | (OfAlarm & { readonly kind: "AlarmRaised"; readonly since: Millis })
  /** Nobody has answered: so many times now, the first one not counted. */
  | (OfAlarm & { readonly kind: "AlarmRepeated"; readonly times: number; readonly since: Millis })
  | (OfAlarm & { readonly kind: "AlarmAcknowledged"; readonly by: string })
  | (OfAlarm & { readonly kind: "AlarmEnded" });

/** An alarm whose cause stands. */
export interface Ringing extends AlarmCause {
  readonly since: Millis;
  readonly rangAt: Millis;
  /** How often it was repeated. */
  readonly times: number;
  /** Left out while nobody has answered. */
  readonly acknowledged?: { readonly at: Millis; readonly by: string };
}

export const RING_EVERY = millis(60_000);
export const REPEATS_MAX = 10;

export const isOfAlarm = <Fact extends { readonly kind: string }>(
  fact: Fact | AlarmFact,
): fact is AlarmFact => fact.kind.startsWith("Alarm");
