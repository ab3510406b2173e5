/** A report as JSON: everything `metrics --json` says, and the trades. */
import { isoOf } from "../../model/iso-time.ts";
import { metricsJson } from "../metrics.ts";
import type { Report, ReportTrade, TradeCard } from "./report.ts";

export const reportJson = ({
  madeAt,
  source,
  choice,
  summary,
  intervals,
  trades,
  cards,
}: Report): object => ({
  report: { madeAt: isoOf(madeAt), source, ...choice },
  ...metricsJson(summary, intervals),
  trades: trades.map(tradeJson),
  cards: cards.map(cardJson),
});

const tradeJson = ({
  number,
  entryAt,
  exitAt,
  net,
  fees,
  risk,
  mae,
  mfe,
  pointUsd: _,
  ...trade
}: ReportTrade) => ({
  trade: number,
  ...trade,
  entryAt: isoOf(entryAt),
  exitAt: isoOf(exitAt),
  netUsd: net,
  feesUsd: fees,
  riskUsd: risk,
  maePoints: mae,
  mfePoints: mfe,
});

const cardJson = ({ trade, fills, chain, ...card }: TradeCard) => ({
  trade: trade.number,
  ...card,
  fills: fills.map((one) => ({ ...one, at: isoOf(one.at) })),
  chain: chain.map((one) => ({ ...one, at: isoOf(one.at) })),
});
