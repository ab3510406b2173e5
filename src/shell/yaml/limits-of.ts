/** From the limits of the day as a person wrote them to those the engine goes by. */
import type * as z from "zod";
import type {
  Amount,
  BreakerLimits,
  DailyLoss,
  DayLimits,
  LossSteps,
  PartLimits,
} from "../../core/model/limits.ts";
import type { RuleSet } from "./schema.ts";
import type { DAY_LIMITS } from "./schema-limits.ts";

type Written = Pick<RuleSet["limits"], keyof typeof DAY_LIMITS>;
type Part = z.output<(typeof DAY_LIMITS)["bySource"]>[string];

export function dayLimitsOf(file: Written): DayLimits {
  const steps = stepsOf(file.dailyLossSteps);
  const own = lossOf(file.dailyLoss, steps);
  const { exposure } = file;
  return {
    ...some("dailyLoss", own),
    ...some("total", totalOf(file.total, own, steps)),
    ...some("consecutiveLosses", unlessOff(file.consecutiveLosses)),
    ...some("entriesPerMinute", unlessOff(file.entriesPerMinute)),
    ...some("exposure", unlessEmpty(exposure)),
    ...some("bySize", partsOf(file.bySize)),
    ...some("bySource", partsOf(file.bySource)),
    ...some("breakers", unlessEmpty(breakersOf(file.breakers))),
  };
}

/** A key that is there only with a value. */
const some = <Name extends string, T>(name: Name, value: T | undefined) =>
  (value === undefined ? {} : { [name]: value }) as {
    readonly [K in Name]?: Exclude<T, undefined>;
  };

const unlessOff = <T>(value: T | "off"): T | undefined => (value === "off" ? undefined : value);

const unlessEmpty = <T extends object>(value: T): T | undefined =>
  Object.keys(value).length === 0 ? undefined : value;

function stepsOf({ warn, half, block, flatten }: Written["dailyLossSteps"]): LossSteps {
  const at = (share: number | "off"): number | null => (share === "off" ? null : share);
  return { warn, half: at(half), block: at(block), flatten: at(flatten) };
}

const lossOf = (limit: Amount | "off", steps: LossSteps): DailyLoss | undefined =>
  limit === "off" ? undefined : { limit, steps };

function totalOf(
  { dailyLoss, exposure }: Written["total"],
  own: DailyLoss | undefined,
  steps: LossSteps,
): DayLimits["total"] {
  return unlessEmpty({
    ...some("dailyLoss", dailyLoss === "same" ? own : lossOf(dailyLoss, steps)),
    ...some("exposure", unlessEmpty(exposure)),
  });
}

function partsOf<Names extends string>(
  parts: Readonly<Record<Names, Part>>,
): Readonly<Record<Names, PartLimits>> | undefined {
  const limited = (Object.entries(parts) as [Names, Part][]).flatMap(([name, part]) => {
    const limits = unlessEmpty({
      ...some("tradesPerDay", unlessOff(part.tradesPerDay)),
      ...some("lossPerTrade", unlessOff(part.lossPerTrade)),
      ...some("dailyLoss", unlessOff(part.dailyLoss)),
    });
    return limits === undefined ? [] : [[name, limits] as const];
  });
  return unlessEmpty(
    Object.fromEntries(limited) as Readonly<Record<Names, PartLimits>>, // the names it had, or fewer
  );
}

function breakersOf({ drawdown, errors, slippage, feedPause }: Written["breakers"]): BreakerLimits {
  const { count, within, pause } = errors;
  return {
    ...(drawdown !== "off" && { drawdown: { limit: drawdown } }),
    ...(count !== "off" && { errors: { count, within, pause } }),
    ...(slippage !== "off" && { slippage: { fills: slippage } }),
    feed: { pause: feedPause },
  };
}
