/**
 * All that can be said of a set of closed trades, as one plain object.
 *
 * ```text
 * { counts: { trades: 26, ... }, profitFactor: 1.13, ... }    a number, or null
 * { notes: { profitFactor: { reason: "noLosses", .. } } }      why null, or on how little it stands
 * { daily, weekly, monthly, bySide, byHour, ... }              the same by day and by group
 * ```
 */
import type { TradeColumns } from "../model/trade-columns.ts";
import type { Money } from "../model/units.ts";
import { toDollars } from "../model/units.ts";
import { METRICS } from "./catalogue.ts";
import type { DayChoice } from "./days.ts";
import { type Figure, type Gate, isKnown, WHY_NOT, type WhyNot } from "./figure.ts";
import type { Groups } from "./groups.ts";
import type { Metric } from "./metric.ts";
import {
  type Day,
  daysOf,
  extremeDay,
  monthsOf,
  type Period,
  weekdaysOf,
  weeksOf,
} from "./periods.ts";
import type { Sliced } from "./slices.ts";
import { type Study, type StudyOptions, studyOf } from "./study.ts";

/** Figures by the places their keys name. */
export interface Figures {
  readonly [key: string]: number | null | Figures;
}

export interface Note {
  /** Why there is no figure. */
  readonly reason?: WhyNot;
  /** What it stands on, and from how many on it says something. */
  readonly sample?: number;
  readonly gate?: number;
  readonly text: string;
}

export interface Basis {
  readonly startingEquity: number;
  readonly days: DayChoice;
  readonly from: string | null;
  readonly to: string | null;
}

export interface Summary {
  readonly figures: Figures;
  readonly notes: Readonly<Record<string, Note>>;
  readonly basis: Basis;
  readonly bestDay: Day | null;
  readonly worstDay: Day | null;
  readonly groups: Study["groups"] & { readonly weekday: Groups };
  readonly daily: readonly Day[];
  readonly weekly: readonly Period[];
  readonly monthly: readonly Period[];
}

/** The whole computation, in slices. */
export function* summaryOf(trades: TradeColumns, options: StudyOptions): Sliced<Summary> {
  return yield* summarised(yield* studyOf(trades, options));
}

export function* summarised(study: Study): Sliced<Summary> {
  const { daily, traded, groups, startingEquity, days: choice } = study;
  const found: Found[] = [];
  for (const metric of METRICS) {
    found.push({ metric, figure: metric.of(study) });
    yield;
  }
  const days = yield* daysOf(daily, traded);
  const weekly = yield* weeksOf(days, daily, traded);
  const monthly = yield* monthsOf(days, daily, traded);
  return {
    figures: nested(found),
    notes: Object.fromEntries(
      found.flatMap(({ metric, figure }) => {
        const note = noteOn(metric, figure, study);
        return note === null ? [] : [[metric.key, note]];
      }),
    ),
    basis: {
      startingEquity: toDollars(startingEquity as Money),
      days: choice,
      from: daily.dates[0] ?? null,
      to: daily.dates.at(-1) ?? null,
    },
    bestDay: extremeDay(days, "best"),
    worstDay: extremeDay(days, "worst"),
    groups: { ...groups, weekday: weekdaysOf(traded) },
    ...{ daily: days, weekly, monthly },
  };
}

interface Found {
  readonly metric: Metric;
  readonly figure: Figure;
}

function nested(found: readonly Found[]): Figures {
  const figures: Record<string, number | null | Record<string, number | null>> = {};
  for (const { metric, figure } of found) {
    const value = isKnown(figure) ? figure : null;
    const [outer = "", inner] = metric.key.split(".");
    if (inner === undefined) figures[outer] = value;
    else figures[outer] = { ...(figures[outer] as Record<string, number | null>), [inner]: value };
  }
  return figures;
}

function noteOn({ gate }: Metric, figure: Figure, study: Study): Note | null {
  if (!isKnown(figure)) return { reason: figure, text: WHY_NOT[figure] };
  if (gate === undefined) return null;
  const sample = sampleOf(gate, study);
  if (sample >= gate.least) return null;
  return {
    ...{ sample, gate: gate.least },
    text: `${sampleText(sample, gate)}; below ${gate.least} it says little`,
  };
}

/** `1 trade with a risk`, `2 trades with a risk`. */
const sampleText = (sample: number, { of }: Gate): string =>
  `${sample} ${sample === 1 ? of.replace(/s(?= |$)/, "") : of}`;

function sampleOf({ of }: Gate, { results, risked, daily }: Study): number {
  switch (of) {
    case "trades":
      return results.trades;
    case "decided trades":
      return results.wins + results.losses;
    case "trades with a risk":
      return risked.count;
    case "days":
      return daily.dates.length;
  }
}
