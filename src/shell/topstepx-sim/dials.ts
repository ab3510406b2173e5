/**
 * What tests and the control API can turn while the venue is open: its switches, its pace, its terms
 * of filling, what it says of its contracts, and whom it refuses next.
 */
import { ok, type Result } from "../../std/result.ts";
import type { ListedContract } from "./contracts.ts";
import type { Delays, StandInSettings } from "./settings.ts";
import { DEFAULT_SWITCHES, type Switches, turned } from "./switches.ts";
import { type Refusal, type Wishes, wishes } from "./wishes.ts";

export interface Dials {
  setSwitch(name: string, value: string): Result<void, string>;
  /** From now on; what is on its way already keeps its pace. */
  setDelays(change: Partial<Delays>): void;
  /** What is said of that contract is not what is; as it was seen of tick sizes. */
  misstate(contract: string, change: Partial<ListedContract>): void;
  /**
   * The next call of that path is refused with these words, once it has passed the gate; one that
   * reads then gives no list at all. Or the next leg of a bracket, in the moment it should begin to
   * work: `bracket/stop`, `bracket/target`.
   */
  refuseNext(path: string, refusal: Refusal): void;
  switches(): Switches;
}

/** How the parts of the venue read them. */
export interface DialReadings {
  readonly switches: () => Switches;
  readonly delays: () => Delays;
  readonly wished: Wishes["take"];
  readonly stated: (contract: ListedContract) => ListedContract;
}

export function dials(settings: StandInSettings): {
  readonly turn: Dials;
  readonly read: DialReadings;
} {
  let switches: Switches = { ...DEFAULT_SWITCHES, ...settings.switches };
  let { delays } = settings;
  const wanted = wishes();
  const misstated = new Map<string, Partial<ListedContract>>();
  const current = (): Switches => switches;
  return {
    turn: {
      setSwitch(name, value) {
        const next = turned(switches, name, value);
        if (!next.ok) return next;
        switches = next.value;
        return ok(undefined);
      },
      setDelays(change) {
        delays = { ...delays, ...change };
      },
      misstate: (contract, change) =>
        void misstated.set(contract, { ...misstated.get(contract), ...change }),
      refuseNext: wanted.add,
      switches: current,
    },
    read: {
      switches: current,
      delays: () => delays,
      wished: wanted.take,
      stated: (contract) => ({ ...contract, ...misstated.get(contract.id) }),
    },
  };
}
