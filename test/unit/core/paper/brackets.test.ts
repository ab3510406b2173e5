import { describe, expect, test } from "vitest";
import type { VenueReport } from "../../../../src/core/model/venue.ts";
import { ALICE, codeOf, PaperDesk } from "../../../kit/paper-desk.ts";

/** Prices at which a resting entry fills in parts: every order of two or more does, at first. */
const thin = { partialFill: { permille: 1000, seed: 7 } };

const inWords = (report: VenueReport): string => {
  if (report.kind === "order") return `${report.order.tag} ${report.order.status}`;
  return report.kind === "fill" ? `${report.fill.tag} fills` : report.kind;
};

describe("the bracket of an entry", () => {
  test("waits suspended, without a price, until the entry fills", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", price: 990, quantity: 3, bracket: [10, 20] });
    expect(desk.brief("e")).toBe("working @990 0/3");
    expect(desk.brief("e-SL")).toBe("suspended @- 0/3");
    expect(desk.brief("e-TP")).toBe("suspended @- 0/3");
    const { role, parent, side } = desk.order("e-SL");
    expect({ role, parent, side }).toEqual({ role: "stop", parent: "e", side: "sell" });
    expect(desk.order("e-TP").role).toBe("target");
  });

  test("works in the very event of the fill, priced from the fill", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", quantity: 3, bracket: [10, 20] });
    expect(desk.filled()).toEqual(["entry buy 3@1002"]);
    expect(desk.brief("e-SL")).toBe("working @992 0/3");
    expect(desk.brief("e-TP")).toBe("working @1022 0/3");
  });

  test("is mirrored for a short", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", side: "sell", bracket: [10, 20] });
    expect(desk.brief("e-SL")).toBe("working @1009 0/1");
    expect(desk.brief("e-TP")).toBe("working @979 0/1");
    expect(desk.order("e-TP").side).toBe("buy");
  });

  test("tells of protection before the position, and of its end after", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", bracket: [10, 20] });
    expect(desk.last.map(inWords)).toEqual([
      "e-SL working",
      "e-TP working",
      "e fills",
      "e filled",
      "answer",
    ]);
    desk.price(990);
    expect(desk.last.map(inWords)).toEqual(["e-SL fills", "e-SL filled", "e-TP cancelled"]);
  });

  test("one child's fill cancels the other", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", quantity: 2, bracket: [10, 20] });
    desk.price(1023);
    expect(desk.filled()).toEqual(["target sell 2@1022"]);
    expect(desk.brief("e-SL")).toBe("cancelled @992 0/2");
    expect(desk.account().live).toEqual([]);
  });

  test("leaves another bracket of the same contract alone", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e1", bracket: [10, 20] });
    desk.place({ tag: "e2", bracket: [10, 40] });
    desk.price(1023);
    expect(desk.brief("e2-SL")).toBe("working @992 0/1");
    expect(desk.modify("e2-SL", 1002).kind).toBe("done");
    expect(desk.brief("e2-TP")).toBe("working @1042 0/1");
    expect(desk.net()).toBe(1);
  });

  test("is cancelled with an entry that never filled", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", price: 990, bracket: [10, 20] });
    expect(desk.cancel("e").kind).toBe("done");
    expect(desk.order("e-SL").status).toBe("cancelled");
    expect(desk.order("e-TP").status).toBe("cancelled");
    expect(desk.account().live).toEqual([]);
  });

  test("loses one child to a cancel and keeps the other", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", bracket: [10, 20] });
    desk.cancel("e-SL");
    expect(desk.brief("e-TP")).toBe("working @1022 0/1");
    desk.price(1023);
    expect(desk.filled()).toEqual(["target sell 1@1022"]);
    expect(desk.net()).toBe(0);
  });

  test.each([
    [3, 20, "bracket-too-near"],
    [10, 3, "bracket-too-near"],
    [-10, 20, "bracket-too-near"],
    [4, 4, "done"],
  ])("with %d ticks to the stop and %d to the target is %s", (stop, target, code) => {
    const desk = new PaperDesk();
    desk.price(1000);
    expect(codeOf(desk.place({ tag: "e", bracket: [stop, target] }))).toBe(code);
  });

  test("must be whole ticks away", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    const request = { stopTicks: 5.5, targetTicks: 8 } as never;
    const place = { kind: "place", id: "p", account: ALICE, contract: "MESZ26", tag: "e" } as const;
    const order = { role: "entry", side: "buy", type: "market", quantity: 1, price: null } as const;
    const outcome = desk.request({ ...place, ...order, bracket: request } as never);
    expect(codeOf(outcome)).toBe("bracket-too-near");
  });

  test("is refused where the venue keeps none, and on anything but an entry", () => {
    const none = new PaperDesk({ brackets: "none" });
    none.price(1000);
    expect(codeOf(none.place({ bracket: [10, 20] }))).toBe("brackets-unsupported");
    const native = new PaperDesk();
    native.price(1000);
    const stop = { role: "stop", side: "sell", type: "stop", price: 990 } as const;
    expect(codeOf(native.place({ ...stop, bracket: [10, 20] }))).toBe("brackets-unsupported");
    expect(native.net()).toBe(0);
  });
});

describe("a bracket over an entry that fills in parts", () => {
  test("grows with each part, priced from the average", () => {
    const desk = new PaperDesk(thin);
    desk.price(1000);
    desk.place({ tag: "e", quantity: 5, bracket: [10, 20] });
    // A market order takes the rest of a thin book one tick further on.
    const [first, second] = desk.fills();
    expect(first?.price).toBe(1002);
    expect(second?.price).toBe(1003);
    const average = Math.round((1002 * first!.quantity + 1003 * second!.quantity) / 5);
    expect(desk.brief("e-SL")).toBe(`working @${average - 10} 0/5`);
    expect(desk.brief("e-TP")).toBe(`working @${average + 20} 0/5`);
  });

  test("covers what has filled while the rest still waits", () => {
    const desk = new PaperDesk(thin);
    desk.price(1000);
    desk.place({ tag: "e", quantity: 5, price: 990, bracket: [10, 20] });
    desk.price(989);
    const held = desk.net();
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThan(5);
    expect(desk.brief("e")).toBe(`working @990 ${held}/5`);
    expect(desk.brief("e-SL")).toBe(`working @980 0/${held}`);
    desk.price(989);
    expect(desk.order("e-SL").quantity).toBe(desk.net());
  });

  test("keeps a price somebody gave a leg when the entry fills on", () => {
    const desk = new PaperDesk(thin);
    desk.price(1000);
    desk.place({ tag: "e", quantity: 5, price: 990, bracket: [10, 20] });
    desk.price(989);
    const before = desk.net();
    desk.modify("e-SL", 983);
    desk.price(989);
    expect(desk.net()).toBeGreaterThan(before);
    expect(desk.order("e-SL")).toMatchObject({ price: 983, quantity: desk.net() });
  });

  test("takes the price a leg was given while it waited", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", price: 990, bracket: [10, 20] });
    expect(desk.modify("e-SL", 977).kind).toBe("done");
    expect(desk.modify("e-TP", 1003).kind).toBe("done");
    expect(codeOf(desk.modify("e-SL", null, 1))).toBe("order-suspended");
    desk.price(989);
    expect(desk.brief("e-SL")).toBe("working @977 0/1");
    expect(desk.brief("e-TP")).toBe("working @1003 0/1");
  });

  test("shrinks the stop by what the target fills, in the same event", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", quantity: 5, bracket: [10, 20] });
    desk.apply({
      kind: "settings",
      at: desk.at,
      settings: { ...desk.state.settings, ...thin },
    });
    desk.price(1023);
    const left = desk.net();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(5);
    expect(desk.brief("e-SL")).toBe(`working @992 0/${left}`);
    expect(desk.brief("e-TP")).toBe(`working @1022 ${5 - left}/5`);
  });

  test("ends a leg that the other leaves nothing to do", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", quantity: 5, bracket: [10, 20] });
    desk.modify("e-SL", null, 1);
    desk.apply({
      kind: "settings",
      at: desk.at,
      settings: { ...desk.state.settings, ...thin },
    });
    desk.price(1023);
    expect(desk.order("e-SL").status).toBe("cancelled");
    expect(desk.order("e-TP").status).toBe("working");
  });

  test("withdraws the rest of the entry once a leg has filled whole", () => {
    const desk = new PaperDesk(thin);
    desk.price(1000);
    desk.place({ tag: "e", quantity: 5, price: 990, bracket: [10, 20] });
    desk.price(989);
    desk.price(979);
    expect(desk.net()).toBe(0);
    expect(desk.order("e").status).toBe("cancelled");
    expect(desk.order("e").reason).toBe("its bracket is done");
    expect(desk.account().live).toEqual([]);
  });

  test("stays with what was bought when the rest of the entry is cancelled", () => {
    const desk = new PaperDesk(thin);
    desk.price(1000);
    desk.place({ tag: "e", quantity: 5, price: 990, bracket: [10, 20] });
    desk.price(989);
    const held = desk.net();
    desk.cancel("e");
    expect(desk.brief("e")).toBe(`cancelled @990 ${held}/5`);
    expect(desk.brief("e-SL")).toBe(`working @980 0/${held}`);
  });
});
