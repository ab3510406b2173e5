/**
 * The user hub as the broker hears it: decoded news, and whether there is any.
 *
 * Nothing is replayed after a gap, events come twice, late or in any order, and an account that is
 * not ours may be among them.
 */
import type { WireAccount, WireOrder, WirePosition, WireTrade } from "./wire-types.ts";

export type UserNews =
  | { readonly kind: "account"; readonly account: WireAccount }
  | { readonly kind: "order"; readonly order: WireOrder }
  | { readonly kind: "position"; readonly position: WirePosition }
  | { readonly kind: "trade"; readonly trade: WireTrade };

export interface UserHubListener {
  /** Every subscription is granted; what was before may have been missed. Said again, more was. */
  up(): void;
  /** Only after `up`. */
  down(reason: string): void;
  news(one: UserNews): void;
  /** Another program seems to use our key; nothing should be entered until a person has looked. */
  contested(reason: string): void;
}

export interface UserHub {
  open(listener: UserHubListener): void;
  /** It says nothing any more although it is connected: a new connection. */
  restart(reason: string): void;
  close(): void;
}
