/**
 * A venue on a bad day: a stand-in around a stand-in.
 *
 * ```text
 * server, or the storm ─► faults ─► venue          neither of them knows
 * ```
 *
 * It is deterministic from its seed on any clock, so the storm on virtual time and the server on the
 * host's use the very same. Every strike has a name that is the same in every run of that seed
 * (`answer-lost#17`), is counted, told to who listens, and can be masked by that name.
 */
import type { Clock } from "../../ports/clock.ts";
import { type FaultName, isLineFault } from "./fault-names.ts";
import { type FaultRates, faultOdds, type OddsParts } from "./fault-odds.ts";
import { faultyHubs } from "./faulty-hubs.ts";
import { faultyRequests } from "./faulty-requests.ts";
import type { StandIn } from "./stand-in.ts";

export interface FaultParts extends OddsParts {
  readonly venue: StandIn;
  readonly clock: Clock;
  readonly rates: FaultRates;
}

export interface FaultyStandIn extends StandIn {
  /** A chance from 0 to 1; per request, event, try or second, as the kind says. */
  setRate(name: FaultName, rate: number): void;
  rate(name: FaultName): number;
  /**
   * Now, for what befalls a connection; else at the next `times` opportunities. `only` has to be part
   * of the path, the event or the hub's name. False when too many wait for theirs already.
   */
  strike(name: FaultName, times?: number, only?: string): boolean;
  /** From here on nothing goes wrong; what is late or lost already stays so. */
  calm(): void;
  /** How often each has struck. */
  counts(): Readonly<Record<FaultName, number>>;
}

export function withFaults({ venue, ...parts }: FaultParts): FaultyStandIn {
  const odds = faultOdds(parts);
  const requests = faultyRequests(venue, odds, parts.clock);
  const hubs = faultyHubs(venue, odds, parts.clock);
  return {
    receive: requests.receive,
    connect: hubs.connect,
    setRate(name, rate) {
      odds.setRate(name, rate);
      if (isLineFault(name)) hubs.redraw();
    },
    rate: odds.rate,
    strike(name, times = 1, only = "") {
      if (!isLineFault(name)) return odds.order(name, times, only);
      hubs.strike(name, only);
      return true;
    },
    calm() {
      odds.calm();
      hubs.redraw();
      requests.calm();
      hubs.calm();
    },
    counts: odds.counts,
  };
}
