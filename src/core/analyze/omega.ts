/**
 * Omega and gain-to-pain: what the good days made for each dollar of the bad ones. Omega counts the
 * good days, gain-to-pain what remains of them. Sources: Keating and Shadwick (2002); Jack Schwager,
 * Hedge Fund Market Wizards.
 */
import { type Figure, mapped, ratio } from "./figure.ts";
import { ofReturns } from "./growth.ts";
import { dailyRatios, type Metric } from "./metric.ts";
import type { Study } from "./study.ts";

export function omega(values: Float64Array): Figure {
  let [gains, losses] = [0, 0];
  for (const value of values) {
    if (value > 0) gains += value;
    else losses -= value;
  }
  return ratio(gains, losses, "noLosingDays");
}

/** (gains - losses) / losses. */
export function gainToPain(values: Float64Array): Figure {
  return mapped(omega(values), (it) => it - 1);
}

const onDollars = ({ daily }: Study, of: (values: Float64Array) => Figure): Figure =>
  daily.dates.length === 0 ? "noTrades" : of(daily.net);

const metric = dailyRatios("other");

const OMEGA_SOURCE = "Keating, Shadwick";

export const OMEGA: readonly Metric[] = [
  metric("gainToPain_dailyUsd", "net of all days / |sum of losing days|", "Schwager", (it) =>
    onDollars(it, gainToPain),
  ),
  metric("omega_mar0_dailyUsd", "sum of winning days / |sum of losing days|", OMEGA_SOURCE, (it) =>
    onDollars(it, omega),
  ),
  metric("omega_mar0_dailyReturns", "the same of daily returns", OMEGA_SOURCE, (it) =>
    ofReturns(it, ({ values }) => omega(values)),
  ),
  metric("gainToPain_dailyReturns", "the same of daily returns", "Schwager", (it) =>
    ofReturns(it, ({ values }) => gainToPain(values)),
  ),
];
