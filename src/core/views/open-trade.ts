/**
 * A trade that is on, at the price of this moment: what it stands at, where its stop and its targets
 * rest, how far away they are and what each would make.
 *
 * ```text
 * #3 MES long 2 at 6326.25, price 6329.50, +$32.50
 *    stop    6326.25   13 ticks away    $0.00
 *    target  6338.00   34 ticks away  +$117.50
 * ```
 *
 * Ticks count from the price to the level, so they shrink as it comes nearer and are below zero once
 * it is passed. Dollars are what these contracts make there against their average entry, fees aside.
 */
import { directionOf } from "../model/alert.ts";
import { ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Quote } from "../model/quote.ts";
import type { ExitReason, Trade, Tranche } from "../model/trade.ts";
import { enteredOf, heldOfTranche, pendingOf } from "../model/trade-sums.ts";
import { type Money, money, type Ticks, toDollars } from "../model/units.ts";
import { markOf } from "../risk/day.ts";
import { type TradeView, tradeRows, tradeView } from "./trades.ts";

export interface OpenTradeView extends TradeView {
  readonly author: string | null;
  /** The last trade of its instrument, in points; null while there is none. */
  readonly price: number | null;
  /** What it has made if it were left at the price of this moment, fees so far in it; null = no price. */
  readonly openUsd: number | null;
  /** Contracts held for which no stop is known to work. */
  readonly bare: number;
  /** Where stops work, the farthest first. */
  readonly stops: readonly LevelView[];
  /** Where the rest of it should leave, in the order of the plan. */
  readonly exits: readonly LevelView[];
  readonly breakeven: Trade["breakeven"];
  /** Why it is being left; null while it is not. */
  readonly leaving: ExitReason | null;
  /** Handed to the person. */
  readonly released: boolean;
}

export interface LevelView {
  /** In points. */
  readonly price: number;
  readonly quantity: number;
  /** From the price of this moment; null without one. */
  readonly ticks: number | null;
  /** From the average entry, below zero for a loss; null before the first fill. */
  readonly entryTicks: number | null;
  /** Of these contracts; null before the first fill. */
  readonly usd: number | null;
}

export function openTradeView(trade: Trade, quote: Quote | null): OpenTradeView {
  const [row] = tradeRows([trade]);
  const instrument = instrumentOf(trade.plan.instrument);
  const quoteOf = (): Quote | null => quote;
  const level = levelOf(trade, quote);
  const direction = directionOf(trade.plan.side);
  const stops = merged(trade.tranches.flatMap(stopOf));
  return {
    ...tradeView(row as NonNullable<typeof row>),
    author: trade.author,
    price: quote === null ? null : ticksToPoints(instrument, quote.last),
    openUsd: quote === null ? null : toDollars(markOf(trade, { quoteOf })),
    bare: bareOf(trade),
    stops: stops.toSorted((a, b) => direction * (a.price - b.price)).map((one) => level(one, -1)),
    exits: merged(trade.tranches.flatMap(exitOf)).map((one) => level(one, 1)),
    breakeven: trade.breakeven,
    leaving: trade.exit?.reason ?? null,
    released: trade.released,
  };
}

interface Rest {
  readonly price: Ticks;
  readonly quantity: number;
}

function stopOf(tranche: Tranche): readonly Rest[] {
  const quantity = Math.max(0, heldOfTranche(tranche));
  const { stop } = tranche;
  return stop?.state === "working" && quantity > 0 ? [{ price: stop.price, quantity }] : [];
}

function exitOf(tranche: Tranche): readonly Rest[] {
  const quantity = Math.max(0, heldOfTranche(tranche)) + pendingOf(tranche);
  return quantity === 0 ? [] : [{ price: tranche.target?.price ?? tranche.targetAim, quantity }];
}

const bareOf = ({ tranches }: Trade): number =>
  tranches.reduce((sum, one) => {
    const covered = one.stop?.state === "working" ? one.stop.quantity : 0;
    return sum + Math.max(0, heldOfTranche(one) - covered);
  }, 0);

/** At one price there is one level, whatever it is made of. */
function merged(rests: readonly Rest[]): readonly Rest[] {
  const found = new Map<Ticks, number>();
  for (const { price, quantity } of rests) found.set(price, (found.get(price) ?? 0) + quantity);
  return [...found].map(([price, quantity]) => ({ price, quantity }));
}

/** Never minus zero. `side`: 1 for a level in the direction of the trade, -1 for one behind it. */
function levelOf(trade: Trade, quote: Quote | null) {
  const instrument = instrumentOf(trade.plan.instrument);
  const direction = directionOf(trade.plan.side);
  const { quantity: bought, priceSum } = enteredOf(trade);
  const made = (price: Ticks, quantity: number): Money =>
    money(
      Math.floor(
        (direction * instrument.tickValue * (price * bought - priceSum) * quantity) / bought,
      ),
    );
  return ({ price, quantity }: Rest, side: 1 | -1): LevelView => ({
    price: ticksToPoints(instrument, price),
    quantity,
    ticks: quote === null ? null : side * direction * (price - quote.last) + 0,
    entryTicks:
      bought === 0
        ? null
        : Math.round((direction * (price * bought - priceSum) * 10) / bought) / 10 + 0,
    usd: bought === 0 ? null : toDollars(made(price, quantity)),
  });
}
