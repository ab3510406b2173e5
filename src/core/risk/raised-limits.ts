/**
 * Which limits of the day one set of settings allows more of than another.
 *
 * A limit that is left out is no limit; one that was in dollars and is now a part of the balance (or
 * the other way round) cannot be compared and counts as raised, because nobody can say that it is not.
 */
import { ownOf } from "../../std/own.ts";
import type { SizeLetter } from "../model/alert.ts";
import type {
  Amount,
  BreakerLimits,
  DailyLoss,
  DayLimits,
  Exposure,
  PartLimits,
} from "../model/limits.ts";
import { money } from "../model/units.ts";
import { showDuration, showMoney } from "../model/wording.ts";

type Said = readonly string[];

export const raisedLimits = (was: DayLimits, is: DayLimits): Said => [
  ...moreLoss("daily loss", was.dailyLoss, is.dailyLoss),
  ...moreLoss("daily loss of all accounts", was.total?.dailyLoss, is.total?.dailyLoss),
  ...moreExposure("contracts of", was.exposure, is.exposure),
  ...moreExposure("contracts over all accounts of", was.total?.exposure, is.total?.exposure),
  ...moreCount("losses in a row", was.consecutiveLosses, is.consecutiveLosses),
  ...moreCount("entries a minute", was.entriesPerMinute, is.entriesPerMinute),
  ...moreParts("size", was.bySize, is.bySize),
  ...moreParts("source", was.bySource, is.bySource),
  ...looserBreakers(was.breakers ?? {}, is.breakers ?? {}),
];

export const amountText = (amount: Amount): string =>
  typeof amount === "number"
    ? showMoney(money(amount))
    : `${amount.ofBalance / 100}% of the balance`;

export function isMore(was: Amount, is: Amount): boolean {
  if (typeof was === "number") return typeof is !== "number" || is > was;
  return typeof is === "number" || is.ofBalance > was.ofBalance;
}

export const moreAmount = (what: string, was?: Amount, is?: Amount): Said =>
  was === undefined || (is !== undefined && !isMore(was, is))
    ? []
    : [`${what}: ${is === undefined ? "not limited" : amountText(is)}, was ${amountText(was)}`];

const moreCount = (
  what: string,
  was?: number,
  is?: number,
  show: (value: number) => string = String,
): Said =>
  was === undefined || (is !== undefined && is <= was)
    ? []
    : [`${what}: ${is === undefined ? "not limited" : show(is)}, was ${show(was)}`];

function moreLoss(what: string, was?: DailyLoss, is?: DailyLoss): Said {
  const raised = moreAmount(what, was?.limit, is?.limit);
  if (was === undefined || is === undefined) return raised;
  const later = (["half", "block", "flatten"] as const).flatMap((step) => {
    const name = `${step === "half" ? "half size" : step} of the ${what}`;
    return moreCount(name, was.steps[step] ?? undefined, is.steps[step] ?? undefined, percent);
  });
  return [...raised, ...later];
}

const percent = (share: number): string => `${share / 10}%`;

const moreExposure = (what: string, was: Exposure = {}, is: Exposure = {}): Said =>
  (Object.keys(was) as (keyof Exposure)[]).flatMap((root) =>
    moreCount(`${what} ${root}`, was[root], is[root]),
  );

type Parts = Readonly<Partial<Record<SizeLetter | string, PartLimits>>>;

const moreParts = (what: string, was: Parts = {}, is: Parts = {}): Said =>
  Object.entries(was).flatMap(([name, before = {}]) => {
    const now = ownOf(is, name) ?? {};
    const part = `${what} ${name}`;
    return [
      ...moreCount(`trades a day of ${part}`, before.tradesPerDay, now.tradesPerDay),
      ...moreAmount(`loss per trade of ${part}`, before.lossPerTrade, now.lossPerTrade),
      ...moreAmount(`daily loss of ${part}`, before.dailyLoss, now.dailyLoss),
    ];
  });

/** A pause is a protection, so less of it is more risk. */
function looserBreakers(was: BreakerLimits, is: BreakerLimits): Said {
  const shorter = (what: string, before?: number, now?: number): Said =>
    before === undefined || (now !== undefined && now >= before)
      ? []
      : [`${what}: ${now === undefined ? "none" : pause(now)}, was ${pause(before)}`];
  return [
    ...moreAmount("drawdown", was.drawdown?.limit, is.drawdown?.limit),
    ...moreCount("errors before a pause", was.errors?.count, is.errors?.count),
    ...shorter("time in which errors count", was.errors?.within, is.errors?.within),
    ...shorter("pause after errors", was.errors?.pause, is.errors?.pause),
    ...moreCount("fills slippage is averaged over", was.slippage?.fills, is.slippage?.fills),
    ...shorter("pause after an old price", was.feed?.pause, is.feed?.pause),
  ];
}

const pause = (value: number): string => showDuration(value as Parameters<typeof showDuration>[0]);
