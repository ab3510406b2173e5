/**
 * What a seed is made of.
 *
 * Every kind of fault is armed with some probability and then has a rate of its own, so that seeds
 * differ in kind and not only in luck: some are calm but for one fault, some have all of them. A
 * fault fires by a counter-based draw, so one can be masked without moving the others; shrinking
 * a failing seed is just that.
 */

import type { FaultName } from "../../src/shell/topstepx-sim/fault-names.ts";
import type { FaultRates } from "../../src/shell/topstepx-sim/fault-odds.ts";
import { chance } from "../../src/std/seeded.ts";
import { type Edit, editsOf } from "./editor.ts";
import { firmFor, type StormFirm } from "./firm.ts";
import { asksFlat, type StormHours } from "./hours.ts";
import { type StormScore, scoreFor } from "./scorer.ts";
import { type WireWeather, wireWeatherOf } from "./wire-weather.ts";

export const FAULTS = [
  "request-lost",
  "request-late",
  "answer-lost",
  "answer-late",
  "report-dropped",
  "report-doubled",
  "report-late",
  "place-refused",
  "leg-refused",
  "modify-refused",
  "snapshot-lost",
  "snapshot-late",
  "crash-before-journal",
  "crash-after-journal",
  "crash-before-send",
  "crash-after-send",
  "crash-at-random",
  "disk-refuses",
  "message-doubled",
  "message-late",
  "message-edited",
  "word",
  "price-gap",
  "price-whip",
  "foreign-order",
  "hand",
  "command",
  "line-breaks",
  "letter-fails",
] as const;
export type FaultKind = (typeof FAULTS)[number];
const KINDS: readonly string[] = FAULTS;
export const isFaultKind = (word: string): word is FaultKind => KINDS.includes(word);

/** Thousandths, at most, that a fault of this kind fires when it could. */
const RATE_MAX: Readonly<Record<FaultKind, number>> = {
  "request-lost": 60,
  "request-late": 60,
  "answer-lost": 80,
  "answer-late": 200,
  "report-dropped": 150,
  "report-doubled": 200,
  "report-late": 200,
  "place-refused": 100,
  "leg-refused": 40,
  "modify-refused": 40,
  "snapshot-lost": 200,
  "snapshot-late": 150,
  "crash-before-journal": 6,
  "crash-after-journal": 6,
  "crash-before-send": 6,
  "crash-after-send": 6,
  "crash-at-random": 2,
  "disk-refuses": 4,
  "message-doubled": 400,
  "message-late": 200,
  "message-edited": 200,
  word: 40,
  "price-gap": 6,
  "price-whip": 6,
  "foreign-order": 2,
  hand: 4,
  command: 6,
  "line-breaks": 8,
  "letter-fails": 500,
};

export interface Weather {
  readonly seed: number;
  readonly brackets: "native" | "none";
  readonly entry: "limit" | "market";
  readonly anchor: "alert" | "fill";
  readonly onBreakevenPassed: "exit" | "keep";
  readonly accounts: number;
  /** They share one login, and so its calls. */
  readonly sharesLogin: boolean;
  readonly latency: number;
  /** After this long without an answer the line gives up and says that it does not know. */
  readonly timeout: number;
  readonly slippage: number;
  readonly limitFill: "through" | "touch";
  readonly partialPermille: number;
  /** Farther than this behind the market a stop waits instead of filling; null fills it anywhere. */
  readonly stopProtection: number | null;
  /** A venue that goes on while we are down, as a real one does; else it rests with us. */
  readonly venueSurvives: boolean;
  readonly alertEvery: number;
  /** Those a trader begins with, or limits so wide that nothing meets them. */
  readonly limits: "wide" | "real";
  /** The firm they belong to; only beside real limits. */
  readonly firm: StormFirm | null;
  /** Where the risk score refuses entries and makes them smaller; null: it is only told. */
  readonly score: StormScore | null;
  /** Alerts are traded in the mini, and where not one fits in the micro. */
  readonly minis: boolean;
  /** Thousandths of the alerts that come from a room which asks a person first. */
  readonly asksPermille: number;
  readonly hours: StormHours;
  /** Of the configuration, while the program runs. */
  readonly edits: readonly Edit[];
  /** Somebody away from the screen is told. */
  readonly hasPost: boolean;
  readonly rates: Readonly<Record<FaultKind, number>>;
  /** Null where no wire lies between the program and its venue. */
  readonly wire: WireWeather | null;
}

/** The paper venue at the broker port, or the TopstepX adapter and the stand-in venue behind it. */
export type VenueKind = "paper" | "wire";

export interface WeatherAims {
  readonly venue?: VenueKind;
  /** Only these kinds, all armed at their highest rate. */
  readonly only?: readonly (FaultKind | FaultName)[];
  /** Kinds of the wire that come more often than they would. */
  readonly often?: FaultRates;
  readonly brackets?: "native" | "none";
  readonly entry?: "limit" | "market";
  readonly venueSurvives?: boolean;
  readonly partialPermille?: number;
  readonly asksPermille?: number;
  readonly limits?: Weather["limits"];
  /** Something is published, where the firm wants nothing held then. */
  readonly report?: boolean;
  readonly scored?: boolean;
  readonly minis?: boolean;
}

const HOURS: readonly StormHours[] = ["cut-off", "news", "lock-out"];

export function weatherOf(seed: number, aims: WeatherAims = {}): Weather {
  const draw = (site: string, below: number): number => chance(seed, `weather/${site}`, 0) % below;
  const brackets = aims.brackets ?? (draw("brackets", 10) < 7 ? "native" : "none");
  const limits = aims.limits ?? (draw("limits", 5) === 0 ? "real" : "wide");
  const firm = limits === "real" ? firmFor(seed) : null;
  return {
    seed,
    brackets,
    entry: aims.entry ?? (draw("entry", 4) === 0 ? "market" : "limit"),
    anchor: draw("anchor", 4) === 0 ? "fill" : "alert",
    onBreakevenPassed: draw("passed", 4) === 0 ? "keep" : "exit",
    accounts: 1 + draw("accounts", 3),
    sharesLogin: draw("login", 2) === 0,
    latency: [0, 5, 40, 250][draw("latency", 4)] ?? 0,
    timeout: [300, 2_000][draw("timeout", 2)] ?? 2_000,
    slippage: draw("slippage", 3),
    limitFill: draw("limit-fill", 2) === 0 ? "touch" : "through",
    partialPermille: aims.partialPermille ?? [0, 200, 600, 900][draw("partial", 4)] ?? 0,
    stopProtection: draw("stop-protection", 3) === 0 ? 8 + draw("protection", 12) : null,
    // Without brackets of its own a venue that goes on leaves open what nobody can close.
    venueSurvives: brackets === "native" && (aims.venueSurvives ?? draw("survives", 2) === 0),
    // A busy channel has the next alert before a lost order turns up.
    alertEvery: draw("busy", 3) === 0 ? 22 + draw("alerts", 20) : 60 + draw("alerts", 160),
    limits,
    firm,
    score: isScored(aims, draw) ? scoreFor(seed) : null,
    minis: isOfMinis(aims, draw),
    asksPermille: aims.asksPermille ?? [0, 300, 600][draw("asks", 3)] ?? 0,
    // Who looks for one kind of fault wants the whole half hour for it.
    hours: hoursOf(draw, firm, aims),
    edits: aims.only === undefined ? editsOf(draw) : [],
    hasPost: aims.only?.includes("letter-fails") ?? draw("post", 12) === 0,
    rates: ratesOf(draw, aims.only),
    wire: aims.venue === "wire" ? wireWeatherOf(draw, aims) : null,
  };
}

type Draw = (site: string, below: number) => number;

/** Few firms want nothing held around a report: theirs always have one. */
function hoursOf(draw: Draw, firm: StormFirm | null, { only, report }: WeatherAims): StormHours {
  const isAsked = firm?.plan.news?.some(asksFlat) === true;
  if (isAsked && (report === true || only === undefined)) return "firm-news";
  return only === undefined ? (HOURS[draw("hours", 15)] ?? "usual") : "usual";
}

/** Who looks for one kind of fault wants every entry for it. */
const isScored = ({ scored, only }: WeatherAims, draw: Draw): boolean =>
  scored ?? (only === undefined && draw("score", 8) === 0);

/** The stand-in venue at the wire lists one product. */
const isOfMinis = ({ minis, only, venue }: WeatherAims, draw: Draw): boolean =>
  minis ?? (venue !== "wire" && only === undefined && draw("minis", 6) === 0);

function ratesOf(draw: (site: string, below: number) => number, only?: WeatherAims["only"]) {
  const rate = (kind: FaultKind): number => {
    if (only) return only.includes(kind) ? RATE_MAX[kind] : 0;
    const armed = draw(`armed/${kind}`, 10) < 6;
    return armed ? draw(`rate/${kind}`, RATE_MAX[kind] + 1) : 0;
  };
  return Object.fromEntries(FAULTS.map((kind) => [kind, rate(kind)])) as Record<FaultKind, number>;
}

/** One fired fault, by name: what shrinking switches off. */
export type Fired = `${FaultKind | FaultName}#${number}`;

export interface Faults {
  /** Does a fault of this kind strike now? Counts every question, so answers stay in place. */
  strikes(kind: FaultKind): boolean;
  /** A whole number below `limit`, the same in every run of this seed. */
  draw(site: string, limit: number): number;
  /** Faults that struck, in order. */
  readonly fired: readonly Fired[];
  /** No fault strikes any more. */
  calm(): void;
}

export function faultsOf(weather: Weather, masked: ReadonlySet<Fired>): Faults {
  const counts = new Map<string, number>();
  const fired: Fired[] = [];
  let calm = false;
  const count = (site: string): number => {
    const next = (counts.get(site) ?? 0) + 1;
    counts.set(site, next);
    return next;
  };
  return {
    fired,
    calm: () => {
      calm = true;
    },
    draw: (site, limit) => chance(weather.seed, site, count(`draw/${site}`)) % limit,
    strikes(kind) {
      const number = count(kind);
      if (calm || chance(weather.seed, kind, number) % 1000 >= weather.rates[kind]) return false;
      const name: Fired = `${kind}#${number}`;
      if (masked.has(name)) return false;
      fired.push(name);
      return true;
    },
  };
}
