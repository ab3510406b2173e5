/** A bracket's life: who is heard of when, and what the legs do to each other. */
import { expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { REAL_DELAYS } from "../../../../src/shell/topstepx-sim/settings.ts";
import { type Listener, rowIn, standInDesk } from "../../../kit/stand-in.ts";

const BRACKET = {
  customTag: "e1",
  stopLossBracket: { ticks: -40, type: 4 },
  takeProfitBracket: { ticks: 28, type: 1 },
};

/** `Order 101-SL 8` and the like, in the order in which they were heard. */
const story = ({ heard }: Listener): readonly string[] =>
  heard.map((one) => {
    const data = rowIn(one);
    const kind = one.target.replace("GatewayUser", "");
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

test("a leg may come late, and between fill and leg there is nothing that protects", () => {
  const desk = standInDesk({ delays: REAL_DELAYS });
  desk.price(6300);
  desk.venue.setDelays({ activation: millis(2_000) });
  const { orderId } = desk.place(BRACKET);
  desk.advance(1_000);
  desk.price(6280);
  expect(desk.net()).toBe(1);
  // Once it works, it meets the price it finds.
  desk.advance(1_000);
  expect(desk.order(orderId + 1)).toMatchObject({ status: 2, filledPrice: 6279.75 });
});

test("a leg may be refused when it should begin to work", () => {
  const desk = standInDesk({ delays: REAL_DELAYS });
  desk.price(6300);
  const refusal = { errorCode: 2, errorMessage: null };
  desk.venue.refuseNext("bracket/stop", refusal);
  const { heard } = desk.follow();
  const { orderId } = desk.place(BRACKET);
  desk.advance(100);
  expect([1, 2].map((n) => desk.order(orderId + n).status)).toEqual([5, 1]);
  expect(heard.map((one) => rowIn(one).status)).not.toContain(3);
  desk.venue.refuseNext("bracket/target", refusal);
  const second = desk.place({ ...BRACKET, customTag: "e2" }).orderId;
  desk.advance(100);
  expect([1, 2].map((n) => desk.order(second + n).status)).toEqual([1, 5]);
});

test("both legs may fill within the moments before one knows of the other", () => {
  const desk = standInDesk({ delays: REAL_DELAYS });
  desk.price(6300);
  desk.place(BRACKET);
  desk.advance(100);
  desk.price(6280);
  desk.advance(5);
  desk.price(6320);
  desk.advance(100);
  expect(desk.net()).toBe(-1);
});

test("a trailing stop may be a leg", () => {
  const desk = standInDesk();
  desk.price(6300);
  const { orderId } = desk.place({ ...BRACKET, stopLossBracket: { ticks: -40, type: 5 } });
  expect(desk.order(orderId + 1)).toMatchObject({ type: 5, status: 1, stopPrice: 6290.5 });
  desk.price(6304);
  expect(desk.order(orderId + 1).stopPrice).toBe(6294);
});
