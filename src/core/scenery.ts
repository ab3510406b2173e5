/** Builds the scene a trade is attended in from the turn under way. */
import { type Account, isCompared } from "./model/account.ts";
import { directionOf } from "./model/alert.ts";
import type { HoursRules } from "./model/hours.ts";
import type { OrderId } from "./model/ids.ts";
import { instrumentOf } from "./model/instruments.ts";
import type { Trade } from "./model/trade.ts";
import { tradeDateOf } from "./model/trade-date.ts";
import { heldOf, heldOfTranche, wantedOf } from "./model/trade-sums.ts";
import type { Millis } from "./model/units.ts";
import type { VenuePosition } from "./model/venue.ts";
import { isLocked } from "./risk/barred.ts";
import { isShutByFirm } from "./risk/firm-books.ts";
import { type FirmTimes, firmTimesOn, keepsFirmHours } from "./risk/firm-hours.ts";
import { type Carried, newsTimesOf } from "./risk/firm-news.ts";
import {
  calendarOf,
  dayOf,
  type LeaveBy,
  NO_TIMES,
  newsOf,
  type TradeTimes,
  timesOf,
  whenOpen,
} from "./risk/hours.ts";
import { isLockedToday } from "./risk/memory.ts";
import { accountOf, barsOf, findRuleSet, firmPlanOf, openTradesOf, type State } from "./state.ts";
import type { Beside, Scene } from "./track/scene.ts";
import { quoteIn, type Turn } from "./turn.ts";

/** Of an account whose rules are gone there are none. */
export function tradeTimesOf(state: State, trade: Trade, at: Millis): TradeTimes {
  const { settings } = state;
  const account = accountOf(state, trade.account);
  const hours = findRuleSet(state, account.rules)?.hours;
  const times =
    hours === undefined ? NO_TIMES : houseTimesOf(settings, trade, { account, hours }, at);
  const plan = firmPlanOf(state, account);
  const { firm: books } = account;
  if (plan === null || books === undefined || !keepsFirmHours(account, hours)) return times;
  const { group } = instrumentOf(trade.plan.instrument);
  const day = { group, calendar: calendarOf(settings) };
  const firm = firmTimesOn(plan.hours, day, tradeDateOf(trade.plannedAt));
  const openAt = (by: LeaveBy): LeaveBy => whenOpen(day, account, by, at);
  const byHour = earlierOf(times, dailyTimes(firm), openAt);
  if (plan.news === null || plan.news.length === 0) return byHour;
  const carried = { ...carriedWith(state, account, trade), size: plan.size, limit: books.day.size };
  return earlierOf(byHour, newsTimesOf(plan.news, carried, { news: newsOf(settings), at }), openAt);
}

const dailyTimes = ({ entriesEnd, leaveAt }: FirmTimes): TradeTimes => ({
  entriesEnd,
  leaveBy: { at: leaveAt, reason: "cut-off" },
});

/** Trades that came after it leave before it does. */
function carriedWith(state: State, account: Account, trade: Trade): Pick<Carried, "root" | "held"> {
  const older = openTradesOf(state, account).filter(({ number }) => number <= trade.number);
  const held = older.map((one) => ({ root: one.plan.instrument, quantity: wantedOf(one) }));
  return { root: trade.plan.instrument, held };
}

interface Keeper {
  readonly account: Account;
  readonly hours: HoursRules;
}

function houseTimesOf(
  settings: State["settings"],
  { plan, plannedAt }: Trade,
  { account, hours }: Keeper,
  at: Millis,
): TradeTimes {
  const day = dayOf(settings, hours, instrumentOf(plan.instrument));
  return timesOf(day, newsOf(settings), { account, plan, plannedAt }, at);
}

/** Of the house's times and the firm's. */
function earlierOf(
  { entriesEnd, leaveBy }: TradeTimes,
  firm: TradeTimes,
  openAt: (by: LeaveBy) => LeaveBy,
): TradeTimes {
  const isHouse = firm.leaveBy === null || (leaveBy !== null && leaveBy.at <= firm.leaveBy.at);
  return {
    entriesEnd: soonerOf(entriesEnd, firm.entriesEnd),
    leaveBy: isHouse || firm.leaveBy === null ? leaveBy : openAt(firm.leaveBy),
  };
}

function soonerOf(one: Millis | null, other: Millis | null): Millis | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/** Neither a person nor a limit keeps it out. */
const mayEnter = ({ state, at }: Turn, account: Account): boolean =>
  account.gate === "active" &&
  account.offSince === undefined &&
  !isLocked(barsOf(state), account, at) &&
  !isLockedToday(account, at) &&
  !isShutByFirm(account, at);

export function sceneOf(turn: Turn, trade: Trade): Scene {
  const quote = quoteIn(turn, { root: trade.plan.instrument });
  const ageMax = turn.state.run?.priceAgeMax ?? 0;
  const account = accountOf(turn.state, trade.account);
  const { brackets } = account;
  const truth = turn.truth?.account === trade.account ? turn.truth : null;
  return {
    at: turn.at,
    lastQuote: quote,
    quote: quote !== null && turn.at - quote.at <= ageMax ? quote : null,
    brackets,
    mayEnter: mayEnter(turn, account),
    ...tradeTimesOf(turn.state, trade, turn.at),
    compared: isCompared(account),
    beside: besideOf(turn.state, account, trade),
    fewer: truth !== null && showsFewer(turn.state, account, trade, truth.positions),
    truthAt: truth?.askedAt ?? null,
    showsGone: (order) =>
      truth !== null &&
      (order === null || isCancelledIn(truth, order)) &&
      isAfterFills(truth, trade),
    fill: turn.fill,
  };
}

type Truth = NonNullable<Turn["truth"]>;

const isCancelledIn = ({ orders }: Truth, order: OrderId): boolean =>
  orders.some((one) => one.order === order && one.status === "cancelled");

/** Whatever was booked of the trade stands in it, so it knows all that we do. */
const isAfterFills = ({ fills }: Truth, trade: Trade): boolean =>
  trade.fills.every((id) => fills.some(({ fill }) => fill === id));

function showsFewer(
  state: State,
  account: Account,
  { plan: { contract, side } }: Trade,
  positions: readonly VenuePosition[],
): boolean {
  const direction = directionOf(side);
  const theirs = positions.find((one) => one.contract === contract)?.net ?? 0;
  const ours = openTradesOf(state, account)
    .filter(({ plan }) => plan.contract === contract)
    .reduce((sum, one) => sum + directionOf(one.plan.side) * heldOf(one), 0);
  return direction * theirs < direction * ours;
}

/**
 * Nearly always nothing: one trade of a product family at a time. What was sold too much is bought
 * back without waiting for one that only may fill: that can take half a minute, and nothing covers it.
 */
function besideOf(state: State, account: Account, trade: Trade): Beside {
  if (account.open.length < 2) return "nothing";
  const { contract, side } = trade.plan;
  const counts = isReversed(trade) ? isHolding : () => true;
  const others = openTradesOf(state, account).filter(
    (one) => one.id !== trade.id && one.plan.contract === contract && counts(one),
  );
  if (others.some(isReversed)) return "reversed";
  if (others.some((one) => one.plan.side !== side)) return "opposite";
  return others.length > 0 ? "same-side" : "nothing";
}

const isReversed = ({ exit }: Trade): boolean => exit?.reason === "reversed";

const isHolding = ({ tranches }: Trade): boolean =>
  tranches.some((one) => heldOfTranche(one) !== 0);
