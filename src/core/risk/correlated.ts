/**
 * Which products a firm takes for one bet: long in one and short in another is hedging to it.
 *
 * ```text
 * equity index   ES MES   NQ MNQ   RTY M2K   YM MYM        an ES long stands against an MNQ short
 * ```
 *
 * A group is written in contracts and asked in families, as a mini and its micro are one anyway. Only
 * what the plan of a firm names counts: nothing is correlated by itself.
 */
import type { FirmPlan, HedgingRule } from "../model/firm-plan.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";

export interface Correlated {
  readonly group: string;
  /** The others of the group. */
  readonly families: readonly Root[];
  /** Whether other accounts of the firm count as well. */
  readonly isAcross: boolean;
}

type ByFamily = Map<Root, Correlated | null>;

/** Asked for every account of an alert, and the same for as long as the plan is. */
const remembered = new WeakMap<HedgingRule, ByFamily>();

/** Null where the firm counts nothing together with the family. */
export function correlatedWith(
  { hedging }: Pick<FirmPlan, "hedging">,
  family: Root,
): Correlated | null {
  const known = remembered.get(hedging) ?? new Map<Root, Correlated | null>();
  remembered.set(hedging, known);
  const before = known.get(family);
  if (before !== undefined) return before;
  const found = lookedUp(hedging, family);
  known.set(family, found);
  return found;
}

function lookedUp(hedging: HedgingRule, family: Root): Correlated | null {
  if (hedging.kind === "allowed" || hedging.counts === "family") return null;
  for (const { name: group, roots } of hedging.groups ?? []) {
    const families = [...new Set(roots.map((root) => instrumentOf(root).family))];
    const others = families.filter((one) => one !== family);
    if (others.length < families.length && others.length > 0)
      return { group, families: others, isAcross: hedging.within === "own-accounts" };
  }
  return null;
}
