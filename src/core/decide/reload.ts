/**
 * What a changed configuration means to a house that runs: limits hold from here on where they are
 * tighter, running trades keep what they opened with, and the rest waits for a start.
 *
 * ```text
 * sound ──► of each key what its class allows ──► ConfigReloaded      nothing new ──► nothing
 * broken ─► ConfigRefused, once for the same mistakes
 * ```
 *
 * A lock-out, a switch, a gate and a lost day are no settings, so nothing here can touch them.
 */

import { unreachable } from "../../std/assert.ts";
import { canonical } from "../../std/canonical.ts";
import { ownOf } from "../../std/own.ts";
import { getIn, valuesOf } from "../../std/trie.ts";
import type { Config } from "../model/config.ts";
import type { HeldRules, ReloadCause } from "../model/config-fact.ts";
import type { InputOf, OfferedConfig } from "../model/input.ts";
import type { AccountRules, Rules, Settings } from "../model/rules.ts";
import { changesBetween } from "../risk/config-changes.ts";
import { fingerprintOf, reloadedConfig } from "../risk/reloaded-config.ts";
import { reloadedRules, whileOpen } from "../risk/reloaded-rules.ts";
import { findRuleSet, type State } from "../state.ts";
import { record, type Turn } from "../turn.ts";

export function decideReload(turn: Turn, { by, running, offered }: InputOf<"reload">): void {
  switch (offered.kind) {
    case "broken":
      return refuse(turn, by, offered);
    case "sound":
      return reload(turn, by, running, offered.config);
    default:
      return unreachable(offered);
  }
}

type Broken = Extract<OfferedConfig, { readonly kind: "broken" }>;

function refuse(turn: Turn, by: ReloadCause, { flaws, omitted }: Broken): void {
  const is = fingerprintOf(flaws);
  if (turn.state.offered?.fault === is) return;
  record(turn, { at: turn.at, kind: "ConfigRefused", by, is, flaws, omitted });
}

function reload(turn: Turn, by: ReloadCause, running: Config, offered: Config): void {
  const { at, state } = turn;
  const was = state.offered?.sound ?? fingerprintOf(running);
  const is = fingerprintOf(offered);
  // What is sound again is told, whether or not it is what it was.
  if (was === is && state.offered?.fault === undefined) return;
  const inForce = { ...running, settings: state.settings };
  const result = reloadedConfig(inForce, offered);
  const changes = changesBetween(inForce, offered, result);
  const law = lawOf(state, result.settings, offered.settings);
  record(turn, { at, kind: "ConfigReloaded", by, was, is, ...changes, ...law });
  // Unfilled entries keep shorter hours from here on: their alarms are set anew.
  for (const { open } of valuesOf(turn.state.accounts))
    for (const trade of open) turn.touched.add(trade);
}

interface Law {
  readonly settings?: Settings;
  readonly kept?: Readonly<Record<string, Rules>>;
  readonly held?: readonly HeldRules[];
}

function lawOf(state: State, settings: Settings, offered: Settings): Law {
  const kept = tighterKept(state, offered);
  const held = heldFor(state, { ...settings.ruleSets, ...state.kept, ...kept });
  return {
    ...(isSame(settings, state.settings) ? {} : { settings }),
    ...(Object.keys(kept).length > 0 && { kept }),
    ...(held.length > 0 && { held }),
  };
}

const isSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** Whose looser rules wait for the next trade date is bound by tighter ones as everybody is. */
function tighterKept(state: State, { ruleSets }: Settings): Readonly<Record<string, Rules>> {
  const tighter = new Map<string, Rules>();
  for (const { id, rules } of state.settings.accounts) {
    const name = restingName(state, id);
    const [before, now] = [ownOf(state.kept, name), ownOf(ruleSets, rules)];
    if (before === undefined || now === undefined) continue;
    const tight = reloadedRules(before, now);
    if (!isSame(tight, before)) tighter.set(name, tight);
  }
  return Object.fromEntries(tighter);
}

/** What it follows once it is flat. */
function restingName({ accounts, held }: State, id: AccountRules["id"]): string {
  const name = getIn(accounts, id)?.rules ?? "";
  return held?.[name]?.after ?? name;
}

/** For each rule set whose way out changes under open trades, the one they go on by. */
function heldFor(state: State, next: Readonly<Record<string, Rules>>): readonly HeldRules[] {
  const found = new Map<string, HeldRules>();
  for (const { id } of state.settings.accounts) {
    const account = getIn(state.accounts, id);
    if (account === undefined || account.open.length === 0) continue;
    const { rules: name } = account;
    const known = found.get(name);
    const held = known ?? heldInstead(state, name, next);
    if (held !== null) found.set(name, { ...held, accounts: [...held.accounts, id] });
  }
  return [...found.values()];
}

function heldInstead(
  state: State,
  name: string,
  next: Readonly<Record<string, Rules>>,
): HeldRules | null {
  const earlier = state.held?.[name];
  const after = earlier?.after ?? name;
  const [opened, tight] = [findRuleSet(state, name), next[after]];
  if (opened === null || tight === undefined) return null;
  const ruleSet = whileOpen(opened, tight);
  if (isSame(ruleSet, earlier === undefined ? tight : opened)) return null;
  const own = earlier === undefined ? `${name}, as opened (${state.tradeCount})` : name;
  return { name: own, after, accounts: [], ruleSet };
}
