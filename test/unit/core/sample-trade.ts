/**
 * A trade to test with: an ES alert taken as 3 MES, told fact by fact.
 *
 * Prices are written in points, as text, and become ticks of the trade's instrument.
 */
import type { FactOf } from "../../../src/core/model/fact.ts";
import { accountId, fillId, orderId, tradeIdOf } from "../../../src/core/model/ids.ts";
import { priceToTicks, type Root } from "../../../src/core/model/instrument.ts";
import { instrumentOf } from "../../../src/core/model/instruments.ts";
import type { MessageRef } from "../../../src/core/model/message.ts";
import type { Plan } from "../../../src/core/model/plan.ts";
import type { ExitWay, Trade } from "../../../src/core/model/trade.ts";
import { contracts, dollars, millis, type Ticks } from "../../../src/core/model/units.ts";
import { evolveTrade, type FactOfTrade } from "../../../src/core/track/evolve-trade.ts";
import { newTrade } from "../../../src/core/track/new-trade.ts";

/** 2026-11-23, 09:31:05 in Chicago: a Monday. */
export const AT = millis(1_795_447_865_000);

export const PAPER = accountId("PAPER");
export const ALERT: MessageRef = { source: "chat-file", channel: "alerts.txt", id: "12" };

export function points(text: string, root: Root = "MES"): Ticks {
  const price = priceToTicks(instrumentOf(root), Number(text));
  if (!price.ok) throw new Error(`${text} is ${price.error}`);
  return price.value;
}

export const PLAN: Plan = {
  instrument: "MES",
  contract: "MESZ26",
  side: "long",
  entry: { kind: "limit", limit: points("6328.00") },
  alerted: points("6326.00"),
  worst: points("6328.00"),
  expected: points("6328.00"),
  stop: points("6316.00"),
  targets: [points("6333.00"), points("6338.00")],
  shares: [500, 500],
  tranches: [
    { quantity: contracts(1), target: points("6333.00") },
    { quantity: contracts(2), target: points("6338.00") },
  ],
  anchor: "alert",
  breakevenAfter: 1,
  onBreakevenPassed: "exit",
  expiresAt: millis(AT + 30_000),
  risk: dollars(191.16),
};

/** The same trade upside down. */
export const SHORT: Plan = {
  ...PLAN,
  side: "short",
  entry: { kind: "limit", limit: points("6324.00") },
  worst: points("6324.00"),
  expected: points("6324.00"),
  stop: points("6336.00"),
  targets: [points("6319.00"), points("6314.00")],
  tranches: [
    { quantity: contracts(1), target: points("6319.00") },
    { quantity: contracts(2), target: points("6314.00") },
  ],
};

export function planned(
  plan: Partial<Plan> = {},
  about: Partial<FactOf<"TradePlanned">> = {},
): FactOf<"TradePlanned"> {
  const message = about.message ?? ALERT;
  const account = about.account ?? PAPER;
  return {
    at: AT,
    kind: "TradePlanned",
    trade: tradeIdOf(message, account),
    number: 1,
    account,
    message,
    author: null,
    plan: { ...PLAN, ...plan },
    ...about,
  };
}

export const TRADE = planned().trade;

let fills = 0;
/** Every fill has an id of its own. */
const fill = () => ({
  fill: fillId(`f${++fills}`),
  order: orderId("o"),
  fees: dollars(0.61),
});
const of = (tranche: number) => ({ at: AT, trade: TRADE, tranche });

export const entered = (
  tranche: number,
  price: string,
  quantity: number,
): FactOf<"EntryFilled"> => ({
  ...of(tranche),
  ...fill(),
  kind: "EntryFilled",
  price: points(price),
  quantity: contracts(quantity),
});

export const left = (
  by: ExitWay,
  tranche: number,
  price: string,
  quantity: number,
): FactOf<"ExitFilled"> => ({
  ...of(tranche),
  ...fill(),
  kind: "ExitFilled",
  by,
  price: points(price),
  quantity: contracts(quantity),
});

export const confirmed = (
  leg: "stop" | "target",
  tranche: number,
  price: string,
  quantity: number,
): FactOf<"LegConfirmed"> => ({
  ...of(tranche),
  kind: "LegConfirmed",
  leg,
  order: orderId(`${leg}-${tranche}`),
  price: points(price),
  quantity: contracts(quantity),
});

/** The trade after these facts, folded by the parts that fold them in earnest. */
export const tradeAfter = (
  facts: readonly FactOfTrade[],
  plan: Partial<Plan> = {},
  about: Partial<FactOf<"TradePlanned">> = {},
): Trade => facts.reduce(evolveTrade, newTrade(planned(plan, about)));
