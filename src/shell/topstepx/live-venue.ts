/**
 * TopstepX behind one login: orders, quotes, and the operator's desk.
 *
 * ```text
 * transport ─► gateway ─┬─ broker
 *                       ├─ market data
 *                       └─ desk
 * ```
 */
import type { TopstepxConfig } from "../../core/model/config.ts";
import type { Root } from "../../core/model/instrument.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LiveVenue } from "../../ports/live-venue.ts";
import type { Log } from "../../ports/log.ts";
import { invariant } from "../../std/assert.ts";

export interface LiveVenueParts {
  readonly config: TopstepxConfig;
  readonly apiKey: string;
  /** What may be traded here. */
  readonly roots: readonly Root[];
  readonly clock: Clock;
  readonly log: Log;
}

export function openLiveVenue(_parts: LiveVenueParts): LiveVenue {
  invariant(false, "the gateway client is plugged in");
}
