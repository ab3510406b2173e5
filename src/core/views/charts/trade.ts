/**
 * One trade: where it was meant to end, and where it went in and out, over the time it was on.
 *
 * ```text
 *  - - - - - - - - - - - - - - target 2
 *  - - - - - - - - ▼- - - - -  target 1      ▲ bought  ▼ sold
 *      ▲──────────/                          shaded: as far as the price went
 *  - - - - - - - - - - - - - - stop
 * ```
 *
 * Between its fills we do not know the price, so nothing is drawn there but how long it was on.
 */
import { html, type Markup } from "../html.ts";
import { axisOf, decimalsOf } from "./axis.ts";
import { at, type Chart, type Plot, type Scale, scaleOn, yScale } from "./frame.ts";
import { extentOf } from "./line.ts";

export interface TradeChart {
  readonly title: string;
  readonly says: string;
  readonly isLong: boolean;
  /** Points. */
  readonly levels: readonly Level[];
  readonly fills: readonly Fill[];
  /** As far as the price went while it was on; null = nobody saw. */
  readonly reach: { readonly low: number; readonly high: number } | null;
  /** Labels of the ends of the time axis. */
  readonly from: string;
  readonly to: string;
  readonly decimals: number;
}

export interface Level {
  readonly name: string;
  readonly price: number;
  readonly look: "stop" | "target" | "entry";
}

export interface Fill {
  readonly at: number;
  readonly price: number;
  readonly way: "in" | "out";
}

const SIZE = { width: 480, height: 170 } as const;
const AREA: Plot = { left: 72, right: 340, top: 14, bottom: 140 };

export function tradeChart(trade: TradeChart): Chart {
  const { title, says, levels, fills, reach, decimals } = trade;
  const prices = [...levels, ...fills].map(({ price }) => price);
  const y = axisOf(...extentOf(prices, ...(reach === null ? [] : [reach.low, reach.high])), 4);
  const toY = yScale(y, AREA);
  const times = fills.map((one) => one.at);
  const [first, last] = extentOf(times);
  const toX = scaleOn(AREA.left + 8, AREA.right - 8, {
    low: first,
    high: Math.max(last, first + 1),
  });
  const digits = decimalsOf(y.step);
  const grid = y.ticks.map((value) => {
    const place = at(toY(value));
    return html`<path class="grid" d="M${AREA.left} ${place}H${AREA.right}"/><text class="y" x="${AREA.left - 7}" y="${place}" dy=".35em">${value.toFixed(digits)}</text>`;
  });
  return {
    ...SIZE,
    ...{ title, says },
    drawn: html`${grid}${reached(reach, toY)}${levelLines(levels, toY, decimals)}${onPath(fills, toX, toY)}${marks(trade, toX, toY)}${ends(trade)}`,
  };
}

function reached(reach: TradeChart["reach"], toY: Scale): Markup {
  if (reach === null) return html``;
  const [top, bottom] = [toY(reach.high), toY(reach.low)];
  return html`<rect class="reach" x="${AREA.left}" y="${at(top)}" width="${AREA.right - AREA.left}" height="${at(bottom - top)}"/>`;
}

/** Labels stand beside their lines, or as near as the next one lets them. */
const APART = 15;

function levelLines(levels: readonly Level[], toY: Scale, decimals: number): Markup {
  const down = levels.toSorted((a, b) => b.price - a.price);
  const places = spread(down.map(({ price }) => toY(price)));
  return html`${down.map(({ name, price, look }, index) => {
    const y = at(toY(price));
    const label = at(places[index] as number);
    return html`<path class="level ${look}" d="M${AREA.left} ${y}H${AREA.right}L${AREA.right + 8} ${label}"/><text class="level" x="${AREA.right + 12}" y="${label}" dy=".35em">${name} ${price.toFixed(decimals)}</text>`;
  })}`;
}

/** Downwards each at least so far below the one before; then up again from the bottom. */
function spread(places: readonly number[]): readonly number[] {
  const down: number[] = [];
  for (const place of places) {
    const before = down.at(-1);
    down.push(before === undefined ? Math.max(place, 8) : Math.max(place, before + APART));
  }
  let below = SIZE.height - 6 + APART;
  return down
    .toReversed()
    .map((place) => {
      below = Math.min(place, below - APART);
      return below;
    })
    .toReversed();
}

/** From the first fill to the last, at the price of each until the next. */
function onPath(fills: readonly Fill[], toX: Scale, toY: Scale): Markup {
  const steps = fills.map(({ at: time, price }, index) => {
    const [x, y] = [at(toX(time)), at(toY(price))];
    return index === 0 ? `M${x} ${y}` : `H${x}V${y}`;
  });
  return html`<path class="on" d="${steps.join("")}"/>`;
}

function marks({ fills, isLong }: TradeChart, toX: Scale, toY: Scale): Markup {
  return html`${fills.map(({ at: time, price, way }) => {
    const isBought = (way === "in") === isLong;
    const [x, y] = [at(toX(time)), at(toY(price))];
    return html`<path class="${way}" d="M${x} ${y}${isBought ? "m-5 5l5-9 5 9z" : "m-5-5l5 9 5-9z"}"/>`;
  })}`;
}

const ends = ({ from, to }: TradeChart): Markup =>
  html`<text class="start" x="${AREA.left}" y="${AREA.bottom + 18}">${from}</text><text class="end" x="${AREA.right}" y="${AREA.bottom + 18}">${to}</text>`;
