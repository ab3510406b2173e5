/** What the firm itself does to an account that broke a rule, or at the end of the day. */
import type { Root } from "../../core/model/instrument.ts";
import { closeAll } from "./changing.ts";
import type { DeskParts } from "./desk.ts";
import { isLive, STATUS } from "./orders.ts";

/** Orders first, so that no leg turns round what is closed after them. */
export function flatten(parts: DeskParts, account: number): void {
  for (const row of [...parts.orders.of(account)]) {
    if (isLive(row) && row.name !== null) parts.exchange.cancel(row);
  }
  for (const { contract, net } of parts.positions.of(account)) {
    closeAll(parts, { account, contract, net });
  }
}

/** With the first price after 15:10 the venue itself ends what is still there. */
export function endDay(parts: DeskParts, root: Root): void {
  if (parts.switches().dayEnd === "positions-stay") return;
  if (!parts.hours.isDayOver(root, parts.clock.now())) return;
  for (const { id } of parts.accounts.all()) {
    const isHeld = parts.positions.of(id).some(({ contract }) => contract.root === root);
    const isOnItsWay = parts.orders.of(id).some(({ status }) => status === STATUS.pending);
    if (isHeld && !isOnItsWay) flatten(parts, id);
  }
}
