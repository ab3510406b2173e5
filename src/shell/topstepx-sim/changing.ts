/**
 * Changing, cancelling and closing: what is done to orders and positions that are there.
 *
 * Codes mean something else at each call; here they stand beside the reasons, as the gateway's own
 * tables have them.
 */
import { accountId } from "../../core/model/ids.ts";
import { priceToTicks } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import { type Contracts, contracts, type Ticks, ticks } from "../../core/model/units.ts";
import type { VenueRequest } from "../../core/model/venue.ts";
import { isThrough } from "../../core/paper/price.ts";
import { shutOut } from "./accounts.ts";
import { isActive, type TradedContract, tradedContract } from "./contracts.ts";
import { type DeskParts, hand } from "./desk.ts";
import { isSize } from "./drafting.ts";
import {
  INVALID_SIZE,
  NO_LAST_PRICE,
  NO_TRAIL,
  NOT_TRADING,
  notAligned,
  OUT_OF_RANGE,
  SUSPENDED,
} from "./messages.ts";
import { BUY, isLive, isStopType, type OrderRow, SELL, STATUS, TYPE } from "./orders.ts";
import { afterPartialClose } from "./partial-close.ts";
import { tellOrder } from "./reports.ts";
import type { Refusal } from "./wishes.ts";

export interface ModifyAsk {
  readonly accountId: number;
  readonly orderId: number;
  readonly size: number | null;
  readonly limitPrice: number | null;
  readonly stopPrice: number | null;
  readonly trailPrice: number | null;
}

/** Null when it was done. */
export type Done = Refusal | null;

const no = (errorCode: number, errorMessage: string | null = null): Refusal => ({
  errorCode,
  errorMessage,
});

export function modify(parts: DeskParts, ask: ModifyAsk, user: string): Done {
  const account = parts.accounts.find(ask.accountId, user);
  if (account === null) return no(1);
  const shut = shutOut(account, "modify");
  if (shut !== null) return no(6, shut);
  const row = parts.orders.find(ask.accountId, ask.orderId);
  if (row === null || !isLive(row)) return no(2);
  const wish = parts.wished("/api/Order/modify");
  if (wish !== null) return wish;
  if (row.name === null && row.status === STATUS.pending) return no(4);
  if (!parts.hours.takesOrders(row.contract.root, parts.clock.now())) return no(3, NOT_TRADING);
  if (ask.size !== null && !isSize(ask.size)) return no(3, INVALID_SIZE);
  const price = wantedPrice(parts, row, ask);
  if (typeof price === "object" && price !== null) return price;
  return row.status === STATUS.suspended
    ? modifySuspended(parts, row, price)
    : modifyWorking(parts, row, price, ask.size === null ? null : contracts(ask.size));
}

/** In ticks; null to leave it, a refusal when it cannot be. */
function wantedPrice(parts: DeskParts, row: OrderRow, ask: ModifyAsk): Ticks | null | Refusal {
  if (row.type === TYPE.trailing && ask.trailPrice !== null) {
    return trailedPrice(parts, row, ask.trailPrice);
  }
  const kind = isStopType(row.type) ? "stop" : "limit";
  const points = kind === "stop" ? ask.stopPrice : ask.limitPrice;
  if (points === null || row.type === TYPE.market) return null;
  const read = priceToTicks(instrumentOf(row.contract.root), points);
  return read.ok ? read.value : no(3, notAligned(kind));
}

/** The level becomes a distance from the last price, as when the order was placed. */
function trailedPrice(parts: DeskParts, row: OrderRow, level: number): Ticks | Refusal {
  const read = priceToTicks(instrumentOf(row.contract.root), level);
  if (!read.ok) return no(3, notAligned("trail"));
  const quote = parts.exchange.quote(row.contract.root);
  if (quote === null) return no(3, NO_LAST_PRICE);
  const trail = Math.abs(quote.last - read.value);
  if (trail === 0) return no(3, NO_TRAIL);
  row.trailTicks = trail;
  return ticks(row.side === SELL ? quote.last - trail : quote.last + trail);
}

function modifySuspended(parts: DeskParts, row: OrderRow, price: Ticks | null): Done {
  const mood = parts.switches().modifySuspended;
  if (mood === "rejected") return no(3, SUSPENDED);
  if (mood === "dropped" || price === null) return null;
  if (row.name === null) return no(4);
  parts.exchange.modify(row, { price, quantity: null });
  return null;
}

function modifyWorking(
  parts: DeskParts,
  row: OrderRow,
  price: Ticks | null,
  quantity: Contracts | null,
): Done {
  const quote = parts.exchange.quote(row.contract.root);
  const side = row.side === BUY ? "buy" : "sell";
  const isWrong =
    price !== null && isStopType(row.type) && quote !== null && isThrough(side, price, quote);
  if (isWrong && parts.switches().wrongSideStop === "rejected") return no(3, OUT_OF_RANGE);
  const outcome = parts.exchange.modify(row, { price, quantity }, { isBlind: isWrong });
  if (outcome.kind !== "done") return no(3, OUT_OF_RANGE);
  const sibling = siblingOf(row);
  const follows = parts.switches().modifyLegSize === "sibling-follows" && quantity !== null;
  if (follows && sibling?.status === STATUS.open) {
    parts.exchange.modify(sibling, { price: null, quantity });
  }
  return null;
}

const siblingOf = (row: OrderRow): OrderRow | undefined =>
  row.parent?.legs.find((leg) => leg !== row);

export interface CancelAsk {
  readonly accountId: number;
  readonly orderId: number;
}

export function cancel(parts: DeskParts, ask: CancelAsk, user: string): Done {
  const account = parts.accounts.find(ask.accountId, user);
  if (account === null) return no(1);
  const shut = shutOut(account, "cancel");
  if (shut !== null) return no(6, shut);
  const row = parts.orders.find(ask.accountId, ask.orderId);
  if (row === null) return no(2);
  const wish = parts.wished("/api/Order/cancel");
  if (wish !== null) return wish;
  if (!isLive(row)) return no(parts.switches().terminalCancel === "code-5" ? 5 : 2);
  if (row.name === null) return no(4);
  if (parts.exchange.cancel(row).kind !== "done") return no(5);
  const sibling = siblingOf(row);
  const goesToo = parts.switches().cancelLeg === "sibling-cancelled";
  if (goesToo && sibling !== undefined && isLive(sibling)) parts.exchange.cancel(sibling);
  return null;
}

export interface CloseAsk {
  readonly accountId: number;
  readonly contractId: string;
  /** Null for all of it. */
  readonly size: number | null;
}

/** The two close calls number their later codes differently. */
const CLOSE_CODES = { whole: { rejected: 5, account: 8 }, part: { rejected: 6, account: 9 } };
const INVALID_CLOSE_SIZE = 5;

export function close(parts: DeskParts, ask: CloseAsk, user: string): Done {
  const codes = ask.size === null ? CLOSE_CODES.whole : CLOSE_CODES.part;
  const account = parts.accounts.find(ask.accountId, user);
  if (account === null) return no(1);
  const shut = shutOut(account, "close");
  if (shut !== null) return no(codes.account, shut);
  const contract = tradedContract(ask.contractId);
  if (contract === null) return no(3);
  const net = parts.positions.find(account.id, contract.id)?.net ?? 0;
  if (net === 0) return no(isActive(contract, parts.clock.now()) ? 2 : 4);
  const size = ask.size ?? Math.abs(net);
  if (size < 1 || size > Math.abs(net)) return no(INVALID_CLOSE_SIZE);
  const path = ask.size === null ? CLOSE_WHOLE : CLOSE_PART;
  const wish = parts.wished(path);
  if (wish !== null) return wish;
  if (!parts.hours.takesOrders(contract.root, parts.clock.now())) return no(codes.rejected);
  const isPart = ask.size !== null;
  return sendClose(parts, { account: account.id, contract, net, size, isPart })
    ? null
    : no(codes.rejected);
}

export const CLOSE_WHOLE = "/api/Position/closeContract";
export const CLOSE_PART = "/api/Position/partialCloseContract";

interface Closing {
  readonly account: number;
  readonly contract: TradedContract;
  readonly net: number;
  readonly size: number;
  readonly isPart: boolean;
}

/** The whole of a position, whoever wants it. */
export const closeAll = (parts: DeskParts, held: Omit<Closing, "size" | "isPart">): boolean =>
  sendClose(parts, { ...held, size: Math.abs(held.net), isPart: false });

/** An untagged market order; nobody is told its number. False when there is no price for it. */
function sendClose(parts: DeskParts, closing: Closing): boolean {
  const { account, contract, net, size, isPart } = closing;
  const about = { id: "close", account: accountId(String(account)), contract: contract.code };
  const request: VenueRequest = isPart
    ? { ...about, kind: "close-part", quantity: contracts(size) }
    : { ...about, kind: "close" };
  if (parts.exchange.trial(request).kind !== "done") return false;
  const row = parts.orders.add(
    {
      id: parts.orders.nextId(0),
      account,
      contract,
      createdAt: parts.clock.now(),
      type: TYPE.market,
      side: net > 0 ? SELL : BUY,
      size,
      tag: null,
      parent: null,
      isStopLeg: false,
      linked: null,
      trail: null,
    },
    STATUS.pending,
  );
  tellOrder(parts.teller, row);
  const handed = (): void => {
    if (isPart) afterPartialClose(parts, account, contract);
  };
  hand(parts, row, request, { terms: { unnamed: row }, handed });
  return true;
}
