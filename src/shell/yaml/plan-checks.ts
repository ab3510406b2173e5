/**
 * Figures that cannot be: each readable by itself, and wrong beside the others.
 *
 * A plan with one of them was typed wrongly or read from a page that has changed, so nothing of it is
 * believed. Checked as the plan is whole, whichever of its keys came from `every`.
 */
import { type ChicagoMinute, EXCHANGE_CLOSES } from "../../core/model/firm-plan.ts";
import type { Root } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import { type Money, toDollars } from "../../core/model/units.ts";
import type { Conflict } from "./checks.ts";
import { clock } from "./rule-notation.ts";

/** The keys of a plan that are compared. */
export interface PlanToCheck {
  readonly start: Money;
  readonly floor: FloorToCheck;
  readonly dailyLimit:
    | { readonly kind: "none" }
    | {
        readonly kind: "soft" | "hard";
        readonly amount: Money;
        readonly tiers: readonly { readonly from: Money; readonly amount: Money }[];
      };
  readonly size: {
    readonly minis: number;
    readonly tiers: readonly { readonly from: Money; readonly minis: number }[];
  };
  readonly micros: {
    readonly perMini: number;
    readonly others: Readonly<Partial<Record<Root, number | undefined>>>;
  };
  readonly caps: readonly { readonly of: readonly Root[] }[];
  readonly products: readonly Root[];
  readonly hedging:
    | { readonly kind: "allowed" }
    | {
        readonly kind: "forbidden";
        readonly counts: "family" | "correlated";
        readonly groups: readonly { readonly name: string; readonly of: readonly Root[] }[];
      };
  readonly hours: {
    readonly opensAt: ChicagoMinute;
    readonly flatBy: ChicagoMinute;
  };
  readonly stage:
    | { readonly kind: "funded" | "live" }
    | {
        readonly kind: "evaluation";
        readonly daysMin: number;
        readonly daysMax?: number | undefined;
      };
  readonly inactivity?: { readonly within: number; readonly days: number } | undefined;
}

type FloorToCheck =
  | { readonly kind: "static"; readonly loss: Money }
  | {
      readonly kind: "end-of-day" | "intraday";
      readonly loss: Money;
      readonly lock: Money | null;
      readonly afterPayout?: Money | undefined;
    };

export const conflictsInPlan = (plan: PlanToCheck): readonly Conflict[] => [
  ...conflictsInFloor(plan),
  ...conflictsInDailyLimit(plan),
  ...conflictsInSize(plan),
  ...conflictsInProducts(plan),
  ...conflictsInHedging(plan),
  ...conflictsInTimes(plan),
];

const usd = (amount: number): string => `$${toDollars(amount as Money)}`;

function conflictsInFloor({ start, floor }: PlanToCheck): readonly Conflict[] {
  const opening = start - floor.loss;
  if (start > 0 && opening <= 0) {
    const message = `a loss of ${usd(floor.loss)} is all there is: the account begins with ${usd(start)}`;
    return [{ path: ["floor", "loss"], message }];
  }
  if (floor.kind === "static") return [];
  const { lock, afterPayout } = floor;
  const conflicts: Conflict[] = [];
  if (lock !== null && lock < opening) {
    const message = `the floor begins at ${usd(opening)} and cannot stop rising at ${usd(lock)}`;
    conflicts.push({ path: ["floor", "lock"], message });
  }
  if (afterPayout === undefined) return conflicts;
  const path = ["floor", "afterPayout"];
  if (afterPayout < opening) {
    const message = `${usd(afterPayout)} is below ${usd(opening)}, where the floor begins`;
    conflicts.push({ path, message });
  }
  if (lock !== null && afterPayout > lock) {
    conflicts.push({ path, message: `${usd(afterPayout)} is above the lock, ${usd(lock)}` });
  }
  return conflicts;
}

function conflictsInDailyLimit({ floor, dailyLimit }: PlanToCheck): readonly Conflict[] {
  if (dailyLimit.kind === "none") return [];
  const { amount, tiers } = dailyLimit;
  const steps = tiers.map((tier) => ({ from: tier.from, value: tier.amount }));
  const conflicts = conflictsInTiers("dailyLimit", "amount", amount, steps);
  if (amount <= floor.loss) return conflicts;
  const message = `${usd(amount)} is more than the account may lose in all, ${usd(floor.loss)}`;
  return [...conflicts, { path: ["dailyLimit", "amount"], message }];
}

function conflictsInSize({ size, micros }: PlanToCheck): readonly Conflict[] {
  const steps = size.tiers.map((tier) => ({ from: tier.from, value: tier.minis }));
  const counts: readonly (readonly [path: readonly string[], count: number | undefined])[] = [
    [["micros", "perMini"], micros.perMini],
    ...Object.entries(micros.others).map(
      ([root, count]) => [["micros", "others", root], count] as const,
    ),
  ];
  const odd = counts.flatMap(([path, count]): readonly Conflict[] =>
    count === undefined || 1_000 % count === 0
      ? []
      : [{ path, message: `a ${count}th of a mini is not a whole number of its thousandths` }],
  );
  return [...conflictsInTiers("size", "minis", size.minis, steps), ...odd];
}

/** More profit comes later in the list, and never allows less. */
function conflictsInTiers(
  block: string,
  name: string,
  first: number,
  steps: readonly { readonly from: Money; readonly value: number }[],
): readonly Conflict[] {
  return steps.flatMap(({ from, value }, index): readonly Conflict[] => {
    const before = steps[index - 1];
    const path = [block, "tiers", index];
    if (before !== undefined && from <= before.from) {
      const message = `tiers ascend, and ${usd(from)} is not above ${usd(before.from)}`;
      return [{ path: [...path, "from"], message }];
    }
    if (value >= (before?.value ?? first)) return [];
    return [{ path: [...path, name], message: "more profit would allow less than before" }];
  });
}

function conflictsInProducts({ products, caps }: PlanToCheck): readonly Conflict[] {
  const twice = products.flatMap((root, index): readonly Conflict[] =>
    products.indexOf(root) === index
      ? []
      : [{ path: ["products", index], message: `${root} is listed already` }],
  );
  const strange = caps.flatMap(({ of }, index) =>
    of.flatMap((root, at): readonly Conflict[] =>
      products.includes(root)
        ? []
        : [{ path: ["caps", index, "of", at], message: `${root} is not among the products` }],
    ),
  );
  return [...twice, ...strange];
}

/** Nothing counts as correlated by itself, and a product belongs to one group. */
function conflictsInHedging({ hedging }: PlanToCheck): readonly Conflict[] {
  if (hedging.kind === "allowed") return [];
  const { counts, groups } = hedging;
  const path = ["hedging", "groups"];
  if (counts === "correlated" && groups.length === 0)
    return [{ path, message: "correlated products count, and none are named" }];
  if (counts === "family" && groups.length > 0)
    return [{ path, message: "one product alone counts, and others are named" }];
  const named = new Map<Root, string>();
  return groups.flatMap(({ name, of }, index): readonly Conflict[] => {
    const families = new Set(of.map((root) => instrumentOf(root).family));
    const twice = [...families].find((family) => named.has(family));
    const before = twice === undefined ? undefined : named.get(twice);
    for (const family of families) named.set(family, name);
    if (families.size === 1)
      return [{ path: [...path, index, "of"], message: `${name} names one product only` }];
    if (before === undefined) return [];
    const message = `${twice} is in the group ${before} already`;
    return [{ path: [...path, index, "of"], message }];
  });
}

function conflictsInTimes({ hours, stage, inactivity }: PlanToCheck): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  const end = clock.write(EXCHANGE_CLOSES);
  if (hours.flatBy > EXCHANGE_CLOSES) {
    const message = `${clock.write(hours.flatBy)} is after the exchange closes, ${end}`;
    conflicts.push({ path: ["hours", "flatBy"], message });
  }
  if (hours.opensAt < EXCHANGE_CLOSES) {
    const message = `${clock.write(hours.opensAt)} is not the evening before: the exchange closes ${end}`;
    conflicts.push({ path: ["hours", "opensAt"], message });
  }
  if (stage.kind === "evaluation" && stage.daysMax !== undefined) {
    const message = `${stage.daysMin} days do not fit into ${stage.daysMax}`;
    if (stage.daysMin > stage.daysMax) conflicts.push({ path: ["stage", "daysMin"], message });
  }
  if (inactivity !== undefined && inactivity.days > inactivity.within) {
    const message = `${inactivity.days} days do not fit into ${inactivity.within}`;
    conflicts.push({ path: ["inactivity", "days"], message });
  }
  return conflicts;
}
