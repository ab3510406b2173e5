/**
 * What one plan asks less of than another in how an account is traded, at which stage, and when it
 * pays: everything in it beside floors, limits, sizes and hours (`looser-plan.ts`).
 *
 * What cannot be compared counts as less.
 */
import { canonical } from "../../std/canonical.ts";
import type {
  AutomationRule,
  FirmPlan,
  HedgingRule,
  HoldTimeRule,
  InactivityRule,
  NewsKind,
  NewsRule,
  PayoutRule,
  Stage,
} from "../model/firm-plan.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Millis, Money } from "../model/units.ts";
import { showDuration, showMoney } from "../model/wording.ts";
import {
  asksNothing,
  falls,
  looserAnywhere,
  NONE,
  type PartByPart,
  ranked,
  rises,
  type Said,
} from "./part-by-part.ts";

type Conduct = Pick<
  FirmPlan,
  | ("venue" | "stage" | "news" | "hedging" | "copying" | "automation")
  | ("holdTime" | "inactivity" | "accountsMax" | "priceLimitBuffer")
>;

const percent = (share: number): string => `${share / 10}%`;
const money = (amount: Money): string => showMoney(amount);
const span = (time: Millis): string => showDuration(time);

export const CONDUCT: PartByPart<Conduct> = {
  venue: (was, is) => (was === null && is !== null ? [`it may trade at ${is}`] : NONE),
  stage: looserStage,
  news: lessNews,
  hedging: looserHedging,
  copying: ranked("copying of own accounts", "allowed", "firm-tool-only", "forbidden"),
  automation: looserAutomation,
  holdTime: orNone("times to hold are not asked", {
    heldMin: falls("time to hold", span),
    tradesShare: falls("trades held so long", percent),
    profitShare: falls("profit of trades held so long", percent),
  } satisfies PartByPart<HoldTimeRule>),
  inactivity: orNone("no activity is asked", {
    withinDays: rises("days in which it has to trade"),
    daysMin: falls("days it has to trade on"),
    profitMin: falls("what such a day has to earn", money),
  } satisfies PartByPart<InactivityRule>),
  accountsMax: rises("accounts of one person"),
  priceLimitBuffer: falls("distance from a price limit of the exchange", percent),
};

/** What is asked in parts, or not at all. */
function orNone<Rule extends object>(none: string, table: PartByPart<Rule>) {
  return (was: Rule | null, is: Rule | null): Said => {
    if (was === null) return NONE;
    return is === null ? [none] : looserAnywhere(table, was, is);
  };
}

type Of<Kind extends Stage["kind"]> = Extract<Stage, { readonly kind: Kind }>;

const EVALUATION: PartByPart<Of<"evaluation">> = {
  kind: asksNothing,
  profitTarget: falls("profit target", money),
  consistency: (was, is) => {
    if (was === null) return NONE;
    if (is === null) return ["no best day is too good"];
    return was.measure === is.measure
      ? rises("share of the best day", percent)(was.share, is.share)
      : ["the best day is measured otherwise"];
  },
  daysMin: falls("days to trade"),
  daysMax: rises("days in all"),
};

const PAYOUT: PartByPart<PayoutRule> = {
  split: asksNothing,
  smallest: falls("smallest payout", money),
  buffer: falls("profit that stays", money),
  countMax: rises("payouts"),
  ways: (was, is) => (canonical(was) === canonical(is) ? NONE : ["other ways to a payout"]),
};

function looserStage(was: Stage, is: Stage): Said {
  if (was.kind === "evaluation" && is.kind === "evaluation")
    return looserAnywhere(EVALUATION, was, is);
  if (was.kind === "funded" && is.kind === "funded")
    return looserAnywhere(PAYOUT, was.payout, is.payout);
  return was.kind === is.kind ? NONE : [`stage: ${is.kind}, was ${was.kind}`];
}

/** Every report that counted still does, for as long and with as much that is not done. */
function lessNews(was: FirmPlan["news"], is: FirmPlan["news"]): Said {
  const lost = (was ?? []).flatMap((rule) =>
    rule.events.filter((event) => !(is ?? []).some((one) => covers(one, event, rule))),
  );
  return lost.length === 0 ? NONE : [`less is asked around ${lost.join(", ")}`];
}

const covers = (one: NewsRule, event: NewsKind, rule: NewsRule): boolean =>
  one.events.includes(event) &&
  one.before >= rule.before &&
  one.after >= rule.after &&
  (one.action.kind === "flat" || canonical(one.action) === canonical(rule.action));

function looserHedging(was: HedgingRule, is: HedgingRule): Said {
  if (was.kind === "allowed") return NONE;
  if (is.kind === "allowed") return ["hedging is allowed"];
  return [
    ...ranked("hedging is forbidden within", "account", "own-accounts")(was.within, is.within),
    ...ranked("hedging counts", "family", "correlated")(was.counts, is.counts),
    ...(pairsIn(was).every((pair) => pairsIn(is).includes(pair))
      ? NONE
      : ["fewer products count as correlated"]),
  ];
}

type Forbidden = Extract<HedgingRule, { kind: "forbidden" }>;

/** Every two families that may not stand against each other. */
const pairsIn = ({ groups = [] }: Forbidden): readonly string[] =>
  groups.flatMap(({ roots }) => {
    const families = roots.map((root) => instrumentOf(root).family);
    return families.flatMap((one) => families.map((other) => `${one} ${other}`));
  });

function looserAutomation(was: AutomationRule, is: AutomationRule): Said {
  if (is.kind === "forbidden") return NONE;
  if (was.kind === "forbidden") return ["a program may trade it"];
  const dropped = was.conditions.filter((one) => !is.conditions.includes(one));
  return [
    ...ranked("device of a program", "any", "own")(was.device, is.device),
    ...(was.supervised && !is.supervised ? ["a program need not be watched"] : NONE),
    ...dropped.map((one) => `a program need no longer: ${one}`),
  ];
}
