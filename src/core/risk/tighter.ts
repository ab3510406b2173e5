/**
 * Of two rule sets the tighter one, limit by limit: what holds until the trade date ends when new
 * settings allow more on a day on which an account has traded already.
 *
 * Targets, stops to breakeven and time-outs are taken as they are written: they move risk about and
 * do not add to it.
 */
import { ownOf } from "../../std/own.ts";
import type {
  Amount,
  BreakerLimits,
  DailyLoss,
  DayLimits,
  Exposure,
  LossSteps,
  PartLimits,
} from "../model/limits.ts";
import type { ByFamily, Limits, Rules, Sizing } from "../model/rules.ts";
import type { Millis } from "../model/units.ts";
import { raisedSince } from "./raised.ts";
import { isMore } from "./raised-limits.ts";
import { tighterScore } from "./score-change.ts";
import { WHOLE } from "./size.ts";
import { tighterHours } from "./tighter-hours.ts";

export function tighterOf(was: Rules, is: Rules): Rules {
  const isLooser = (change: Partial<Rules>): boolean =>
    raisedSince(was, { ...was, ...change }).length > 0;
  const { shrinkToMicro, ...rest } = is;
  return {
    ...rest,
    tradeAs: isLooser({ tradeAs: is.tradeAs }) ? was.tradeAs : is.tradeAs,
    entry: isLooser({ entry: is.entry }) ? was.entry : is.entry,
    adds: isLooser({ adds: is.adds }) ? was.adds : is.adds,
    sizeUnstated: isLooser({ sizeUnstated: is.sizeUnstated }) ? was.sizeUnstated : is.sizeUnstated,
    sizing: smallerSizing(was.sizing, is.sizing),
    limits: tighterLimits(was.limits, is.limits),
    ...some("hours", tighterHours(was.hours, is.hours)),
    ...some("shrinkToMicro", was.shrinkToMicro === true ? shrinkToMicro : undefined),
    ...some("score", tighterScore(was.score, is.score)),
  };
}

function smallerSizing(was: Sizing, is: Sizing): Sizing {
  const ratio = Math.min(was.ratio ?? WHOLE, is.ratio ?? WHOLE);
  const part = ratio === WHOLE ? {} : { ratio };
  if (was.kind !== is.kind) return { ...was, ...part };
  const least = (letter: keyof Sizing["bySize"]) =>
    is.bySize[letter] < was.bySize[letter] ? is.bySize[letter] : was.bySize[letter];
  // Both are of the same kind, so each letter has the unit of that kind.
  const bySize = { A: least("A"), B: least("B"), C: least("C") };
  return { kind: is.kind, bySize, ...part } as Sizing;
}

const tighterLimits = (was: Limits, is: Limits): Limits => ({
  ...is,
  ...tighterDay(was, is),
  stopDistance: inBoth(was.stopDistance, is.stopDistance, (a, b) => ({
    min: Math.max(a.min, b.min),
    max: Math.min(a.max, b.max),
  })),
  collar: inBoth(was.collar, is.collar, Math.min),
  ageMax: least(was.ageMax, is.ageMax),
  tradesPerDay: least(was.tradesPerDay, is.tradesPerDay),
  positionSize: least(was.positionSize, is.positionSize),
  lossPerTrade: leastAmount(was.lossPerTrade, is.lossPerTrade),
});

const least = <N extends number>(a: N, b: N): N => (a < b ? a : b);
const leastAmount = (was: Amount, is: Amount): Amount => (isMore(was, is) ? was : is);

/** Families that both allow: one that is absent cannot be traded. */
const inBoth = <T>(was: ByFamily<T>, is: ByFamily<T>, tighter: (a: T, b: T) => T): ByFamily<T> =>
  Object.fromEntries(
    (Object.keys(is) as (keyof ByFamily<T>)[]).flatMap((root) => {
      const [a, b] = [was[root], is[root]];
      return a === undefined || b === undefined ? [] : [[root, tighter(a, b)]];
    }),
  );

/** Where only one of them limits, that limit holds. */
const either = <T>(was: T | undefined, is: T | undefined, tighter: (a: T, b: T) => T) => {
  if (was === undefined || is === undefined) return was ?? is;
  return tighter(was, is);
};

function tighterDay(was: DayLimits, is: DayLimits): DayLimits {
  return {
    ...some("dailyLoss", either(was.dailyLoss, is.dailyLoss, tighterLoss)),
    ...some(
      "total",
      either(was.total, is.total, (a, b) => ({
        ...some("dailyLoss", either(a.dailyLoss, b.dailyLoss, tighterLoss)),
        ...some("exposure", either(a.exposure, b.exposure, leastExposure)),
      })),
    ),
    ...some("consecutiveLosses", either(was.consecutiveLosses, is.consecutiveLosses, least)),
    ...some("entriesPerMinute", either(was.entriesPerMinute, is.entriesPerMinute, least)),
    ...some("exposure", either(was.exposure, is.exposure, leastExposure)),
    ...some("bySize", either(was.bySize, is.bySize, tighterParts)),
    ...some("bySource", either(was.bySource, is.bySource, tighterParts)),
    ...some("breakers", either(was.breakers, is.breakers, tighterBreakers)),
  };
}

/** A key that is there only with a value. */
const some = <Name extends string, T>(name: Name, value: T | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [K in Name]?: T };

const tighterLoss = (was: DailyLoss, is: DailyLoss): DailyLoss => ({
  limit: leastAmount(was.limit, is.limit),
  steps: earlier(was.steps, is.steps),
});

const earlier = (was: LossSteps, is: LossSteps): LossSteps => ({
  warn: is.warn,
  half: sooner(was.half, is.half),
  block: sooner(was.block, is.block),
  flatten: sooner(was.flatten, is.flatten),
});

const sooner = (was: number | null, is: number | null): number | null =>
  either(was ?? undefined, is ?? undefined, least) ?? null;

const allOf = <T>(was: Readonly<Record<string, T>>, is: Readonly<Record<string, T>>) => [
  ...new Set([...Object.keys(was), ...Object.keys(is)]),
];

const leastExposure = (was: Exposure, is: Exposure): Exposure =>
  Object.fromEntries(
    allOf(was, is).map((name) => {
      const root = name as keyof Exposure;
      return [root, either(was[root], is[root], least)];
    }),
  );

const tighterParts = <Parts extends Readonly<Partial<Record<string, PartLimits>>>>(
  was: Parts,
  is: Parts,
): Parts =>
  Object.fromEntries(
    allOf(was, is).map((name) => [name, either(ownOf(was, name), ownOf(is, name), tighterPart)]),
  ) as Parts; // the same names as in the two

const tighterPart = (was: PartLimits, is: PartLimits): PartLimits => ({
  ...some("tradesPerDay", either(was.tradesPerDay, is.tradesPerDay, least)),
  ...some("lossPerTrade", either(was.lossPerTrade, is.lossPerTrade, leastAmount)),
  ...some("dailyLoss", either(was.dailyLoss, is.dailyLoss, leastAmount)),
});

const most = (a: Millis, b: Millis): Millis => (a > b ? a : b);

const tighterBreakers = (was: BreakerLimits, is: BreakerLimits): BreakerLimits => ({
  ...some(
    "drawdown",
    either(was.drawdown, is.drawdown, (a, b) => ({ limit: leastAmount(a.limit, b.limit) })),
  ),
  ...some(
    "errors",
    either(was.errors, is.errors, (a, b) => ({
      count: least(a.count, b.count),
      within: most(a.within, b.within),
      pause: most(a.pause, b.pause),
    })),
  ),
  ...some(
    "slippage",
    either(was.slippage, is.slippage, (a, b) => ({ fills: least(a.fills, b.fills) })),
  ),
  ...some(
    "feed",
    either(was.feed, is.feed, (a, b) => ({ pause: most(a.pause, b.pause) })),
  ),
});
