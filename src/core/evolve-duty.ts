/** Folds what was told of the day, and which sources are heard. */
import { unreachable } from "../std/assert.ts";
import type { DutyFact } from "./model/duty-fact.ts";
import type { State } from "./state.ts";

export function evolveDuty(state: State, fact: DutyFact): State {
  switch (fact.kind) {
    case "ReadyTold":
      return { ...state, told: { ...state.told, ready: fact.tradeDate } };
    case "ClosingTold":
      return { ...state, told: { ...state.told, closing: fact.tradeDate } };
    case "SummaryDue":
      return { ...state, told: { ...state.told, [fact.period]: fact.tradeDate } };
    case "ChannelPassed": {
      const { channel, fingerprint, at } = fact;
      return { ...state, passes: { ...state.passes, [channel]: { fingerprint, at } } };
    }
    case "SourceMoved": {
      const { source, state: moved, at } = fact;
      return { ...state, sources: { ...state.sources, [source]: { state: moved, at } } };
    }
    default:
      return unreachable(fact);
  }
}
