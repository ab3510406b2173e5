/** The open questions of the real venue: each switch, both ways. */
import { describe, expect, test } from "vitest";
import { REAL_DELAYS } from "../../../../src/shell/topstepx-sim/settings.ts";
import { DEFAULT_SWITCHES, SWITCHES } from "../../../../src/shell/topstepx-sim/switches.ts";
import { ACCOUNT, type StandInDesk, standInDesk } from "../../../kit/stand-in.ts";

const BRACKET = {
  stopLossBracket: { ticks: -40, type: 4 },
  takeProfitBracket: { ticks: 28, type: 1 },
};

function openDesk(switches: Parameters<typeof standInDesk>[0] = {}): StandInDesk {
  const desk = standInDesk(switches);
  desk.price(6300);
  return desk;
}

const statuses = (desk: StandInDesk, first: number, count = 3): readonly number[] =>
  Array.from({ length: count }, (_, index) => desk.order(first + index).status);
const sizes = (desk: StandInDesk, first: number): readonly string[] =>
  [1, 2].map((n) => {
    const { status, size } = desk.order(first + n);
    return `${status} ${size}`;
  });

test("each has a default, and says what else it can be", () => {
  const { venue } = standInDesk();
  expect(venue.switches()).toEqual(DEFAULT_SWITCHES);
  expect(venue.setSwitch("cancelLeg", "x")).toEqual({
    ok: false,
    error: "cancelLeg is one of sibling-stays, sibling-cancelled",
  });
  expect(venue.setSwitch("mood", "x")).toMatchObject({ ok: false });
  for (const [name, values] of Object.entries(SWITCHES)) {
    for (const value of values) expect(venue.setSwitch(name, value).ok).toBe(true);
  }
  expect(venue.dump().switches).toEqual(venue.switches());
});

describe("cancelLeg", () => {
  test.each([
    ["sibling-stays", [2, 3, 1]],
    ["sibling-cancelled", [2, 3, 3]],
  ] as const)("%s", (cancelLeg, after) => {
    const desk = openDesk({ switches: { cancelLeg } });
    const { orderId } = desk.place(BRACKET);
    desk.call("/api/Order/cancel", { accountId: ACCOUNT, orderId: orderId + 1 });
    expect(statuses(desk, orderId)).toEqual(after);
  });
});

describe("modifyLegSize", () => {
  test.each([
    ["sibling-unchanged", ["1 1", "1 3"]],
    ["sibling-follows", ["1 1", "1 1"]],
  ] as const)("%s", (modifyLegSize, after) => {
    const desk = openDesk({ switches: { modifyLegSize } });
    const { orderId } = desk.place({ ...BRACKET, size: 3 });
    desk.call("/api/Order/modify", { accountId: ACCOUNT, orderId: orderId + 1, size: 1 });
    expect(sizes(desk, orderId)).toEqual(after);
  });
});

describe("partialClose", () => {
  test.each([
    ["brackets-unchanged", ["1 2", "1 2"], ["1 2", "1 2"]],
    ["group-cancelled", ["3 2", "3 2"], ["3 2", "3 2"]],
    ["brackets-resized", ["1 2", "1 2"], ["1 1", "1 1"]],
  ] as const)("%s", (partialClose, first, second) => {
    const desk = openDesk({ switches: { partialClose } });
    const one = desk.place({ ...BRACKET, size: 2 }).orderId;
    const other = desk.place({ ...BRACKET, size: 2 }).orderId;
    const part = { accountId: ACCOUNT, contractId: desk.contract, size: 1 };
    desk.call("/api/Position/partialCloseContract", part);
    expect(sizes(desk, one)).toEqual(first);
    expect(sizes(desk, other)).toEqual(second);
  });

  test("brackets-resized ends a group nothing is left for", () => {
    const desk = openDesk({ switches: { partialClose: "brackets-resized" } });
    const one = desk.place({ ...BRACKET, size: 2 }).orderId;
    const other = desk.place({ ...BRACKET, size: 2 }).orderId;
    const part = { accountId: ACCOUNT, contractId: desk.contract, size: 3 };
    desk.call("/api/Position/partialCloseContract", part);
    expect(sizes(desk, one)).toEqual(["1 1", "1 1"]);
    expect(sizes(desk, other)).toEqual(["3 2", "3 2"]);
  });
});

describe("modifySuspended", () => {
  test.each([
    ["accepted", true, 6270],
    ["dropped", true, 6280],
    ["rejected", false, 6280],
  ] as const)("%s", (modifySuspended, success, stopPrice) => {
    const desk = openDesk({ switches: { modifySuspended } });
    const { orderId } = desk.place({ ...BRACKET, type: 1, limitPrice: 6290 });
    const change = { accountId: ACCOUNT, orderId: orderId + 1, stopPrice: 6270 };
    const answer = desk.call("/api/Order/modify", change);
    expect(answer).toMatchObject({ success, errorCode: success ? 0 : 3 });
    expect(desk.order(orderId + 1).status).toBe(8);
    const nothing = { accountId: ACCOUNT, orderId: orderId + 1, size: 7 };
    expect(desk.call("/api/Order/modify", nothing).success).toBe(success);
    desk.price(6289);
    expect(desk.order(orderId + 1)).toMatchObject({ status: 1, stopPrice, size: 1 });
  });
});

describe("cancelEntry", () => {
  test.each([
    ["children-cancelled", [3, 3, 3]],
    ["children-stay", [3, 8, 8]],
  ] as const)("%s", (cancelEntry, after) => {
    const desk = openDesk({ switches: { cancelEntry } });
    const { orderId } = desk.place({ ...BRACKET, type: 1, limitPrice: 6290 });
    desk.call("/api/Order/cancel", { accountId: ACCOUNT, orderId });
    expect(statuses(desk, orderId)).toEqual(after);
  });
});

describe("partialEntry", () => {
  // Two of four fill at the first touch with this seed; the rest later.
  const thin = {
    slippage: 0 as never,
    limitFill: "touch",
    partialFill: { permille: 1000, seed: 3 },
  } as const;

  test.each(["legs-as-filled", "legs-when-whole"] as const)("%s", (partialEntry) => {
    const desk = openDesk({ switches: { partialEntry }, matching: thin });
    const { orderId } = desk.place({ ...BRACKET, type: 1, limitPrice: 6290, size: 4 });
    desk.advance(1_000);
    desk.price(6290, { ask: 6290.25 });
    const { fillVolume } = desk.order(orderId);
    expect(fillVolume).toBeGreaterThan(0);
    expect(fillVolume).toBeLessThan(4);
    const isAtOnce = partialEntry === "legs-as-filled";
    expect(sizes(desk, orderId)).toEqual(
      isAtOnce ? [`1 ${fillVolume}`, `1 ${fillVolume}`] : ["8 4", "8 4"],
    );
    // What was filled is covered at the latest when the entry is over.
    desk.call("/api/Order/cancel", { accountId: ACCOUNT, orderId });
    expect(sizes(desk, orderId)).toEqual([`1 ${fillVolume}`, `1 ${fillVolume}`]);
  });

  test("legs grow with every fill, and shrink with each other's", () => {
    const desk = openDesk({ matching: thin });
    const { orderId } = desk.place({ ...BRACKET, type: 1, limitPrice: 6290, size: 4 });
    for (let count = 0; count < 6; count += 1) {
      desk.advance(1_000);
      desk.price(6290, { ask: 6290.25 });
    }
    expect(sizes(desk, orderId)).toEqual(["1 4", "1 4"]);
    desk.advance(1_000);
    desk.price(6297, { ask: 6297.25 });
    const { fillVolume } = desk.order(orderId + 2);
    expect(fillVolume).toBeLessThan(4);
    expect(desk.order(orderId + 1)).toMatchObject({ status: 1, size: 4 - fillVolume });
    for (let count = 0; count < 6; count += 1) {
      desk.advance(1_000);
      desk.price(6297, { ask: 6297.25 });
    }
    expect(statuses(desk, orderId)).toEqual([2, 3, 2]);
    expect(desk.net()).toBe(0);
  });
});

describe("tagUsedAgain", () => {
  test.each([
    ["no-trace", 1],
    ["stored", 2],
  ] as const)("%s", (tagUsedAgain, count) => {
    const desk = openDesk({ switches: { tagUsedAgain } });
    desk.place({ customTag: "a" });
    const again = desk.place({ customTag: "a", size: 7 });
    expect(again).toMatchObject({
      success: false,
      errorCode: 2,
      errorMessage: "Specified custom tag is already in use",
    });
    expect(again.orderId === null).toBe(count === 1);
    expect(desk.orders().map((one) => one.status)).toEqual([2, 5].slice(0, count));
    expect(desk.net()).toBe(1);
  });
});

describe("linkedOrderId", () => {
  test.each([
    ["ignored", 1],
    ["honoured", 3],
  ] as const)("%s", (linkedOrderId, after) => {
    const desk = openDesk({ switches: { linkedOrderId } });
    desk.place();
    const stop = desk.place({ type: 4, side: 1, stopPrice: 6290 }).orderId;
    const unknown = { type: 1, side: 1, limitPrice: 6400, linkedOrderId: 1 };
    expect(desk.place(unknown).success).toBe(true);
    desk.place({ type: 1, side: 1, limitPrice: 6310, linkedOrderId: stop });
    desk.price(6311);
    expect(desk.order(stop).status).toBe(after);
  });
});

describe("wrongSideStop", () => {
  test("rejected", () => {
    const desk = openDesk();
    expect(desk.place({ type: 4, side: 1, stopPrice: 6301 })).toMatchObject({ errorCode: 2 });
  });

  test("triggered, when placed and when moved", () => {
    const desk = openDesk({ switches: { wrongSideStop: "triggered" } });
    desk.place({ size: 2 });
    const first = desk.place({ type: 4, side: 1, stopPrice: 6301 }).orderId;
    expect(desk.order(first)).toMatchObject({ status: 2, type: 4, filledPrice: 6299.75 });
    const second = desk.place({ type: 4, side: 1, stopPrice: 6290 }).orderId;
    const change = { accountId: ACCOUNT, orderId: second, stopPrice: 6302 };
    expect(desk.call("/api/Order/modify", change).success).toBe(true);
    expect(desk.order(second).status).toBe(2);
    expect(desk.net()).toBe(0);
  });
});

describe("tokenExpiry", () => {
  test.each([
    ["sockets-stay", []],
    ["sockets-closed", ["Connection closed with an error."]],
  ] as const)("%s", (tokenExpiry, ends) => {
    const desk = openDesk({ switches: { tokenExpiry } });
    const old = desk.follow();
    desk.advance(12 * 3_600_000);
    const young = desk.listen("user", desk.call("/api/Auth/validate").newToken ?? "");
    desk.advance(12 * 3_600_000);
    expect(old.ends).toEqual(ends);
    expect(young.ends).toEqual([]);
  });
});

describe("secondLogin", () => {
  test.each([
    ["kept", 0],
    ["kicked", 1],
  ] as const)("%s", (secondLogin, count) => {
    const desk = openDesk({ switches: { secondLogin } });
    const { heard } = desk.listen("market");
    desk.call("/api/Auth/loginKey", { userName: "trader", apiKey: "practice-key" });
    expect(heard.filter(({ target }) => target === "GatewayLogout")).toHaveLength(count);
  });
});

describe("bracketIds", () => {
  test.each([
    ["consecutive", [0, 1, 2]],
    ["gapped", [0, 2, 3]],
  ] as const)("%s", (bracketIds, offsets) => {
    const desk = openDesk({ switches: { bracketIds } });
    const { orderId } = desk.place(BRACKET);
    expect(desk.orders().map((one) => one.id - orderId)).toEqual(offsets);
  });
});

describe("dayEnd", () => {
  test.each([
    ["flattened", 0],
    ["positions-stay", 1],
  ] as const)("%s", (dayEnd, net) => {
    const desk = openDesk({
      switches: { dayEnd },
      delays: REAL_DELAYS,
      at: "2026-11-20T21:09:00Z",
    });
    const { orderId } = desk.place(BRACKET);
    desk.advance(60_000);
    desk.price(6300, { high: 6301, low: 6299 });
    desk.advance(1_000);
    desk.price(6300);
    expect(desk.net()).toBe(net);
    expect(desk.open()).toHaveLength(net * 2);
    expect(desk.order(orderId + 1).status).toBe(net === 0 ? 3 : 1);
    expect(desk.orders()).toHaveLength(4 - net);
  });
});
