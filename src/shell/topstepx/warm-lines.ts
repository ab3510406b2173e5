/**
 * Keeps a connection open for each order that one alert sends.
 *
 * ```text
 * every 40 s   ping ─┐
 *              ping ─┼─► at once, so each takes a connection of its own, and keeps it for 50 s more
 *              ping ─┘
 * ```
 *
 * An alert to five accounts is five orders at once. The looks at a flat account keep two connections
 * open; the other three orders would first have to greet the venue, and over the internet that takes
 * longer than all the rest. A ping asks for nothing and needs no token. It is a call all the same: where the
 * calls of this minute are half spent, it waits for a quieter one.
 */
import { millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { GatewayClient } from "./gateway-client.ts";

export interface WarmLines {
  close(): void;
}

export interface WarmLinesParts {
  readonly clock: Clock;
  readonly gateway: Pick<GatewayClient, "health" | "ping">;
  /** Orders that may leave together. */
  readonly orders: number;
}

/** Connections are closed after 49 s without use. */
const EVERY = 40_000;
const FIRST_AFTER = 5_000;
/** The pair of lists that is read every ten seconds. */
const OPEN_ANYWAY = 2;
const LINES_MAX = 8;
/** Calls in the last 60 s; half of what we take. */
const SPENT_MAX = 80;

export function warmLines({ clock, gateway, orders }: WarmLinesParts): WarmLines {
  if (orders <= OPEN_ANYWAY) return { close() {} };
  let callOff = (): void => {};
  const touchIn = (wait: number): void => {
    callOff = clock.schedule(millis(clock.now() + wait), () => {
      const { spent, hasToken } = gateway.health();
      const lines = spent > SPENT_MAX || !hasToken ? 0 : Math.min(orders, LINES_MAX);
      // What becomes of one is seen by whoever next has something to say.
      for (let line = 0; line < lines; line++) gateway.ping(() => {});
      touchIn(EVERY);
    });
  };
  touchIn(FIRST_AFTER);
  return { close: () => callOff() };
}
