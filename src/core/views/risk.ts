/**
 * What stands between each account and each of its limits, in dollars and in ticks.
 *
 * ```text
 * Paper, trade date 2026-11-20
 *   daily loss      $251.16 of $500.00 lost (50.2%), $123.84 to half size, $248.84 to the limit
 *                   3 MES long: 66 ticks to the limit
 *   next entry      may lose $57.68
 *   losses in a row 1 of 3
 * ```
 */
import { canonical } from "../../std/canonical.ts";
import { type AccountId, isTwin } from "../model/ids.ts";
import type { Instrument } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { isoOf } from "../model/iso-time.ts";
import type { BreakerName } from "../model/limits.ts";
import { amountOf, type DailyLoss } from "../model/limits.ts";
import type { News } from "../model/news.ts";
import type { Quote } from "../model/quote.ts";
import type { Rules } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import { type TradeDate, tradeDateOf } from "../model/trade-date.ts";
import { heldOf } from "../model/trade-sums.ts";
import { type Millis, MONEY_PER_DOLLAR, type Money, money, toDollars } from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import { dayAndTime } from "../notify/day-and-time.ts";
import { breakerText } from "../notify/explain-day.ts";
import { type BreakerState, stateAt } from "../risk/breakers.ts";
import { openResult, worstLoss } from "../risk/day.ts";
import { openingOf, riskOf } from "../risk/memory.ts";
import { type FirmRisk, type FirmSource, firmLines, firmRisk, firmRooms } from "./firm-risk.ts";
import { type Day, type LossView, lossView, type TicksView, ticksOf } from "./loss.ts";
import { clean, hanging } from "./plain-text.ts";

/** Its trades are those that are not over. */
export interface RiskAccount extends FirmSource {
  readonly rules: Rules | null;
  /** Highest part of the total that its rule set has reached today, thousandths. */
  readonly totalReached: number;
}

export interface RiskSource {
  readonly at: Millis;
  readonly accounts: readonly RiskAccount[];
  readonly quoteOf: (instrument: Instrument) => Quote | null;
  /** The reports that are known. */
  readonly news: News;
}

export interface RiskView {
  readonly account: AccountId;
  readonly name: string;
  readonly rules: string;
  readonly tradeDate: TradeDate;
  readonly realisedUsd: number;
  readonly openUsd: number;
  /** False where something is open that no price is known of. */
  readonly priced: boolean;
  readonly dailyLoss: LossView | null;
  /** Of all accounts together; null where that is one account with the same limit. */
  readonly total: LossView | null;
  /** What one more entry may lose at most; null = nothing limits it. */
  readonly roomUsd: number | null;
  readonly lockedUntil: Until | null;
  readonly lossesInARow: Used;
  readonly tradesToday: Used;
  readonly breakers: readonly BreakerView[];
  /** Null where it follows no plan of a firm. */
  readonly firm: FirmRisk | null;
  /** How far each position may move against it until everything is closed for the firm's floor. */
  readonly firmTicks: readonly TicksView[];
}

export interface Used {
  readonly used: number;
  readonly limit: number | null;
}

export interface BreakerView {
  readonly breaker: BreakerName;
  readonly state: BreakerState;
  readonly found: string;
  readonly until: Until;
}

export interface Until {
  readonly at: string;
  /** By the clock of the exchange. */
  readonly clock: string;
}

const untilOf = (at: Millis): Until => ({ at: isoOf(at), clock: dayAndTime(at) });

export function riskViews(source: RiskSource): readonly RiskView[] {
  const kinds = totalsOf(source, source.accounts);
  return source.accounts.map((one) => riskView(source, one, kinds));
}

/** An account as far as the sum over all of them goes. */
export type Summed = Pick<RiskAccount, "account" | "rules" | "trades">;

/** What the accounts of one kind add up to. */
export interface Totals {
  readonly accounts: number;
  readonly day: Day;
  readonly trades: readonly Trade[];
}

/** Those that trade, and the twins that only show how. */
export interface Kinds {
  readonly house: Totals;
  readonly twins: Totals;
}

type Moment = Pick<RiskSource, "at" | "quoteOf">;

export function totalsOf(moment: Moment, accounts: readonly Summed[]): Kinds {
  const sumOf = (kin: readonly Summed[]): Totals => ({
    accounts: kin.length,
    day: added(kin.map((one) => dayOf(moment, one))),
    trades: kin.flatMap(({ trades }) => trades),
  });
  return {
    house: sumOf(accounts.filter(({ account }) => !isTwin(account.id))),
    twins: sumOf(accounts.filter(({ account }) => isTwin(account.id))),
  };
}

function dayOf({ at, quoteOf }: Moment, { account, rules, trades }: Summed): Day {
  const opening = openingOf(account);
  const { realisedToday: realised } = account;
  if (rules === null) return { realised, open: money(0), worst: money(0), opening };
  const { fees, limits } = rules;
  const prices = { quoteOf, fees, slippage: limits.slippage, tradeDate: tradeDateOf(at) };
  const [open, worst] = [openResult(trades, prices), worstLoss(trades, prices)];
  return { realised, open, worst, opening };
}

export function riskView(
  source: Omit<RiskSource, "accounts">,
  one: RiskAccount,
  kinds: Kinds,
): RiskView {
  const { account, rules, trades } = one;
  const totals = isTwin(account.id) ? kinds.twins : kinds.house;
  const { at } = source;
  const day = dayOf(source, one);
  const risk = riskOf(account);
  const limits = rules?.limits;
  const daily = limits?.dailyLoss;
  const all =
    totals.accounts > 1 || !isSame(daily, limits?.total?.dailyLoss)
      ? limits?.total?.dailyLoss
      : undefined;
  const reached = one.totalReached;
  const firm = firmRisk(one, source);
  return {
    account: account.id,
    name: account.name,
    rules: account.rules,
    tradeDate: account.tradeDate,
    realisedUsd: toDollars(day.realised),
    openUsd: toDollars(day.open),
    priced: trades.every(
      (trade) =>
        heldOf(trade) === 0 || source.quoteOf(instrumentOf(trade.plan.instrument)) !== null,
    ),
    dailyLoss: daily === undefined ? null : lossView(daily, day, risk.reached, trades),
    total: all === undefined ? null : lossView(all, totals.day, reached, totals.trades),
    roomUsd: roomOf([
      ...(daily === undefined ? [] : [roomIn(daily, day)]),
      ...(all === undefined ? [] : [roomIn(all, totals.day)]),
      ...(limits === undefined ? [] : [amountOf(limits.lossPerTrade, day.opening)]),
      ...firmRooms(one, day.worst),
    ]),
    lockedUntil: risk.lock !== undefined && at < risk.lock.until ? untilOf(risk.lock.until) : null,
    lossesInARow: { used: risk.streak, limit: limits?.consecutiveLosses ?? null },
    tradesToday: { used: account.tradesToday, limit: limits?.tradesPerDay ?? null },
    breakers: risk.tripped
      .map((tripped) => ({ tripped, state: stateAt(tripped, at) }))
      .filter(({ state }) => state !== "closed")
      .map(({ tripped: { breaker, measured, limit, until }, state }) => ({
        ...{ breaker, state, until: untilOf(until), found: breakerText(breaker, measured, limit) },
      })),
    firm,
    firmTicks: firm === null ? [] : ticksOf(trades, Math.round(firm.leftUsd * MONEY_PER_DOLLAR)),
  };
}

const isSame = (one: DailyLoss | undefined, other: DailyLoss | undefined): boolean =>
  canonical(one ?? null) === canonical(other ?? null);

const added = (days: readonly Day[]): Day => {
  const sum = (part: keyof Day): Money => money(days.reduce((so, day) => so + day[part], 0));
  return {
    realised: sum("realised"),
    open: sum("open"),
    worst: sum("worst"),
    opening: sum("opening"),
  };
};

const roomIn = ({ limit }: DailyLoss, { realised, worst, opening }: Day): number =>
  amountOf(limit, opening) - Math.max(0, -realised) - worst;

const roomOf = (rooms: readonly number[]): number | null =>
  rooms.length === 0 ? null : toDollars(money(Math.max(0, Math.min(...rooms))));

export function renderRisk(view: RiskView, columns = 100): readonly string[] {
  const lines = [
    `${clean(view.name)}, trade date ${view.tradeDate}`,
    ...lossLines("daily loss", view.dailyLoss, view.priced),
    ...(view.total === null ? [] : lossLines("all accounts", view.total, true)),
    ...(view.firm === null ? [] : firmLines(view.firm, view.firmTicks.map(positionText))).map(
      ([name, text]) => line(name, text),
    ),
    line("next entry", roomText(view)),
    line("losses in a row", usedText(view.lossesInARow)),
    line("trades today", usedText(view.tradesToday)),
    ...(view.breakers.length === 0 ? [line("breakers", "all closed")] : []),
    ...view.breakers.map((one) =>
      line(`breaker ${one.breaker}`, `${one.state}: ${one.found}; until ${one.until.clock}`),
    ),
  ];
  return lines.flatMap((one) => hanging(one, columns, NAME_WIDTH + 2));
}

const NAME_WIDTH = 17;

const line = (name: string, text: string): string => `  ${name.padEnd(NAME_WIDTH)}${text}`;

const usedText = ({ used, limit }: Used): string =>
  limit === null ? `${used}, not limited` : `${used} of ${limit}`;

const usd = (amount: number): string => showMoney(money(Math.round(amount * 10_000)));

function roomText({ roomUsd, lockedUntil, firm, tradesToday }: RiskView): string {
  const { used, limit } = tradesToday;
  if (firm !== null && firm.lost !== null) return "none: the account is lost";
  const until = lockedUntil ?? firm?.lockedUntil ?? null;
  if (until !== null) return `none before ${until.clock}`;
  if (limit !== null && used >= limit) return "none: every trade of the day is taken";
  return roomUsd === null ? "not limited" : `may lose ${usd(roomUsd)}`;
}

function lossLines(name: string, loss: LossView | null, priced: boolean): readonly string[] {
  if (loss === null) return [line(name, "not limited")];
  const { lostUsd, limitUsd, percent, next, leftUsd, ticks } = loss;
  const lost = `${usd(lostUsd)} of ${usd(limitUsd)} lost (${percent}%${priced ? "" : ", no price"})`;
  const step = next === null ? "" : `, ${usd(next.leftUsd)} to ${next.step} at ${next.percent}%`;
  return [
    line(name, `${lost}${step}, ${usd(leftUsd)} to the limit`),
    ...ticks.map((one) => line("", `${positionText(one)} to the limit`)),
  ];
}

const positionText = ({ contracts, instrument, side, ticks }: TicksView): string =>
  `${contracts} ${instrument} ${side}: ${ticks} ticks`;
