/**
 * A figure of performance: a number, or why there is none.
 *
 * A figure that cannot be said is never 0, infinite or NaN: it is the reason why. One that stands on
 * few observations is said all the same, with how many there were and how many it wants.
 */

/** Why a figure is not there. */
export const WHY_NOT = {
  noTrades: "there are no trades",
  noWins: "no trade won",
  noLosses: "no trade lost",
  noDecided: "every trade broke even",
  tooFew: "a spread takes at least two observations",
  noSpread: "all observations are equal",
  noDrawdown: "there was no drawdown",
  noLosingDays: "no day lost",
  noWinningDays: "no day won",
  noProfit: "there is no profit to share out",
  noRisk: "no trade says what it risked",
  noExcursions: "no trade says how far it went",
  noEdge: "the mean result is not above zero, so ruin is certain",
  equityGone: "the equity fell to zero, so returns mean nothing",
  noTail: "the lower tail is zero",
  tooSkewed: "skewness and kurtosis leave no spread to divide by",
} as const;
export type WhyNot = keyof typeof WHY_NOT;

export type Figure = number | WhyNot;

export type Unit = "USD" | "fraction" | "%" | "ratio" | "R" | "count" | "points" | "s" | "1/USD";

/** What a figure stands on, and from how many on it says something. */
export interface Gate {
  readonly of: "trades" | "decided trades" | "trades with a risk" | "days";
  readonly least: number;
}

export const isKnown = (figure: Figure): figure is number => typeof figure === "number";

/** `a / b`, or why not when `b` is zero. */
export const ratio = (a: Figure, b: Figure, whyNot: WhyNot): Figure => {
  if (!isKnown(a)) return a;
  if (!isKnown(b)) return b;
  return b === 0 ? whyNot : a / b;
};

/** The same figure in another unit or form; what is not there stays so. */
export const mapped = (figure: Figure, change: (value: number) => number): Figure =>
  isKnown(figure) ? change(figure) : figure;
