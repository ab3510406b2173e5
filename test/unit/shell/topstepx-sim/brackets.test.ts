/** A bracket's life: who is heard of when, and what the legs do to each other. */
import { expect, test } from "vitest";
import { REAL_DELAYS } from "../../../../src/shell/topstepx-sim/settings.ts";
import { type Listener, standInDesk } from "../../../kit/stand-in.ts";

const BRACKET = {
  customTag: "e1",
  stopLossBracket: { ticks: -40, type: 4 },
  takeProfitBracket: { ticks: 28, type: 1 },
};

/** `Order 101-SL 8` and the like, in the order in which they were heard. */
const story = ({ heard }: Listener): readonly string[] =>
  heard.map(({ target, args: [{ data }] }) => {
    const kind = target.replace("GatewayUser", "");
    if (kind === "Order") return `${data.customTag} ${data.status}`;
    if (kind === "Position") return `position ${data.size}`;
    return kind === "Trade" ? `trade ${data.price}` : kind.toLowerCase();
  });

test("S6 a bracket's events come as the real venue sends them, each at its time", () => {
  const desk = standInDesk({ delays: REAL_DELAYS });
  desk.price(6300);
  const listener = desk.follow();
  const { orderId } = desk.place(BRACKET);
  expect(story(listener)).toEqual(["e1-SL 8", "e1 6", "e1-TP 8"]);
  desk.advance(5);
  expect(story(listener).slice(3)).toEqual(["e1 2", "trade 6300.5", "position 1", "account"]);
  desk.advance(14);
  expect(listener.heard).toHaveLength(7);
  expect(desk.net()).toBe(1);
  desk.advance(1);
  expect(story(listener).slice(7)).toEqual(["e1-SL 1", "e1-TP 1"]);
  expect(desk.order(orderId + 1)).toMatchObject({
    status: 1,
    type: 4,
    side: 1,
    stopPrice: 6290.5,
    limitPrice: null,
    parentOrderId: orderId,
    customTag: "e1-SL",
  });
  expect(desk.order(orderId + 2)).toMatchObject({
    status: 1,
    type: 1,
    limitPrice: 6307.5,
    parentOrderId: orderId,
    linkedOrderId: orderId + 1,
  });
  desk.price(6308);
  expect(desk.net()).toBe(0);
  expect(desk.order(orderId + 1).status).toBe(1);
  desk.advance(12);
  expect(desk.order(orderId + 1).status).toBe(3);
  expect(story(listener).slice(9)).toEqual([
    "e1-TP 2",
    "trade 6307.5",
    "position 0",
    "account",
    "e1-SL 3",
  ]);
});

test("S6 without delays the whole bracket works when the call comes back", () => {
  const desk = standInDesk();
  desk.price(6300);
  const { orderId } = desk.place({ ...BRACKET, size: 2 });
  expect(desk.open().map((one) => one.id)).toEqual([orderId + 1, orderId + 2]);
  desk.price(6290, { ask: 6290 });
  expect(desk.net()).toBe(0);
  expect(desk.open()).toEqual([]);
});
