/**
 * Whether something comes back over the lines to the venue, found out by listening to what passes.
 *
 * ```text
 * exchange ─► answered, whatever it says ─► the line works
 *         └─► not sent, lost ─────────────► silent, since the first of them
 * hub ─► up, down
 * ```
 *
 * Nothing is sent for it. A hub that was closed because nobody needs it any more counts as silent:
 * whoever closes it does not look here any longer.
 */
import type { Millis } from "../../core/model/units.ts";
import type { VenueLine, VenueLines } from "../../ports/live-venue.ts";
import type { HubListener, HubName, Transport } from "./transport.ts";

export interface WatchedTransport extends Transport {
  lines(): VenueLines;
}

const WORKS: VenueLine = { silentSince: null, reason: "" };

const silent = (before: VenueLine | null, at: Millis, reason: string): VenueLine => ({
  silentSince: before?.silentSince ?? at,
  reason,
});

export function watchedLines(transport: Transport): WatchedTransport {
  const { clock } = transport;
  let rest: VenueLine | null = null;
  const hubs: Record<HubName, VenueLine | null> = { user: null, market: null };

  const heardOn = (hub: HubName, listener: HubListener): HubListener => ({
    up() {
      hubs[hub] = WORKS;
      listener.up();
    },
    down(reason) {
      hubs[hub] = silent(hubs[hub], clock.now(), reason);
      listener.down(reason);
    },
    event: (target, args) => listener.event(target, args),
  });

  return {
    clock,
    exchange(exchange, replied) {
      transport.exchange(exchange, (reply) => {
        rest = reply.kind === "answered" ? WORKS : silent(rest, clock.now(), reply.reason);
        replied(reply);
      });
    },
    connect: (hub, token, listener) => transport.connect(hub, token, heardOn(hub, listener)),
    close: () => transport.close(),
    lines: () => ({ rest, userHub: hubs.user, marketHub: hubs.market }),
  };
}
