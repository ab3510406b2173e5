/**
 * When the venue is asked for its truth: by the clock, and at once when something may have been missed.
 */
import type { AccountId } from "../model/ids.ts";
import { millis } from "../model/units.ts";
import { accountOf, openTradesOf } from "../state.ts";
import type { Turn } from "../turn.ts";

/** How often the venue is asked for its truth: while anything could fill, and while all is flat. */
const POLL_EXPOSED = 1_000;
const POLL_FLAT = 10_000;

/** How far back the list reaches when nothing is open: long enough for any late fill. */
const LOOK_BACK = 5 * 60_000;
/** The venue's clock may run behind ours. */
const CLOCK_LEEWAY = 60_000;

export const POLL_PREFIX = "poll/";
export const pollKey = (account: AccountId): string => `${POLL_PREFIX}${account}`;

export function look(turn: Turn, id: AccountId): void {
  const trades = openTradesOf(turn.state, accountOf(turn.state, id));
  // What ended long before the oldest open trade can say nothing about it.
  const since = Math.min(
    turn.at - LOOK_BACK,
    ...trades.map((trade) => trade.plannedAt - CLOCK_LEEWAY),
  );
  const next = turn.at + (trades.length > 0 ? POLL_EXPOSED : POLL_FLAT);
  turn.asks.push(
    { kind: "AskVenue", account: id, since: millis(since) },
    { kind: "WakeAt", key: pollKey(id), at: millis(next) },
  );
}
