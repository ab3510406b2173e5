/** What the firm itself does to an account that broke a rule, or at the end of the day. */
import { closeAll } from "./changing.ts";
import type { DeskParts } from "./desk.ts";
import { isLive } from "./orders.ts";

/** Orders first, so that no leg turns round what is closed after them. */
export function flatten(parts: DeskParts, account: number): void {
  for (const row of [...parts.orders.of(account)]) {
    if (isLive(row) && row.name !== null) parts.exchange.cancel(row);
  }
  for (const { contract, net } of parts.positions.of(account)) {
    closeAll(parts, { account, contract, net });
  }
}
