/** Which limits hold for each account now, one a line, in the words they are configured in. */
import type { Account } from "../model/account.ts";
import type { FirmPlan } from "../model/firm-plan.ts";
import type { FirmState } from "../model/firm-state.ts";
import type { AccountId } from "../model/ids.ts";
import type { Amount, DailyLoss, Exposure, LossSteps, PartLimits } from "../model/limits.ts";
import { amountOf } from "../model/limits.ts";
import type { Limits, Rules } from "../model/rules.ts";
import type { ScoreRules } from "../model/score.ts";
import { type Money, toDollars, WEIGHT_PER_MINI } from "../model/units.ts";
import { showMinute } from "../model/when.ts";
import { showDuration, showMoney } from "../model/wording.ts";
import { openingOf } from "../risk/memory.ts";
import { amountText } from "../risk/raised-limits.ts";
import { hedgingText, newsTexts } from "./firm-plan.ts";
import { clean, hanging } from "./plain-text.ts";
import { renderTable, type TableColumn } from "./table.ts";

export interface LimitsSource {
  readonly account: Account;
  /** Null for an account that is in the settings no more. */
  readonly rules: Rules | null;
  readonly plan?: FirmPlan | null;
}

export interface LimitRow {
  readonly limit: string;
  readonly value: string;
  /** Of a limit in dollars, what it comes to on this trade date. */
  readonly usd?: number;
}

export interface LimitsView {
  readonly account: AccountId;
  readonly name: string;
  readonly rules: string;
  readonly limits: readonly LimitRow[];
}

export const limitsView = ({ account, rules, plan = null }: LimitsSource): LimitsView => ({
  account: account.id,
  name: account.name,
  rules: account.rules,
  limits: [
    ...(rules === null ? [] : rowsOf(rules.limits, openingOf(account))),
    ...(rules === null ? [] : scoreRows(rules.score ?? {})),
    ...firmRows(account.firm, plan),
  ],
});

const scoreRows = ({ cutOff, sizeCurve = [] }: ScoreRules): readonly LimitRow[] => [
  count("risk score refused from", cutOff),
  {
    limit: "size by risk score",
    value:
      sizeCurve.length === 0
        ? "off"
        : sizeCurve.map(({ from, share }) => `${share / 10}% from ${from}`).join(", "),
  },
];

/** What the firm asks on this trade date. */
function firmRows(firm: FirmState | undefined, plan: FirmPlan | null): readonly LimitRow[] {
  if (firm === undefined || plan === null) return [];
  const { floor, buffer, day } = firm;
  const dollars = (limit: string, amount: Money): LimitRow => ({
    limit,
    value: showMoney(amount),
    usd: toDollars(amount),
  });
  return [
    { limit: "firm", value: plan.id },
    dollars("firm: floor", floor.at),
    dollars("firm: buffer above it", buffer),
    day.dailyLimit === null
      ? { limit: "firm: daily limit", value: "none" }
      : dollars("firm: daily limit", day.dailyLimit),
    { limit: "firm: size", value: `${day.size / WEIGHT_PER_MINI} minis` },
    { limit: "firm: flat by", value: `${showMinute(plan.hours.flatBy)} CT` },
    ...newsTexts(plan.news).map((value) => ({ limit: "firm: news", value })),
    { limit: "firm: hedging", value: hedgingText(plan.hedging) },
  ];
}

function rowsOf(limits: Limits, opening: Money): readonly LimitRow[] {
  const money = (limit: string, amount: Amount | undefined): LimitRow =>
    amount === undefined
      ? { limit, value: "off" }
      : { limit, value: moneyText(amount, opening), usd: toDollars(amountOf(amount, opening)) };
  const { dailyLoss, total, breakers = {} } = limits;
  const { errors, slippage, feed } = breakers;
  return [
    money("loss per trade", limits.lossPerTrade),
    money("daily loss", dailyLoss?.limit),
    ...stepRows(dailyLoss),
    money("daily loss, all accounts", total?.dailyLoss?.limit),
    count("losses in a row", limits.consecutiveLosses),
    count("trades a day", limits.tradesPerDay),
    count("entries a minute", limits.entriesPerMinute),
    count("contracts of a family", limits.positionSize),
    ...exposureRows("contracts of", limits.exposure),
    ...exposureRows("contracts over all accounts of", total?.exposure),
    ...partRows("size", limits.bySize, opening),
    ...partRows("source", limits.bySource, opening),
    money("breaker: drawdown", breakers.drawdown?.limit),
    {
      limit: "breaker: errors",
      value:
        errors === undefined
          ? "off"
          : `${errors.count} in ${showDuration(errors.within)}, then ${showDuration(errors.pause)} without entries`,
    },
    {
      limit: "breaker: slippage",
      value:
        slippage === undefined
          ? "off"
          : `mean of ${slippage.fills} fills, ${limits.slippage} ticks`,
    },
    {
      limit: "breaker: feed",
      value: feed === undefined ? "off" : `${showDuration(feed.pause)} after an old price`,
    },
  ];
}

const count = (limit: string, value: number | undefined): LimitRow => ({
  limit,
  value: value === undefined ? "off" : String(value),
});

function moneyText(amount: Amount, opening: Money): string {
  const text = amountText(amount);
  return typeof amount === "number" ? text : `${text}: ${showMoney(amountOf(amount, opening))}`;
}

const stepRows = (daily: DailyLoss | undefined): readonly LimitRow[] =>
  daily === undefined ? [] : [{ limit: "  its steps", value: stepsText(daily.steps) }];

function stepsText({ warn, half, block, flatten }: LossSteps): string {
  const at = (what: string, share: number | null): readonly string[] =>
    share === null ? [] : [`${what} ${share / 10}%`];
  const warned = warn.length === 0 ? [] : [`warn ${warn.map((one) => one / 10).join("/")}%`];
  return [
    ...warned,
    ...at("half size from", half),
    ...at("no entries from", block),
    ...at("all closed at", flatten),
  ].join(", ");
}

const exposureRows = (limit: string, exposure: Exposure = {}): readonly LimitRow[] =>
  Object.entries(exposure).map(([root, value]) => count(`${limit} ${root}`, value));

const partRows = (
  what: string,
  parts: Readonly<Partial<Record<string, PartLimits>>> = {},
  opening: Money,
): readonly LimitRow[] =>
  Object.entries(parts).map(([name, part = {}]) => {
    const { tradesPerDay, lossPerTrade, dailyLoss } = part;
    const texts = [
      ...(tradesPerDay === undefined ? [] : [`${tradesPerDay} trades a day`]),
      ...(lossPerTrade === undefined ? [] : [`${moneyText(lossPerTrade, opening)} a trade`]),
      ...(dailyLoss === undefined ? [] : [`${moneyText(dailyLoss, opening)} a day`]),
    ];
    return { limit: `${what} ${name}`, value: texts.join(", ") };
  });

const LAYOUT: readonly TableColumn[] = [
  { title: "LIMIT", align: "left" },
  { title: "VALUE", align: "left", wraps: true },
];

export const renderLimits = (view: LimitsView, columns = 100): readonly string[] => [
  ...hanging(clean(`${view.name}, by the rules ${view.rules}`), columns, 2),
  ...renderTable(
    LAYOUT,
    view.limits.map(({ limit, value }) => [limit, value]),
    columns,
  ),
];
