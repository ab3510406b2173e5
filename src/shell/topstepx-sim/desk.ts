/**
 * Where orders are taken in: what every kind of order has in common.
 *
 * ```text
 * receive ─► checks ─► row, pending ─ some ms ─► the books ─► open, filled ...
 *               └────► row, rejected; its event a little later; the reason in the answer alone
 * ```
 */
import type { VenueRequest } from "../../core/model/venue.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AccountRow, Accounts } from "./accounts.ts";
import type { Exchange, Terms } from "./exchange.ts";
import type { Hours } from "./hours.ts";
import { isLive, type OrderBook, type OrderRow, STATUS } from "./orders.ts";
import type { Positions } from "./positions.ts";
import { endRow, type Teller, tellOrder } from "./reports.ts";
import type { Delays } from "./settings.ts";
import type { Switches } from "./switches.ts";
import type { Wishes } from "./wishes.ts";

export interface DeskParts {
  readonly clock: Clock;
  readonly delays: () => Delays;
  readonly switches: () => Switches;
  readonly hours: Hours;
  readonly accounts: Accounts;
  readonly orders: OrderBook;
  readonly positions: Positions;
  readonly exchange: Exchange;
  readonly teller: Teller;
  /** A refusal somebody wished for, taken once; null when nobody did. */
  readonly wished: Wishes["take"];
}

/** At the place call; the others count differently. */
export const REJECTED = 2;

/** Stores and announces an order that was not taken. */
export function reject(parts: DeskParts, row: OrderRow): void {
  row.status = STATUS.rejected;
  parts.exchange.later(parts.delays().refusal, () => tellOrder(parts.teller, row));
}

/** Hands an accepted order to the books when its time has come. */
export function hand(
  parts: DeskParts,
  row: OrderRow,
  request: VenueRequest,
  more: { readonly terms: Terms; readonly handed: () => void },
): void {
  parts.exchange.later(parts.delays().fill, () => {
    const outcome = parts.exchange.enter(request, more.terms);
    if (outcome.kind === "done") more.handed();
    else {
      // The market changed while the order was on its way.
      if (isLive(row)) endRow(parts.teller, row, STATUS.rejected, parts.clock.now());
      for (const leg of row.legs) endRow(parts.teller, leg, STATUS.cancelled, parts.clock.now());
    }
  });
}

/** Contracts the account would hold after so many more, over all products. */
export function heldAfter(
  parts: DeskParts,
  account: AccountRow,
  contract: string,
  signed: number,
): number {
  const rows = parts.positions.of(account.id);
  const others = rows.filter((row) => row.contract.id !== contract);
  const net = parts.positions.find(account.id, contract)?.net ?? 0;
  return others.reduce((sum, row) => sum + Math.abs(row.net), Math.abs(net + signed));
}
