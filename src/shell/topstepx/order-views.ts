/**
 * The venue's orders in the words of the port, each read once.
 *
 * Every look shows the same few orders again, and mostly nothing is new about them. What the venue
 * said does not change, it is replaced; what we know of an order's family may change, and then the
 * order is read anew.
 */
import { orderId } from "../../core/model/ids.ts";
import { contracts } from "../../core/model/units.ts";
import type { VenueOrder } from "../../core/model/venue.ts";
import { ORDER_SIDE } from "./codes.ts";
import type { KnownContract } from "./contract-names.ts";
import type { Contracts } from "./contracts.ts";
import { statusOf } from "./order-stage.ts";
import type { Family } from "./own-orders.ts";
import { priceKindOf, ticksNear } from "./points.ts";
import type { WireOrder } from "./wire-types.ts";

/** Whose an order is, and the words of its refusal. */
export interface Kin extends Family {
  readonly reason: string | null;
}

export class OrderViews {
  readonly #contracts: Pick<Contracts, "byId">;
  readonly #views = new WeakMap<WireOrder, VenueOrder>();

  constructor(contracts: Pick<Contracts, "byId">) {
    this.#contracts = contracts;
  }

  of(order: WireOrder, kin: Kin): VenueOrder {
    const before = this.#views.get(order);
    if (before !== undefined && isSameKin(before, kin)) return before;
    const contract = this.#contracts.byId(order.contractId);
    const view = viewOf(order, kin, contract);
    // One we know nothing of yet may be known the next time.
    if (contract !== null) this.#views.set(order, view);
    return view;
  }
}

const isSameKin = (one: Kin, other: Kin): boolean =>
  one.tag === other.tag &&
  one.parent === other.parent &&
  one.role === other.role &&
  one.reason === other.reason;

function viewOf(order: WireOrder, kin: Kin, contract: KnownContract | null): VenueOrder {
  const { tag, parent, role, reason } = kin;
  const points = pointsOf(order);
  return {
    order: orderId(String(order.id)),
    tag,
    parent,
    role,
    contract: contract?.code ?? order.contractId,
    side: sideOf(order.side),
    status: statusOf(order, role === "stop" || role === "target"),
    price: contract === null || points === null ? null : ticksNear(contract, points),
    quantity: contracts(order.size),
    filled: contracts(order.fillVolume),
    reason,
  };
}

function pointsOf({ type, limitPrice, stopPrice }: WireOrder): number | null {
  const kind = priceKindOf(type);
  if (kind === null) return null;
  return kind === "limit" ? limitPrice : stopPrice;
}

export const sideOf = (side: number): VenueOrder["side"] =>
  side === ORDER_SIDE.buy ? "buy" : "sell";
