/**
 * A plan of a firm as a person reads it: dollars, minis and times of the day, not the whole numbers
 * behind them. A topic a line, or a plan a line.
 */
import { unreachable } from "../../std/assert.ts";
import type {
  AutomationRule,
  CapAmount,
  ChicagoMinute,
  DailyLimitRule,
  FirmPlan,
  HedgingRule,
  HoursRule,
  InactivityRule,
  NewsAction,
  NewsRule,
  PayoutRule,
  PayoutWay,
  ProductCap,
  Share,
  SizeRule,
  Stage,
  Tiers,
} from "../model/firm-plan.ts";
import { type Money, WEIGHT_PER_MINI, type Weight } from "../model/units.ts";
import { counted, showDuration, showMoney } from "../model/wording.ts";
import { renderTable, type TableColumn } from "./table.ts";

/** Topics with what is said of them; a topic may need several lines. */
export type PlanLine = readonly [topic: string, text: string];

export function planLines(plan: FirmPlan): readonly PlanLine[] {
  return [
    ["plan", `${plan.id}: ${plan.firm}, ${plan.title}`],
    ["trades", plan.venue ?? "nowhere from here: for planning and replay only"],
    ...stageLines(plan.stage),
    ["start", showMoney(plan.balanceStart)],
    ["loss floor", floorText(plan)],
    ["daily limit", dailyLimitText(plan.dailyLimit)],
    ...sizeLines(plan.size),
    ["products", plan.products.join(" ")],
    ["hours", hoursText(plan.hours)],
    ...newsTexts(plan.news).map((text): PlanLine => ["news", text]),
    ["hedging", hedgingText(plan.hedging)],
    ["copying", COPYING[plan.copying]],
    ...automationLines(plan.automation),
    ...restLines(plan),
    ...plan.notes.map((note): PlanLine => ["note", note]),
    ...plan.sources.map(({ kind, text }): PlanLine => ["source", `${SOURCES[kind]}: ${text}`]),
    ["verified", plan.verified],
  ];
}

const COLUMNS: readonly TableColumn[] = [
  { title: "PLAN", align: "left" },
  { title: "STAGE", align: "left" },
  { title: "LOSS", align: "right" },
  { title: "FLOOR", align: "left" },
  { title: "DAILY", align: "right" },
  { title: "MINIS", align: "right" },
  { title: "LIVE", align: "left" },
  { title: "VERIFIED", align: "left" },
];

/** Many plans at a glance: what they begin with. */
export const planTable = (plans: readonly FirmPlan[], columns: number): readonly string[] =>
  renderTable(COLUMNS, plans.map(planRow), columns);

function planRow(plan: FirmPlan): readonly string[] {
  const { id, stage, floor, dailyLimit, size, verified } = plan;
  const daily = dailyLimit === null ? "-" : showMoney(dailyLimit.amount.first);
  const most = String(minis(size.limit.first));
  const loss = showMoney(floor.lossMax);
  return [id, stage.kind, loss, floor.kind, daily, most, liveText(plan), verified];
}

function liveText({ automation, venue }: FirmPlan): string {
  if (automation.kind === "forbidden") return "forbidden";
  return venue === null ? "no venue" : "allowed";
}

const COPYING = {
  allowed: "own accounts may take the same trades",
  "firm-tool-only": "own accounts may take the same trades by the firm's own tool only",
  forbidden: "forbidden",
} as const satisfies Record<FirmPlan["copying"], string>;

const SOURCES = { primary: "help centre", secondary: "secondary" } as const;

export const showClock = (minute: ChicagoMinute): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")} CT`;

const showShare = (share: Share): string => `${share / 10}%`;
const minis = (value: Weight): number => value / WEIGHT_PER_MINI;
const showMinis = (value: Weight): string => counted(minis(value), "mini");

const showCap = ({ unit, value }: CapAmount): string =>
  unit === "minis" ? showMinis(value) : counted(value, "contract");

/** What holds from which profit on. */
const showTiers = <Value>({ first, steps }: Tiers<Value>, show: (value: Value) => string): string =>
  [
    show(first),
    ...steps.map(({ from, value }) => `${show(value)} from a profit of ${showMoney(from)}`),
  ].join(", ");

function stageLines(stage: Stage): readonly PlanLine[] {
  if (stage.kind === "live") return [["stage", "live: the firm's own money"]];
  if (stage.kind === "funded") return payoutLines(stage.payout);
  const { profitTarget, consistency, daysMin, daysMax } = stage;
  const days = daysMin > 0 ? `, at least ${counted(daysMin, "day")}` : "";
  const limit = daysMax === null ? "" : `, within ${counted(daysMax, "day")}`;
  const target: PlanLine = ["stage", `evaluation: earn ${showMoney(profitTarget)}${days}${limit}`];
  if (consistency === null) return [target];
  const whole = consistency.measure === "target" ? "the target" : "the net profit";
  const line = `a best day above ${showShare(consistency.share)} of ${whole} raises the target`;
  return [target, ["consistency", line]];
}

function payoutLines({ split, smallest, buffer, countMax, ways }: PayoutRule): readonly PlanLine[] {
  const parts = [
    ...(split === null ? [] : [`${showShare(split)} to the trader`]),
    ...(smallest === null ? [] : [`at least ${showMoney(smallest)}`]),
    ...(buffer === 0 ? [] : [`${showMoney(buffer)} of profit stay in the account`]),
    ...(countMax === null ? [] : [`${countMax} at most`]),
  ];
  const payouts = parts.length === 0 ? "payouts" : `payouts, ${parts.join(", ")}`;
  const text = ways.map((way): PlanLine => ["payout", `${way.name}: ${wayText(way)}`]);
  return [["stage", `funded: ${payouts}`], ...text];
}

function wayText({ qualifyingDays, consistency, shareMax, cap }: PayoutWay): string {
  const days = qualifyingDays === null ? [] : [counted(qualifyingDays.count, "day")];
  const profit = qualifyingDays?.profitMin ?? null;
  const whole = consistency?.measure === "net" ? "net" : "net since the last payout";
  const shares = consistency?.shares.map(showShare).join(", then ") ?? "";
  const parts = [
    ...days.map((text) => (profit === null ? text : `${text} of ${showMoney(profit)}`)),
    ...(consistency === null ? [] : [`best day up to ${shares} of ${whole}`]),
    ...(shareMax === 1_000 ? [] : [`up to ${showShare(shareMax)} of the profit`]),
    ...(cap === null ? [] : [`up to ${showMoney(cap)}`]),
  ];
  return parts.length === 0 ? "no further condition is known" : parts.join(", ");
}

function floorText({ floor, balanceStart }: FirmPlan): string {
  const begins = showMoney((balanceStart - floor.lossMax) as Money);
  if (floor.kind === "static") return `${begins}, and stays there`;
  const peak =
    floor.kind === "intraday"
      ? "highest equity, open profit included"
      : `highest closed balance, taken at ${showClock(floor.recomputedAt)}`;
  const lock = floor.lock === null ? "never stops rising" : `stops at ${showMoney(floor.lock)}`;
  const paid =
    floor.afterPayout === null ? "" : `, and a payout nails it at ${showMoney(floor.afterPayout)}`;
  return `${begins}, then ${showMoney(floor.lossMax)} below the ${peak}; ${lock}${paid}`;
}

function dailyLimitText(rule: DailyLimitRule | null): string {
  if (rule === null) return "none";
  const open = rule.basis === "equity" ? "open losses counted" : "booked losses only";
  const fees = rule.feesCounted ? "fees counted" : "fees left out";
  const effect =
    rule.effect === "soft"
      ? `then flat and shut out until ${showClock(rule.resetsAt)}`
      : "then the account is lost";
  const ends = rule.ends === "never" ? "" : "; lifted once the floor has come up to the start";
  return `${showTiers(rule.amount, showMoney)}; ${open}, ${fees}; ${effect}${ends}`;
}

function sizeLines({ limit, microWeight, weights, mixing, caps }: SizeRule): readonly PlanLine[] {
  const others = Object.entries(weights).map(
    ([root, value]) => `${WEIGHT_PER_MINI / value} ${root}`,
  );
  const micros = [counted(WEIGHT_PER_MINI / microWeight, "micro"), ...others].join(" or ");
  const mixed = mixing === "allowed" ? "" : "; mini and micro of one product not together";
  return [
    ["size", `${showTiers(limit, showMinis)}; ${micros} to a mini${mixed}`],
    ...caps.map((cap): PlanLine => ["cap", capText(cap)]),
  ];
}

function capText({ roots, most, until }: ProductCap): string {
  return `${roots.join(", ")}: ${showCap(most)}${until === null ? "" : ` until ${until}`}`;
}

function hoursText({ opensAt, flatBy, earlyClose, calendarUntil }: HoursRule): string {
  const { before, latest, counts } = earlyClose;
  const cap = latest === null ? "" : `, ${showClock(latest)} at the latest`;
  const scope = counts === "account" ? "the first product" : "each product";
  return (
    `from ${showClock(opensAt)} on the evening before, flat by ${showClock(flatBy)}; ` +
    `on early closes ${counted(before, "minute")} before ${scope} stops${cap}; ` +
    `calendar known until ${calendarUntil}`
  );
}

/** One a rule; none where nothing is asked. */
export const newsTexts = (rules: FirmPlan["news"]): readonly string[] =>
  rules === null ? ["not known, so nothing is kept"] : rules.map(newsText);

function newsText({ events, before, after, action }: NewsRule): string {
  const window = `${showDuration(before)} before to ${showDuration(after)} after ${events.join(", ")}`;
  return `${window}: ${actionText(action)}`;
}

export function actionText(action: NewsAction): string {
  switch (action.kind) {
    case "flat":
      return "nothing is held";
    case "no-opening":
      return `nothing opened in ${action.roots.join(", ")}`;
    case "cap":
      return capText({ ...action.cap, until: null });
    case "below-maximum":
      return "less than the largest size";
    default:
      return unreachable(action);
  }
}

export function hedgingText(rule: HedgingRule): string {
  if (rule.kind === "allowed") return "allowed";
  const where = rule.within === "account" ? "in the account" : "over all own accounts";
  if (rule.counts === "family") return `forbidden ${where}, in one product`;
  const groups = (rule.groups ?? []).map(({ name, roots }) => `${name}: ${roots.join(" ")}`);
  const named = groups.length === 0 ? "" : ` (${groups.join("; ")})`;
  return `forbidden ${where}, in one product and in correlated ones${named}`;
}

function automationLines(rule: AutomationRule): readonly PlanLine[] {
  if (rule.kind === "forbidden") return [["automation", "forbidden: it never starts live"]];
  const device = rule.device === "own" ? "on the trader's own device only" : "on any device";
  const watched = rule.supervised ? ", watched by a person" : "";
  return [
    ["automation", `allowed ${device}${watched}`],
    ...rule.conditions.map((text): PlanLine => ["automation", text]),
  ];
}

function restLines(plan: FirmPlan): readonly PlanLine[] {
  const { holdTime, inactivity, accountsMax, priceLimitBuffer } = plan;
  const lines: PlanLine[] = [];
  if (holdTime !== null) {
    const { heldMin, tradesShare, profitShare } = holdTime;
    const held = `held ${showDuration(heldMin)} or longer: ${showShare(tradesShare)} of trades`;
    lines.push(["hold time", `${held}, ${showShare(profitShare)} of profit`]);
  }
  if (inactivity !== null) lines.push(["inactivity", inactivityText(inactivity)]);
  if (accountsMax !== null) lines.push(["accounts", `${accountsMax} at most`]);
  if (priceLimitBuffer !== null) {
    const text = `nothing held within ${showShare(priceLimitBuffer)} of an exchange price limit`;
    lines.push(["price limit", text]);
  }
  return lines;
}

function inactivityText({ withinDays, daysMin, profitMin }: InactivityRule): string {
  const profit = profitMin === 0 ? "" : ` that earn ${showMoney(profitMin)} each`;
  return `${counted(daysMin, "trading day")}${profit} in any ${counted(withinDays, "day")}`;
}
