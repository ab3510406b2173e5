/**
 * A request of ours as the call it takes at the venue, or why it need not even be sent.
 *
 * | request              | call                             | urgency                            |
 * |----------------------|----------------------------------|------------------------------------|
 * | place entry          | Order/place, bracket in signed   | enter; after the first of a trade  |
 * |                      | ticks: stop type 4, target 1     | complete                           |
 * | place stop, target   | Order/place                      | protect                            |
 * | modify               | Order/modify: the price a stop   | protect; a target's is reduce: the |
 * |                      | or a limit order has             | way out goes through it            |
 * | cancel               | Order/cancel                     | reduce                             |
 * | close, close-part    | Position/closeContract, partial… | reduce                             |
 *
 * A bracket's ticks are signed from the entry: a long's stop is negative, its target positive
 * (topstepx-gateway, 6).
 */
import { readName } from "../../core/model/ids.ts";
import type { Bracket, VenueRequest } from "../../core/model/venue.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { BRACKET_TYPE, ORDER_SIDE, ORDER_TYPE } from "./codes.ts";
import type { KnownContract } from "./contract-names.ts";
import type { Urgency } from "./gateway.ts";
import { type PriceKind, pointsOf } from "./points.ts";
import type { LocalRefusal } from "./refusals.ts";
import type { Asked, WireBracket } from "./wire-types.ts";

type Place = Extract<VenueRequest, { kind: "place" }>;
type Modify = Extract<VenueRequest, { kind: "modify" }>;

export type MutationName =
  | "Order/place"
  | "Order/modify"
  | "Order/cancel"
  | "Position/closeContract"
  | "Position/partialCloseContract";

/** The venue takes no bracket leg nearer to the entry than this, in ticks. */
const BRACKET_MIN = 4;
/** More contracts than this in one order is a typing mistake. */
const QUANTITY_MAX = 10_000;

export function placeCall(
  request: Place,
  accountId: number,
  contract: KnownContract,
  keepsBrackets: boolean,
): Result<Asked<"Order/place">, LocalRefusal> {
  const { bracket, price, quantity, role, side, tag, type } = request;
  if (!isQuantity(quantity)) return err("invalid-quantity");
  if ((price === null) !== (type === "market")) return err("invalid-price");
  if (bracket !== null && (!keepsBrackets || role !== "entry")) return err("brackets-unsupported");
  if (bracket !== null && isTooNear(bracket)) return err("bracket-too-near");
  return ok({
    accountId,
    contractId: contract.id,
    type: ORDER_TYPE[type],
    side: ORDER_SIDE[side],
    size: quantity,
    customTag: tag,
    ...(price !== null && type === "limit" && { limitPrice: pointsOf(contract, price) }),
    ...(price !== null && type === "stop" && { stopPrice: pointsOf(contract, price) }),
    ...(bracket !== null && bracketOn(side, bracket)),
  });
}

export function modifyCall(
  { price, quantity }: Modify,
  about: { readonly accountId: number; readonly orderId: number },
  contract: KnownContract,
  kind: PriceKind,
): Result<Asked<"Order/modify">, LocalRefusal> {
  if (quantity !== null && !isQuantity(quantity)) return err("invalid-quantity");
  return ok({
    ...about,
    ...(quantity !== null && { size: quantity }),
    ...(price !== null && kind === "limit" && { limitPrice: pointsOf(contract, price) }),
    ...(price !== null && kind === "stop" && { stopPrice: pointsOf(contract, price) }),
  });
}

export function urgencyOf(request: VenueRequest, moves: PriceKind | null): Urgency {
  if (request.kind === "place" && request.role === "entry")
    return (readName(request.tag)?.tranche ?? 0) === 0 ? "enter" : "complete";
  if (request.kind === "place") return "protect";
  return request.kind === "modify" && moves === "stop" ? "protect" : "reduce";
}

const isQuantity = (quantity: number): boolean =>
  Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= QUANTITY_MAX;

const isTooNear = ({ stopTicks, targetTicks }: Bracket): boolean =>
  stopTicks < BRACKET_MIN || targetTicks < BRACKET_MIN;

function bracketOn(side: Place["side"], { stopTicks, targetTicks }: Bracket) {
  const up = side === "buy" ? 1 : -1;
  const stopLossBracket: WireBracket = { ticks: -up * stopTicks, type: BRACKET_TYPE.stop };
  const takeProfitBracket: WireBracket = { ticks: up * targetTicks, type: BRACKET_TYPE.target };
  return { stopLossBracket, takeProfitBracket };
}
