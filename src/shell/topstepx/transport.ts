/**
 * The thin floor under the TopstepX adapter: one HTTP exchange, one try at a hub, and a clock.
 *
 * ```text
 * broker, supervisor of the link, token, budget      decide, retry, wait: all of it above this line
 * ──────────────────────────────────────────────
 * exchange · connect · clock                         real: node:http and the SignalR library
 *                                                    storm: the stand-in venue, in memory
 * ```
 *
 * Nothing here decides. A connection is tried once, an exchange made once; whether and when there
 * is a next time is the business of the callers, so that virtual time can drive all of it.
 */
import type { Millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";

export interface Exchange {
  readonly method: "GET" | "POST";
  /** Begins with `/api/`. */
  readonly path: string;
  readonly token: string | null;
  /** JSON text; null for the calls that take none. */
  readonly body: string | null;
  readonly timeout: Millis;
}

export type Reply =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly body: string;
      /** The venue's own clock, where it told it. */
      readonly date: Millis | null;
      /** Of `Retry-After`, where it is a number of seconds. */
      readonly retryAfter: Millis | null;
    }
  /** No byte of the request has left: certain not to have been executed. */
  | { readonly kind: "not-sent"; readonly reason: string }
  /** It left, and no whole answer came back: perhaps executed. */
  | { readonly kind: "lost"; readonly reason: string };

export type HubName = "user" | "market";

/** Told in this order: `up` at most once, then events, then `down` exactly once. */
export interface HubListener {
  up(): void;
  /** Where the upgrade was refused, its status is among the words: `... response: 401`. */
  down(reason: string): void;
  event(target: string, args: readonly unknown[]): void;
}

/** One connection, or the try at one. */
export interface HubLine {
  /** `done` is called once, also when the line ends first: with null, or with what went wrong. */
  invoke(method: string, args: readonly unknown[], done: (error: string | null) => void): void;
  /** Ends in `down` as well. */
  close(): void;
}

export interface Transport {
  readonly clock: Clock;
  /** `replied` is called exactly once, never from inside. */
  exchange(exchange: Exchange, replied: (reply: Reply) => void): void;
  /** `listener` is never called from inside. */
  connect(hub: HubName, token: string, listener: HubListener): HubLine;
  close(): void;
}
