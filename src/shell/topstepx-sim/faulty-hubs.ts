/**
 * The hub connections of a bad day.
 *
 * ```text
 * venue ─► peer of the venue ──(lost, twice, late, deaf)──► peer of the client
 *              connection ──(dropped, stalled, reset, logout: once, after a while)──► gone
 * ```
 *
 * How long a connection lives is drawn when it begins, one life for each kind of end; a rate that is
 * changed draws anew, which a chance that has no memory allows.
 */
import { millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { invariant, unreachable } from "../../std/assert.ts";
import { EVENT_FAULT_NAMES, LINE_FAULT_NAMES, type LineFault } from "./fault-names.ts";
import type { Odds, Strike } from "./fault-odds.ts";
import { CLOSED_WITH_ERROR } from "./signalr.ts";
import type { HubPeer, HubSession, StandIn } from "./stand-in.ts";

export interface FaultyHubs {
  connect: StandIn["connect"];
  /** At once, to every connection of the hubs whose name contains `only`. */
  strike(name: LineFault, only: string): void;
  /** Draws every life anew. */
  redraw(): void;
  /** Nobody is deaf any more. */
  calm(): void;
}

interface Connection {
  readonly hub: "user" | "market";
  suffer(name: LineFault, strike: Strike): void;
  redraw(): void;
  hear(): void;
}

const REFUSALS = [401, 403, 502];

export function faultyHubs(venue: Pick<StandIn, "connect">, odds: Odds, clock: Clock): FaultyHubs {
  const connections = new Set<Connection>();

  return {
    connect(hub, token, peer) {
      const refused = odds.draw(["hub-refused"], hub);
      if (refused !== null) return statusOf(refused);
      const line = faultyLine({ odds, clock, hub, peer });
      const session = venue.connect(hub, token, line.peer);
      if (typeof session === "number") return session;
      connections.add(line);
      line.redraw();
      return {
        invoke: session.invoke,
        gone() {
          connections.delete(line);
          line.over();
          session.gone();
        },
      } satisfies HubSession;
    },
    strike(name, only) {
      for (const one of [...connections]) {
        if (one.hub.includes(only)) one.suffer(name, odds.force(name, one.hub));
      }
    },
    redraw() {
      for (const one of connections) one.redraw();
    },
    calm() {
      for (const one of connections) one.hear();
    },
  };
}

function statusOf({ between }: Strike): number {
  const status = REFUSALS[between(0, REFUSALS.length - 1)];
  invariant(status !== undefined, "a refusal is one of the list");
  return status;
}

interface LineParts {
  readonly odds: Odds;
  readonly clock: Clock;
  readonly hub: "user" | "market";
  readonly peer: HubPeer;
}

interface FaultyLine extends Connection {
  /** What the venue speaks to. */
  readonly peer: HubPeer;
  over(): void;
}

function faultyLine({ odds, clock, hub, peer }: LineParts): FaultyLine {
  const pending = new Map<LineFault, () => void>();
  let deafUntil = clock.now();
  let isOver = false;

  const callOff = (name: LineFault): void => {
    pending.get(name)?.();
    pending.delete(name);
  };

  function live(name: LineFault): void {
    callOff(name);
    const life = isOver ? null : odds.lifetime(name, hub);
    if (life === null) return;
    const end = (): void => {
      pending.delete(name);
      const strike = life.strike();
      if (strike !== null) suffer(name, strike);
      live(name);
    };
    pending.set(name, clock.schedule(millis(clock.now() + life.seconds * 1_000), end));
  }

  function over(): void {
    isOver = true;
    for (const name of LINE_FAULT_NAMES) callOff(name);
  }

  function suffer(name: LineFault, { between }: Strike): void {
    switch (name) {
      case "hub-deaf":
        deafUntil = millis(clock.now() + between(5_000, 60_000));
        return;
      case "hub-stalled":
        return peer.stall();
      case "hub-dropped":
        return peer.end(CLOSED_WITH_ERROR);
      case "hub-reset":
        return peer.cut();
      case "hub-logout":
        peer.send("GatewayLogout", []);
        return peer.end(null);
      default:
        return unreachable(name);
    }
  }

  return {
    hub,
    peer: {
      ...peer,
      send(target, args) {
        const strike = odds.draw(EVENT_FAULT_NAMES, target);
        const send = (): void => {
          if (!isOver) peer.send(target, args);
        };
        if (strike?.name === "event-lost" || clock.now() < deafUntil) return;
        if (strike?.name === "event-twice") send();
        if (strike?.name !== "event-late") return send();
        clock.schedule(millis(clock.now() + strike.between(50, 3_000)), send);
      },
    },
    suffer,
    redraw() {
      for (const name of LINE_FAULT_NAMES) live(name);
    },
    hear() {
      deafUntil = clock.now();
    },
    over,
  };
}
