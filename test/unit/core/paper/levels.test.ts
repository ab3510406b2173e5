import { describe, expect, test } from "vitest";
import { accountId } from "../../../../src/core/model/ids.ts";
import { bandOf } from "../../../../src/core/paper/levels.ts";
import { marketIn } from "../../../../src/core/paper/state.ts";
import { BOB, PaperDesk } from "../../../kit/paper-desk.ts";

const bandIn = (desk: PaperDesk) => bandOf(marketIn(desk.state.markets, "MES"));

describe("the band of a market", () => {
  test("is none while nothing rests or nothing trades", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    expect(bandIn(desk)).toBeNull();
    desk.place({ price: 990 });
    desk.session("closed");
    expect(bandIn(desk)).toBeNull();
    desk.session("open");
    expect(bandIn(desk)).toEqual({ atOrBelow: 989, atOrAbove: null });
  });

  test("lies between the nearest orders of all accounts", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "far", price: 900 });
    desk.place({ tag: "near", price: 995, account: BOB });
    desk.place({ tag: "over", price: 1010, side: "sell" });
    desk.place({ tag: "higher", price: 1020, side: "sell", account: BOB });
    expect(bandIn(desk)).toEqual({ atOrBelow: 994, atOrAbove: 1011 });
    desk.cancel("over");
    expect(bandIn(desk)).toEqual({ atOrBelow: 994, atOrAbove: 1021 });
    desk.price(993);
    expect(bandIn(desk)).toEqual({ atOrBelow: 899, atOrAbove: 1021 });
  });

  test("reaches everywhere while an order waits for a first price", () => {
    const desk = new PaperDesk();
    desk.place({ price: 990 });
    expect(bandIn(desk)?.atOrBelow).toBe(Number.MAX_SAFE_INTEGER);
    desk.price(1000);
    expect(bandIn(desk)).toEqual({ atOrBelow: 989, atOrAbove: null });
  });

  test("counts the orders at a level, not just whether there are any", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ tag: "a", price: 990 });
    desk.place({ tag: "b", price: 990 });
    desk.place({ tag: "c", price: 990, account: BOB });
    desk.cancel("a");
    desk.price(985);
    expect(desk.fills()).toHaveLength(2);
    expect(bandIn(desk)).toBeNull();
  });

  test("moves with the rule for limits", () => {
    const desk = new PaperDesk();
    desk.price(1000);
    desk.place({ price: 990 });
    const settings = { ...desk.state.settings, limitFill: "touch" as const };
    desk.apply({ kind: "settings", at: desk.at, settings });
    expect(bandIn(desk)).toEqual({ atOrBelow: 990, atOrAbove: null });
  });
});

test("a price that reaches nobody gives back the very same state", () => {
  const desk = new PaperDesk();
  desk.price(1000);
  for (let n = 0; n < 50; n++) {
    const account = accountId(`account-${n}`);
    desk.opens(account);
    desk.place({ tag: "e", account, bracket: [10, 20] });
  }
  const before = desk.state;
  desk.price(1015);
  expect(desk.state).toBe(before);
});

test("a price that reaches one account leaves the others as they were", () => {
  const desk = new PaperDesk();
  desk.price(1000);
  desk.place({ tag: "e", price: 990 });
  desk.place({ tag: "e", price: 980, account: BOB });
  const bob = desk.account(BOB);
  desk.price(985);
  expect(desk.net()).toBe(1);
  expect(desk.account(BOB)).toBe(bob);
});
