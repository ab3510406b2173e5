/**
 * The health of the house as the books see it: a change is a fact, once, and so is what the house
 * does about it. Between two states that are both well nothing has changed.
 */
import { isWell } from "../model/health.ts";
import type { InputOf } from "../model/input.ts";
import { record, type Turn } from "../turn.ts";

export function decideHealth(turn: Turn, { moves, healings }: InputOf<"health">): void {
  const { at } = turn;
  for (const { component, to, reason } of moves) {
    const from = turn.state.health?.[component]?.state ?? "ok";
    if (from === to || (isWell(from) && isWell(to))) continue;
    record(turn, { at, kind: "HealthMoved", component, from, to, reason });
  }
  for (const healing of healings) record(turn, { at, kind: "HealingBegun", ...healing });
}
