/**
 * A plan of a firm for JSON: dollars as `...Usd`, sizes in minis, shares as fractions of 1, times of
 * the day in Chicago.
 */
import { unreachable } from "../../std/assert.ts";
import type {
  CapAmount,
  DailyLimitRule,
  FirmPlan,
  FloorRule,
  HoldTimeRule,
  InactivityRule,
  NewsRule,
  PayoutWay,
  ProductCap,
  Share,
  SizeRule,
  Stage,
  Tiers,
} from "../model/firm-plan.ts";
import { type Money, money, toDollars, WEIGHT_PER_MINI } from "../model/units.ts";
import { showClock } from "./firm-plan.ts";

export function planJson(plan: FirmPlan) {
  const { id, firm, title, venue, verified, products, hedging, copying, automation } = plan;
  const { hours, holdTime, inactivity, accountsMax, priceLimitBuffer } = plan;
  return {
    ...{ id, firm, title, venue },
    stage: stageJson(plan.stage),
    startUsd: toDollars(plan.balanceStart),
    floor: floorJson(plan.floor, plan.balanceStart),
    dailyLimit: plan.dailyLimit && dailyLimitJson(plan.dailyLimit),
    size: sizeJson(plan.size),
    products,
    hours: {
      ...hours,
      opensAt: showClock(hours.opensAt),
      flatBy: showClock(hours.flatBy),
      earlyClose: { ...hours.earlyClose, latest: clockOrNull(hours.earlyClose.latest) },
    },
    news: plan.news?.map(newsJson) ?? null,
    ...{ hedging, copying, automation },
    holdTime: holdTime && holdTimeJson(holdTime),
    inactivity: inactivity && inactivityJson(inactivity),
    accountsMax,
    priceLimitBuffer: fractionOrNull(priceLimitBuffer),
    ...{ notes: plan.notes, sources: plan.sources, verified },
  };
}

const usdOrNull = (amount: Money | null): number | null =>
  amount === null ? null : toDollars(amount);

const fractionOrNull = (share: Share | null): number | null =>
  share === null ? null : share / 1_000;

const clockOrNull = (minute: number | null): string | null =>
  minute === null ? null : showClock(minute);

const tiersJson = <Value>({ first, steps }: Tiers<Value>, show: (value: Value) => number) => [
  { fromProfitUsd: null, value: show(first) },
  ...steps.map(({ from, value }) => ({ fromProfitUsd: toDollars(from), value: show(value) })),
];

function stageJson(stage: Stage) {
  switch (stage.kind) {
    case "live":
      return stage;
    case "funded": {
      const { split, smallest, buffer, countMax, ways } = stage.payout;
      const payout = {
        split: fractionOrNull(split),
        smallestUsd: usdOrNull(smallest),
        bufferUsd: toDollars(buffer),
        countMax,
        ways: ways.map(wayJson),
      };
      return { kind: stage.kind, payout };
    }
    case "evaluation": {
      const { profitTarget, consistency, ...rest } = stage;
      return {
        ...rest,
        profitTargetUsd: toDollars(profitTarget),
        consistency: consistency && { ...consistency, share: consistency.share / 1_000 },
      };
    }
    default:
      return unreachable(stage);
  }
}

const wayJson = ({ name, qualifyingDays: days, consistency, shareMax, cap }: PayoutWay) => ({
  name,
  qualifyingDays: days && { count: days.count, profitMinUsd: usdOrNull(days.profitMin) },
  consistency: consistency && {
    ...consistency,
    shares: consistency.shares.map((share) => share / 1_000),
  },
  shareMax: shareMax / 1_000,
  capUsd: usdOrNull(cap),
});

function floorJson(floor: FloorRule, balanceStart: Money) {
  const { kind, lossMax } = floor;
  const opens = {
    kind,
    opensUsd: toDollars(money(balanceStart - lossMax)),
    lossUsd: toDollars(lossMax),
  };
  if (floor.kind === "static") return opens;
  const locks = { lockUsd: usdOrNull(floor.lock), afterPayoutUsd: usdOrNull(floor.afterPayout) };
  if (floor.kind === "intraday") return { ...opens, ...locks };
  return { ...opens, ...locks, recomputedAt: showClock(floor.recomputedAt) };
}

const dailyLimitJson = ({ amount, resetsAt, ...rest }: DailyLimitRule) => ({
  ...rest,
  amountUsd: tiersJson(amount, toDollars),
  resetsAt: showClock(resetsAt),
});

const sizeJson = ({ limit, microWeight, weights, mixing, caps }: SizeRule) => ({
  minis: tiersJson(limit, (value) => value / WEIGHT_PER_MINI),
  microsPerMini: WEIGHT_PER_MINI / microWeight,
  perMini: Object.fromEntries(
    Object.entries(weights).map(([root, value]) => [root, WEIGHT_PER_MINI / value]),
  ),
  mixing,
  caps: caps.map((cap) => ({ ...capJson(cap), until: cap.until })),
});

const capJson = ({ roots, most }: Pick<ProductCap, "roots" | "most">) => ({
  roots,
  most: amountJson(most),
});

const amountJson = ({ unit, value }: CapAmount) =>
  unit === "minis" ? { unit, value: value / WEIGHT_PER_MINI } : { unit, value: value as number };

const newsJson = ({ action, before, after, events }: NewsRule) => ({
  ...{ events, beforeSeconds: before / 1_000, afterSeconds: after / 1_000 },
  action: action.kind === "cap" ? { kind: action.kind, cap: capJson(action.cap) } : action,
});

const inactivityJson = ({ profitMin, ...rest }: InactivityRule) => ({
  ...rest,
  profitMinUsd: toDollars(profitMin),
});

const holdTimeJson = ({ heldMin, tradesShare, profitShare }: HoldTimeRule) => ({
  heldMinSeconds: heldMin / 1_000,
  tradesShare: tradesShare / 1_000,
  profitShare: profitShare / 1_000,
});
