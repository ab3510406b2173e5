/**
 * May this account trade live? Once a person has said so, by name, and for these limits.
 *
 * ```text
 * enabled never ──────────────────────► not enabled
 * enabled under another name ─────────► the account is another one
 * enabled, limits raised since ───────► each raised limit
 * enabled for another plan of a firm ─► the plan is another one
 * enabled, the plan asks less since ──► each thing it asks less
 * enabled, limits the same or lower ──► yes
 * ```
 */
import { getIn } from "../../std/trie.ts";
import type { FactOf } from "../model/fact.ts";
import type { FirmAllowed } from "../model/firm-state.ts";
import type { AccountRules, Settings } from "../model/rules.ts";
import type { Millis } from "../model/units.ts";
import { looserTerms } from "../risk/looser-plan.ts";
import { raisedSince } from "../risk/raised.ts";
import type { Enabled, State } from "../state.ts";

/** Why a person has to be asked before it trades live; empty when one has said yes. */
export function unenabled(
  state: State,
  settings: Settings,
  account: AccountRules,
): readonly string[] {
  const { id, name, rules } = account;
  const enabled = getIn(state.enabled, id);
  const now = settings.ruleSets[rules];
  if (enabled === undefined || now === undefined)
    return [`${name} is not enabled for live trading`];
  if (enabled.name !== name)
    return [`account ${id} was enabled as ${enabled.name}, not as ${name}`];
  const other = otherPlan(enabled, allowedOf(settings, account));
  return [
    ...raisedSince(enabled.ruleSet, now).map((what) => `${name} was enabled for less: ${what}`),
    ...other.map((what) => `${name} was enabled ${what}`),
  ];
}

/** A plan where none was only adds to what is asked. */
function otherPlan({ firm: was }: Enabled, is: FirmAllowed | null): readonly string[] {
  if (was === null) return [];
  if (was === undefined)
    return is === null ? [] : [`before plans were written down; it follows ${is.plan.id}`];
  if (is !== null && is.plan.id !== was.plan.id)
    return [`for the plan ${was.plan.id}, not for ${is.plan.id}`];
  const looser = looserTerms(was, is ?? { plan: null, buffer: was.buffer });
  return looser.map((what) => `when ${was.plan.id} asked more: ${what}`);
}

/** What it follows by these settings; null: no plan. */
export function allowedOf({ plans }: Settings, { firm }: AccountRules): FirmAllowed | null {
  const plan = firm === undefined ? undefined : plans?.[firm.plan];
  return plan === undefined || firm === undefined ? null : { plan, buffer: firm.buffer };
}

export function enableLive(
  at: Millis,
  settings: Settings,
  account: AccountRules,
): FactOf<"LiveEnabled"> | null {
  const { id, name, rules } = account;
  const ruleSet = settings.ruleSets[rules];
  const firm = allowedOf(settings, account);
  return ruleSet === undefined
    ? null
    : { at, kind: "LiveEnabled", account: id, name, rules, ruleSet, firm };
}
