/**
 * How far one loss limit is: of an account, or of all accounts together.
 *
 * ```text
 * $251.16 of $500.00 lost (50.2%), $123.84 to half size, $248.84 to the limit: 66 ticks of 3 MES long
 * ```
 */
import type { Side } from "../model/alert.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { amountOf, type DailyLoss } from "../model/limits.ts";
import type { LossStep } from "../model/risk-fact.ts";
import type { Trade } from "../model/trade.ts";
import { heldOf } from "../model/trade-sums.ts";
import { type Money, money, toDollars } from "../model/units.ts";
import { nextShare, shareOf, stepsTaken } from "../risk/loss-steps.ts";

/** What a trade date has made so far, and may still lose. */
export interface Day {
  readonly realised: Money;
  readonly open: Money;
  readonly worst: Money;
  readonly opening: Money;
}

export interface LossView {
  readonly limitUsd: number;
  readonly lostUsd: number;
  readonly percent: number;
  readonly leftUsd: number;
  readonly next: {
    readonly step: LossStep;
    readonly percent: number;
    readonly leftUsd: number;
  } | null;
  /** By how much each position may move against it until the limit, if it moved alone. */
  readonly ticks: readonly TicksView[];
}

export interface TicksView {
  readonly instrument: Root;
  readonly side: Side;
  readonly contracts: number;
  readonly ticks: number;
}

export function lossView(
  { limit: amount, steps }: DailyLoss,
  { realised, open, opening }: Day,
  reached: number,
  trades: readonly Trade[],
): LossView {
  const limit = amountOf(amount, opening);
  const lost = money(Math.max(0, -(realised + open)));
  const left = limit + realised + open;
  const share = nextShare(steps, reached);
  const next = share === null ? undefined : stepsTaken(steps, share, reached).at(-1);
  return {
    limitUsd: toDollars(limit),
    lostUsd: toDollars(lost),
    percent: shareOf(lost, limit) / 10,
    leftUsd: toDollars(money(Math.max(0, left))),
    next:
      next === undefined
        ? null
        : {
            step: next.step,
            percent: next.share / 10,
            leftUsd: toDollars(
              money(Math.max(0, Math.ceil((limit * next.share) / 1_000) + realised + open)),
            ),
          },
    ticks: ticksOf(trades, Math.max(0, left)),
  };
}

export function ticksOf(trades: readonly Trade[], left: number): readonly TicksView[] {
  const lines = new Map<string, TicksView>();
  for (const trade of trades) {
    const { instrument, side } = trade.plan;
    const contracts = heldOf(trade) + (lines.get(`${instrument}/${side}`)?.contracts ?? 0);
    if (contracts <= 0) continue;
    const ticks = Math.floor(left / (contracts * instrumentOf(instrument).tickValue));
    lines.set(`${instrument}/${side}`, { instrument, side, contracts, ticks });
  }
  return [...lines.values()];
}
