/** Numbers as the dashboard writes them: money with its sign, ticks, prices, durations. */

import type { Root } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import { MONEY_PER_DOLLAR, type Money, millis } from "../../core/model/units.ts";
import { showDuration, showMoney } from "../../core/model/wording.ts";
import { type Span, span, type Tone } from "./spans.ts";

const moneyOf = (usd: number): Money => Math.round(usd * MONEY_PER_DOLLAR) as Money;

export const usd = (amount: number): string => showMoney(moneyOf(amount));

/** A result: `+$18.89`, green; `-$40.00`, red. */
export const result = (amount: number): Span => {
  const text = usd(amount);
  const isNothing = text === "$0.00";
  return isNothing ? span(text) : span(amount > 0 ? `+${text}` : text, amount > 0 ? "good" : "bad");
};

/** Null: there is no price. */
export const resultOr = (amount: number | null): Span =>
  amount === null ? span("no price", "warn") : result(amount);

export const price = (root: Root, points: number | null): string =>
  points === null ? "-" : points.toFixed(instrumentOf(root).decimals);

export const ticks = (count: number | null): string => (count === null ? "-" : `${count} t`);

export const percentTone = (percent: number): Tone =>
  percent >= 90 ? "bad" : percent >= 50 ? "warn" : "plain";

/** `5 h 59 min`, `12 s`. */
export const duration = (seconds: number): string =>
  showDuration(millis(Math.max(0, Math.round(seconds)) * 1_000));
