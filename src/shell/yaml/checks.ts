/**
 * What keys owe each other.
 *
 * Each rule here closes a gap through which a configuration would be accepted and then never trade,
 * or trade nonsense. They run once every key is readable by itself.
 */
import type { Root } from "../../core/model/instrument.ts";
import { ticksToPoints } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { Amount } from "../../core/model/limits.ts";
import type { Chase, Distance } from "../../core/model/rules.ts";
import { type Money, ticks, toDollars } from "../../core/model/units.ts";
import { chase as chaseNotation, distance, points, type Span } from "./notation.ts";

/** What is wrong, and at which key below the block that was checked. */
export interface Conflict {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The keys of a rule set that are compared, as the schema has read them. */
export interface RulesToCheck {
  readonly families: readonly Root[];
  readonly sizing: SizingToCheck;
  readonly entry: { readonly kind: "limit"; readonly chase: Chase } | { readonly kind: "market" };
  readonly exits: {
    readonly targets: readonly { readonly at: Distance; readonly share: number }[];
    readonly breakevenAfter: number;
  };
  readonly limits: {
    readonly stopDistance: Readonly<Record<Root, Span>>;
    readonly positionSize: number;
    readonly lossPerTrade: Amount;
  };
}

type SizingToCheck =
  | { readonly kind: "contracts"; readonly A: number; readonly B: number; readonly C: number }
  | { readonly kind: "risk"; readonly A: Money; readonly B: Money; readonly C: Money };

export const conflictsInRules = (rules: RulesToCheck): readonly Conflict[] => [
  ...sizesBeyondLimits(rules),
  ...chasePastTarget(rules),
  ...targetsInDisorder(rules),
];

/** A size the limits always refuse is a mistake in one or the other; `ratio` is in thousandths. */
export function sizesBeyondLimits(
  { sizing, limits }: Pick<RulesToCheck, "sizing" | "limits">,
  ratio = 1_000,
): readonly Conflict[] {
  return (["A", "B", "C"] as const).flatMap((letter) => {
    const path = ["sizing", letter];
    if (sizing.kind === "contracts") {
      const most = limits.positionSize;
      const wanted = Math.floor((sizing[letter] * ratio) / 1_000);
      const message = `${wanted} contracts are more than limits.positionSize allows (${most})`;
      return wanted > most ? [{ path, message }] : [];
    }
    const wanted = (toDollars(sizing[letter]) * ratio) / 1_000;
    // What a part of the balance comes to is only known when there is one.
    if (typeof limits.lossPerTrade !== "number") return [];
    const most = toDollars(limits.lossPerTrade);
    const message = `$${wanted} is more than limits.lossPerTrade allows ($${most})`;
    return wanted > most ? [{ path, message }] : [];
  });
}

/**
 * An entry may not be paid at Target 1 or beyond it.
 *
 * The usual chase grows with the stop and the usual target does not, so ES, for which point targets
 * are meant, is tried with its smallest and its largest stop. Elsewhere only a chase that passes
 * Target 1 even with the smallest stop is refused here: the rest is judged alert by alert.
 */
function chasePastTarget({ families, entry, exits, limits }: RulesToCheck): readonly Conflict[] {
  const first = exits.targets[0];
  if (entry.kind !== "limit" || first === undefined || first.at.unit === "price") return [];
  const chase = entry.chase;
  const tried = families.flatMap((family) => {
    const { min, max } = limits.stopDistance[family];
    return (family === "ES" ? [min, max] : [min]).map((stop) => ({ family, stop }));
  });
  const bad = tried.find(
    ({ family, stop }) => chaseInPoints(chase, stop) >= targetInPoints(first.at, stop, family),
  );
  if (bad === undefined) return [];
  const message =
    `${chaseNotation.write(chase)} reaches Target 1 (${distance.write(first.at)}) on ` +
    `${bad.family} with a stop of ${points.write(bad.stop)}; the chase has to stay below it`;
  return [{ path: ["entry", "chase"], message }];
}

const chaseInPoints = (chase: Chase, stop: number): number =>
  chase.unit === "points" ? chase.value : (stop * chase.value) / 1_000;

function targetInPoints({ unit, value }: Distance, stop: number, family: Root): number {
  if (unit === "r") return value * stop;
  return unit === "ticks" ? ticksToPoints(instrumentOf(family), ticks(value)) : value;
}

function targetsInDisorder({ exits }: RulesToCheck): readonly Conflict[] {
  const { targets, breakevenAfter } = exits;
  const total = targets.reduce((sum, one) => sum + one.share, 0);
  const conflicts: Conflict[] = [];
  if (total > 1_000) {
    const message = `the shares add up to ${total / 10}%, more than the whole position`;
    conflicts.push({ path: ["exits", "targets"], message });
  }
  for (const [index, { at }] of targets.entries()) {
    const before = targets[index - 1]?.at;
    if (before === undefined || before.unit !== at.unit || at.unit === "price") continue;
    if (at.value > before.value) continue;
    const message = `${distance.write(at)} is not farther than the target before it`;
    conflicts.push({ path: ["exits", "targets", index, "at"], message });
  }
  if (targets.length > 0 && breakevenAfter > targets.length) {
    const message = `${breakevenAfter} is more than the number of targets (${targets.length})`;
    conflicts.push({ path: ["exits", "breakevenAfter"], message });
  }
  return conflicts;
}
