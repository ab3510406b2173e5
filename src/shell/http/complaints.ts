/**
 * What went wrong with requests, for the operator: the first of a kind at once, the rest as a number.
 *
 * Anybody who reaches the port can make it complain as fast as he likes. A kind is told once a
 * minute, and how many more there were with its next.
 */
import type { SourceListener } from "../../ports/alert-source.ts";
import type { Clock } from "../../ports/clock.ts";

const SPAN = 60_000;

/** `who` and `kind` are names of ours, so there are only so many; `reason` holds no secret. */
export type Complain = (who: string, kind: string, reason: string) => void;

export function complaints(clock: Clock, listener: Pick<SourceListener, "fault">): Complain {
  const told = new Map<string, { readonly at: number; more: number }>();
  return (who, kind, reason) => {
    const key = `${who}/${kind}`;
    const last = told.get(key);
    const now = clock.now();
    if (last !== undefined && Math.abs(now - last.at) < SPAN) {
      last.more += 1;
      return;
    }
    told.set(key, { at: now, more: 0 });
    const more = last?.more ?? 0;
    const counted = more === 0 ? "" : ` (and ${more} more since it was last told)`;
    listener.fault({ where: who, reason: `${reason}${counted}` });
  };
}
