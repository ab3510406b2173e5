import { describe, expect, test } from "vitest";
import { accountId, fillId, orderId } from "../../../../src/core/model/ids.ts";
import { contracts, dollars, millis, money, ticks } from "../../../../src/core/model/units.ts";
import type { VenueOrder, VenueReport } from "../../../../src/core/model/venue.ts";
import type { AccountBooks } from "../../../../src/core/paper/event.ts";
import { move, positionIn, withPosition } from "../../../../src/core/paper/position.ts";
import { ALICE, BOB, codeOf, MES, NOON, PaperDesk } from "../../../kit/paper-desk.ts";

const DAY = 24 * 60 * 60 * 1000;

function snapshotOf(desk: PaperDesk, account = ALICE, askedAt = desk.at) {
  const [report] = desk.apply({ kind: "ask", at: desk.at, account, askedAt, since: millis(0) });
  return report as Extract<VenueReport, { kind: "snapshot" }>;
}

describe("a position", () => {
  test("averages what is added and gives up its share of what leaves", () => {
    let position = { contract: MES, net: 0, priceSum: 0 };
    const earned: number[] = [];
    for (const [signed, price] of [
      [2, 100],
      [1, 101],
      [-1, 110],
      [-2, 110],
    ] as const) {
      const moved = move(position, signed, ticks(price));
      position = { ...moved.position };
      earned.push(moved.earned);
    }
    expect(earned).toEqual([0, 0, 10, 19]);
    expect(position).toEqual({ contract: MES, net: 0, priceSum: 0 });
  });

  test("turns over with the rest opened at the new price", () => {
    const moved = move({ contract: MES, net: 2, priceSum: 200 }, -5, ticks(90));
    expect(moved).toEqual({ position: { contract: MES, net: -3, priceSum: -270 }, earned: -20 });
    const back = move(moved.position, 3, ticks(80));
    expect(back).toEqual({ position: { contract: MES, net: 0, priceSum: 0 }, earned: 30 });
  });

  test("is listed while it is not flat", () => {
    const one = { contract: MES, net: 1, priceSum: 100 };
    expect(withPosition([], one)).toEqual([one]);
    expect(withPosition([one], { ...one, net: 0, priceSum: 0 })).toEqual([]);
    expect(positionIn([one], "MESH27")).toEqual({ contract: "MESH27", net: 0, priceSum: 0 });
  });
});

describe("cash", () => {
  test("is the opening balance plus what was earned minus a half-turn's fee a contract and fill", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", quantity: 3, bracket: [10, 20] });
    expect(desk.account().balance).toBe(dollars(50_000 - 3.75));
    desk.price(1023);
    // 20 ticks of $1.25 on 3 contracts.
    const { balance, realised, feesPaid } = desk.account();
    expect({ balance, realised, feesPaid }).toEqual({
      balance: dollars(50_000 + 75 - 7.5),
      realised: dollars(75),
      feesPaid: dollars(7.5),
    });
  });

  test("pays the fees of the day by the table", () => {
    const desk = new PaperDesk();
    const fees = { kind: "table" } as const;
    desk.apply({ kind: "account", at: NOON, account: ALICE, balance: dollars(1), fees });
    desk.price(1000);
    desk.place({ tag: "e" });
    expect(desk.fills()[0]?.fees).toBe(dollars(0.61));
    expect(desk.account().balance).toBe(dollars(50_000 - 0.61));
  });
});

describe("a snapshot", () => {
  test("shows what rests, what ended lately, what is held and the cash", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", quantity: 2, bracket: [10, 20] });
    desk.place({ tag: "l", price: 990 });
    desk.cancel("l");
    const askedAt = millis(desk.at - 5);
    const snapshot = snapshotOf(desk, ALICE, askedAt);
    expect(snapshot.askedAt).toBe(askedAt);
    expect(snapshot.orders.map(({ tag, status }) => `${tag} ${status}`)).toEqual([
      "e-SL working",
      "e-TP working",
      "e filled",
      "l cancelled",
    ]);
    expect(snapshot.positions).toEqual([{ contract: MES, net: 2 }]);
    expect(snapshot.fills).toHaveLength(1);
    expect(snapshot.balance).toBe(desk.account().balance);
  });

  test("of an account nobody opened is none, not an empty one", () => {
    const desk = new PaperDesk();
    const stranger = accountId("carol");
    expect(
      desk.apply({ kind: "ask", at: NOON, account: stranger, askedAt: NOON, since: NOON }),
    ).toEqual([]);
  });

  test("lets go of what ended more than two days ago, and asking changes nothing", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "old", quantity: 1 });
    desk.at = millis(desk.at + 2 * DAY);
    expect(snapshotOf(desk).fills).toHaveLength(1);
    desk.at = millis(desk.at + 1);
    expect(snapshotOf(desk).orders).toEqual([]);
    expect(snapshotOf(desk).fills).toEqual([]);
    const before = desk.state;
    snapshotOf(desk);
    expect(desk.state).toBe(before);
    desk.price(1000);
    desk.place({ tag: "new", quantity: 1 });
    expect(desk.account().fills.map((fill) => fill.tag)).toEqual(["new"]);
    expect(codeOf(desk.place({ tag: "old" }))).toBe("tag-in-use");
  });

  test("holds five thousand ended orders and no more", () => {
    const desk = new PaperDesk();
    for (let n = 0; n < 5_010; n++) desk.place({ tag: `r${n}` });
    const { ended } = desk.account();
    expect(ended).toHaveLength(5_000);
    expect(ended.at(0)?.order.tag).toBe("r10");
  });
});

describe("opening accounts", () => {
  test("gives ids of their own, counted from one", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "a", bracket: [10, 20] });
    desk.place({ tag: "b", account: BOB });
    expect(desk.order("a").order).toBe("alice-o1");
    expect(desk.order("a-TP").order).toBe("alice-o3");
    expect(desk.order("b", BOB).order).toBe("bob-o1");
    expect(desk.fills()[0]?.fill).toBe("bob-f1");
  });

  test("a second time keeps the books", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "a" });
    desk.opens(ALICE, 1);
    expect(desk.net()).toBe(1);
    expect(desk.account().balance).toBe(dollars(50_000 - 1.25));
  });
});

describe("rebuilding an account", () => {
  const leg = (more: Partial<VenueOrder>): VenueOrder => ({
    order: orderId("alice-o9"),
    tag: "j-SL",
    parent: "j",
    role: "stop",
    contract: MES,
    side: "sell",
    status: "working",
    price: ticks(985),
    quantity: contracts(2),
    filled: contracts(0),
    reason: null,
    ...more,
  });
  const entry = leg({
    order: orderId("alice-o8"),
    tag: "j",
    parent: null,
    role: "entry",
    side: "buy",
  });
  const books: AccountBooks = {
    balance: money(1_234_500),
    positions: [
      { contract: MES, net: 2, priceSum: 2002 },
      { contract: "MESH27", net: 0, priceSum: 0 },
    ],
    orders: [
      { ...entry, status: "filled", price: null, filled: contracts(2) },
      leg({}),
      leg({ order: orderId("alice-o10"), tag: "j-TP", role: "target", price: ticks(1030) }),
      leg({ order: orderId("alice-o11"), tag: "waiting", parent: null, role: "entry" }),
      leg({
        order: orderId("alice-o12"),
        tag: null,
        parent: null,
        role: "close",
        status: "filled",
        price: null,
      }),
      leg({ order: orderId("alice-o13"), tag: "x", parent: null, contract: "WHATZ26" }),
      leg({ order: orderId("alice-o1"), tag: "e", parent: null, role: "entry", status: "filled" }),
      leg({ order: orderId("alice-o14"), tag: "n", parent: null, contract: "MNQZ26" }),
    ],
    fills: [],
  };

  function rebuilt(): PaperDesk {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "e", quantity: 5, bracket: [10, 20] });
    desk.apply({ kind: "rebuild", at: desk.at, account: ALICE, books });
    return desk;
  }

  test("takes over cash, positions and resting legs, and forgets the rest", () => {
    const desk = rebuilt();
    expect(desk.last).toEqual([]);
    expect(desk.net()).toBe(2);
    expect(desk.account().balance).toBe(money(1_234_500));
    expect(desk.account().live.map((order) => order.view.tag)).toEqual(["j-SL", "j-TP", "n"]);
    expect(desk.order("waiting")).toMatchObject({
      status: "cancelled",
      reason: "the venue's books were rebuilt",
    });
    expect(desk.order("j").status).toBe("filled");
  });

  test("the legs work on, linked, and the old ones are gone from the market", () => {
    const desk = rebuilt();
    desk.price(992);
    expect(desk.fills()).toEqual([]);
    desk.price(985);
    expect(desk.filled()).toEqual(["stop sell 2@984"]);
    expect(desk.order("j-TP").status).toBe("cancelled");
    expect(desk.account().realised).toBe(money((2 * 984 - 2002) * 12_500));
    expect(desk.net()).toBe(0);
  });

  test("keeps every tag used, and never gives an id twice", () => {
    const desk = rebuilt();
    for (const tag of ["e", "e-SL", "j", "j-SL", "j-TP", "waiting"]) {
      expect(codeOf(desk.place({ tag }))).toBe("tag-in-use");
    }
    desk.place({ tag: "new" });
    expect(desk.order("new").order).toBe(`alice-${desk.at.toString(36)}-o4`);
    expect(desk.fills()[0]?.fill).toBe(fillId(`alice-${desk.at.toString(36)}-f1`));
  });

  test("of an account nobody opened does nothing", () => {
    const desk = new PaperDesk();
    const before = desk.state;
    desk.apply({ kind: "rebuild", at: NOON, account: accountId("carol"), books });
    expect(desk.state).toBe(before);
  });
});
