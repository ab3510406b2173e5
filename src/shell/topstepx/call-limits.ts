/**
 * What may be called how often, and who has which part of it.
 *
 * The venue allows 200 calls in 60 s and 50 for bars in 30 s. We take 160, and keep a quarter of
 * those from whoever only looks, and some of the connections, for what reduces or protects.
 */
import type { Urgency } from "./gateway.ts";

export type Lane = "login" | Urgency | "bars";

/** Times are milliseconds. */
export interface Limits {
  /** Calls in any 60 s: all there are, shared by the accounts of one login. */
  readonly callsMax: number;
  /** Calls for bars in any 30 s. */
  readonly barsMax: number;
  /** Calls under way; not more than there are connections. */
  readonly inFlightMax: number;
  /** Calls waiting in one lane. */
  readonly waitingMax: number;
  /** How long a call may wait before it is given up. */
  readonly waitMax: Readonly<Record<Lane, number>>;
}

export const LIMITS: Limits = {
  callsMax: 160,
  barsMax: 50,
  inFlightMax: 32,
  waitingMax: 2_000,
  waitMax: {
    login: 60_000,
    reduce: 10_000,
    protect: 10_000,
    rescue: 10_000,
    check: 10_000,
    // An entry that is late is another trade.
    complete: 2_000,
    enter: 2_000,
    read: 10_000,
    history: 60_000,
    bars: 60_000,
  },
};

/** Parts of the calls, and of the connections, that are open to a lane. */
export const SHARES: Readonly<Record<Lane, { readonly calls: number; readonly inFlight: number }>> =
  {
    login: { calls: 1, inFlight: 1 },
    reduce: { calls: 1, inFlight: 1 },
    protect: { calls: 1, inFlight: 1 },
    // Nearly all there is, but for the stop that may have to be placed.
    rescue: { calls: 15 / 16, inFlight: 1 },
    // What is kept for reducing is kept for knowing whether it was done as well, half of it at most.
    check: { calls: 7 / 8, inFlight: 7 / 8 },
    // Twenty above the reads, which would else take them all; what an entry leaves alone beside that is
    // promised, call by call, to what is open: `promises.ts`.
    complete: { calls: 7 / 8, inFlight: 7 / 8 },
    enter: { calls: 7 / 8, inFlight: 7 / 8 },
    read: { calls: 3 / 4, inFlight: 1 / 2 },
    history: { calls: 3 / 8, inFlight: 1 / 8 },
    bars: { calls: 3 / 8, inFlight: 1 / 8 },
  };
/** In order of precedence. */
export const LANES = Object.keys(SHARES) as readonly Lane[]; // the keys of a record of lanes

export const CALLS_SPAN = 60_000;
export const BARS_SPAN = 30_000;

export const partOf = (all: number, share: number): number => Math.max(1, Math.floor(all * share));
