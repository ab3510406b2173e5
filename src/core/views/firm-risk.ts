/**
 * What stands between an account and its firm: the floor, the daily limit, the size.
 *
 * ```text
 *   firm            topstep/combine-50k
 *   firm floor      $48000.00, $1850.00 above it (7.5% used), $1750.00 until everything is closed
 *                   3 MES long: 466 ticks until then
 *   firm daily      $150.00 of $1000.00 lost (15%), $850.00 to the limit
 *   firm size       0.3 of 5 minis held
 *   firm news       CPI at Thursday 07:30 CT: nothing is held from 07:28 to 07:32
 * ```
 */

import type { Account } from "../model/account.ts";
import type { FirmPlan, NewsAction, NewsRule } from "../model/firm-plan.ts";
import type { FirmLimit, FirmState } from "../model/firm-state.ts";
import { isoOf } from "../model/iso-time.ts";
import type { News } from "../model/news.ts";
import type { Trade } from "../model/trade.ts";
import { wantedOf } from "../model/trade-sums.ts";
import { type Millis, type Money, money, toDollars, WEIGHT_PER_MINI } from "../model/units.ts";
import { showWhen } from "../model/when.ts";
import { showMoney } from "../model/wording.ts";
import { dayAndTime } from "../notify/day-and-time.ts";
import { weightHeld } from "../risk/contract-cap.ts";
import type { Prices } from "../risk/day.ts";
import { equityOf, type Gauge, gaugesOf } from "../risk/firm-books.ts";
import { firmBudgets } from "../risk/firm-gate.ts";
import { nextWindow } from "../risk/firm-news.ts";
import { actionText } from "./firm-plan.ts";

export interface FirmSource {
  readonly account: Account;
  /** Null where none is in force. */
  readonly plan: FirmPlan | null;
  readonly trades: readonly Trade[];
}

export interface FirmRisk {
  readonly plan: string;
  readonly equityUsd: number;
  readonly floorUsd: number;
  /** Whether it rises no further. */
  readonly floorLocked: boolean;
  readonly bufferUsd: number;
  readonly aboveFloorUsd: number;
  /** Of what may be lost. */
  readonly usedPercent: number;
  /** Until everything is closed. */
  readonly leftUsd: number;
  readonly dailyLimit: {
    readonly limitUsd: number;
    readonly lostUsd: number;
    readonly percent: number;
    readonly leftUsd: number;
  } | null;
  readonly minis: { readonly held: number; readonly limit: number };
  /** The next window of each rule, soonest first. */
  readonly news: readonly NewsAhead[];
  readonly lockedUntil: { readonly at: string; readonly clock: string } | null;
  readonly lost: { readonly of: FirmLimit; readonly at: string } | null;
  readonly payouts: number;
  readonly daysTraded: number;
}

export interface NewsAhead {
  readonly report: string;
  readonly at: string;
  readonly from: string;
  readonly until: string;
  readonly asks: NewsAction["kind"];
  readonly text: string;
}

interface Seen extends Pick<Prices, "quoteOf"> {
  readonly at: Millis;
  readonly news: News;
}

export function firmRisk({ account, plan, trades }: FirmSource, prices: Seen): FirmRisk | null {
  const { at, news } = prices;
  const { firm } = account;
  if (firm === undefined || plan === null) return null;
  const equity = equityOf({ balance: account.balance, firm }, trades, prices);
  const gauges = gaugesOf({ plan, firm, equity, isToday: true });
  const [ofFloor, ofDay] = gauges;
  const { floor, buffer, lock, breach, payouts, days } = firm;
  return {
    plan: plan.id,
    equityUsd: toDollars(equity),
    floorUsd: toDollars(floor.at),
    floorLocked: floor.lock !== null && floor.at >= floor.lock,
    bufferUsd: toDollars(buffer),
    aboveFloorUsd: toDollars(money(equity - floor.at)),
    usedPercent: ofFloor.share / 10,
    leftUsd: toDollars(money(Math.max(0, equity - floor.at - buffer))),
    dailyLimit: ofDay === undefined ? null : dailyOf(ofDay, equity),
    minis: minisOf(firm, plan, trades),
    news: newsAhead(plan.news ?? [], news, at),
    lockedUntil:
      lock !== undefined && at < lock.until
        ? { at: isoOf(lock.until), clock: dayAndTime(lock.until) }
        : null,
    lost: breach === undefined ? null : { of: breach.of, at: isoOf(breach.at) },
    payouts,
    daysTraded: days.length,
  };
}

function newsAhead(rules: readonly NewsRule[], news: News, at: Millis): readonly NewsAhead[] {
  const found = rules.flatMap((rule) => {
    const window = nextWindow(rule, news, at);
    return window === null ? [] : [{ rule, window }];
  });
  return found
    .toSorted((a, b) => a.window.from - b.window.from)
    .map(({ rule: { action }, window }) => ({
      report: window.name,
      at: isoOf(window.at),
      from: isoOf(window.from),
      until: isoOf(window.until),
      asks: action.kind,
      text: `${window.name} on ${showWhen(window.at)}, from ${dayAndTime(window.from)} to ${dayAndTime(window.until)}: ${actionText(action)}`,
    }));
}

function dailyOf({ limit, level, share }: Gauge, equity: Money) {
  const left = Math.max(0, equity - level);
  return {
    limitUsd: toDollars(limit),
    lostUsd: toDollars(money(Math.max(0, limit - (equity - level)))),
    percent: share / 10,
    leftUsd: toDollars(money(left)),
  };
}

function minisOf({ day }: FirmState, { size }: FirmPlan, trades: readonly Trade[]) {
  const held = trades.map((one) => ({ root: one.plan.instrument, quantity: wantedOf(one) }));
  return { held: weightHeld(size, held) / WEIGHT_PER_MINI, limit: day.size / WEIGHT_PER_MINI };
}

/** What one more entry may lose before a limit of the firm; `worst` is what open trades still can. */
export function firmRooms({ account, plan }: FirmSource, worst: Money): readonly number[] {
  const reading = plan === null ? null : { plan };
  return firmBudgets(account, reading, { open: worst, risk: Number.POSITIVE_INFINITY }).map(
    ({ limit, realised, open }) => limit - Math.max(0, -realised) - open,
  );
}

const usd = (amount: number): string => showMoney(money(Math.round(amount * 10_000)));

/** Name and text of each line; an empty name goes on with the line before. */
export function firmLines(
  firm: FirmRisk,
  ticks: readonly string[],
): readonly (readonly [string, string])[] {
  const { floorUsd, aboveFloorUsd, usedPercent, leftUsd, dailyLimit: daily, minis } = firm;
  const at = `${usd(floorUsd)}${firm.floorLocked ? ", locked" : ""}`;
  const above = `${usd(aboveFloorUsd)} above it (${usedPercent}% used)`;
  return [
    ["firm", `${firm.plan}${stateText(firm)}`],
    ["firm floor", `${at}: ${above}, ${usd(leftUsd)} until everything is closed`],
    ...ticks.map((text): readonly [string, string] => ["", `${text} until then`]),
    [
      "firm daily limit",
      daily === null
        ? "none"
        : `${usd(daily.lostUsd)} of ${usd(daily.limitUsd)} lost (${daily.percent}%), ${usd(daily.leftUsd)} to the limit`,
    ],
    ["firm size", `${minis.held} of ${minis.limit} minis held`],
    ...firm.news.map(({ text }): readonly [string, string] => ["firm news", text]),
  ];
}

function stateText({ lost, lockedUntil }: FirmRisk): string {
  if (lost !== null) return ": the account is lost";
  return lockedUntil === null ? "" : `: no entries before ${lockedUntil.clock}`;
}
