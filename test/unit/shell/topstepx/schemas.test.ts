import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Read } from "../../../../src/shell/topstepx/json-fields.ts";
import {
  accountsTold,
  answers,
  ordersTold,
  positionsTold,
  tradesTold,
} from "../../../../src/shell/topstepx/schemas.ts";
import type { CallName } from "../../../../src/shell/topstepx/wire-types.ts";

/** Of an order, what is read as it stands. */
const KEPT = {
  id: 3426000001,
  accountId: 26280001,
  contractId: "CON.F.US.MES.U26",
  creationTimestamp: "2026-08-18T14:30:00.018312+00:00",
  updateTimestamp: null,
  status: 1,
  type: 4,
  side: 1,
  size: 2,
  limitPrice: null,
  stopPrice: 6290.25,
  fillVolume: 0,
  filledPrice: null,
  customTag: "ts-abc-SL",
  parentOrderId: 3426000000,
};
const ORDER = { ...KEPT, symbolId: "F.US.MES", trailDistance: -40 };
const READ = { ...KEPT, linkedOrderId: null };
const POSITION = {
  id: 825000001,
  accountId: 26280001,
  contractId: "CON.F.US.MES.U26",
  contractDisplayName: "MESU26",
  creationTimestamp: "2026-08-18T14:30:00.005000+00:00",
  type: 2,
  size: 4,
  averagePrice: 6301.125,
};

const open = (order: unknown) => answers["Order/searchOpen"]({ orders: [order], success: true });

describe("an answer", () => {
  test("is read into our words: what nobody asked for is left out, what is absent is null", () => {
    expect(open(ORDER)).toEqual({ ok: true, value: { orders: [READ] } });
  });

  test("may have numbers as text, and an order's id under its other name", () => {
    const { id, ...rest } = ORDER;
    const told = { ...rest, orderId: String(id), stopPrice: "6290.250000000", size: "2" };
    expect(open(told)).toEqual({ ok: true, value: { orders: [READ] } });
  });

  test.each<readonly [string, CallName, unknown, string]>([
    ["a list that is absent", "Position/searchOpen", {}, "positions: expected a list"],
    ["a list that is null", "Order/searchOpen", { orders: null }, "orders: expected a list"],
    ["a list of bars on failure", "History/retrieveBars", { bars: null }, "bars: expected a list"],
    ["no object", "Account/search", [], "expected an object"],
    ["nothing", "Trade/search", null, "expected an object"],
    ["a row that is none", "Trade/search", { trades: [7] }, "trades[0]: expected an object"],
    [
      "a row without its size",
      "Position/searchOpen",
      { positions: [POSITION, { ...POSITION, size: undefined }] },
      "positions[1].size: expected a whole number",
    ],
    [
      "an open position without its direction",
      "Position/searchOpen",
      { positions: [{ ...POSITION, type: undefined }] },
      "positions[0].type: expected a whole number",
    ],
    [
      "an id beyond what a number can hold",
      "Order/place",
      { orderId: "9007199254740993" },
      "orderId: expected a whole number",
    ],
    ["an id that is a word", "Order/place", { orderId: "" }, "orderId: expected a whole number"],
    [
      "a word for a flag",
      "Account/search",
      { accounts: [{ id: 1, name: "a", balance: 1, canTrade: "yes" }] },
      "accounts[0].canTrade: expected true or false",
    ],
    [
      "no name of an account",
      "Account/search",
      { accounts: [{ id: 1, balance: 1, canTrade: true }] },
      "accounts[0].name: expected a text",
    ],
  ])("with %s is an error, said by name and place", (_, name, body, words) => {
    expect(answers[name](body)).toEqual({ ok: false, error: words });
  });

  test("about one thing may say that there is none", () => {
    expect(answers["Order/searchById"]({})).toEqual({ ok: true, value: { order: null } });
    expect(answers["Contract/searchById"]({ contract: null })).toEqual({
      ok: true,
      value: { contract: null },
    });
    expect(answers["Order/place"]({ orderId: null })).toEqual({
      ok: true,
      value: { orderId: null },
    });
    expect(answers["Order/cancel"]({})).toEqual({ ok: true, value: {} });
  });

  test("never throws, and never repeats what was in it, whatever it is", () => {
    const names = Object.keys(answers) as CallName[]; // the keys of a record of calls
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, body) => {
        const read: Read<unknown> = answers[name];
        const secret = { token: "canary-token-in-a-field" };
        const told = read({ orders: [body], positions: body, accounts: [secret], ...secret });
        if (!told.ok) expect(told.error).toMatch(/^([\w[\].]+: )?expected [a-z ]+$/);
      }),
    );
  });
});

describe("an event", () => {
  const { id, accountId, contractId, creationTimestamp, size, averagePrice } = POSITION;
  const gone = { id, accountId, contractId, creationTimestamp, averagePrice };

  test.each([
    ["wrapped", [{ action: 1, data: ORDER }]],
    ["flat", [ORDER]],
    ["in a list", [[{ action: 1, data: ORDER }]]],
    ["in a wrapped list", [{ action: 1, data: [ORDER] }]],
    ["among nulls", [null, [undefined, ORDER]]],
  ])("is read %s", (_, args) => {
    expect(ordersTold(args)).toEqual({ ok: true, value: [READ] });
  });

  test("may tell of several, or of nothing", () => {
    expect(ordersTold([[ORDER, ORDER]])).toEqual({ ok: true, value: [READ, READ] });
    expect(ordersTold([])).toEqual({ ok: true, value: [] });
    expect(ordersTold([[[[[[ORDER]]]]]])).toEqual({ ok: true, value: [] });
  });

  test("of a position that is over may lack its direction", () => {
    const over = { ...gone, size: 0 };
    const read = { ok: true, value: [{ ...over, type: 0 }] };
    expect(positionsTold([over])).toEqual(read);
    expect(positionsTold([{ action: 2, data: { ...over, type: 0 } }])).toEqual(read);
    expect(positionsTold([{ ...gone, size }])).toMatchObject({ ok: false });
  });

  test("of a trade and of an account", () => {
    const trade = {
      id: 3004000501,
      accountId,
      contractId,
      creationTimestamp,
      price: 23000.25,
      fees: 0.36,
      side: 0,
      size: 1,
      orderId: 5,
    };
    expect(tradesTold([{ action: 0, data: trade }])).toEqual({
      ok: true,
      value: [{ ...trade, profitAndLoss: null, commissions: null, voided: false }],
    });
    const account = { id: 1, name: "PRAC-V2-1", balance: 149848.64, canTrade: true };
    expect(accountsTold([{ action: 1, data: account }])).toEqual({
      ok: true,
      value: [{ ...account, isVisible: true, simulated: null }],
    });
  });

  test("that is something else is an error", () => {
    expect(ordersTold(["text"])).toEqual({ ok: false, error: "[0]: expected an object" });
  });
});
