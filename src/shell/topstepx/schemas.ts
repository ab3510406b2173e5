/**
 * The venue's answers and events, read into the words of `wire-types.ts`.
 *
 * ```text
 * answer   {"success":true,"errorCode":0,"orders":[..]}      ─► answers["Order/searchOpen"]
 * event    [{"action":1,"data":{..}}]  [{..}]  [[{..}]]      ─► ordersTold, positionsTold ..
 * ```
 *
 * A list that is absent is an error: the venue saying nothing about positions is not the venue
 * saying there are none. Events leave out what is null, and come wrapped, flat or in a list.
 */
import { ok, type Result } from "../../std/result.ts";
import {
  fieldsIn,
  flag,
  flagIn,
  list,
  number,
  numberIn,
  numberOrNull,
  or,
  orNull,
  type Read,
  record,
  row,
  text,
  textIn,
  textOrNull,
  whole,
  wholeIn,
  wholeOrNull,
} from "./json-fields.ts";
import type {
  Answer,
  CallName,
  WireAccount,
  WireBar,
  WireContract,
  WireOrder,
  WirePosition,
  WireTrade,
} from "./wire-types.ts";

const account = record<WireAccount>({
  id: whole,
  name: text,
  balance: number,
  canTrade: flag,
  isVisible: or(flag, true),
  simulated: orNull(flag),
});

const contract = record<WireContract>({
  id: text,
  name: or(text, ""),
  description: or(text, ""),
  tickSize: number,
  tickValue: number,
  activeContract: flag,
  symbolId: text,
});

const order = row<WireOrder>((one, wrong) => ({
  id: wholeIn(wrong, "id", one["id"] ?? one["orderId"]),
  accountId: wholeIn(wrong, "accountId", one["accountId"]),
  contractId: textIn(wrong, "contractId", one["contractId"]),
  creationTimestamp: textIn(wrong, "creationTimestamp", one["creationTimestamp"]),
  updateTimestamp: textOrNull(wrong, "updateTimestamp", one["updateTimestamp"]),
  status: wholeIn(wrong, "status", one["status"]),
  type: wholeIn(wrong, "type", one["type"]),
  side: wholeIn(wrong, "side", one["side"]),
  size: wholeIn(wrong, "size", one["size"]),
  limitPrice: numberOrNull(wrong, "limitPrice", one["limitPrice"]),
  stopPrice: numberOrNull(wrong, "stopPrice", one["stopPrice"]),
  fillVolume: wholeIn(wrong, "fillVolume", one["fillVolume"]),
  filledPrice: numberOrNull(wrong, "filledPrice", one["filledPrice"]),
  customTag: textOrNull(wrong, "customTag", one["customTag"]),
  parentOrderId: wholeOrNull(wrong, "parentOrderId", one["parentOrderId"]),
  linkedOrderId: wholeOrNull(wrong, "linkedOrderId", one["linkedOrderId"]),
}));

// The names that rows have in common stand in each: to share them would take a spread for every row.
const openPosition = row<WirePosition>((one, wrong) => ({
  id: wholeIn(wrong, "id", one["id"]),
  accountId: wholeIn(wrong, "accountId", one["accountId"]),
  contractId: textIn(wrong, "contractId", one["contractId"]),
  creationTimestamp: textIn(wrong, "creationTimestamp", one["creationTimestamp"]),
  type: wholeIn(wrong, "type", one["type"]),
  size: wholeIn(wrong, "size", one["size"]),
  averagePrice: numberIn(wrong, "averagePrice", one["averagePrice"]),
}));

/** One that is gone may come without its direction; one that is there may not. */
const position: Read<WirePosition> = (value) => {
  const fields = fieldsIn(value);
  const isGone = fields !== null && Number(fields["size"]) === 0 && fields["type"] === undefined;
  return openPosition(isGone ? { averagePrice: 0, ...fields, type: 0 } : value);
};

const trade = row<WireTrade>((one, wrong) => ({
  id: wholeIn(wrong, "id", one["id"]),
  accountId: wholeIn(wrong, "accountId", one["accountId"]),
  contractId: textIn(wrong, "contractId", one["contractId"]),
  creationTimestamp: textIn(wrong, "creationTimestamp", one["creationTimestamp"]),
  price: numberIn(wrong, "price", one["price"]),
  profitAndLoss: numberOrNull(wrong, "profitAndLoss", one["profitAndLoss"]),
  fees: numberIn(wrong, "fees", one["fees"]),
  commissions: numberOrNull(wrong, "commissions", one["commissions"]),
  side: wholeIn(wrong, "side", one["side"]),
  size: wholeIn(wrong, "size", one["size"]),
  voided: flagIn(wrong, "voided", one["voided"] ?? false),
  orderId: wholeIn(wrong, "orderId", one["orderId"]),
}));

const bar = record<WireBar>({ t: text, o: number, h: number, l: number, c: number, v: number });

/** What `success` alone says. */
const nothing: Read<Record<never, never>> = () => ok({});
const accounts = record({ accounts: list(account) });
const contracts = record({ contracts: list(contract) });
const orders = record({ orders: list(order) });

/** The payload beside `success`; the whole answer is handed in. */
export const answers: { readonly [Name in CallName]: Read<Answer<Name>> } = {
  "Account/search": accounts,
  "Contract/search": contracts,
  "Contract/searchById": record({ contract: orNull(contract) }),
  "Contract/available": contracts,
  "History/retrieveBars": record({ bars: list(bar) }),
  "Order/place": row((one, wrong) => ({
    orderId: wholeOrNull(wrong, "orderId", one["orderId"]),
  })),
  "Order/modify": nothing,
  "Order/cancel": nothing,
  "Order/search": orders,
  "Order/searchOpen": orders,
  "Order/searchById": record({ order: orNull(order) }),
  "Order/v2/query": orders,
  "Position/searchOpen": record({ positions: list(position) }),
  "Position/closeContract": nothing,
  "Position/partialCloseContract": nothing,
  "Trade/search": record({ trades: list(trade) }),
};

/** What an event told: mostly one, of a list several, of nulls none. */
export type Told<T> = (args: readonly unknown[]) => Result<readonly T[], string>;

const told =
  <T>(read: Read<T>): Told<T> =>
  (args) =>
    list(read)(unwrapped(args));

export const accountsTold: Told<WireAccount> = told(account);
export const ordersTold: Told<WireOrder> = told(order);
export const positionsTold: Told<WirePosition> = told(position);
export const tradesTold: Told<WireTrade> = told(trade);

/** Lists in lists and `{action, data}` around the content: deeper than this is none of the venue's. */
const DEPTH_MAX = 4;

function unwrapped(value: unknown, depth = 0): readonly unknown[] {
  if (value === null || value === undefined || depth > DEPTH_MAX) return [];
  if (Array.isArray(value)) return value.flatMap((one) => unwrapped(one, depth + 1));
  const data = fieldsIn(value)?.["data"];
  return typeof data === "object" && data !== null ? unwrapped(data, depth + 1) : [value];
}
