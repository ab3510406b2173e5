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
  for (const [contractId, net] of trades.nets) {
    if (net === 0) continue;
    let left = Math.abs(net);
    for (const one of orders.living()) {
      if (one.contractId === contractId && covers(one, net)) left -= one.size - one.fillVolume;
    }
    if (left > 0) return true;
  }
  return false;
}

const covers = ({ side, status, type }: WireOrder, net: number): boolean =>
  type === ORDER_TYPE.stop &&
  status === ORDER_STATUS.open &&
  side === (net > 0 ? ORDER_SIDE.sell : ORDER_SIDE.buy);
