/**
 * The requests of a bad day.
 *
 * One fault at most strikes a request. All that could have is drawn anyway, so that a fault which is
 * switched off leaves the others where they were.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { unreachable } from "../../std/assert.ts";
import { REQUEST_FAULT_NAMES, type RequestFault } from "./fault-names.ts";
import type { Odds } from "./fault-odds.ts";
import { EMPTY } from "./request.ts";
import { LAG_MAX, staleReads, withoutLists } from "./stale-reads.ts";
import type { Answered, StandIn, WireAnswer, WireRequest } from "./stand-in.ts";

export interface FaultyRequests {
  receive(request: WireRequest, answered: Answered): void;
  /** Storms are over. */
  calm(): void;
}

const isRead = (path: string): boolean => /search|query|available|retrieveBars/i.test(path);
const isLogin = (path: string): boolean => /^\/api\/(Auth|Status)\//i.test(path);
const isPlace = (path: string): boolean => /\/Order\/place$/i.test(path);

function fits(name: RequestFault, path: string): boolean {
  if (name === "fill-first") return isPlace(path);
  if (name === "unauthorized") return !isLogin(path);
  return name === "read-stale" || name === "list-absent" ? isRead(path) : true;
}

export function faultyRequests(
  { receive }: Pick<StandIn, "receive">,
  odds: Odds,
  clock: Clock,
): FaultyRequests {
  const reads = staleReads();
  const fitting = fittingTo();
  let stormUntil: Millis = clock.now();

  const later = (delay: number, task: () => void): void =>
    void clock.schedule(millis(clock.now() + delay), task);

  /** Carried out; what comes back is changed on its way. */
  function pass(
    request: WireRequest,
    answered: Answered,
    change: (answer: WireAnswer) => WireAnswer | "cut" = (answer) => answer,
  ): void {
    receive(request, (answer) => {
      if (answer === "cut") return answered("cut");
      const told = change(answer);
      if (isRead(request.path)) reads.remember(request, answer, clock.now());
      answered(told);
    });
  }

  const delayed = (request: WireRequest, answered: Answered, delay: number): void =>
    pass(request, (answer) => later(delay, () => answered(answer)));

  return {
    receive(request, answered) {
      const { path } = request;
      if (clock.now() < stormUntil && !isLogin(path)) return answered(EMPTY(401));
      const strike = odds.draw(fitting(path), path);
      if (strike === null) return pass(request, answered);
      const { name, between } = strike;
      switch (name) {
        case "request-lost":
          return answered("cut");
        case "answer-lost":
          return pass(request, answered, () => "cut");
        case "answer-late":
          return delayed(request, answered, between(100, 5_000));
        case "fill-first":
          return delayed(request, answered, between(20, 200));
        case "executed-late":
          return later(between(10_001, 15_000), () => pass(request, answered));
        case "rate-limited":
          return answered(EMPTY(429));
        case "rate-limited-until":
          return answered({ ...EMPTY(429), headers: { "retry-after": String(between(1, 10)) } });
        case "server-error":
          return answered(EMPTY(500));
        case "server-error-executed":
          return pass(request, answered, () => EMPTY(500));
        case "unauthorized":
          stormUntil = millis(clock.now() + between(500, 5_000));
          return answered(EMPTY(401));
        case "forbidden":
          return answered(EMPTY(403));
        case "malformed":
          return pass(request, answered, cutInHalf);
        case "list-absent":
          return pass(request, answered, withoutLists);
        case "read-stale": {
          const lag = between(1_000, LAG_MAX);
          return pass(request, answered, (now) => reads.before(request, now, clock.now(), lag));
        }
        default:
          return unreachable(name);
      }
    },
    calm() {
      stormUntil = clock.now();
    },
  };
}

/** There are some twenty paths; of those nobody serves there may be any number. */
const PATHS_MAX = 100;

function fittingTo(): (path: string) => readonly RequestFault[] {
  const known = new Map<string, readonly RequestFault[]>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    if (known.size >= PATHS_MAX) known.clear();
    const names = REQUEST_FAULT_NAMES.filter((name) => fits(name, path));
    known.set(path, names);
    return names;
  };
}

const cutInHalf = (answer: WireAnswer): WireAnswer => ({
  ...answer,
  body: answer.body.slice(0, Math.floor(answer.body.length / 2)),
});
