/** What the trades made together, and the usual one among them. Dollars, after fees unless said. */
import { MONEY_PER_DOLLAR } from "../model/units.ts";
import { type Figure, isKnown, mapped, ratio, type WhyNot } from "./figure.ts";
import { ENOUGH_TRADES, type Metric } from "./metric.ts";
import { spreadOf } from "./moments.ts";
import { EVEN_BELOW } from "./outcomes.ts";
import type { Results } from "./results.ts";
import type { Study } from "./study.ts";

const inDollars = (figure: Figure): Figure => mapped(figure, (money) => money / MONEY_PER_DOLLAR);

const per = (sum: number, count: number, whyNot: WhyNot): Figure =>
  inDollars(ratio(sum, count, whyNot));

export const averageWin = ({ won, wins }: Results): Figure => per(won, wins, "noWins");
export const averageLoss = ({ lost, losses }: Results): Figure => per(-lost, losses, "noLosses");
export const averageTrade = ({ net, trades }: Results): Figure => per(net, trades, "noTrades");

/** Standard deviation of the net results, n - 1; money. */
export const deviationOfTrades = ({ results, squares }: Study): Figure =>
  spreadOf({ count: results.trades, mean: results.net / results.trades, squares: squares.all }, 1);

const metric = (
  key: string,
  formula: string,
  of: (study: Study) => Figure,
  gate?: Metric["gate"],
): Metric => ({
  key: `pnl.${key}`,
  ...{ formula, unit: "USD", source: "house rule", of },
  ...(gate && { gate }),
});

const whenAny = ({ results }: Study, figure: Figure): Figure =>
  results.trades === 0 ? "noTrades" : figure;

export const PROFIT: readonly Metric[] = [
  metric("grossProfit", "sum of the winners' net", ({ results }) => inDollars(results.won)),
  metric("grossLoss", "minus the sum of the losers' net", ({ results }) => inDollars(results.lost)),
  metric("netPnl", "sum of net", ({ results }) => inDollars(results.net)),
  metric("totalFees", "sum of fees", ({ results }) => inDollars(results.fees)),
  metric("grossBeforeFees", "net + fees", ({ results: { net, fees } }) => inDollars(net + fees)),
  metric("largestWin", "best net of a winner", ({ results }) =>
    results.highest >= EVEN_BELOW ? inDollars(results.highest) : "noWins",
  ),
  metric("largestLoss", "worst net of a loser, below zero", ({ results }) =>
    results.lowest <= -EVEN_BELOW ? inDollars(results.lowest) : "noLosses",
  ),
  metric("averageWin", "gross profit / wins", (it) => averageWin(it.results), ENOUGH_TRADES),
  metric("averageLoss", "-gross loss / losses", (it) => averageLoss(it.results), ENOUGH_TRADES),
  metric("averageTrade", "net / trades", (it) => averageTrade(it.results), ENOUGH_TRADES),
  metric("medianTrade", "the middle net", (it) => whenAny(it, inDollars(it.quantiles.median))),
  metric(
    "stdTrade",
    "standard deviation of net, n - 1",
    (it) => {
      const deviation = deviationOfTrades(it);
      return deviation === "noSpread" ? 0 : inDollars(deviation);
    },
    ENOUGH_TRADES,
  ),
  metric("netPerContract", "net / contracts", ({ results: { net, contracts } }) =>
    per(net, contracts, "noTrades"),
  ),
];

/** The result of the average decided trade, for whoever does without those that broke even. */
export const netPerDecided = ({ results: { net, wins, losses } }: Study): Figure =>
  per(net, wins + losses, "noDecided");

export const known = (figure: Figure, otherwise: number): number =>
  isKnown(figure) ? figure : otherwise;
