/**
 * Folds what became of a changed configuration, and the rules that running trades keep because of it.
 *
 * ```text
 * reload, a trade open ─► account follows the rules it opened with ─ flat ─► those of the settings
 * ```
 */
import { unreachable } from "../std/assert.ts";
import { getIn, valuesOf } from "../std/trie.ts";
import { eachAccount } from "./evolve-account.ts";
import type { ConfigFact } from "./model/config-fact.ts";
import type { FactOf } from "./model/fact.ts";
import type { Held, State } from "./state.ts";

export function evolveConfig(state: State, fact: ConfigFact): State {
  switch (fact.kind) {
    case "ConfigReloaded":
      return reloaded({ ...state, offered: { sound: fact.is } }, fact);
    case "ConfigRefused":
      return { ...state, offered: { ...state.offered, fault: fact.is } };
    default:
      return unreachable(fact);
  }
}

function reloaded(
  state: State,
  { settings = state.settings, kept, held = [] }: FactOf<"ConfigReloaded">,
): State {
  const next = { ...state, settings, kept: { ...state.kept, ...kept } };
  if (held.length === 0) return next;
  const names = new Map(held.flatMap(({ accounts, name }) => accounts.map((id) => [id, name])));
  const sets = held.map(({ name, ruleSet, after }) => [name, { ruleSet, after }] as const);
  const moved = eachAccount(next, (one) => ({ ...one, rules: names.get(one.id) ?? one.rules }));
  return withHeld(moved, followed(moved, { ...state.held, ...Object.fromEntries(sets) }));
}

type AllHeld = Readonly<Record<string, Held>>;

/** Those that an account still follows. */
function followed(state: State, held: AllHeld): AllHeld {
  const names = new Set(valuesOf(state.accounts).map(({ rules }) => rules));
  return Object.fromEntries(Object.entries(held).filter(([name]) => names.has(name)));
}

export function withHeld(state: State, held: AllHeld): State {
  const { held: _, ...rest } = state;
  return Object.keys(held).length === 0 ? rest : { ...rest, held };
}

/** What was kept for a trade date goes with it; whoever was to follow that follows the settings. */
export function heldOverRoll(state: State): AllHeld {
  const { held, kept, settings } = state;
  if (held === undefined) return {};
  const over = Object.entries(followed(state, held)).map(([name, one]) => {
    if (kept[one.after] === undefined) return [name, one] as const;
    const follower = settings.accounts.find(({ id }) => getIn(state.accounts, id)?.rules === name);
    return [name, { ...one, after: follower?.rules ?? one.after }] as const;
  });
  return Object.fromEntries(over);
}

/** Other settings begin with the rules they name. */
export const holdingNone = (state: State): State => withHeld(state, {});

/** A start reads the configuration anew. */
export function asStarted(state: State): State {
  const { offered: _, sources: __, ...rest } = state;
  return rest;
}
