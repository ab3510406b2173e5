/**
 * Exposure: how much of the session a position was open. Times that overlap count once.
 *
 * A session counts 22 h 10 min where all must be flat at 15:10 Chicago time (Topstep), 23 h on Globex;
 * a short day counts as a whole one.
 */
import { type Figure, ratio } from "./figure.ts";
import type { Metric } from "./metric.ts";
import type { Study } from "./study.ts";

const TOPSTEP_SECONDS = 22 * 3_600 + 10 * 60;
const GLOBEX_SECONDS = 23 * 3_600;

const ofSessions = ({ present, daily }: Study, seconds: number): Figure =>
  ratio(present / 1_000, daily.dates.length * seconds, "noTrades");

const metric = (
  key: string,
  unit: Metric["unit"],
  formula: string,
  of: (study: Study) => Figure,
): Metric => ({ key: `exposure.${key}`, ...{ formula, unit, source: "house rule", of } });

const shareOfDays = ({ daily }: Study, days: number): Figure =>
  ratio(days, daily.dates.length, "noTrades");

export const EXPOSURE: readonly Metric[] = [
  metric("inMarketSeconds", "s", "union of the times from entry to exit", (it) => it.present / 1e3),
  metric("sumOfHoldSeconds", "s", "their sum", ({ results }) => results.held / 1_000),
  metric("fractionOfTopstepSession", "fraction", "union / (days · 22 h 10 min)", (it) =>
    ofSessions(it, TOPSTEP_SECONDS),
  ),
  metric("fractionOfGlobexSession", "fraction", "union / (days · 23 h)", (it) =>
    ofSessions(it, GLOBEX_SECONDS),
  ),
  metric("fractionOfDaysTraded", "fraction", "days with trades / days", (it) =>
    shareOfDays(it, it.traded.dates.length),
  ),
  {
    ...metric("fractionOfDaysNonZeroReturn_quantstats", "fraction", "days not zero / days", (it) =>
      shareOfDays(it, it.daily.net.filter((made) => made !== 0).length),
    ),
    source: "quantstats",
  },
];
