import { describe, expect, test } from "vitest";
import { PaperDesk } from "../../../kit/paper-desk.ts";

describe("a market order", () => {
  test("buys at the ask and sells at the bid, a tick of slippage worse", () => {
    const desk = new PaperDesk();
    desk.price(1000, { bid: 999, ask: 1003 });
    desk.place({ tag: "b", quantity: 2 });
    expect(desk.filled()).toEqual(["entry buy 2@1004"]);
    desk.place({ tag: "s", side: "sell", quantity: 2 });
    expect(desk.filled()).toEqual(["entry sell 2@998"]);
  });

  test("slips as far as the settings say", () => {
    const desk = new PaperDesk({ slippage: 3 as never });
    desk.price(1000);
    desk.place({});
    expect(desk.filled()).toEqual(["entry buy 1@1004"]);
  });
});

describe("a marketable limit", () => {
  test.each([
    ["buy", 1010, 1003],
    ["buy", 1003, 1003],
    ["sell", 990, 999],
    ["sell", 999, 999],
  ] as const)("%s %d takes the other side at %d, without slippage", (side, price, paid) => {
    const desk = new PaperDesk();
    desk.price(1000, { bid: 999, ask: 1003 });
    desk.place({ side, price });
    expect(desk.filled()).toEqual([`entry ${side} 1@${paid}`]);
  });

  test.each([
    ["buy", 1010, 1001],
    ["buy", 1000, 1000],
    ["sell", 990, 999],
    ["sell", 1000, 1000],
  ] as const)(
    "%s %d pays last with slippage where bars show no book, never beyond",
    (side, price, paid) => {
      const desk = new PaperDesk();
      desk.price(1000, { bid: 1000, ask: 1000 });
      desk.place({ side, price });
      expect(desk.filled()).toEqual([`entry ${side} 1@${paid}`]);
    },
  );
});

describe("a resting limit", () => {
  test.each([
    ["through", "buy", 991, []],
    ["through", "buy", 990, []],
    ["through", "buy", 989, ["entry buy 1@990"]],
    ["touch", "buy", 990, ["entry buy 1@990"]],
    ["through", "sell", 1010, []],
    ["through", "sell", 1011, ["entry sell 1@1010"]],
    ["touch", "sell", 1010, ["entry sell 1@1010"]],
  ] as const)("(%s) %s, the price goes to %d: %j", (limitFill, side, price, filled) => {
    const desk = new PaperDesk({ limitFill });
    desk.price(1000);
    desk.place({ side, price: side === "buy" ? 990 : 1010 });
    expect(desk.fills()).toEqual([]);
    desk.price(price);
    expect(desk.filled()).toEqual(filled);
  });

  test("is not filled by a price it has already seen, only by what trades after it came", () => {
    const desk = new PaperDesk({ limitFill: "touch" });
    desk.price(1000);
    desk.place({ price: 1000 });
    desk.apply({ kind: "price", at: desk.at, quote: desk.quote! });
    expect(desk.fills()).toEqual([]);
    desk.price(1000);
    expect(desk.filled()).toEqual(["entry buy 1@1000"]);
  });

  test("fills at its price when only the extreme of the report went through", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ price: 990 });
    desk.price(1000, { low: 985 });
    expect(desk.filled()).toEqual(["entry buy 1@990"]);
  });
});

describe("a stop", () => {
  test.each([
    ["sell", 990, { last: 990 }, 989],
    ["sell", 990, { last: 970 }, 969],
    ["sell", 990, { last: 995, low: 988 }, 989],
    ["buy", 1010, { last: 1010 }, 1011],
    ["buy", 1010, { last: 1030 }, 1031],
    ["buy", 1010, { last: 1005, high: 1012 }, 1011],
  ] as const)("%s %d set off by %j fills at %d", (side, price, { last, ...extremes }, paid) => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ side, price, type: "stop", role: "stop" });
    desk.price(last, extremes);
    expect(desk.filled()).toEqual([`stop ${side} 1@${paid}`]);
  });

  test.each([
    ["sell", 990, 980, 982],
    ["buy", 1010, 1020, 1018],
  ] as const)(
    "%s at %d waits where the market jumped to %d, if stops are protected",
    (side, price, gap, back) => {
      const desk = new PaperDesk({ stopProtection: 8 as never, slippage: 0 as never });
      desk.price(1000);
      desk.place({ side, price, type: "stop", role: "stop" });
      desk.price(gap);
      expect(desk.filled()).toEqual([]);
      desk.price(back);
      expect(desk.filled()).toEqual([`stop ${side} 1@${back}`]);
    },
  );

  test("an entry stop opens a position", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ price: 1005, type: "stop" });
    desk.price(1004);
    expect(desk.net()).toBe(0);
    desk.price(1006);
    expect(desk.filled()).toEqual(["entry buy 1@1007"]);
  });
});

describe("one report that reached several orders", () => {
  test("fills the stop of a pair and not its target", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", bracket: [10, 10] });
    desk.price(1000, { low: 980, high: 1030 });
    expect(desk.filled()).toEqual(["stop sell 1@991"]);
    expect(desk.order("e-TP").status).toBe("cancelled");
    expect(desk.net()).toBe(0);
  });

  test("fills the target when only the last price is known, and it is there", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", bracket: [10, 10] });
    desk.price(1030);
    expect(desk.filled()).toEqual(["target sell 1@1012"]);
  });

  test("fills stop and target alike where nothing links them, and the position turns", () => {
    const desk = new PaperDesk({ brackets: "none" });
    desk.price(1000);
    desk.place({ tag: "e" });
    desk.place({ tag: "s", role: "stop", side: "sell", type: "stop", price: 990 });
    desk.place({ tag: "t", role: "target", side: "sell", price: 1010 });
    desk.price(1000, { low: 985, high: 1015 });
    expect(desk.filled()).toEqual(["stop sell 1@989", "target sell 1@1010"]);
    expect(desk.net()).toBe(-1);
  });

  test("takes an entry in and out again when the market certainly came by both", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", price: 990, bracket: [10, 10] });
    // The high may have been before the fill; the low cannot.
    desk.price(985, { low: 975, high: 1005 });
    expect(desk.filled()).toEqual(["entry buy 1@990", "stop sell 1@979"]);
    expect(desk.net()).toBe(0);
  });

  test("lets a target fill after its entry only by the last price", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", price: 990, bracket: [30, 10] });
    desk.price(1002, { low: 985, high: 1002 });
    expect(desk.filled()).toEqual(["entry buy 1@990", "target sell 1@1000"]);
  });

  test("does the same mirrored for a sold entry", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", side: "sell", price: 1010, bracket: [10, 10] });
    desk.price(1005, { high: 1025, low: 990 });
    expect(desk.filled()).toEqual(["entry sell 1@1010", "stop buy 1@1021"]);
  });

  test("shows the legs of a stop entry no extreme that may have been before it", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", price: 1010, type: "stop", bracket: [10, 10] });
    desk.price(1010, { low: 990, high: 1012 });
    expect(desk.filled()).toEqual(["entry buy 1@1011"]);
    expect(desk.brief("e-SL")).toBe("working @1001 0/1");
  });
});
