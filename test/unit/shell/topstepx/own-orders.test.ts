/** Whose order is this, and what is it? */
import { describe, expect, test } from "vitest";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { OwnOrders } from "../../../../src/shell/topstepx/own-orders.ts";
import { anOrder, ENTRY, MES_ID, NOON, STOP } from "../../../kit/topstepx-desk.ts";

const TARGET = ENTRY.replace("-e1-", "-t1-");
const ordersOf = (): OwnOrders => new OwnOrders();

test.each([
  ["our entry", { customTag: ENTRY }, ENTRY, null, "entry"],
  ["our stop", { customTag: STOP, type: 4 }, STOP, null, "stop"],
  ["our target", { customTag: TARGET, type: 1 }, TARGET, null, "target"],
  ["a child by its tag", { customTag: `${ENTRY}-SL`, type: 4 }, `${ENTRY}-SL`, ENTRY, "stop"],
  ["a child by its parent", { parentOrderId: 1, type: 1 }, null, ENTRY, "target"],
  ["somebody's limit", { type: 1 }, null, null, "entry"],
  ["somebody's stop", { type: 4 }, null, null, "stop"],
  ["another program's", { customTag: "x-SL", type: 4 }, "x-SL", null, "stop"],
  ["a child of another's", { customTag: "x-TP", parentOrderId: 7 }, "x-TP", "x", "target"],
  ["our close, by its name alone", { customTag: ENTRY.replace("-e1", "-c1") }, "", null, "entry"],
])("%s", (_, order, tag, parent, role) => {
  const parentTag = order === undefined ? null : ENTRY;
  const family = ordersOf().familyOf(anOrder({ id: 2, ...order }), parentTag);
  expect(family).toMatchObject({ parent, role });
  if (tag !== "") expect(family.tag).toBe(tag);
});

test("what we said it is counts, whatever it is called", () => {
  const own = ordersOf();
  own.told("x-SL", "target");
  expect(own.familyOf(anOrder({ id: 1, customTag: "x-SL" }), null)).toEqual({
    tag: "x-SL",
    parent: null,
    role: "target",
  });
  own.told("x-SL", "stop");
  own.accepted(5, "x-SL");
  own.accepted(6, "nobody");
  expect(own.familyOfNumber(5)?.role, "a tag is given once").toBe("target");
  expect(own.familyOfNumber(6)?.role).toBe("entry");
  expect(own.familyOfNumber(7)).toBeNull();
});

test("reasons are kept for tags we gave", () => {
  const own = ordersOf();
  own.refused("never", "no");
  own.told("once", "entry");
  own.refused("once", "too late");
  expect([own.reasonFor("never"), own.reasonFor("once"), own.reasonFor(null)]).toEqual([
    null,
    "too late",
    null,
  ]);
});

describe("a close", () => {
  const close = { contractId: MES_ID, net: 2, size: null, at: NOON } as const;
  const sold = anOrder({ id: 9, side: 1, size: 2 });
  const roleOf = (own: OwnOrders, order = sold): string => own.familyOf(order, null).role;

  test("is the untagged market order that fits it, once", () => {
    const own = ordersOf();
    own.closeAsked("c", close);
    expect(roleOf(own)).toBe("close");
    expect(roleOf(own), "told again").toBe("close");
    expect(roleOf(own, { ...sold, id: 10 })).toBe("entry");
  });

  const later = isoOf(millis(NOON + 20_001));
  test.each([
    ["of another contract", { contractId: "other" }],
    ["much later", { creationTimestamp: later }],
    ["long before", { creationTimestamp: isoOf(millis(NOON - 5_001)) }],
    ["at no time", { creationTimestamp: "?" }],
    ["the other way", { side: 0 }],
    ["at a limit", { type: 1 }],
  ])("is no order %s", (_, order) => {
    const own = ordersOf();
    own.closeAsked("c", close);
    expect(roleOf(own, { ...sold, ...order })).toBe("entry");
  });

  test("of a part has its size, and that of an unknown position any side", () => {
    const own = ordersOf();
    own.closeAsked("part", { ...close, size: 1, net: null });
    expect(roleOf(own)).toBe("entry");
    expect(roleOf(own, { ...sold, id: 11, size: 1, side: 0 })).toBe("close");
  });

  test("that was refused explains nothing", () => {
    const own = ordersOf();
    own.closeAsked("c", close);
    own.closeRefused("c");
    expect(roleOf(own)).toBe("entry");
  });
});

test("memory has its limits", () => {
  const own = ordersOf();
  for (let count = 0; count <= 2_000; count++) own.told(`t${count}`, "stop");
  expect(own.familyOf(anOrder({ id: 1, customTag: "t0" }), null).role).toBe("entry");
  expect(own.familyOf(anOrder({ id: 1, customTag: "t1" }), null).role).toBe("stop");
});
