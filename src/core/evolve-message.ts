/** Remembers that a message was taken, and what it said about trades. */
import { setIn } from "../std/trie.ts";
import type { FactOf } from "./model/fact.ts";
import { takenKey, withSpoken } from "./spoken.ts";
import type { State } from "./state.ts";

type Taking = FactOf<"AlertRead" | "MessageIgnored" | "UpdateRead" | "AlertTracked">;

export const taken = (state: State, fact: Taking): State => ({
  ...state,
  messages: setIn(
    state.messages,
    takenKey(fact.message, "edit" in fact ? fact.edit : undefined),
    fact.at,
  ),
});

export const spoke = (state: State, fact: FactOf<"AlertRead" | "UpdateRead">): State => {
  const spoken = withSpoken(state.spoken, fact);
  return spoken === state.spoken ? state : { ...state, spoken };
};
