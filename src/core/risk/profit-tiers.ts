/** What a firm allows at a profit, where more profit changes it. */
import type { Tiers } from "../model/firm-plan.ts";
import type { Money } from "../model/units.ts";

/** The lower end of a tier belongs to it. */
export const tierAt = <Value>({ first, steps }: Tiers<Value>, profit: Money): Value =>
  steps.findLast(({ from }) => profit >= from)?.value ?? first;
