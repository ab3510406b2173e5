/** From a plan as it is written to a plan as the core knows it. */
import type {
  DailyLimitRule,
  FirmPlan,
  FloorRule,
  HedgingRule,
  NewsAction,
  NewsRule,
  PayoutRule,
  ProductCap,
  SizeRule,
  Stage,
} from "../../core/model/firm-plan.ts";
import type { Root } from "../../core/model/instrument.ts";
import { money, WEIGHT_PER_MINI, type Weight, weight } from "../../core/model/units.ts";
import { invariant } from "../../std/assert.ts";
import type { PlanFile } from "./schema-plan.ts";

export function planOf(
  file: PlanFile,
  { id, firm, venue }: Pick<FirmPlan, "id" | "firm" | "venue">,
): FirmPlan {
  const { title, verified, notes, hedging, copying, automation, hours } = file;
  return {
    ...{ id, firm, title, venue, verified, notes },
    sources: some(file.sources),
    stage: stageOf(file.stage),
    balanceStart: file.start,
    floor: floorOf(file.floor),
    dailyLimit: dailyLimitOf(file.dailyLimit),
    size: sizeOf(file),
    products: some(file.products),
    hours: {
      ...hours,
      earlyClose: {
        before: hours.earlyClose.minutesBefore,
        latest: hours.earlyClose.latest ?? null,
        counts: hours.earlyClose.counts,
      },
    },
    news: file.news?.map(newsOf) ?? null,
    hedging: hedgingOf(hedging),
    ...{ copying, automation },
    holdTime: holdTimeOf(file.holdTime),
    inactivity: inactivityOf(file.inactivity),
    accountsMax: file.accountsMax ?? null,
    priceLimitBuffer: file.priceLimitBuffer ?? null,
  };
}

function stageOf(stage: PlanFile["stage"]): Stage {
  if (stage.kind === "live") return { kind: "live" };
  if (stage.kind === "funded") return { kind: "funded", payout: payoutOf(stage.payout) };
  const { target, consistency, daysMin, daysMax } = stage;
  return {
    kind: "evaluation",
    profitTarget: target,
    consistency: consistency ?? null,
    daysMin,
    daysMax: daysMax ?? null,
  };
}

type FundedFile = Extract<PlanFile["stage"], { kind: "funded" }>;

function payoutOf({ ways, ...payout }: FundedFile["payout"]): PayoutRule {
  const read = ways.map(({ name, qualifyingDays: days, consistency, share, cap }) => ({
    name,
    qualifyingDays:
      days === undefined ? null : { count: days.count, profitMin: days.profit ?? null },
    consistency:
      consistency === undefined
        ? null
        : { measure: consistency.measure, shares: some(consistency.shares) },
    shareMax: share,
    cap: cap ?? null,
  }));
  return {
    split: payout.split ?? null,
    smallest: payout.smallest ?? null,
    buffer: payout.buffer,
    countMax: payout.countMax ?? null,
    ways: some(read),
  };
}

function floorOf(floor: PlanFile["floor"]): FloorRule {
  if (floor.kind === "static") return { kind: "static", lossMax: floor.loss };
  const trail = {
    lossMax: floor.loss,
    lock: floor.lock,
    afterPayout: floor.afterPayout ?? null,
  };
  return floor.kind === "intraday"
    ? { kind: "intraday", ...trail }
    : { kind: "end-of-day", ...trail, recomputedAt: floor.recomputedAt };
}

function dailyLimitOf(limit: PlanFile["dailyLimit"]): DailyLimitRule | null {
  if (limit.kind === "none") return null;
  const { kind, amount, tiers, basis, fees, resetsAt, ends } = limit;
  return {
    effect: kind,
    amount: {
      first: amount,
      steps: tiers.map((tier) => ({ from: tier.from, value: tier.amount })),
    },
    ...{ basis, resetsAt, ends },
    feesCounted: fees === "counted",
  };
}

function sizeOf({ size, micros, caps }: PlanFile): SizeRule {
  const weights = Object.entries(micros.others).flatMap(([root, count]) =>
    count === undefined ? [] : [[root, partOf(count)]],
  );
  return {
    limit: {
      first: size.minis,
      steps: size.tiers.map(({ from, minis }) => ({ from, value: minis })),
    },
    microWeight: partOf(micros.perMini),
    weights: Object.fromEntries(weights) as Partial<Record<Root, Weight>>, // by the schema's keys
    mixing: micros.mixing,
    caps: caps.map(
      ({ of, most, until }): ProductCap => ({
        roots: some(of),
        most,
        until: until ?? null,
      }),
    ),
  };
}

const partOf = (count: number): Weight => weight(WEIGHT_PER_MINI / count);

function hedgingOf(rule: PlanFile["hedging"]): HedgingRule {
  if (rule.kind === "allowed") return { kind: "allowed" };
  const { groups, ...forbidden } = rule;
  const named = groups.map(({ name, of }) => ({ name, roots: some(of) }));
  return named.length === 0 ? forbidden : { ...forbidden, groups: named };
}

type NewsFile = NonNullable<PlanFile["news"]>[number];

const newsOf = ({ events, before, after, action }: NewsFile): NewsRule => ({
  events: some(events),
  ...{ before, after },
  action: actionOf(action),
});

function actionOf(action: NewsFile["action"]): NewsAction {
  if (action.kind === "no-opening") return { kind: "no-opening", roots: some(action.of) };
  if (action.kind !== "cap") return action;
  return { kind: "cap", cap: { roots: some(action.of), most: action.most } };
}

const holdTimeOf = (rule: PlanFile["holdTime"]): FirmPlan["holdTime"] =>
  rule === undefined
    ? null
    : { heldMin: rule.held, tradesShare: rule.trades, profitShare: rule.profit };

const inactivityOf = (rule: PlanFile["inactivity"]): FirmPlan["inactivity"] =>
  rule === undefined
    ? null
    : { withinDays: rule.within, daysMin: rule.days, profitMin: money(rule.profit) };

/** The schema asks for at least one. */
function some<Item>(items: readonly Item[]): readonly [Item, ...Item[]] {
  const [first, ...others] = items;
  invariant(first !== undefined, "a list that must hold something does");
  return [first, ...others];
}
