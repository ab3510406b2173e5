import { describe, expect, test } from "vitest";
import { accountId } from "../../../../src/core/model/ids.ts";
import { ALICE, BOB, codeOf, MES, type OrderWish, PaperDesk } from "../../../kit/paper-desk.ts";

const deskAt1000 = (settings = {}): PaperDesk => {
  const desk = new PaperDesk(settings);
  desk.price(1000);
  return desk;
};

describe("placing", () => {
  test.each<[string, OrderWish, string]>([
    ["no contracts", { quantity: 0 }, "invalid-quantity"],
    ["half a contract", { quantity: 1.5 }, "invalid-quantity"],
    ["a slip of the finger", { quantity: 10_001 }, "invalid-quantity"],
    ["a market order with a price", { type: "market", price: 990 }, "invalid-price"],
    ["a limit without a price", { type: "limit" }, "invalid-price"],
    ["a price between ticks", { price: 990.5 }, "invalid-price"],
    [
      "a sell stop above the market",
      { side: "sell", type: "stop", price: 1001 },
      "price-through-market",
    ],
    [
      "a sell stop at the market",
      { side: "sell", type: "stop", price: 1000 },
      "price-through-market",
    ],
    ["a buy stop below the market", { type: "stop", price: 999 }, "price-through-market"],
    ["a buy stop above the market", { type: "stop", price: 1001 }, "done"],
    ["a limit", { price: 990 }, "done"],
  ])("%s", (_, wish, code) => {
    expect(codeOf(deskAt1000().place(wish))).toBe(code);
  });

  test("a refused order is kept as rejected, with its reason, and fills nothing", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", quantity: 0, bracket: [10, 20] });
    expect(desk.order("e")).toMatchObject({ status: "rejected", reason: "invalid-quantity" });
    expect(desk.last.map((report) => report.kind)).toEqual(["order", "answer"]);
    expect(desk.account().live).toEqual([]);
    expect(desk.net()).toBe(0);
  });

  test("a tag works once, rejected orders and bracket children included", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", bracket: [10, 20] });
    desk.place({ tag: "r", quantity: 0 });
    const before = desk.state;
    for (const tag of ["e", "e-SL", "e-TP", "r"]) {
      expect(codeOf(desk.place({ tag }))).toBe("tag-in-use");
      expect(desk.last).toHaveLength(1);
    }
    expect(desk.state).toBe(before);
    expect(desk.place({ tag: "e", account: BOB }).kind).toBe("done");
  });

  test("a bracket needs the tags of its children too", () => {
    const desk = deskAt1000();
    desk.place({ tag: "x-TP", price: 900 });
    expect(codeOf(desk.place({ tag: "x", bracket: [10, 20] }))).toBe("tag-in-use");
    expect(desk.place({ tag: "x" }).kind).toBe("done");
    expect(desk.place({ tag: "y-SL", bracket: [10, 20] }).kind).toBe("done");
    expect(codeOf(desk.place({ tag: "y-SL-TP" }))).toBe("tag-in-use");
    expect(codeOf(desk.place({ tag: "y-SL", bracket: [10, 20] }))).toBe("tag-in-use");
  });

  test("nobody and nothing unknown is traded", () => {
    const desk = deskAt1000();
    expect(codeOf(desk.place({ account: accountId("carol") }))).toBe("account-not-found");
    expect(codeOf(desk.place({ contract: "XYZZ26" }))).toBe("contract-not-found");
    expect(desk.place({ tag: "e1" }).kind).toBe("done");
  });

  test("a market order without a price is refused, a limit waits for one", () => {
    const desk = new PaperDesk();
    expect(codeOf(desk.place({ tag: "m" }))).toBe("no-price");
    expect(desk.place({ tag: "l", price: 1010 }).kind).toBe("done");
    desk.price(1000);
    expect(desk.filled()).toEqual(["entry buy 1@1001"]);
  });

  test("a stop without a price to compare rests", () => {
    const desk = new PaperDesk();
    desk.place({ tag: "s", type: "stop", price: 990 });
    desk.price(1000);
    expect(desk.filled()).toEqual(["entry buy 1@1001"]);
  });

  test("a limit that waited and is not marketable rests, and fills as a resting one", () => {
    const desk = new PaperDesk();
    desk.place({ tag: "l", price: 990 });
    desk.price(1000);
    expect(desk.fills()).toEqual([]);
    desk.price(990);
    expect(desk.fills()).toEqual([]);
    desk.price(980);
    expect(desk.filled()).toEqual(["entry buy 1@990"]);
  });

  test("an account has room for a thousand resting orders", () => {
    const desk = deskAt1000();
    for (let n = 0; n < 998; n++) desk.place({ tag: `l${n}`, price: 900 });
    expect(codeOf(desk.place({ tag: "one-more", price: 900 }))).toBe("too-many-orders");
  });

  test("the answer comes after what it caused, and names the order", () => {
    const desk = deskAt1000();
    expect(desk.place({ tag: "e" })).toEqual({ kind: "done", order: desk.idOf("e") });
    expect(desk.last.at(-1)).toMatchObject({ kind: "answer", account: ALICE, id: "place-e" });
  });
});

describe("modifying", () => {
  test("moves a stop and keeps its id and its sibling", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", bracket: [10, 20] });
    const id = desk.idOf("e-SL");
    expect(desk.modify("e-SL", 995)).toEqual({ kind: "done", order: id });
    expect(desk.brief("e-SL")).toBe("working @995 0/1");
    expect(desk.idOf("e-SL")).toBe(id);
    desk.price(995);
    expect(desk.filled()).toEqual(["stop sell 1@994"]);
    expect(desk.order("e-TP").status).toBe("cancelled");
  });

  test.each([
    [1000, "price-through-market"],
    [1005, "price-through-market"],
    [991.5, "invalid-price"],
    [999, "done"],
  ])("a long's stop to %d with the market at 1000: %s", (price, code) => {
    const desk = deskAt1000();
    desk.place({ tag: "e", bracket: [10, 20] });
    const before = desk.brief("e-SL");
    expect(codeOf(desk.modify("e-SL", price))).toBe(code);
    if (code !== "done") expect(desk.brief("e-SL")).toBe(before);
  });

  test("a target through the market leaves at once, at the bid, and takes the stop along", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", quantity: 3, bracket: [10, 20] });
    desk.price(1001, { bid: 1000, ask: 1004 });
    desk.modify("e-TP", 992);
    expect(desk.filled()).toEqual(["target sell 3@1000"]);
    expect(desk.order("e-SL").status).toBe("cancelled");
    expect(desk.net()).toBe(0);
  });

  test("the same on a feed without a book leaves at last less slippage", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", bracket: [10, 20] });
    desk.price(1001, { bid: 1001, ask: 1001 });
    desk.modify("e-TP", 993);
    expect(desk.filled()).toEqual(["target sell 1@1000"]);
  });

  test("what a thin book leaves of such an exit follows the market, not its own price", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", quantity: 5, bracket: [40, 20] });
    const settings = { ...desk.state.settings, partialFill: { permille: 1000, seed: 7 } };
    desk.apply({ kind: "settings", at: desk.at, settings });
    desk.modify("e-TP", 992);
    const left = desk.net();
    expect(left).toBeGreaterThan(0);
    desk.apply({ kind: "settings", at: desk.at, settings: { ...settings, partialFill: null } });
    desk.price(997);
    expect(desk.filled()).toEqual([`target sell ${left}@997`]);
    expect(desk.net()).toBe(0);
  });

  test("without a price to meet waits for the next one", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", bracket: [10, 20] });
    desk.quote = null;
    expect(desk.modify("e-TP", 992).kind).toBe("done");
    expect(desk.fills()).toEqual([]);
    desk.price(996);
    expect(desk.filled()).toEqual(["target sell 1@996"]);
  });

  test("changes the size of a leg, and only of that leg", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", quantity: 3, bracket: [10, 20] });
    expect(desk.modify("e-SL", null, 2).kind).toBe("done");
    expect(desk.brief("e-SL")).toBe("working @992 0/2");
    expect(desk.brief("e-TP")).toBe("working @1022 0/3");
    expect(desk.modify("e-SL", 993, 4).kind).toBe("done");
    expect(desk.brief("e-SL")).toBe("working @993 0/4");
  });

  test.each([
    [0, "done"],
    [-1, "invalid-quantity"],
    [1.5, "invalid-quantity"],
  ])("to a quantity of %d is %s", (quantity, code) => {
    const desk = deskAt1000();
    desk.place({ tag: "l", price: 990, bracket: [10, 20] });
    expect(codeOf(desk.modify("l", null, quantity))).toBe(code);
    expect(desk.order("l").status).toBe(code === "done" ? "cancelled" : "working");
  });

  test("to what has filled already ends the rest", () => {
    const desk = deskAt1000({ partialFill: { permille: 1000, seed: 7 } });
    desk.place({ tag: "l", price: 990, quantity: 5 });
    desk.price(989);
    const held = desk.net();
    desk.modify("l", null, held);
    expect(desk.brief("l")).toBe(`cancelled @990 ${held}/5`);
  });

  test("nothing at all is done and changes nothing", () => {
    const desk = deskAt1000();
    desk.place({ tag: "l", price: 990 });
    expect(desk.modify("l", null).kind).toBe("done");
    expect(desk.brief("l")).toBe("working @990 0/1");
  });

  test("an order that is over, or never was, is refused", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e" });
    expect(codeOf(desk.modify("e", 990))).toBe("order-terminal");
    expect(codeOf(desk.modify("nobody", 990))).toBe("order-not-found");
    desk.place({ tag: "l", price: 990 });
    const order = desk.idOf("l");
    const elsewhere = { kind: "cancel", id: "c", account: ALICE, contract: "MESH27" } as const;
    expect(codeOf(desk.request({ ...elsewhere, order }))).toBe("order-not-found");
  });
});

describe("cancelling", () => {
  test("ends a resting order once", () => {
    const desk = deskAt1000();
    desk.place({ tag: "l", price: 990 });
    expect(desk.cancel("l")).toEqual({ kind: "done", order: desk.idOf("l") });
    expect(codeOf(desk.cancel("l"))).toBe("order-terminal");
    expect(codeOf(desk.cancel("nobody"))).toBe("order-not-found");
    desk.price(900);
    expect(desk.fills()).toEqual([]);
  });
});

describe("closing", () => {
  test("sells what is held by an untagged order the answer does not name, and leaves the legs", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", quantity: 3, bracket: [10, 20] });
    expect(desk.close()).toEqual({ kind: "done", order: null });
    expect(desk.filled()).toEqual(["close sell 3@999"]);
    expect(desk.fills()[0]).toMatchObject({ tag: null, parent: null });
    expect(desk.net()).toBe(0);
    expect(desk.brief("e-SL")).toBe("working @992 0/3");
    desk.price(990);
    expect(desk.net()).toBe(-3);
  });

  test("buys a short back", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", side: "sell", quantity: 2 });
    desk.close();
    expect(desk.filled()).toEqual(["close buy 2@1002"]);
  });

  test.each([
    [1, "done"],
    [3, "done"],
    [4, "invalid-close-size"],
    [0, "invalid-close-size"],
  ])("%d of 3 contracts is %s", (quantity, code) => {
    const desk = deskAt1000();
    desk.place({ tag: "e", quantity: 3 });
    expect(codeOf(desk.closePart(quantity))).toBe(code);
    expect(desk.net()).toBe(code === "done" ? 3 - quantity : 3);
  });

  test("parts of a contract are none", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", quantity: 3 });
    const part = { kind: "close-part", id: "p", account: ALICE, contract: MES } as const;
    const outcome = desk.request({ ...part, quantity: 1.5 as never });
    expect(codeOf(outcome)).toBe("invalid-close-size");
  });

  test("nothing, or nothing at a price, is refused", () => {
    const desk = deskAt1000();
    expect(codeOf(desk.close())).toBe("no-position");
    desk.place({ tag: "e" });
    desk.quote = null;
    expect(codeOf(desk.close())).toBe("no-price");
    expect(codeOf(desk.close("MESH27"))).toBe("no-position");
  });
});

describe("trading hours", () => {
  test.each(["closed", "halted"] as const)(
    "a %s market takes no orders and fills none",
    (session) => {
      const desk = deskAt1000();
      desk.place({ tag: "e", bracket: [10, 20] });
      desk.session(session);
      expect(codeOf(desk.place({ tag: "m" }))).toBe("market-closed");
      expect(codeOf(desk.close())).toBe("market-closed");
      desk.price(900);
      expect(desk.fills()).toEqual([]);
      expect(desk.net()).toBe(1);
    },
  );

  test("legs can be moved and cancelled while closed", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", bracket: [10, 20] });
    desk.session("closed");
    expect(desk.modify("e-SL", 995).kind).toBe("done");
    expect(desk.modify("e-TP", 992).kind).toBe("done");
    expect(desk.fills()).toEqual([]);
    desk.session("open");
    desk.price(998);
    expect(desk.filled()).toEqual(["target sell 1@998"]);
    desk.place({ tag: "e2", bracket: [10, 20] });
    desk.session("closed");
    expect(desk.cancel("e2-TP").kind).toBe("done");
  });

  test("the first print after it opens meets what rests, across the gap", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", bracket: [10, 20] });
    desk.session("closed");
    desk.session("open");
    desk.price(950);
    expect(desk.filled()).toEqual(["stop sell 1@949"]);
  });

  test("a quote of the session before is no price any more", () => {
    const desk = deskAt1000();
    desk.place({ tag: "e", bracket: [10, 20] });
    desk.session("closed");
    desk.session("open", desk.at + 1000);
    expect(codeOf(desk.place({ tag: "m" }))).toBe("no-price");
    desk.price(900);
    expect(desk.fills()).toEqual([]);
    desk.price(900, { at: desk.at + 1000 });
    expect(desk.filled()).toEqual(["stop sell 1@899"]);
  });

  test("another instrument trades on", () => {
    const desk = deskAt1000();
    desk.session("closed", 0, "MNQ");
    expect(desk.place({ tag: "e" }).kind).toBe("done");
  });
});

test("orders on two months of one product share its price but not its position", () => {
  const desk = deskAt1000();
  desk.place({ tag: "z", quantity: 2 });
  desk.place({ tag: "h", contract: "MESH27", side: "sell" });
  expect(desk.net(MES)).toBe(2);
  expect(desk.net("MESH27")).toBe(-1);
});
