/** A metric: how it is called, what it means, and how its figure comes from a study of trades. */
import type { Figure, Gate, Unit } from "./figure.ts";
import type { Study } from "./study.ts";

export interface Metric {
  /** Its place in the JSON, dots for nesting. */
  readonly key: string;
  readonly formula: string;
  readonly unit: Unit;
  /** Who defined it so. */
  readonly source: string;
  readonly gate?: Gate;
  readonly of: (study: Study) => Figure;
}

/** From so many on the law of large numbers begins to help; a convention, not a theorem. */
export const ENOUGH_TRADES: Gate = { of: "trades", least: 30 };
export const ENOUGH_DECIDED: Gate = { of: "decided trades", least: 30 };
export const ENOUGH_RISKED: Gate = { of: "trades with a risk", least: 30 };
/** A quarter of trade dates. */
export const ENOUGH_DAYS: Gate = { of: "days", least: 60 };

/** Ratios of daily figures under one name. */
export const dailyRatios =
  (group: string) =>
  (key: string, formula: string, source: string, of: (study: Study) => Figure): Metric => ({
    key: `${group}.${key}`,
    ...{ formula, unit: "ratio", source, gate: ENOUGH_DAYS, of },
  });
