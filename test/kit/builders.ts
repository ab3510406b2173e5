/**
 * Alerts, quotes, accounts and trades for tests of the core: each a plain default that a test
 * changes in the one place it is about.
 *
 * Prices are written the way a trader writes them, in points of ES or MES (`es(6326)`), and become
 * ticks. The default trade is the default alert taken by the default rules:
 *
 * ```text
 * long 3 MES  alert 6326  limit 6328  stop 6316  targets 6333 (1 contract) and 6338 (2)
 * ```
 */
import type { Account } from "../../src/core/model/account.ts";
import type { Alert } from "../../src/core/model/alert.ts";
import { DEFAULT_RULES } from "../../src/core/model/defaults.ts";
import type { FactOf } from "../../src/core/model/fact.ts";
import { accountId, fillId, type OrderId, orderId, tradeIdOf } from "../../src/core/model/ids.ts";
import type { MessageRef } from "../../src/core/model/message.ts";
import type { Plan } from "../../src/core/model/plan.ts";
import type { Quote } from "../../src/core/model/quote.ts";
import type { ExitRules, Limits, Rules } from "../../src/core/model/rules.ts";
import type { FillSum, Leg, Trade, Tranche } from "../../src/core/model/trade.ts";
import { tradeDate } from "../../src/core/model/trade-date.ts";
import {
  contracts,
  dollars,
  type Millis,
  millis,
  money,
  type Ticks,
  ticks,
} from "../../src/core/model/units.ts";
import type { VenueFill, VenueOrder } from "../../src/core/model/venue.ts";
import { evolveTrade, type FactOfTrade } from "../../src/core/track/evolve-trade.ts";
import { newTrade } from "../../src/core/track/new-trade.ts";
import type { Scene } from "../../src/core/track/scene.ts";

/** Thursday 2026-11-19, 15:00 UTC: the markets are open, the trade date is the same day. */
export const NOW = millis(1_795_100_400_000);
export const TODAY = tradeDate("2026-11-19");
export const ACCOUNT = accountId("PAPER-1");
export const MESSAGE: MessageRef = { source: "chat-file", channel: "alerts", id: "m1" };
export const TRADE = tradeIdOf(MESSAGE, ACCOUNT);

/** So many milliseconds after `NOW`. */
export const later = (span: number): Millis => millis(NOW + span);

/** A price of ES or MES, written in points. */
export const es = (points: number): Ticks => ticks(points * 4);

export const anAlert = (change: Partial<Alert> = {}): Alert => ({
  instrument: "ES",
  side: "long",
  entry: es(6326),
  stop: es(6316),
  targets: [],
  size: "A",
  tags: [],
  stopCondition: null,
  ...change,
});

/** One tick wide around `last`, unless told otherwise; nothing traded since but `last`. */
export function aQuote(last: Ticks = es(6326), change: Partial<Quote> = {}): Quote {
  const ask = ticks(last + 1);
  return { instrument: "MES", at: NOW, last, bid: last, ask, high: last, low: last, ...change };
}

interface RulesChange extends Partial<Omit<Rules, "limits" | "exits">> {
  readonly limits?: Partial<Limits>;
  readonly exits?: Partial<ExitRules>;
}

export const someRules = ({ limits, exits, ...change }: RulesChange = {}): Rules => ({
  ...DEFAULT_RULES,
  ...change,
  limits: { ...DEFAULT_RULES.limits, ...limits },
  exits: { ...DEFAULT_RULES.exits, ...exits },
});

export const anAccount = (change: Partial<Account> = {}): Account => ({
  id: ACCOUNT,
  name: "Paper",
  rules: "default",
  brackets: "native",
  sessions: "cme",
  gate: "active",
  gateReason: null,
  settled: true,
  blocked: [],
  tradeDate: TODAY,
  tradesToday: 0,
  realisedToday: money(0),
  balance: dollars(50_000),
  open: [],
  seenAt: NOW,
  ...change,
});

export const aPlan = (change: Partial<Plan> = {}): Plan => ({
  instrument: "MES",
  contract: "MESZ26",
  side: "long",
  entry: { kind: "limit", limit: es(6328) },
  alerted: es(6326),
  worst: es(6328),
  expected: es(6328),
  stop: es(6316),
  targets: [es(6333), es(6338)],
  shares: [500, 500],
  tranches: [
    { quantity: contracts(1), target: es(6333) },
    { quantity: contracts(2), target: es(6338) },
  ],
  anchor: "alert",
  breakevenAfter: 1,
  onBreakevenPassed: "exit",
  expiresAt: later(30_000),
  risk: dollars(191.16),
  ...change,
});

/** The same upside down: every level as far below the alert's price as it was above. */
export const aShortPlan = (change: Partial<Plan> = {}): Plan =>
  aPlan({
    side: "short",
    entry: { kind: "limit", limit: es(6324) },
    worst: es(6324),
    expected: es(6324),
    stop: es(6336),
    targets: [es(6319), es(6314)],
    tranches: [
      { quantity: contracts(1), target: es(6319) },
      { quantity: contracts(2), target: es(6314) },
    ],
    ...change,
  });

export const planned = (plan: Plan = aPlan(), number = 1): FactOf<"TradePlanned"> => {
  const message = number === 1 ? MESSAGE : { ...MESSAGE, id: `m${number}` };
  return {
    at: NOW,
    kind: "TradePlanned",
    trade: tradeIdOf(message, ACCOUNT),
    number,
    account: ACCOUNT,
    message,
    author: "alice",
    plan,
  };
};

/** A trade just planned: its first entry is on its way, nothing has been heard. */
export const aTrade = (change: Partial<Trade> = {}, plan: Plan = aPlan(), number = 1): Trade => ({
  ...newTrade(planned(plan, number)),
  ...change,
});

/** The trade after these facts. */
export const told = (trade: Trade, ...facts: readonly FactOfTrade[]): Trade =>
  facts.reduce(evolveTrade, trade);

/** The trade with one tranche changed. */
export const withTranche = (trade: Trade, index: number, change: Partial<Tranche>): Trade => ({
  ...trade,
  tranches: trade.tranches.map((one, at) => (at === index ? { ...one, ...change } : one)),
});

/** The trade with the entry order of one tranche changed. */
export const withEntry = (
  trade: Trade,
  index: number,
  change: Partial<Tranche["entry"]>,
): Trade => ({
  ...trade,
  tranches: trade.tranches.map((one, at) =>
    at === index ? { ...one, entry: { ...one.entry, ...change } } : one,
  ),
});

export const someFills = (quantity: number, price: Ticks): FillSum => ({
  quantity: contracts(quantity),
  priceSum: price * quantity,
});

/** A leg the venue keeps itself: working at the alert's stop for one contract. */
export const aLeg = (change: Partial<Leg> = {}): Leg => ({
  tag: null,
  order: orderId("leg"),
  state: "working",
  price: es(6316),
  quantity: contracts(1),
  filled: contracts(0),
  change: null,
  attempts: 0,
  placements: 0,
  placedAt: NOW,
  refusals: 0,
  touchedAt: NOW,
  refusal: null,
  cancelAskedAt: null,
  ...change,
});

/** The two legs of a tranche, as the venue made them with its fill. */
function legsOf(trade: Trade, index: number): Pick<Tranche, "stop" | "target"> {
  const tranche = trade.tranches[index] as Tranche;
  const quantity = contracts(tranche.entered.quantity - tranche.exited.quantity);
  const leg = { quantity };
  return {
    stop: aLeg({ ...leg, order: legOrder("s", index), price: trade.stopAim }),
    target: aLeg({ ...leg, order: legOrder("t", index), price: tranche.targetAim }),
  };
}

export const legOrder = (role: "e" | "s" | "t", index: number): OrderId =>
  orderId(`${role}${index + 1}`);

/** Every tranche filled whole at the alert's price, stops and targets where they belong. */
export function anOpenTrade(plan: Plan = aPlan(), number = 1): Trade {
  const trade = aTrade({}, plan, number);
  const filled = trade.tranches.reduce((sofar, _, index) => {
    const { quantity } = sofar.tranches[index] as Tranche;
    const about = { at: NOW, trade: trade.id, tranche: index };
    const order = legOrder("e", index);
    return told(
      sofar,
      ...(index === 0 ? [] : [{ ...about, kind: "EntrySent" } as const]),
      { ...about, kind: "EntryAccepted", order },
      {
        ...about,
        kind: "EntryFilled",
        fill: fillId(`${number}-in${index + 1}`),
        order,
        price: plan.alerted,
        quantity,
        fees: money(0),
      },
    );
  }, trade);
  return filled.tranches.reduce(
    (sofar, _, index) => withTranche(sofar, index, legsOf(sofar, index)),
    filled,
  );
}

/** Its price is fresh; a test that says there is no `quote` still has the last one, if it wants. */
export const aScene = (change: Partial<Scene> = {}): Scene => ({
  at: later(10_000),
  quote: aQuote(),
  lastQuote: change.quote === undefined ? aQuote() : change.quote,
  brackets: "native",
  mayEnter: true,
  compared: true,
  beside: "nothing",
  fewer: false,
  truthAt: null,
  showsGone: () => false,
  fill: null,
  entriesEnd: null,
  leaveBy: null,
  ...change,
});

export const anOrder = (change: Partial<VenueOrder> = {}): VenueOrder => ({
  order: legOrder("e", 0),
  tag: null,
  parent: null,
  role: "entry",
  contract: "MESZ26",
  side: "buy",
  status: "working",
  price: es(6328),
  quantity: contracts(1),
  filled: contracts(0),
  reason: null,
  ...change,
});

export const aFill = (change: Partial<VenueFill> = {}): VenueFill => ({
  fill: fillId("f1"),
  order: legOrder("e", 0),
  tag: null,
  parent: null,
  role: "entry",
  contract: "MESZ26",
  side: "buy",
  price: es(6326),
  quantity: contracts(1),
  fees: dollars(0.61),
  at: NOW,
  ...change,
});
