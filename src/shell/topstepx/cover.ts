/**
 * Whether contracts are held that no working stop covers, as far as anybody told.
 *
 * It says nothing about the position: word of its stop may have been lost. It says that somebody
 * has to look, now, and before whoever only looks.
 */
import type { AccountBook } from "./account-book.ts";
import { ORDER_SIDE, ORDER_STATUS, ORDER_TYPE } from "./codes.ts";
import type { WireOrder } from "./wire-types.ts";

export function isBare({ orders, trades }: Pick<AccountBook, "orders" | "trades">): boolean {
  return [...trades.nets].some(([contractId, net]) => {
    const stops = orders.live.filter((one) => one.contractId === contractId && covers(one, net));
    const covered = stops.reduce((sum, { size, fillVolume }) => sum + size - fillVolume, 0);
    return covered < Math.abs(net);
  });
}

const covers = ({ side, status, type }: WireOrder, net: number): boolean =>
  type === ORDER_TYPE.stop &&
  status === ORDER_STATUS.open &&
  side === (net > 0 ? ORDER_SIDE.sell : ORDER_SIDE.buy);
