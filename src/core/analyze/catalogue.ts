/** Every metric, in the order in which it is shown and explained. */
import { CALMAR } from "./calmar.ts";
import { COUNTS } from "./counts.ts";
import { DAY_SHARES } from "./day-shares.ts";
import { DRAWDOWN_BY_TRADE, DRAWDOWN_DAILY } from "./drawdown.ts";
import { EXCURSIONS } from "./excursions.ts";
import { EXPECTANCY } from "./expectancy.ts";
import { EXPOSURE } from "./exposure.ts";
import { GROWTH } from "./growth.ts";
import { HOLDING } from "./holding.ts";
import { KELLY } from "./kelly.ts";
import type { Metric } from "./metric.ts";
import { OMEGA } from "./omega.ts";
import { PAYOFF } from "./payoff.ts";
import { PROFIT } from "./profit.ts";
import { PROFIT_FACTOR } from "./profit-factor.ts";
import { RUIN } from "./ruin.ts";
import { SHARPE } from "./sharpe.ts";
import { SORTINO } from "./sortino.ts";
import { SQN } from "./sqn.ts";
import { STREAKS } from "./streaks.ts";
import { TAIL_RATIO } from "./tail-ratio.ts";
import { ULCER } from "./ulcer.ts";
import { CONDITIONAL_VALUE_AT_RISK, VALUE_AT_RISK } from "./value-at-risk.ts";
import { WIN_RATE } from "./win-rate.ts";

export const METRICS: readonly Metric[] = [
  ...COUNTS,
  ...PROFIT,
  ...WIN_RATE,
  PROFIT_FACTOR,
  ...PAYOFF,
  ...EXPECTANCY,
  ...SQN,
  ...STREAKS,
  ...EXCURSIONS,
  ...HOLDING,
  ...EXPOSURE,
  ...DRAWDOWN_BY_TRADE,
  ...DRAWDOWN_DAILY,
  ...ULCER,
  ...GROWTH,
  ...SHARPE,
  ...SORTINO,
  ...CALMAR,
  ...VALUE_AT_RISK,
  ...CONDITIONAL_VALUE_AT_RISK,
  ...KELLY,
  ...RUIN,
  ...OMEGA,
  TAIL_RATIO,
  ...DAY_SHARES,
];
