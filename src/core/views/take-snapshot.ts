/**
 * Takes a snapshot, from the one before it wherever nothing has changed.
 *
 * Given the same source it is the same view, whatever the one before was: a test compares the two.
 */
import { isLive } from "../model/account.ts";
import type { Ringing } from "../model/alarm-fact.ts";
import { isTwin, type TradeId } from "../model/ids.ts";
import type { Instrument } from "../model/instrument.ts";
import { isoOf } from "../model/iso-time.ts";
import type { Quote } from "../model/quote.ts";
import type { Trade } from "../model/trade.ts";
import { heldOf, openRiskOf } from "../model/trade-sums.ts";
import { dollars, type Money, money, toDollars } from "../model/units.ts";
import { alertViews } from "./alert-feed.ts";
import { feesOf } from "./ended-fees.ts";
import type { Feed } from "./feed.ts";
import { nextCutOff } from "./next-cut-off.ts";
import { type OpenTradeView, openTradeView } from "./open-trade.ts";
import { priceView } from "./prices.ts";
import { type OrderView, ordersOf } from "./resting-orders.ts";
import { type Kinds, type RiskView, riskView, type Summed, totalsOf } from "./risk.ts";
import type {
  AlarmView,
  ShownAccount,
  SnapshotAccount,
  SnapshotDay,
  SnapshotSource,
  SnapshotView,
} from "./snapshot.ts";
import { accountView, backupsView, waitingView } from "./status.ts";
import { formatTime } from "./timeline.ts";

const ACCOUNTS_SHOWN = 50;
const TRADES_SHOWN = 50;
const ALARMS_SHOWN = 20;
const LINES_SHOWN = 60;

/** What was worked out of a trade, and from what. */
interface KeptTrade {
  readonly trade: Trade;
  readonly quote: Quote | null;
  readonly view: OpenTradeView;
  readonly orders: readonly OrderView[];
}

export interface Snapshot {
  readonly view: SnapshotView;
  readonly kept: ReadonlyMap<TradeId, KeptTrade>;
}

type QuoteOf = (instrument: Pick<Instrument, "root">) => Quote | null;

/** Null before the first. */
export function takeSnapshot(before: Snapshot | null, source: SnapshotSource): Snapshot {
  const { at, accounts, feed, waiting, backups, health } = source;
  const quotes = new Map(source.quotes.map((quote) => [quote.instrument, quote]));
  const quoteOf: QuoteOf = ({ root }) => quotes.get(root) ?? null;
  const shown = shownOf(accounts);
  const kept = tradesKept(before, shown, quoteOf);
  const trades = [...kept.values()];
  const kinds = totalsOf({ at, quoteOf }, accounts);
  const full = shown.map((one) => source.shown(one));
  const rows = full.map((one) =>
    accountRow(one, riskView({ at, quoteOf, news: source.news }, one, kinds), feed),
  );
  const view: SnapshotView = {
    ...{ at: isoOf(at), clock: formatTime(at), sequence: source.sequence, mode: source.mode },
    ...{ impaired: source.impaired, market: source.market },
    prices: source.quotes.map(priceView),
    gates: gatesOf(accounts),
    entries: entriesOf(rows),
    cutOff: nextCutOff(full, source.calendar, at),
    day: houseDay(accounts, kinds, feed, quoteOf),
    accounts: rows,
    positions: trades.map((one) => one.view),
    orders: trades.flatMap((one) => one.orders),
    omitted: {
      accounts: accounts.length - rows.length,
      positions: accounts.reduce((sum, one) => sum + one.trades.length, 0) - trades.length,
    },
    waiting: waiting.map((one) => waitingView(one, at)),
    alarms: source.alarms.slice(0, ALARMS_SHOWN).map((one) => alarmView(one, kept)),
    alerts: alertViews(feed.alerts),
    lines: feed.lines.slice(-LINES_SHOWN),
    remarks: source.remarks,
    ...(backups !== undefined && { backups: backupsView(backups, at) }),
    ...(health !== undefined && { health }),
  };
  return { view, kept };
}

/** By name; of very many, those that have something on come first. */
function shownOf(accounts: readonly Summed[]): readonly Summed[] {
  const named = accounts.toSorted((a, b) => (a.account.name < b.account.name ? -1 : 1));
  if (named.length <= ACCOUNTS_SHOWN) return named;
  const busy = named.filter(({ trades }) => trades.length > 0);
  const idle = named.filter(({ trades }) => trades.length === 0);
  return [...busy, ...idle].slice(0, ACCOUNTS_SHOWN);
}

function tradesKept(
  before: Snapshot | null,
  accounts: readonly Summed[],
  quoteOf: QuoteOf,
): ReadonlyMap<TradeId, KeptTrade> {
  const trades = accounts
    .flatMap((one) => one.trades)
    .toSorted((a, b) => a.number - b.number)
    .slice(0, TRADES_SHOWN);
  return new Map(
    trades.map((trade) => {
      const quote = quoteOf({ root: trade.plan.instrument });
      const known = before?.kept.get(trade.id);
      return [
        trade.id,
        known !== undefined && isSame(known, trade, quote) ? known : keep(trade, quote),
      ];
    }),
  );
}

const isSame = ({ trade, quote }: KeptTrade, now: Trade, price: Quote | null): boolean =>
  trade === now &&
  quote?.last === price?.last &&
  quote?.bid === price?.bid &&
  quote?.ask === price?.ask;

const keep = (trade: Trade, quote: Quote | null): KeptTrade => ({
  ...{ trade, quote },
  view: openTradeView(trade, quote),
  orders: ordersOf(trade),
});

function accountRow(one: ShownAccount, risk: RiskView, feed: Feed): SnapshotAccount {
  const { account, trades } = one;
  const openRisk = trades.reduce((sum, trade) => sum + openRiskOf(trade), 0);
  const live = isLive(account) ? "live" : "paper";
  return {
    ...accountView(account, { trades: trades.length, risk: money(openRisk) }),
    kind: isTwin(account.id) ? "twin" : live,
    day: dayOf({
      closed: account.realisedToday,
      open: dollars(risk.openUsd),
      fees: feesIn(one, feed),
      priced: risk.priced,
    }),
    ...{ state: one.state, refuses: one.refuses, risk },
  };
}

interface DaySums {
  readonly closed: Money;
  readonly open: Money;
  readonly fees: Money;
  readonly priced: boolean;
}

const dayOf = ({ closed, open, fees, priced }: DaySums): SnapshotDay => ({
  closedUsd: toDollars(closed),
  openUsd: toDollars(open),
  priced,
  feesUsd: toDollars(fees),
  netUsd: toDollars(money(closed + open)),
});

/** Of trades that ended on this trade date, and of those that are on. */
const feesIn = ({ account, trades }: Summed, { fees }: Feed): Money =>
  money(trades.reduce((sum: number, trade) => sum + trade.fees, feesOf(fees, account.id)));

function houseDay(
  accounts: readonly Summed[],
  { house }: Kinds,
  feed: Feed,
  quoteOf: QuoteOf,
): SnapshotDay {
  const own = accounts.filter(({ account }) => !isTwin(account.id));
  const isPriced = (trade: Trade): boolean =>
    heldOf(trade) === 0 || quoteOf({ root: trade.plan.instrument }) !== null;
  return dayOf({
    closed: house.day.realised,
    open: house.day.open,
    fees: money(own.reduce((sum, one) => sum + feesIn(one, feed), 0)),
    priced: house.trades.every(isPriced),
  });
}

function gatesOf(accounts: readonly Summed[]): SnapshotView["gates"] {
  const gates = { active: 0, reducing: 0, halted: 0 };
  for (const { account } of accounts) gates[account.gate] += 1;
  return gates;
}

function entriesOf(rows: readonly SnapshotAccount[]): SnapshotView["entries"] {
  const open = rows.filter(({ state }) => state === "on").length;
  if (open === 0) return "closed";
  return open === rows.length ? "open" : "partly";
}

const alarmView = (
  { what, account, trade, since, acknowledged }: Ringing,
  kept: Snapshot["kept"],
): AlarmView => ({
  ...{ what, account, since: isoOf(since) },
  trade: trade === null ? null : (kept.get(trade)?.trade.number ?? null),
  acknowledgedBy: acknowledged?.by ?? null,
});
