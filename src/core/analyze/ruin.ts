/**
 * Risk of ruin: how likely a loss of so many dollars is, ever, if trades go on as they were.
 *
 * Lundberg's bound e^(-λB), where λ is the one number above zero with mean(e^(-λx)) = 1 over the net
 * results x, and B is what may be lost. Without an edge ruin is certain; without a losing trade there
 * is none. Source: F. Lundberg (1903); H. Cramér, Collective Risk Theory.
 */
import { MONEY_PER_DOLLAR } from "../model/units.ts";
import { type Figure, mapped } from "./figure.ts";
import { ENOUGH_TRADES, type Metric } from "./metric.ts";
import type { Study } from "./study.ts";

function bound({ lambda }: Study, dollars: number): Figure {
  if (lambda === "noEdge") return 1;
  if (lambda === "noLosses") return 0;
  return mapped(lambda, (it) => Math.exp(-it * dollars * MONEY_PER_DOLLAR));
}

/** The edge of a coin that wins as often as the decided trades did. */
const evenMoneyEdge = ({ results: { wins, losses } }: Study): Figure =>
  wins + losses === 0 ? "noDecided" : (2 * wins) / (wins + losses) - 1;

const evenMoney = (study: Study, units: number): Figure =>
  mapped(evenMoneyEdge(study), (edge) => (edge <= 0 ? 1 : ((1 - edge) / (1 + edge)) ** units));

/** quantstats: ((1 - w)/(1 + w))^n of the share of winning days; practically 0 for any n. */
function ofWinningDays({ daily: { net } }: Study): Figure {
  const won = net.filter((made) => made > 0).length;
  const decided = net.filter((made) => made !== 0).length;
  if (decided === 0) return "noDecided";
  const rate = won / decided;
  return ((1 - rate) / (1 + rate)) ** net.length;
}

const LUNDBERG = { source: "Lundberg", gate: ENOUGH_TRADES } as const;

const boundMetric = (dollars: number): Metric => ({
  key: `riskOfRuin.bound_${dollars}usd`,
  formula: `e^(-λ·${dollars}); 1 if the mean is not above zero, 0 without losses`,
  ...{ unit: "fraction", ...LUNDBERG },
  of: (study) => bound(study, dollars),
});

export const RUIN: readonly Metric[] = [
  {
    key: "riskOfRuin.lundbergLambdaPerUsd",
    formula: "λ > 0 with mean(e^(-λ·net)) = 1",
    ...{ unit: "1/USD", ...LUNDBERG },
    of: ({ lambda }) => mapped(lambda, (it) => it * MONEY_PER_DOLLAR),
  },
  ...[2_000, 1_000, 500].map(boundMetric),
  {
    key: "riskOfRuin.quantstatsFormula_dailyReturns",
    formula: "((1 - w)/(1 + w))^days, w = days won / days won or lost; to compare, not to use",
    ...{ unit: "fraction", source: "quantstats" },
    of: ofWinningDays,
  },
  {
    key: "riskOfRuin.evenMoneyFormula_edge",
    formula: "2·wins / (wins + losses) - 1",
    ...{ unit: "fraction", source: "gambler's ruin" },
    of: evenMoneyEdge,
  },
  {
    key: "riskOfRuin.evenMoney_10units",
    formula: "((1 - edge)/(1 + edge))^10; 1 without an edge",
    ...{ unit: "fraction", source: "gambler's ruin" },
    of: (study) => evenMoney(study, 10),
  },
];
