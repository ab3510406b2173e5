/** What the journal keeps of the health of the house: once for each change, and what was done about it. */
import type { Component, HealingAction, HealthState } from "./health.ts";
import type { Millis } from "./units.ts";

interface Timed {
  readonly at: Millis;
}

export type HealthFact =
  /** A part of the house works worse or better than before, and why. */
  | (Timed & {
      readonly kind: "HealthMoved";
      readonly component: Component;
      readonly from: HealthState;
      readonly to: HealthState;
      readonly reason: string;
    })
  /** The house tries to help itself; what comes of it shows in the next `HealthMoved`. */
  | (Timed & {
      readonly kind: "HealingBegun";
      readonly component: Component;
      readonly action: HealingAction;
      readonly attempt: number;
    });

export const isOfHealth = <Fact extends { readonly kind: string }>(
  fact: Fact | HealthFact,
): fact is HealthFact => fact.kind === "HealthMoved" || fact.kind === "HealingBegun";
