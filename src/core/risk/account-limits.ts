/**
 * What an account has to say to an alert: its gate, what it is in already, and how much it may carry.
 *
 * The alert and the market were judged before, once for all accounts; this is asked of each.
 */
import { type Account, CLOCK_OFF_MAX } from "../model/account.ts";
import { feePerSide } from "../model/fees.ts";
import { type Instrument, type Root, worthOf } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Levels } from "../model/levels.ts";
import { amountOf } from "../model/limits.ts";
import type { Opponent, Refusal } from "../model/refusal.ts";
import type { Rules } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import type { TradeDate } from "../model/trade-date.ts";
import { openRiskOf, wantedOf } from "../model/trade-sums.ts";
import { type Contracts, type Money, money } from "../model/units.ts";
import type { PlanReading } from "./firm-gate.ts";
import { openingOf } from "./memory.ts";
import type { TotalView } from "./total-view.ts";

export interface AccountView {
  readonly account: Account;
  /** The account's trades that are not over. */
  readonly openTrades: readonly Trade[];
  /** Left out where nothing is counted over all accounts. */
  readonly total?: TotalView | null;
  /** What another account has on the other side of the family; null = nothing. */
  readonly opponent?: Opponent | null;
  /** What the plan of its firm says; left out where it follows none. */
  readonly reading?: PlanReading | null;
}

export function refuseAccount(rules: Rules, { account, openTrades }: AccountView): Refusal | null {
  if (account.gate !== "active") {
    return { kind: "gate", gate: account.gate, reason: account.gateReason ?? "" };
  }
  const { offSince } = account;
  if (offSince !== undefined) return { kind: "switched-off", since: offSince };
  const uncompared = refuseUncompared(account);
  if (uncompared !== null) return uncompared;
  const unknown = openTrades.find(hasUnknownEntry);
  if (unknown) return { kind: "outcome-unknown", trade: unknown.number };
  const { tradesPerDay } = rules.limits;
  return account.tradesToday < tradesPerDay
    ? null
    : { kind: "trades-per-day", taken: account.tradesToday, limit: tradesPerDay };
}

const hasUnknownEntry = ({ tranches }: Trade): boolean =>
  tranches.some(({ entry }) => entry.state === "unknown");

/** Why nobody can say what it holds, or when. */
export function refuseUncompared({ link, clockOff, settled }: Account): Refusal | null {
  if (link?.state === "down") return { kind: "link-down" };
  if (clockOff !== undefined) return { kind: "clock-off", offset: clockOff, limit: CLOCK_OFF_MAX };
  return settled ? null : { kind: "not-settled" };
}

/** One trade at a time per product family: ES and MES are the same bet. */
export function refuseFamily(
  instrument: Instrument,
  levels: Levels,
  rules: Rules,
  { account, openTrades }: AccountView,
): Refusal | null {
  // Nearly always. No list is made to find that out: there may be a thousand accounts.
  if (openTrades.length === 0 && account.blocked.length === 0) return null;
  const blocked = account.blocked.find((one) => one.instrument === instrument.root);
  if (blocked) return { kind: "closed-by-hand", ...blocked };
  const same = openTrades.filter((trade) => familyOf(trade) === instrument.family);
  const opposite = same.find((trade) => trade.plan.side !== levels.side);
  if (opposite) return { kind: "opposite-open", trade: opposite.number };
  // What a person took over is not ours to add to.
  const first = same.find((trade) => trade.released || rules.adds === "refuse");
  return first ? { kind: "already-in-trade", trade: first.number } : null;
}

/** Accounts of the same hands bet against each other in no family: it costs, and firms forbid it. */
export const refuseOpposing = (
  { family }: Instrument,
  { opponent }: AccountView,
): Refusal | null => (opponent == null ? null : opposedBy(opponent, family));

export function opposedBy(opponent: Opponent, family: Root): Refusal {
  const { correlated } = opponent;
  return correlated === undefined
    ? { kind: "opposing-account", family, ...opponent }
    : { kind: "firm-hedging", family, ...opponent, correlated };
}

const familyOf = (trade: Trade) => instrumentOf(trade.plan.instrument).family;

/** What the alert would bring. */
interface Wanted {
  readonly instrument: Instrument;
  readonly quantity: Contracts;
  readonly risk: Money;
}

/** Contracts of its family that the account holds or has asked for. */
export const wantedIn = (instrument: Instrument, { openTrades }: AccountView): number =>
  sumIn(instrument, openTrades, wantedOf);

/** Of the trades of its family. */
function sumIn(
  { family }: Instrument,
  trades: readonly Trade[],
  countOf: (trade: Trade) => number,
): number {
  let sum = 0;
  for (const trade of trades) if (familyOf(trade) === family) sum += countOf(trade);
  return sum;
}

/** The sum over the family, where trades may be added to one another: together they are one bet. */
export function refuseSize(
  { instrument, quantity, risk }: Wanted,
  rules: Rules,
  view: AccountView,
): Refusal | null {
  const { account } = view;
  const { positionSize, lossPerTrade } = rules.limits;
  const limit = amountOf(lossPerTrade, openingOf(account));
  const wanted = wantedIn(instrument, view) + quantity;
  if (wanted > positionSize) return { kind: "position-size", wanted, limit: positionSize };
  const open = openRiskIn(instrument, rules, view);
  if (risk + open <= limit) return null;
  const refusal = { kind: "loss-per-trade", risk, limit } as const;
  return open === 0 ? refusal : { ...refusal, open };
}

/** What trades of its family that are on can still lose. */
export const openRiskIn = (
  instrument: Instrument,
  rules: Rules,
  { openTrades, account }: AccountView,
): Money => money(sumIn(instrument, openTrades, (one) => riskOf(one, rules, account.tradeDate)));

/** What a trade that is on can still lose, costed like one that is to come. */
function riskOf(trade: Trade, { limits, fees }: Rules, tradeDate: TradeDate): number {
  const instrument = instrumentOf(trade.plan.instrument);
  const perContract =
    worthOf(instrument, limits.slippage, 1) + 2 * feePerSide(fees, instrument.root, tradeDate);
  return openRiskOf(trade) + wantedOf(trade) * perContract;
}
