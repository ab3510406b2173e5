/** The calls about orders, positions and half-turns: paths, fields, answers. */
import type { Millis } from "../../core/model/units.ts";
import { CLOSE_PART, CLOSE_WHOLE, cancel, close, type Done, modify } from "./changing.ts";
import type { DeskParts } from "./desk.ts";
import { type Endpoint, type Envelope, endpoint, failure, success } from "./envelope.ts";
import { type OrderRow, orderJson, STATUS } from "./orders.ts";
import { PLACE, place } from "./placing.ts";
import { positionJson } from "./positions.ts";
import { restStamp } from "./stamps.ts";
import { type Trades, tradeJson } from "./trades.ts";

const BRACKET = { ticks: "int", type: "int" } as const;
const ACCOUNT_NOT_FOUND = 1;

const ended = (done: Done): Envelope =>
  done === null ? success() : failure(done.errorCode, done.errorMessage);

const shown = (rows: readonly OrderRow[]): readonly unknown[] =>
  rows.map((row) => orderJson(row, restStamp));

export const orderCalls = (parts: DeskParts): readonly Endpoint[] => [
  endpoint(
    PLACE,
    { request: "PlaceOrderRequest", asksForWishes: true },
    {
      accountId: "int",
      contractId: "text",
      type: "int",
      side: "int",
      size: "int",
      "limitPrice?": "number",
      "stopPrice?": "number",
      "trailPrice?": "number",
      "customTag?": "text",
      "stopLossBracket?": BRACKET,
      "takeProfitBracket?": BRACKET,
      "linkedOrderId?": "int",
    },
    (ask, { user }) => {
      const placed = place(parts, ask, user);
      const { orderId } = placed;
      if (placed.ok) return success({ orderId });
      return failure(placed.refusal.errorCode, placed.refusal.errorMessage, { orderId });
    },
  ),
  endpoint(
    "/api/Order/modify",
    { request: "ModifyOrderRequest", asksForWishes: true },
    {
      accountId: "int",
      orderId: "int",
      "size?": "int",
      "limitPrice?": "number",
      "stopPrice?": "number",
      "trailPrice?": "number",
    },
    (ask, { user }) => ended(modify(parts, ask, user)),
  ),
  endpoint(
    "/api/Order/cancel",
    { request: "CancelOrderRequest", asksForWishes: true },
    { accountId: "int", orderId: "int" },
    (ask, { user }) => ended(cancel(parts, ask, user)),
  ),
  endpoint(
    "/api/Order/search",
    { request: "SearchOrderRequest" },
    { accountId: "int", startTimestamp: "time", "endTimestamp?": "time" },
    ({ accountId, startTimestamp, endTimestamp }, { user }) => {
      if (parts.accounts.find(accountId, user) === null) return noOrders();
      const isIn = within(startTimestamp, endTimestamp);
      const rows = parts.orders.of(accountId).filter((row) => isIn(row.createdAt));
      return success({ orders: shown(rows) });
    },
  ),
  endpoint(
    "/api/Order/searchOpen",
    { request: "SearchOpenOrderRequest", isSteady: true },
    { accountId: "int" },
    ({ accountId }, { user }) => {
      if (parts.accounts.find(accountId, user) === null) return noOrders();
      const rows = parts.orders.of(accountId).filter((row) => row.status === STATUS.open);
      return success({ orders: shown(rows) });
    },
  ),
  endpoint(
    "/api/Order/searchById",
    { request: "SearchOrderByIdRequest" },
    { accountId: "int", orderId: "int" },
    ({ accountId, orderId }, { user }) => {
      const isTheirs = parts.accounts.find(accountId, user) !== null;
      const row = isTheirs ? parts.orders.find(accountId, orderId) : null;
      if (row === null) return failure(1, null, { order: null });
      return success({ order: orderJson(row, restStamp) });
    },
  ),
  queryCall(parts),
];

const noOrders = (): Envelope => failure(ACCOUNT_NOT_FOUND, null, { orders: null });

const within =
  (from: Millis, until: Millis | null) =>
  (at: Millis): boolean =>
    at >= from && (until === null || at <= until);

/** Rows that come back at most, whatever page size was asked for. */
const PAGE_MAX = 100;

/** The offset counts rows, and the filter by contract does nothing: both as measured. */
function queryCall(parts: DeskParts): Endpoint {
  return endpoint(
    "/api/Order/v2/query",
    { request: "SearchOrdersQueryRequest", isSteady: true },
    {
      filter: {
        accountId: "int",
        "statuses?": "ints",
        "contractId?": "text",
        "createdAfter?": "time",
        "createdBefore?": "time",
      },
      "pageSize?": "int",
      "pageOffset?": "int",
      "sortBy?": "int",
      "sortDirection?": "int",
      "includeTotalCount?": "flag",
    },
    (ask, { user }) => {
      const { accountId, statuses, createdAfter, createdBefore } = ask.filter;
      if (parts.accounts.find(accountId, user) === null) return noOrders();
      const rows = parts.orders
        .of(accountId)
        .filter(({ createdAt }) => createdAfter === null || createdAt >= createdAfter)
        .filter(({ createdAt }) => createdBefore === null || createdAt <= createdBefore)
        .filter(({ status }) => statuses === null || statuses.includes(status));
      const sorted = ask.sortDirection === 1 ? rows.toReversed() : rows;
      const from = Math.max(0, ask.pageOffset ?? 0);
      const size = Math.min(PAGE_MAX, Math.max(1, ask.pageSize ?? PAGE_MAX));
      const page = shown(sorted.slice(from, from + size));
      const total = ask.includeTotalCount === true ? { totalCount: rows.length } : {};
      return success({ orders: page, ...total });
    },
  );
}

export const positionCalls = (parts: DeskParts, trades: Trades): readonly Endpoint[] => [
  endpoint(
    "/api/Position/searchOpen",
    { request: "SearchPositionRequest", isSteady: true },
    { accountId: "int" },
    ({ accountId }, { user }) => {
      if (parts.accounts.find(accountId, user) === null) {
        return failure(ACCOUNT_NOT_FOUND, null, { positions: null });
      }
      const rows = parts.positions.of(accountId);
      return success({ positions: rows.map((row) => positionJson(row, restStamp)) });
    },
  ),
  endpoint(
    CLOSE_WHOLE,
    { request: "CloseContractPositionRequest", asksForWishes: true },
    { accountId: "int", contractId: "text" },
    (ask, { user }) => ended(close(parts, { ...ask, size: null }, user)),
  ),
  endpoint(
    CLOSE_PART,
    { request: "PartialCloseContractPositionRequest", asksForWishes: true },
    { accountId: "int", contractId: "text", size: "int" },
    (ask, { user }) => ended(close(parts, ask, user)),
  ),
  endpoint(
    "/api/Trade/search",
    { request: "SearchTradeRequest" },
    { accountId: "int", startTimestamp: "time", "endTimestamp?": "time" },
    ({ accountId, startTimestamp, endTimestamp }, { user }) => {
      if (parts.accounts.find(accountId, user) === null) {
        return failure(ACCOUNT_NOT_FOUND, null, { trades: null });
      }
      const isIn = within(startTimestamp, endTimestamp);
      const rows = trades.of(accountId).filter((row) => isIn(row.at));
      return success({ trades: rows.toReversed().map((row) => tradeJson(row, restStamp)) });
    },
  ),
];
