/** Situations that only a wire can bring about. A window in which one never came was too mild. */
import type { FaultName } from "../../src/shell/topstepx-sim/fault-names.ts";
import type { Strike } from "../../src/shell/topstepx-sim/fault-odds.ts";
import type { Situation } from "./sometimes.ts";

export const WIRE_SITUATIONS = [
  "an order was accepted, and its answer lost",
  "events overtook the answer to an order",
  "an order was carried out when nobody waited any more",
  "500, and the order was carried out",
  "a change was carried out, and its answer lost",
  "429 while reducing",
  "401 with a position open",
  "an old list with a position open",
  "an absent list with a position open",
  "the hub went with a position open",
  "the hub fell silent with a position open",
  "a fill while the hub is down",
  "an event lost with a position open",
  "the hub would not let us in",
] as const;
export type WireSituation = (typeof WIRE_SITUATIONS)[number];

/** The adapter keeps a fill until the answer it overtook was told, and one product is traded there. */
export const NOT_AT_THE_WIRE: readonly Situation[] = [
  "fill before its answer",
  "a mini was traded",
  "a mini became micros",
];

const PLACE = "/api/Order/place";
const REDUCING = [
  "/api/Order/cancel",
  "/api/Order/modify",
  "/api/Position/closeContract",
  "/api/Position/partialCloseContract",
];

const OF_PLACE: Partial<Record<FaultName, WireSituation>> = {
  "answer-lost": "an order was accepted, and its answer lost",
  "fill-first": "events overtook the answer to an order",
  "executed-late": "an order was carried out when nobody waited any more",
  "server-error-executed": "500, and the order was carried out",
};

const WHILE_REDUCING: Partial<Record<FaultName, WireSituation>> = {
  "answer-lost": "a change was carried out, and its answer lost",
  "rate-limited": "429 while reducing",
  "rate-limited-until": "429 while reducing",
};

const WHILE_EXPOSED: Partial<Record<FaultName, WireSituation>> = {
  unauthorized: "401 with a position open",
  "read-stale": "an old list with a position open",
  "list-absent": "an absent list with a position open",
  "hub-dropped": "the hub went with a position open",
  "hub-reset": "the hub went with a position open",
  "hub-logout": "the hub went with a position open",
  "hub-stalled": "the hub fell silent with a position open",
  "hub-deaf": "the hub fell silent with a position open",
  "event-lost": "an event lost with a position open",
};

export function situationOfStrike(
  { name, what }: Strike,
  isExposed: boolean,
): WireSituation | null {
  if (name === "hub-refused") return "the hub would not let us in";
  const ofCall =
    what === PLACE ? OF_PLACE[name] : REDUCING.includes(what) ? WHILE_REDUCING[name] : undefined;
  return ofCall ?? (isExposed ? (WHILE_EXPOSED[name] ?? null) : null);
}
