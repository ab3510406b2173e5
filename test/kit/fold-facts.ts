/** The state that a list of facts adds up to. */
import { evolve } from "../../src/core/evolve.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { initialState, type State } from "../../src/core/state.ts";

export const foldFacts = (facts: readonly Fact[]): State => facts.reduce(evolve, initialState);
