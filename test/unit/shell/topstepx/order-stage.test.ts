/** Which of two words about an order is the younger one. */
import { describe, expect, test } from "vitest";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { ageOf, endOf, statusOf } from "../../../../src/shell/topstepx/order-stage.ts";
import { anOrder, NOON } from "../../../kit/topstepx-desk.ts";

const at = (seconds: number): string => isoOf(millis(NOON + seconds * 1_000));

describe("age", () => {
  const open = anOrder({ id: 1, stopPrice: 6300, updateTimestamp: at(5) });
  test.each([
    ["an end", { status: 3 }, "younger"],
    ["a stage before", { status: 8 }, "older"],
    ["more filled", { fillVolume: 1 }, "younger"],
    ["the same", {}, "same"],
    ["the same, later", { updateTimestamp: at(9) }, "same"],
    ["another price, later", { stopPrice: 6301, updateTimestamp: at(6) }, "younger"],
    ["another price, earlier", { stopPrice: 6301, updateTimestamp: at(4) }, "older"],
    ["another price at that time", { stopPrice: 6301 }, "undecided"],
    ["another price at no time", { stopPrice: 6301, updateTimestamp: null }, "undecided"],
    ["another size", { size: 2, updateTimestamp: at(6) }, "younger"],
    ["being cancelled", { status: 7 }, "same"],
  ])("%s", (_, change, age) => {
    expect(ageOf(open, { ...open, ...change })).toBe(age);
  });

  test("a suspended leg that works is younger, whatever its time says", () => {
    const leg = anOrder({ id: 1, status: 8, updateTimestamp: at(9) });
    expect(ageOf(leg, { ...leg, status: 1, updateTimestamp: at(1) })).toBe("younger");
  });

  test("an end is the end, but for a fill that came late", () => {
    const over = anOrder({ id: 1, status: 3, fillVolume: 1 });
    expect(ageOf(over, { ...over, status: 1, fillVolume: 2 })).toBe("older");
    expect(ageOf(over, { ...over, status: 2, fillVolume: 2 })).toBe("younger");
    expect(ageOf(over, { ...over, fillVolume: 0 })).toBe("older");
    expect(ageOf(over, over)).toBe("same");
  });
});

describe("status", () => {
  test.each([
    [0, "suspended", "working"],
    [1, "working", "working"],
    [2, "filled", "filled"],
    [3, "cancelled", "cancelled"],
    [4, "expired", "expired"],
    [5, "rejected", "rejected"],
    [6, "suspended", "working"],
    [7, "working", "working"],
    [8, "suspended", "working"],
    [99, "suspended", "working"],
  ])("%i is %s of a leg and %s of an entry", (status, leg, entry) => {
    expect(statusOf(anOrder({ id: 1, status }), true)).toBe(leg);
    expect(statusOf(anOrder({ id: 1, status }), false)).toBe(entry);
  });
});

test("an order ended when it was last changed, or when it was made", () => {
  expect(endOf(anOrder({ id: 1, updateTimestamp: at(5) }))).toBe(NOON + 5_000);
  expect(endOf(anOrder({ id: 1 }))).toBe(NOON);
  expect(endOf(anOrder({ id: 1, creationTimestamp: "?", updateTimestamp: "?" }))).toBeNull();
});
