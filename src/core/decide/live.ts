/**
 * May this account trade live? Once a person has said so, by name, and for these limits.
 *
 * ```text
 * enabled never ──────────────────────► not enabled
 * enabled under another name ─────────► the account is another one
 * enabled, limits raised since ───────► each raised limit
 * enabled, limits the same or lower ──► yes
 * ```
 */
import { getIn } from "../../std/trie.ts";
import type { FactOf } from "../model/fact.ts";
import type { AccountRules, Settings } from "../model/rules.ts";
import type { Millis } from "../model/units.ts";
import { raisedSince } from "../risk/raised.ts";
import type { State } from "../state.ts";

/** Why a person has to be asked before it trades live; empty when one has said yes. */
export function unenabled(
  state: State,
  { ruleSets }: Settings,
  { id, name, rules }: AccountRules,
): readonly string[] {
  const enabled = getIn(state.enabled, id);
  const now = ruleSets[rules];
  if (enabled === undefined || now === undefined)
    return [`${name} is not enabled for live trading`];
  if (enabled.name !== name)
    return [`account ${id} was enabled as ${enabled.name}, not as ${name}`];
  return raisedSince(enabled.ruleSet, now).map((what) => `${name} was enabled for less: ${what}`);
}

export function enableLive(
  at: Millis,
  { ruleSets }: Settings,
  { id, name, rules }: AccountRules,
): FactOf<"LiveEnabled"> | null {
  const ruleSet = ruleSets[rules];
  return ruleSet === undefined
    ? null
    : { at, kind: "LiveEnabled", account: id, name, rules, ruleSet };
}
