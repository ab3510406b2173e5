/** The transport over the real network: exchanges by one technology, hubs by another, the host's time. */
import type { Clock } from "../../ports/clock.ts";
import type { HttpTransport } from "./http-transport.ts";
import type { Transport } from "./transport.ts";

export interface NetworkParts {
  readonly clock: Clock;
  readonly http: HttpTransport;
  readonly hubs: Pick<Transport, "connect" | "close">;
}

export const networkTransport = ({ clock, http, hubs }: NetworkParts): Transport => ({
  clock,
  exchange: http.exchange,
  connect: hubs.connect,
  close() {
    http.close();
    hubs.close();
  },
});
