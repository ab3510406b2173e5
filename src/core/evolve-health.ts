/** Folds how the parts of the house are: only what is not well is remembered. */
import { unreachable } from "../std/assert.ts";
import type { Ailments } from "./model/health.ts";
import type { HealthFact } from "./model/health-fact.ts";
import type { State } from "./state.ts";

export function evolveHealth(state: State, fact: HealthFact): State {
  switch (fact.kind) {
    case "HealthMoved":
      return moved(state, fact);
    case "HealingBegun":
      return state; // whether it helped, the next look shows
    default:
      return unreachable(fact);
  }
}

function moved(state: State, fact: Extract<HealthFact, { kind: "HealthMoved" }>): State {
  const { at, component, to, reason } = fact;
  const { [component]: _, ...rest } = state.health ?? {};
  const health: Ailments =
    to === "degraded" || to === "failed"
      ? { ...rest, [component]: { state: to, reason, since: at } }
      : rest;
  return { ...state, health };
}
