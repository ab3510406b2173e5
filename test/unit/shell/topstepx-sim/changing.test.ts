/** Orders and positions that are there: changed, cancelled, closed. */
import { expect, test } from "vitest";
import { PRACTICE_ACCOUNT, REAL_DELAYS } from "../../../../src/shell/topstepx-sim/settings.ts";
import { ACCOUNT, type Envelope, type StandInDesk, standInDesk } from "../../../kit/stand-in.ts";

const LONG = {
  customTag: "e",
  stopLossBracket: { ticks: -40, type: 4 },
  takeProfitBracket: { ticks: 28, type: 1 },
};

function openDesk(more: Parameters<typeof standInDesk>[0] = {}): StandInDesk {
  const desk = standInDesk(more);
  desk.price(6300);
  return desk;
}

const modify = (desk: StandInDesk, orderId: number, more: object): Envelope =>
  desk.call("/api/Order/modify", { accountId: ACCOUNT, orderId, ...more });
const cancel = (desk: StandInDesk, orderId: number, accountId = ACCOUNT): Envelope =>
  desk.call("/api/Order/cancel", { accountId, orderId });
const close = (desk: StandInDesk, more: object = {}): Envelope =>
  desk.call("/api/Position/closeContract", {
    accountId: ACCOUNT,
    contractId: desk.contract,
    ...more,
  });
const closePart = (desk: StandInDesk, size: number, more: object = {}): Envelope =>
  desk.call("/api/Position/partialCloseContract", {
    accountId: ACCOUNT,
    contractId: desk.contract,
    size,
    ...more,
  });

const DONE = { success: true, errorCode: 0, errorMessage: null };
const no = (errorCode: number, errorMessage: string | null = null) => ({
  success: false,
  errorCode,
  errorMessage,
});

test("an order is changed in place", () => {
  const desk = openDesk();
  const { orderId } = desk.place({ type: 1, limitPrice: 6290, size: 3, customTag: "l" });
  desk.advance(1_000);
  expect(modify(desk, orderId, { limitPrice: 6289.75, size: 2 })).toEqual(DONE);
  expect(desk.order(orderId)).toMatchObject({
    id: orderId,
    limitPrice: 6289.75,
    size: 2,
    status: 1,
    customTag: "l",
    updateTimestamp: "2026-11-20T15:00:01.000000+00:00",
  });
  expect(modify(desk, orderId, {})).toEqual(DONE);
  desk.price(6289);
  expect(desk.net()).toBe(2);
});

test("a change is refused in the words of a new order, with codes of its own", () => {
  const desk = openDesk();
  const stop = desk.place({ type: 4, side: 1, stopPrice: 6290 }).orderId;
  const before = desk.order(stop);
  expect(modify(desk, stop, { stopPrice: 6290.1 })).toEqual(
    no(3, "Invalid stop price. Price is not aligned to tick size."),
  );
  expect(modify(desk, stop, { stopPrice: 6301 })).toEqual(
    no(3, "Invalid price. Price is outside allowed range."),
  );
  expect(modify(desk, stop, { size: 0 })).toEqual(no(3, "Invalid order size."));
  expect(modify(desk, stop, { size: 20_000 })).toEqual(no(3, "Invalid order size."));
  expect(modify(desk, 1, { stopPrice: 6280 })).toEqual(no(2));
  expect(desk.call("/api/Order/modify", { accountId: 9, orderId: stop })).toEqual(no(1));
  desk.venue.refuseNext("/api/Order/modify", { errorCode: 5, errorMessage: null });
  expect(modify(desk, stop, { stopPrice: 6280 })).toEqual(no(5));
  desk.venue.setAccount(ACCOUNT, { isFollower: true });
  expect(modify(desk, stop, { stopPrice: 6280 })).toMatchObject({ errorCode: 6 });
  expect(desk.order(stop)).toEqual(before);
});

test("a trailing stop gets a new distance from the level that is sent", () => {
  const desk = openDesk();
  const { orderId } = desk.place({ type: 5, side: 1, trailPrice: 6290 });
  expect(modify(desk, orderId, { trailPrice: 6295 })).toEqual(DONE);
  expect(desk.order(orderId).stopPrice).toBe(6295);
  desk.price(6302);
  expect(desk.order(orderId).stopPrice).toBe(6297);
  expect(modify(desk, orderId, { trailPrice: 6302 })).toEqual(no(3, "Trail Distance not set."));
  expect(modify(desk, orderId, { trailPrice: 6300.1 })).toEqual(
    no(3, "Invalid trail price. Price is not aligned to tick size."),
  );
  const buy = desk.place({ type: 5, side: 0, trailPrice: 6310 }).orderId;
  expect(modify(desk, buy, { trailPrice: 6305 })).toEqual(DONE);
  expect(desk.order(buy).stopPrice).toBe(6305);
});

test("an order on its way to the market is pending for every change", () => {
  const desk = openDesk({ delays: REAL_DELAYS });
  const { orderId } = desk.place(LONG);
  expect(modify(desk, orderId, { limitPrice: 6280 })).toEqual(no(4));
  expect(modify(desk, orderId + 1, { stopPrice: 6280 })).toEqual(no(4));
  expect(cancel(desk, orderId)).toEqual(no(4));
});

test("S7 only status 1 is open: legs that wait and orders on their way are not", () => {
  const desk = openDesk();
  const { orderId } = desk.place({ ...LONG, type: 1, limitPrice: 6280 });
  expect(desk.open().map((one) => one.id)).toEqual([orderId]);
  const query = { filter: { accountId: ACCOUNT, statuses: [8] } };
  const waiting = desk.call("/api/Order/v2/query", query).orders;
  expect(waiting).toMatchObject([
    { id: orderId + 1, stopPrice: null },
    { id: orderId + 2, limitPrice: null },
  ]);
});

test("S8 a close leaves the legs alone, and one that fills later turns the position round", () => {
  const desk = openDesk();
  const { orderId } = desk.place({ ...LONG, size: 2 });
  expect(closePart(desk, 1)).toEqual(DONE);
  expect(close(desk)).toEqual(DONE);
  expect(desk.positions()).toEqual([]);
  expect(desk.open()).toMatchObject([
    { id: orderId + 1, size: 2 },
    { id: orderId + 2, size: 2 },
  ]);
  desk.price(6280);
  expect(desk.positions()).toMatchObject([{ type: 2, size: 2 }]);
  expect(desk.open()).toEqual([]);
});

test("S9 the order of a close has no tag, and the answer does not name it", () => {
  const desk = openDesk({ delays: REAL_DELAYS });
  desk.place({ size: 2, customTag: "e" });
  desk.advance(100);
  expect(close(desk)).toEqual(DONE);
  desk.advance(100);
  expect(desk.orders().at(-1)).toMatchObject({
    customTag: null,
    status: 2,
    type: 2,
    side: 1,
    size: 2,
    creationTimestamp: "2026-11-20T15:00:00.100000+00:00",
    updateTimestamp: "2026-11-20T15:00:00.100000+00:00",
  });
  expect(desk.trades()[0]?.creationTimestamp).toBe("2026-11-20T15:00:00.105000+00:00");
});

test("closes are refused with the codes of their call", () => {
  const desk = openDesk();
  expect(close(desk)).toEqual(no(2));
  expect(close(desk, { accountId: 9 })).toEqual(no(1));
  expect(close(desk, { contractId: "CON.F.US.XYZ.Z26" })).toEqual(no(3));
  expect(close(desk, { contractId: "CON.F.US.MES.U26" })).toEqual(no(4));
  desk.place({ side: 1, size: 2 });
  expect(closePart(desk, 3)).toEqual(no(5));
  expect(closePart(desk, 0)).toEqual(no(5));
  desk.venue.refuseNext("/api/Position/closeContract", { errorCode: 7, errorMessage: null });
  expect(close(desk)).toEqual(no(7));
  desk.venue.setAccount(ACCOUNT, { isFollower: true });
  expect(close(desk)).toMatchObject({ errorCode: 8 });
  expect(closePart(desk, 1)).toMatchObject({ errorCode: 9 });
  desk.venue.setAccount(ACCOUNT, { isFollower: false });
  desk.venue.setSession(false);
  expect(close(desk)).toEqual(no(5));
  expect(closePart(desk, 1)).toEqual(no(6));
  desk.advance(1_000);
  desk.venue.setSession(null);
  // What was quoted before the opening is no price any more.
  expect(close(desk)).toEqual(no(5));
  desk.price(6300);
  expect(closePart(desk, 1)).toEqual(DONE);
  expect(desk.net()).toBe(-1);
});

test("a position that is gone when its close arrives is left alone", () => {
  const desk = openDesk({ delays: REAL_DELAYS });
  desk.place({ ...LONG });
  desk.advance(100);
  expect(close(desk)).toEqual(DONE);
  desk.price(6280);
  desk.advance(100);
  expect(desk.net()).toBe(0);
  expect(desk.orders().at(-1)).toMatchObject({ customTag: null, status: 5, fillVolume: 0 });
});

test("a position that has turned round when its close arrives is closed all the same", () => {
  const desk = openDesk({ delays: REAL_DELAYS });
  desk.place();
  desk.advance(100);
  desk.place({ side: 1, size: 3 });
  desk.advance(1);
  expect(close(desk)).toEqual(DONE);
  desk.advance(100);
  expect(desk.orders().at(-1)).toMatchObject({ side: 0, size: 2, status: 2 });
  expect(desk.net()).toBe(0);
  expect(desk.venue.truth().accounts.size).toBe(1);
});

test("S10 the update time is no fill time", () => {
  const desk = openDesk({ delays: REAL_DELAYS });
  const { orderId } = desk.place(LONG);
  desk.advance(1_000);
  desk.price(6308);
  desk.advance(1_000);
  const updated = [0, 1, 2].map((n) => desk.order(orderId + n).updateTimestamp.slice(17, 23));
  // Entry: its creation. Stop: its cancel. Target: when it began to work.
  expect(updated).toEqual(["00.000", "01.012", "00.020"]);
});

test("S13 outside the hours nothing is taken, but what rests may be withdrawn", () => {
  const desk = openDesk();
  const { orderId } = desk.place({ type: 1, limitPrice: 6280 });
  const words =
    "Trading is currently unavailable. The instrument is not in an active trading status.";
  // 15:11 in Chicago.
  desk.advance((6 * 60 + 11) * 60_000);
  desk.price(6300);
  expect(desk.place()).toMatchObject(no(2, words));
  expect(modify(desk, orderId, { limitPrice: 6270 })).toEqual(no(3, words));
  expect(cancel(desk, orderId)).toEqual(DONE);
  // Saturday.
  desk.advance(12 * 60 * 60_000);
  expect(desk.place()).toMatchObject(no(2, words));
});

test.each([
  ["2026-11-20T14:00:00Z", true, "Friday morning"],
  ["2026-11-20T21:09:59Z", true, "the last second"],
  ["2026-11-20T21:10:00Z", false, "15:10 in Chicago"],
  ["2026-11-22T22:59:59Z", false, "Sunday before the opening"],
  ["2026-11-22T23:00:00Z", true, "Sunday, 17:00"],
  ["2026-11-26T18:30:00Z", false, "Thanksgiving, after noon"],
  ["2026-12-25T15:00:00Z", false, "Christmas"],
])("S13 at %s an order is taken: %s, %s", (at, isTaken) => {
  const desk = standInDesk({ at });
  desk.price(6300);
  expect(desk.place().success).toBe(isTaken);
});

test("S13 may be switched off altogether", () => {
  const desk = standInDesk({ at: "2026-12-25T15:00:00Z", hours: "always-open" });
  desk.price(6300);
  expect(desk.place().success).toBe(true);
  desk.venue.setSession(false);
  expect(desk.place().success).toBe(false);
  desk.venue.setSession(null);
  desk.price(6300);
  expect(desk.place().success).toBe(true);
});

test("S20 an order that is over is cancelled with code 5, or 2 as switched", () => {
  const desk = openDesk();
  const { orderId } = desk.place();
  expect(cancel(desk, orderId)).toEqual(no(5));
  desk.venue.setSwitch("terminalCancel", "code-2");
  expect(cancel(desk, orderId)).toEqual(no(2));
});

test("cancels are refused with the codes of their call", () => {
  const desk = openDesk();
  const { orderId } = desk.place({ type: 1, limitPrice: 6280 });
  expect(cancel(desk, orderId, 9)).toEqual(no(1));
  expect(cancel(desk, 1)).toEqual(no(2));
  desk.venue.refuseNext("/api/Order/cancel", { errorCode: 3, errorMessage: null });
  expect(cancel(desk, orderId)).toEqual(no(3));
  desk.venue.setAccount(ACCOUNT, { isFollower: true });
  expect(cancel(desk, orderId)).toEqual(no(6, "Follower accounts cannot cancel orders"));
  desk.venue.setAccount(ACCOUNT, { isFollower: false });
  expect(cancel(desk, orderId)).toEqual(DONE);
  expect(desk.order(orderId).status).toBe(3);
});

test("an account funded for real takes no orders from here", () => {
  const real = { ...PRACTICE_ACCOUNT, simulated: false };
  const desk = openDesk({ accounts: [real] });
  const words = "Live accounts not supported";
  expect(desk.place()).toEqual({ orderId: null, ...no(10, words) });
  expect(cancel(desk, 1)).toEqual(no(6, words));
  expect(modify(desk, 1, {})).toEqual(no(6, words));
  expect(close(desk)).toEqual(no(8, words));
  expect(closePart(desk, 1)).toEqual(no(9, words));
});

test("the venue's own risk desk ends everything an account has", () => {
  const desk = openDesk({ delays: REAL_DELAYS });
  desk.place({ ...LONG, size: 2 });
  desk.advance(100);
  desk.place({ type: 1, limitPrice: 6280 });
  desk.advance(100);
  desk.venue.flatten(ACCOUNT);
  desk.advance(100);
  expect(desk.net()).toBe(0);
  expect(desk.open()).toEqual([]);
});

test("whoever looks from outside sees everything", () => {
  const desk = openDesk();
  desk.follow();
  desk.place(LONG);
  const dump = desk.venue.dump();
  expect(dump.at).toBe("2026-11-20T15:00:00.000000+00:00");
  expect(dump.accounts).toMatchObject([{ id: ACCOUNT, balance: 149_999.39 }]);
  expect(dump.orders).toMatchObject([{ customTag: "e" }, { customTag: "e-SL" }, { status: 1 }]);
  expect(dump.positions).toMatchObject([{ size: 1 }]);
  expect(dump.trades).toMatchObject([{ price: 6300.5 }]);
  expect(dump.connections).toEqual([
    {
      hub: "user",
      subscriptions: ["Accounts", `Orders ${ACCOUNT}`, `Positions ${ACCOUNT}`, `Trades ${ACCOUNT}`],
    },
  ]);
  expect(desk.venue.truth().settings.links).toBe("when-told");
});
