/**
 * So many requests a minute from one sender, and no more.
 *
 * TradingView stops an alert by itself after 15 triggers in three minutes; whoever sends sixty in
 * one is a loop, not a trader.
 */
import type { Clock } from "../../ports/clock.ts";

const SPAN = 60_000;
export const REQUESTS_MAX = 60;

/** Whether there is room for one more; asking takes it. */
export type Allowance = (who: string) => boolean;

/** `who` is a name of the configuration, so there are only so many. */
export function allowance(clock: Clock, max = REQUESTS_MAX): Allowance {
  const windows = new Map<string, { readonly since: number; count: number }>();
  return (who) => {
    const now = clock.now();
    const open = windows.get(who);
    if (open === undefined || Math.abs(now - open.since) >= SPAN) {
      windows.set(who, { since: now, count: 1 });
      return true;
    }
    open.count += 1;
    return open.count <= max;
  };
}
