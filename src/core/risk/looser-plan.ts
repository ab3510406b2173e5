/**
 * What one plan of a firm asks less of than another, and of two plans the tighter one, part by part.
 *
 * Amounts that change with the profit are compared at every profit at which either changes. What
 * cannot be compared, as a cap that is no longer there, counts as less.
 */
import { canonical } from "../../std/canonical.ts";
import type {
  DailyLimitRule,
  EarlyClose,
  FirmPlan,
  FloorRule,
  HoursRule,
  SizeRule,
  Tiers,
} from "../model/firm-plan.ts";
import type { Root } from "../model/instrument.ts";
import { type Money, money, WEIGHT_PER_MINI, type Weight } from "../model/units.ts";
import { showMinute } from "../model/when.ts";
import { showMoney } from "../model/wording.ts";
import { weightOf } from "./contract-cap.ts";
import { CONDUCT } from "./looser-conduct.ts";
import {
  asksNothing,
  differs,
  falls,
  looserAnywhere,
  looserIn,
  NONE,
  type PartByPart,
  partsIn,
  type Said,
} from "./part-by-part.ts";
import { tierAt } from "./profit-tiers.ts";

const dollarText = (amount: Money): string => showMoney(amount);

/** Every part of a plan has its line here; where figures were read asks nothing of anybody. */
const PLAN: PartByPart<FirmPlan> = {
  ...{ id: asksNothing, firm: asksNothing, title: asksNothing },
  ...{ sources: asksNothing, verified: asksNothing, notes: asksNothing },
  // The same cash is more profit above a lower start, and its floor begins lower.
  balanceStart: falls("balance it began with", dollarText),
  floor: looserFloor,
  dailyLimit: looserDaily,
  size: (was, is) => looserAnywhere(SIZE, was, is),
  products: moreProducts,
  hours: (was, is) => looserAnywhere(HOURS, was, is),
  ...CONDUCT,
};

export const looserPlan = (was: FirmPlan, is: FirmPlan): Said => looserAnywhere(PLAN, was, is);

/** A plan, and so far above its floor everything is closed. */
export interface Followed {
  /** Null: none, and nothing is asked. */
  readonly plan: FirmPlan | null;
  readonly buffer: Money;
}

export function looserTerms(was: Followed, is: Followed): Said {
  if (was.plan === null) return NONE;
  if (is.plan === null) return ["no plan of a firm"];
  const nearer = falls("buffer above the floor", dollarText)(was.buffer, is.buffer);
  return [...looserPlan(was.plan, is.plan), ...nearer];
}

/** A floor means nothing without the balance it is counted from. */
const TOGETHER: readonly (keyof FirmPlan)[] = ["floor", "balanceStart"];

/** Each part as the tighter plan has it; a part that is looser anywhere stays as it was. */
export function tighterPlan(was: FirmPlan, is: FirmPlan): FirmPlan {
  const looser = partsIn(PLAN).filter((part) => looserIn(PLAN, part, was, is).length > 0);
  const both = looser.some((part) => TOGETHER.includes(part)) ? TOGETHER : [];
  const kept = [...looser, ...both].map((part) => [part, was[part]]);
  return { ...is, ...Object.fromEntries(kept) };
}

const TIGHTNESS: Readonly<Record<FloorRule["kind"], number>> = {
  static: 0,
  "end-of-day": 1,
  intraday: 2,
};

function looserFloor(a: FloorRule, b: FloorRule, was: FirmPlan, is: FirmPlan): Said {
  if (b.lossMax > a.lossMax)
    return [`loss of the firm: ${showMoney(b.lossMax)}, was ${showMoney(a.lossMax)}`];
  if (TIGHTNESS[b.kind] < TIGHTNESS[a.kind]) return [`floor: ${b.kind}, was ${a.kind}`];
  const [before, now] = [lockAbove(was), lockAbove(is)];
  if (now < before) return ["the floor locks earlier"];
  const [paidBefore, paidNow] = [paidAbove(was), paidAbove(is)];
  if (paidNow < paidBefore) return ["a payout puts the floor lower"];
  return a.kind === "end-of-day" && b.kind === "end-of-day"
    ? differs("floor taken at", showMinute)(a.recomputedAt, b.recomputedAt)
    : NONE;
}

/** How far above the start the floor can come. */
function lockAbove({ floor, balanceStart }: FirmPlan): number {
  if (floor.kind === "static") return -floor.lossMax;
  return floor.lock === null ? Number.POSITIVE_INFINITY : floor.lock - balanceStart;
}

/** How far above the start a payout puts it; where it moves nothing, nowhere. */
const paidAbove = ({ floor, balanceStart }: FirmPlan): number =>
  floor.kind === "static" || floor.afterPayout === null
    ? Number.NEGATIVE_INFINITY
    : floor.afterPayout - balanceStart;

const DAILY: PartByPart<DailyLimitRule> = {
  effect: (was, is) => (was === "hard" && is === "soft" ? ["daily limit of the firm: soft"] : NONE),
  amount: (was, is) => moreAt("daily limit of the firm", was, is, dollarText),
  basis: (was, is) =>
    was === "equity" && is === "realised" ? ["daily limit of the firm: booked losses alone"] : NONE,
  feesCounted: (was, is) => (was && !is ? ["daily limit of the firm: without fees"] : NONE),
  // Which of two hours comes first depends on when the limit was reached.
  resetsAt: differs("daily limit of the firm resets at", showMinute),
  ends: (was, is) =>
    was === "never" && is !== "never" ? ["daily limit of the firm: may end"] : NONE,
};

function looserDaily(was: DailyLimitRule | null, is: DailyLimitRule | null): Said {
  if (was === null) return NONE;
  return is === null ? ["daily limit of the firm: none"] : looserAnywhere(DAILY, was, is);
}

function moreAt<Value extends number>(
  what: string,
  was: Tiers<Value>,
  is: Tiers<Value>,
  show: (value: Value) => string,
): Said {
  const from = [...was.steps, ...is.steps].map((step) => step.from);
  const profit = [money(Math.min(...from, 0) - 1), ...from].find(
    (one) => tierAt(is, one) > tierAt(was, one),
  );
  if (profit === undefined) return NONE;
  return [`${what}: ${show(tierAt(is, profit))}, was ${show(tierAt(was, profit))}`];
}

const minis = (weight: Weight): string => `${weight / WEIGHT_PER_MINI} minis`;

const SIZE: PartByPart<SizeRule> = {
  limit: (was, is) => moreAt("size of the firm", was, is, minis),
  microWeight: (was, is) => (is < was ? ["a micro counts less"] : NONE),
  weights: (_, __, was, is) => {
    const weighed = Object.keys({ ...was.weights, ...is.weights }) as Root[];
    return weighed.some((root) => weightOf(is, root) < weightOf(was, root))
      ? ["a contract counts less"]
      : NONE;
  },
  mixing: (was, is) => (was === "forbidden" && is === "allowed" ? ["minis beside micros"] : NONE),
  caps: (was, is) => {
    const kept = new Set(is.map((cap) => canonical(cap)));
    return was.every((cap) => kept.has(canonical(cap))) ? NONE : ["caps on products"];
  },
};

function moreProducts(was: FirmPlan["products"], is: FirmPlan["products"]): Said {
  const more = is.filter((root) => !was.includes(root));
  return more.length === 0 ? NONE : [`products of the firm: also ${more.join(", ")}`];
}

const HOURS: PartByPart<HoursRule> = {
  opensAt: falls("positions from", showMinute),
  flatBy: (was, is) => (is > was ? [`flat by ${showMinute(is)}, was ${showMinute(was)}`] : NONE),
  earlyClose: (was, is) => looserAnywhere(EARLY_CLOSE, was, is),
  calendarUntil: asksNothing,
};

const EARLY_CLOSE: PartByPart<EarlyClose> = {
  before: (was, is) => (is < was ? [`flat ${is} minutes before an early end, was ${was}`] : NONE),
  latest: (was, is) => {
    if (was === null || (is !== null && is <= was)) return NONE;
    const until = is === null ? "its end" : showMinute(is);
    return [`flat by ${until} on a day that ends early, was ${showMinute(was)}`];
  },
  counts: (was, is) =>
    was === "account" && is === "product"
      ? ["flat before the early end of each product, was of the first of all"]
      : NONE,
};
