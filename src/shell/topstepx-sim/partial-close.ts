/**
 * What a partial close does to the brackets of its contract. Nobody knows; the evidence goes three
 * ways, and so does a switch.
 */
import { contracts } from "../../core/model/units.ts";
import type { TradedContract } from "./contracts.ts";
import type { DeskParts } from "./desk.ts";
import { isLive, type OrderRow } from "./orders.ts";

export function afterPartialClose(
  parts: DeskParts,
  account: number,
  contract: TradedContract,
): void {
  const mood = parts.switches().partialClose;
  if (mood === "brackets-unchanged") return;
  const held = Math.abs(parts.positions.find(account, contract.id)?.net ?? 0);
  let left = mood === "group-cancelled" ? 0 : held;
  for (const legs of groupsOf(parts, account, contract)) {
    const kept = Math.min(left, Math.max(...legs.map((leg) => leg.size)));
    for (const leg of legs) resize(parts, leg, kept);
    left -= kept;
  }
}

/** Bracket legs that work, by entry, oldest first. */
function groupsOf(
  { orders }: DeskParts,
  account: number,
  contract: TradedContract,
): readonly (readonly OrderRow[])[] {
  return orders
    .of(account)
    .filter((row) => row.contract.id === contract.id && row.filled > 0)
    .map((entry) => entry.legs.filter((leg) => isLive(leg) && leg.name !== null))
    .filter((legs) => legs.length > 0);
}

function resize({ exchange }: DeskParts, leg: OrderRow, size: number): void {
  if (size === 0) exchange.cancel(leg);
  else if (size !== leg.size) exchange.modify(leg, { price: null, quantity: contracts(size) });
}
