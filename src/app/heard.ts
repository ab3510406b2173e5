/**
 * What a text becomes, told before or after it happened: the same facts, the same words.
 *
 * Looking ahead costs nothing and changes nothing, because a step is a pure function: the text is
 * decided on the state as it is, and what comes out is thrown away.
 */
import { step } from "../core/engine.ts";
import type { Fact } from "../core/model/fact.ts";
import type { Input } from "../core/model/input.ts";
import type { Message } from "../core/model/message.ts";
import { type Millis, money, toDollars } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import { narratorOf } from "../core/views/narrator.ts";
import { narrate, type TimelineLine, timelineView } from "../core/views/timeline.ts";
import type { Heard } from "../ports/control.ts";
import { valuesOf } from "../std/trie.ts";

/** A message as the operator hands it in; the same id again is the same message. */
export const pasted = (id: string, text: string, at: Millis): Message => ({
  source: "paste",
  channel: "paste",
  id,
  author: null,
  text,
  embeds: [],
  referenced: null,
  event: "create",
  previous: null,
  sentAt: at,
});

export const foresee = (state: State, input: Input): Heard =>
  heardOf(state, step(state, input).facts);

/** `before` is the state in which the facts began. */
export function heardOf(before: State, facts: readonly Fact[]): Heard {
  const plans = facts.flatMap((fact) =>
    fact.kind === "TradePlanned" || fact.kind === "AlertShadowed" ? [fact.plan] : [],
  );
  const risk = plans.reduce((sum, plan) => sum + plan.risk, 0);
  return {
    outcome: outcomeOf(facts),
    lines: linesOf(before, facts).map(timelineView),
    riskUsd: toDollars(money(risk)),
  };
}

function outcomeOf(facts: readonly Fact[]): Heard["outcome"] {
  const has = (...kinds: readonly Fact["kind"][]): boolean =>
    facts.some(({ kind }) => kinds.includes(kind));
  if (has("TradePlanned")) return "traded";
  if (has("AlertShadowed")) return "shadowed";
  if (has("AlertHeld", "ReentryPostponed")) return "waits";
  if (has("AlertRefused", "TradeRefused")) return "refused";
  return has("MessageIgnored") ? "ignored" : "known";
}

function linesOf(before: State, facts: readonly Fact[]): readonly TimelineLine[] {
  let narrator = narratorOf(before.settings, valuesOf(before.trades));
  return facts.flatMap((fact) => {
    const told = narrate(narrator, fact);
    narrator = told.narrator;
    return told.lines;
  });
}
