/**
 * What is checked of a new order, in the words of the real venue, and what the books are asked for
 * when nothing is wrong with it.
 */
import { priceToTicks } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import { type Ticks, ticks } from "../../core/model/units.ts";
import { isThrough } from "../../core/paper/price.ts";
import type { AccountRow } from "./accounts.ts";
import { type BracketAsk, bracketFault } from "./bracket-checks.ts";
import type { TradedContract } from "./contracts.ts";
import { type DeskParts, heldAfter, REJECTED } from "./desk.ts";
import {
  INVALID_SIDE,
  INVALID_SIZE,
  INVALID_TYPE,
  MAX_CONTRACTS,
  NO_LAST_PRICE,
  NO_PRICE,
  NO_TRAIL,
  NOT_TRADING,
  notAligned,
  OUT_OF_RANGE,
  TRAIL_TOO_FAR,
} from "./messages.ts";
import { BUY, SELL, TYPE } from "./orders.ts";
import type { Refusal } from "./wishes.ts";

export interface PlaceAsk {
  readonly accountId: number;
  readonly contractId: string;
  readonly type: number;
  readonly side: number;
  readonly size: number;
  readonly limitPrice: number | null;
  readonly stopPrice: number | null;
  readonly trailPrice: number | null;
  readonly customTag: string | null;
  readonly stopLossBracket: BracketAsk | null;
  readonly takeProfitBracket: BracketAsk | null;
  readonly linkedOrderId: number | null;
}

/** An order that passed: what the books are asked for. */
export interface Draft {
  readonly price: Ticks | null;
  readonly trail: number | null;
  /** Went through the market and is let in all the same. */
  readonly isTriggered: boolean;
}

const TRAIL_MAX = 1_000;
/** Farther from the last price than this share of it, and the venue takes it for a slip. */
const RANGE = 0.1;
const SIZE_MAX = 10_000;

export const isSize = (size: number): boolean => size >= 1 && size <= SIZE_MAX;

/** The order as the books want it, or why it is refused. */
export function draftOf(
  parts: DeskParts,
  account: AccountRow,
  contract: TradedContract,
  ask: PlaceAsk,
): Draft | Refusal {
  const draft = generalFault(parts, account, contract, ask) ?? pricedDraft(parts, contract, ask);
  return typeof draft === "string" ? { errorCode: REJECTED, errorMessage: draft } : draft;
}

function generalFault(
  parts: DeskParts,
  account: AccountRow,
  contract: TradedContract,
  ask: PlaceAsk,
): string | null {
  const { size, side } = ask;
  if (!parts.hours.takesOrders(contract.root, parts.clock.now())) return NOT_TRADING;
  if (!isSize(size)) return INVALID_SIZE;
  if (side !== BUY && side !== SELL) return INVALID_SIDE;
  const held = heldAfter(parts, account, contract.id, side === BUY ? size : -size);
  if (account.maxContracts !== null && held > account.maxContracts) return MAX_CONTRACTS;
  return bracketFault(account.bracketMode, ask);
}

function pricedDraft(parts: DeskParts, contract: TradedContract, ask: PlaceAsk): Draft | string {
  const { type } = ask;
  if (type === TYPE.market) return { price: null, trail: null, isTriggered: false };
  if (type === TYPE.limit) return atPrice(parts, contract, ask, "limit");
  if (type === TYPE.stop) return atPrice(parts, contract, ask, "stop");
  if (type === TYPE.trailing) return trailingDraft(parts, contract, ask);
  if (type !== TYPE.joinBid && type !== TYPE.joinAsk) return INVALID_TYPE;
  const quote = parts.exchange.quote(contract.root);
  if (quote === null) return NOT_TRADING;
  const price = type === TYPE.joinBid ? quote.bid : quote.ask;
  return { price, trail: null, isTriggered: false };
}

function atPrice(
  parts: DeskParts,
  contract: TradedContract,
  ask: PlaceAsk,
  kind: "limit" | "stop",
): Draft | string {
  const points = kind === "limit" ? ask.limitPrice : ask.stopPrice;
  if (points === null) return NO_PRICE;
  const read = priceToTicks(instrumentOf(contract.root), points);
  if (!read.ok) return notAligned(kind);
  const price = read.value;
  const quote = parts.exchange.quote(contract.root);
  const isFar = quote !== null && Math.abs(price - quote.last) > Math.abs(quote.last) * RANGE;
  if (isFar) return OUT_OF_RANGE;
  const side = ask.side === BUY ? "buy" : "sell";
  const isWrong = kind === "stop" && quote !== null && isThrough(side, price, quote);
  if (isWrong && parts.switches().wrongSideStop === "rejected") return OUT_OF_RANGE;
  return { price, trail: null, isTriggered: isWrong };
}

/** The level that was sent becomes a distance from the last price. */
function trailingDraft(parts: DeskParts, contract: TradedContract, ask: PlaceAsk): Draft | string {
  if (ask.trailPrice === null) return NO_TRAIL;
  const read = priceToTicks(instrumentOf(contract.root), ask.trailPrice);
  if (!read.ok) return notAligned("trail");
  const quote = parts.exchange.quote(contract.root);
  if (quote === null) return NO_LAST_PRICE;
  const trail = Math.abs(quote.last - read.value);
  if (trail > TRAIL_MAX) return TRAIL_TOO_FAR;
  if (trail === 0) return NO_TRAIL;
  const price = ticks(ask.side === SELL ? quote.last - trail : quote.last + trail);
  return { price, trail, isTriggered: false };
}
