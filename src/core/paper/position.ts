/**
 * What a fill does to what is held, and what it earned.
 *
 * A position keeps the sum of the prices it was entered at. Leaving in parts, each part takes its
 * share of that sum, rounded to a whole tick; the rest stays behind, so once the position is flat
 * everything it earned has been counted, exactly.
 *
 * ```text
 * bought 2 at 100, 1 at 101    net 3, sum 301
 * sold   1 at 110              earned 110 - 100 (a third of 301), net 2, sum 201
 * sold   2 at 110              earned 220 - 201                   net 0, sum 0
 * ```
 */
import type { Ticks } from "../model/units.ts";
import type { PaperPosition } from "./state.ts";

export interface Moved {
  readonly position: PaperPosition;
  /** Ticks x contracts earned by what was closed; negative for a loss. */
  readonly earned: number;
}

/** `signed`: contracts bought, negative when sold. Beyond flat, the rest opens the other way. */
export function move(position: PaperPosition, signed: number, price: Ticks): Moved {
  const { contract, net, priceSum } = position;
  const closed =
    net * signed < 0 ? Math.sign(signed) * Math.min(Math.abs(net), Math.abs(signed)) : 0;
  const released = closed === 0 ? 0 : shareOf(priceSum, -closed, net);
  const opened = signed - closed;
  return {
    position: {
      contract,
      net: net + signed,
      priceSum: priceSum - released + opened * price,
    },
    earned: closed === 0 ? 0 : -closed * price - released,
  };
}

/** The part of a price sum that belongs to `part` of `whole` contracts, in whole ticks. */
const shareOf = (priceSum: number, part: number, whole: number): number =>
  part === whole ? priceSum : Math.round((priceSum * part) / whole);

export const positionIn = (positions: readonly PaperPosition[], contract: string): PaperPosition =>
  positions.find((one) => one.contract === contract) ?? { contract, net: 0, priceSum: 0 };

/** The position among its account's others; a flat one is left out. */
export function withPosition(
  positions: readonly PaperPosition[],
  position: PaperPosition,
): readonly PaperPosition[] {
  const others = positions.filter((one) => one.contract !== position.contract);
  return position.net === 0 ? others : [...others, position];
}
