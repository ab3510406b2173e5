/** Folds what wakes a person: which alarms stand, how often they rang, and who has answered. */
import { unreachable } from "../std/assert.ts";
import { emptyTrie, getIn, removeIn, setIn, type Trie } from "../std/trie.ts";
import { type AlarmFact, alarmKey, type Ringing } from "./model/alarm-fact.ts";
import type { State } from "./state.ts";

export const alarmsOf = ({ alarms = emptyTrie() }: State): Trie<Ringing> => alarms;

export function evolveAlarm(state: State, fact: AlarmFact): State {
  const key = alarmKey(fact);
  const alarms = alarmsOf(state);
  const known = getIn(alarms, key);
  switch (fact.kind) {
    case "AlarmRaised": {
      const { what, account, trade, since, at } = fact;
      const raised = { what, account, trade, since, rangAt: at, times: 0 };
      return { ...state, alarms: setIn(alarms, key, raised) };
    }
    case "AlarmRepeated":
      return withAlarm(state, known, { rangAt: fact.at, times: fact.times });
    case "AlarmAcknowledged":
      return withAlarm(state, known, { acknowledged: { at: fact.at, by: fact.by } });
    case "AlarmEnded":
      return { ...state, alarms: removeIn(alarms, key) };
    default:
      return unreachable(fact);
  }
}

const withAlarm = (state: State, known: Ringing | undefined, change: Partial<Ringing>): State =>
  known === undefined
    ? state
    : { ...state, alarms: setIn(alarmsOf(state), alarmKey(known), { ...known, ...change }) };
