/**
 * A new order: every check the real venue is known to make, then the row, the legs and the books.
 *
 * A refusal spends the order's tag and stores the order, with one exception, unless it is switched
 * off: an order whose tag was used before leaves no trace. A tag is unique for ever, so there should
 * not be two orders with it; nobody has looked.
 */
import { accountId, type Tag } from "../../core/model/ids.ts";
import { contracts } from "../../core/model/units.ts";
import type { VenueRequest } from "../../core/model/venue.ts";
import { stopTagOf, targetTagOf } from "../../core/paper/tags.ts";
import { type AccountRow, shutOut } from "./accounts.ts";
import { isActive, type TradedContract, tradedContract } from "./contracts.ts";
import { type DeskParts, hand, REJECTED, reject } from "./desk.ts";
import { type Draft, draftOf, type PlaceAsk } from "./drafting.ts";
import { addLegs, bracketOf, dropUnwanted, hasBracket, tie } from "./legs.ts";
import { CANNOT_TRADE, NOT_TRADING, TAG_IN_USE, TOO_MANY_ORDERS } from "./messages.ts";
import { BUY, isStopType, type OrderRow, pointsOf, STATUS, TYPE } from "./orders.ts";
import { bookTagOf, tellOrder } from "./reports.ts";
import type { Refusal } from "./wishes.ts";

export type Placed =
  | { readonly ok: true; readonly orderId: number }
  | { readonly ok: false; readonly orderId: number | null; readonly refusal: Refusal };

export const PLACE = "/api/Order/place";

export function place(parts: DeskParts, ask: PlaceAsk, user: string): Placed {
  const account = parts.accounts.find(ask.accountId, user);
  if (account === null) return refused(1, null);
  const contract = tradedContract(ask.contractId);
  if (contract === null) return refused(8, null);
  if (!isActive(contract, parts.clock.now())) return refused(9, null);
  const shut = shutOut(account, "place");
  if (shut !== null) return refused(10, shut);
  if (!account.canTrade) return refused(4, CANNOT_TRADE);
  const isNew = claimTags(account, ask);
  if (!isNew && parts.switches().tagUsedAgain === "no-trace") return refused(REJECTED, TAG_IN_USE);
  const draft = isNew
    ? (parts.wished(PLACE) ?? draftOf(parts, account, contract, ask))
    : { errorCode: REJECTED, errorMessage: TAG_IN_USE };
  const row = addRow(parts, contract, ask, "errorCode" in draft ? null : draft.trail);
  if (!("errorCode" in draft)) return takeIn(parts, row, ask, draft);
  reject(parts, row);
  return { ok: false, orderId: row.id, refusal: draft };
}

const refused = (errorCode: number, errorMessage: string | null) =>
  ({ ok: false, orderId: null, refusal: { errorCode, errorMessage } }) as const;

/** False when one of the names is gone. They are spent even if the order is refused. */
function claimTags(account: AccountRow, ask: PlaceAsk): boolean {
  const { customTag: tag } = ask;
  if (tag === null || tag === "") return true;
  const names = hasBracket(ask) ? [tag, stopTagOf(tag), targetTagOf(tag)] : [tag];
  if (names.some((name) => account.tags.has(name))) return false;
  for (const name of names) account.tags.add(name);
  return true;
}

function addRow(
  parts: DeskParts,
  contract: TradedContract,
  ask: PlaceAsk,
  trail: number | null,
): OrderRow {
  const row = parts.orders.add(
    {
      id: parts.orders.nextId(0),
      account: ask.accountId,
      contract,
      createdAt: parts.clock.now(),
      type: ask.type,
      side: ask.side,
      size: ask.size,
      tag: ask.customTag === "" ? null : ask.customTag,
      parent: null,
      isStopLeg: false,
      linked: null,
      trail,
    },
    STATUS.pending,
  );
  row.limitPrice = ask.limitPrice;
  row.stopPrice = ask.stopPrice;
  return row;
}

function takeIn(parts: DeskParts, row: OrderRow, ask: PlaceAsk, draft: Draft): Placed {
  const request = requestOf(row, ask, draft);
  const terms = { isBlind: draft.isTriggered };
  const trial = parts.exchange.trial(request, terms);
  if (trial.kind === "refused") {
    reject(parts, row);
    const why = trial.code === "too-many-orders" ? TOO_MANY_ORDERS : NOT_TRADING;
    return { ...refused(REJECTED, why), orderId: row.id };
  }
  if (draft.price !== null) {
    const points = pointsOf(row.contract, draft.price);
    row.limitPrice = isStopType(row.type) ? null : points;
    row.stopPrice = isStopType(row.type) ? points : null;
  }
  addLegs(parts, row, ask);
  tie(parts, row, ask.linkedOrderId);
  announce(parts, row);
  if (row.type === TYPE.trailing) parts.exchange.follow(row);
  hand(parts, row, request, { terms, handed: () => dropUnwanted(parts, row, ask) });
  return { ok: true, orderId: row.id };
}

/** The stop is heard of first, then its entry, then the target. */
function announce({ teller }: DeskParts, row: OrderRow): void {
  const [first, second] = row.legs;
  for (const one of [first, row, second]) if (one !== undefined) tellOrder(teller, one);
}

function requestOf(row: OrderRow, ask: PlaceAsk, { price }: Draft): VenueRequest {
  const isStop = isStopType(row.type);
  return {
    kind: "place",
    id: `${row.id}`,
    account: accountId(String(row.account)),
    contract: row.contract.code,
    // To the books it is a name like any other.
    tag: bookTagOf(row.account, row.id) as Tag,
    role: "entry",
    side: row.side === BUY ? "buy" : "sell",
    type: price === null ? "market" : isStop ? "stop" : "limit",
    quantity: contracts(row.size),
    price,
    bracket: bracketOf(ask),
  };
}
