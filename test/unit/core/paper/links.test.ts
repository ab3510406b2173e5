/** Brackets whose orders act on each other only when told, as at a venue where that takes a while. */
import { describe, expect, test } from "vitest";
import { accountId, orderId } from "../../../../src/core/model/ids.ts";
import { ALICE, PaperDesk } from "../../../kit/paper-desk.ts";

function openDesk(): PaperDesk {
  const desk = new PaperDesk({ links: "when-told" });
  desk.price(1000);
  return desk;
}

function tell(desk: PaperDesk, tag: string, quantity: number, average: number): void {
  const { order } = desk.order(tag);
  desk.apply({ kind: "follow", at: desk.at, account: ALICE, order, quantity, average });
}

describe("links that act when told", () => {
  test("let the legs wait after the fill, and then price them from what was paid", () => {
    const desk = openDesk();
    desk.place({ tag: "e", quantity: 2, bracket: [10, 20] });
    expect(desk.brief("e")).toBe("filled @- 2/2");
    expect(desk.brief("e-SL")).toBe("suspended @- 0/2");
    desk.price(900);
    expect(desk.net()).toBe(2);
    tell(desk, "e", 2, 1002.4);
    expect(desk.brief("e-SL")).toBe("working @992 0/2");
    expect(desk.brief("e-TP")).toBe("working @1022 0/2");
  });

  test("let the legs of an entry that still works grow with it", () => {
    const desk = openDesk();
    desk.place({ tag: "e", price: 990, quantity: 3, bracket: [10, 20] });
    tell(desk, "e", 1, 990);
    expect(desk.brief("e-SL")).toBe("working @980 0/1");
    tell(desk, "e", 2, 990);
    expect(desk.brief("e-SL")).toBe("working @980 0/3");
  });

  test("let both legs fill before either knows of the other", () => {
    const desk = openDesk();
    desk.place({ tag: "e", bracket: [10, 20] });
    tell(desk, "e", 1, 1002);
    desk.price(990);
    expect(desk.brief("e-TP")).toBe("working @1022 0/1");
    desk.price(1030);
    expect(desk.net()).toBe(-1);
    tell(desk, "e-SL", 1, 990);
    expect(desk.brief("e-TP")).toBe("filled @1022 1/1");
  });

  test("end the sibling when told of a fill", () => {
    const desk = openDesk();
    desk.place({ tag: "e", bracket: [10, 20] });
    tell(desk, "e", 1, 1002);
    desk.price(990);
    tell(desk, "e-SL", 1, 990);
    expect(desk.brief("e-TP")).toBe("cancelled @1022 0/1");
  });

  test("leave the legs of a cancelled entry to whoever cancelled it", () => {
    const desk = openDesk();
    desk.place({ tag: "e", price: 990, bracket: [10, 20] });
    desk.cancel("e");
    expect(desk.brief("e")).toBe("cancelled @990 0/1");
    expect(desk.brief("e-SL")).toBe("suspended @- 0/1");
    desk.cancel("e-SL");
    expect(desk.brief("e-SL")).toBe("cancelled @- 0/1");
  });

  test("know nothing of orders and accounts that are not there", () => {
    const desk = openDesk();
    const before = desk.state;
    const about = { kind: "follow", at: desk.at, quantity: 1, average: 1 } as const;
    desk.apply({ ...about, account: ALICE, order: orderId("nobody") });
    desk.apply({ ...about, account: accountId("nobody"), order: orderId("nobody") });
    expect(desk.state).toBe(before);
  });
});
