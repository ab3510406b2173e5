/**
 * What one plan of a firm asks less of than another, and of two plans the tighter one, part by part.
 *
 * Amounts that change with the profit are compared at every profit at which either changes. What
 * cannot be compared, as a cap that is no longer there, counts as less.
 */
import { canonical } from "../../std/canonical.ts";
import type {
  DailyLimitRule,
  FirmPlan,
  FloorRule,
  HedgingRule,
  NewsRule,
  SizeRule,
  Tiers,
} from "../model/firm-plan.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { type Money, money, WEIGHT_PER_MINI, type Weight } from "../model/units.ts";
import { showMinute } from "../model/when.ts";
import { showMoney } from "../model/wording.ts";
import { weightOf } from "./contract-cap.ts";
import { tierAt } from "./profit-tiers.ts";

type Said = readonly string[];

interface Part {
  readonly keys: readonly (keyof FirmPlan)[];
  readonly looser: (was: FirmPlan, is: FirmPlan) => Said;
}

const NONE: Said = [];

export const looserPlan = (was: FirmPlan, is: FirmPlan): Said =>
  PARTS.flatMap(({ looser }) => looser(was, is));

/** Each part as the tighter plan has it; a part that is looser anywhere stays as it was. */
export function tighterPlan(was: FirmPlan, is: FirmPlan): FirmPlan {
  const kept = PARTS.filter(({ looser }) => looser(was, is).length > 0).flatMap(({ keys }) => keys);
  return { ...is, ...Object.fromEntries(kept.map((key) => [key, was[key]])) };
}

const PARTS: readonly Part[] = [
  { keys: ["floor", "balanceStart"], looser: looserFloor },
  { keys: ["dailyLimit"], looser: (was, is) => looserDaily(was.dailyLimit, is.dailyLimit) },
  { keys: ["size"], looser: (was, is) => looserSize(was.size, is.size) },
  { keys: ["products"], looser: moreProducts },
  { keys: ["hours"], looser: laterHours },
  { keys: ["news"], looser: (was, is) => lessAroundNews(was.news ?? [], is.news ?? []) },
  { keys: ["hedging"], looser: (was, is) => lessHedging(was.hedging, is.hedging) },
];

const TIGHTNESS: Readonly<Record<FloorRule["kind"], number>> = {
  static: 0,
  "end-of-day": 1,
  intraday: 2,
};

function looserFloor(was: FirmPlan, is: FirmPlan): Said {
  const [a, b] = [was.floor, is.floor];
  if (b.lossMax > a.lossMax)
    return [`loss of the firm: ${showMoney(b.lossMax)}, was ${showMoney(a.lossMax)}`];
  if (TIGHTNESS[b.kind] < TIGHTNESS[a.kind]) return [`floor: ${b.kind}, was ${a.kind}`];
  const [before, now] = [lockAbove(was), lockAbove(is)];
  return now < before ? ["the floor locks earlier"] : NONE;
}

/** How far above the start the floor can come. */
function lockAbove({ floor, balanceStart }: FirmPlan): number {
  if (floor.kind === "static") return -floor.lossMax;
  return floor.lock === null ? Number.POSITIVE_INFINITY : floor.lock - balanceStart;
}

function looserDaily(was: DailyLimitRule | null, is: DailyLimitRule | null): Said {
  if (was === null) return NONE;
  if (is === null) return ["daily limit of the firm: none"];
  if (was.effect === "hard" && is.effect === "soft") return ["daily limit of the firm: soft"];
  if (was.basis === "equity" && is.basis === "realised")
    return ["daily limit of the firm: booked losses alone"];
  if (was.ends === "never" && is.ends !== "never") return ["daily limit of the firm: may end"];
  const show = (one: Money): string => showMoney(one);
  return moreAt("daily limit of the firm", was.amount, is.amount, show);
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

function looserSize(was: SizeRule, is: SizeRule): Said {
  const kept = new Set(is.caps.map((cap) => canonical(cap)));
  const weighed = Object.keys({ ...was.weights, ...is.weights }) as Root[];
  return [
    ...moreAt("size of the firm", was.limit, is.limit, minis),
    ...(is.microWeight < was.microWeight ? ["a micro counts less"] : NONE),
    ...(weighed.some((root) => weightOf(is, root) < weightOf(was, root))
      ? ["a contract counts less"]
      : NONE),
    ...(was.mixing === "forbidden" && is.mixing === "allowed" ? ["minis beside micros"] : NONE),
    ...(was.caps.every((cap) => kept.has(canonical(cap))) ? NONE : ["caps on products"]),
  ];
}

function moreProducts(was: FirmPlan, is: FirmPlan): Said {
  const more = is.products.filter((root) => !was.products.includes(root));
  return more.length === 0 ? NONE : [`products of the firm: also ${more.join(", ")}`];
}

function laterHours({ hours: was }: FirmPlan, { hours: is }: FirmPlan): Said {
  if (is.flatBy > was.flatBy)
    return [`flat by ${showMinute(is.flatBy)}, was ${showMinute(was.flatBy)}`];
  const [before, now] = [was.earlyClose, is.earlyClose];
  if (now.before < before.before)
    return [`flat ${now.before} minutes before an early end, was ${before.before}`];
  if (before.counts === "account" && now.counts === "product")
    return ["flat before the early end of each product, was of the first of all"];
  if (before.latest === null || (now.latest !== null && now.latest <= before.latest)) return NONE;
  const until = now.latest === null ? "its end" : showMinute(now.latest);
  return [`flat by ${until} on a day that ends early, was ${showMinute(before.latest)}`];
}

/** Each rule has to be there still, for all its reports and for as long at least. */
function lessAroundNews(was: readonly NewsRule[], is: readonly NewsRule[]): Said {
  const isKept = (rule: NewsRule): boolean =>
    rule.events.every((event) =>
      is.some(
        (one) =>
          one.events.includes(event) &&
          one.before >= rule.before &&
          one.after >= rule.after &&
          canonical(one.action) === canonical(rule.action),
      ),
    );
  return was.every(isKept) ? NONE : ["less is asked around news"];
}

type Forbidden = Extract<HedgingRule, { kind: "forbidden" }>;

function lessHedging(was: HedgingRule, is: HedgingRule): Said {
  if (was.kind === "allowed") return NONE;
  if (is.kind === "allowed") return ["hedging is allowed"];
  if (was.within === "own-accounts" && is.within === "account")
    return ["hedging over several accounts"];
  const pairs = pairsIn(is);
  return pairsIn(was).every((pair) => pairs.includes(pair))
    ? NONE
    : ["hedging in correlated products"];
}

/** Every two families that may not stand against each other. */
const pairsIn = ({ groups = [] }: Forbidden): readonly string[] =>
  groups.flatMap(({ roots }) => {
    const families = roots.map((root) => instrumentOf(root).family);
    return families.flatMap((one) => families.map((other) => `${one} ${other}`));
  });
