/**
 * The weather of the wire: what befalls requests, events and connections on their way, and how the
 * venue answers the questions nobody outside can answer.
 *
 * Every open question is drawn from the seed, so that both answers come up all the time; the first
 * three of them, which are about brackets, are even.
 */
import { FAULT_NAMES, type FaultName } from "../../src/shell/topstepx-sim/fault-names.ts";
import type { FaultRates } from "../../src/shell/topstepx-sim/fault-odds.ts";
import { type Delays, NO_DELAYS, REAL_DELAYS } from "../../src/shell/topstepx-sim/settings.ts";
import { SWITCHES, type Switches } from "../../src/shell/topstepx-sim/switches.ts";

export interface WireWeather {
  readonly rates: FaultRates;
  readonly switches: Partial<Switches>;
  readonly delays: Delays;
  /** Milliseconds. */
  readonly tokenLife: number;
}

type Draw = (site: string, below: number) => number;

/** Per request, event or try, as the kind says; of a connection, per second. */
const RATE_MAX: Readonly<Record<FaultName, number>> = {
  "request-lost": 0.04,
  "answer-lost": 0.06,
  "answer-late": 0.1,
  "executed-late": 0.02,
  "rate-limited": 0.02,
  "rate-limited-until": 0.004,
  "server-error": 0.04,
  "server-error-executed": 0.03,
  unauthorized: 0.004,
  forbidden: 0.01,
  malformed: 0.03,
  "list-absent": 0.04,
  "read-stale": 0.06,
  "fill-first": 0.4,
  "event-lost": 0.15,
  "event-twice": 0.2,
  "event-late": 0.2,
  "hub-refused": 0.3,
  "hub-dropped": 0.006,
  "hub-stalled": 0.002,
  "hub-reset": 0.006,
  "hub-deaf": 0.006,
  "hub-logout": 0.0004,
};

const HOUR = 3_600_000;

export interface WireAims {
  readonly only?: readonly string[];
  readonly often?: FaultRates;
}

export function wireWeatherOf(draw: Draw, { only, often }: WireAims): WireWeather {
  const rate = (name: FaultName): number => {
    const aimed = often?.[name];
    if (aimed !== undefined) return aimed;
    if (only !== undefined) return only.includes(name) ? RATE_MAX[name] : 0;
    const isArmed = draw(`wire-armed/${name}`, 10) < 5;
    return isArmed ? (RATE_MAX[name] * (1 + draw(`wire-rate/${name}`, 100))) / 100 : 0;
  };
  return {
    rates: Object.fromEntries(FAULT_NAMES.map((name) => [name, rate(name)])),
    switches: switchesOf(draw),
    delays: draw("wire-delays", 4) === 0 ? NO_DELAYS : REAL_DELAYS,
    tokenLife: draw("wire-token", 3) === 0 ? HOUR / 6 : 24 * HOUR,
  };
}

const EVEN: readonly string[] = ["cancelLeg", "modifyLegSize", "partialClose"];

function switchesOf(draw: Draw): Partial<Switches> {
  const turned = Object.entries(SWITCHES).map(([name, values]) => {
    const isTurned = EVEN.includes(name) || draw(`switch-turned/${name}`, 2) === 0;
    return [name, values[isTurned ? draw(`switch/${name}`, values.length) : 0]];
  });
  // Every value comes from the list of its own name.
  return Object.fromEntries(turned) as Partial<Switches>;
}
