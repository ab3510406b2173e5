import { expect, test } from "vitest";
import { directionOf } from "../../../../src/core/model/alert.ts";

test("a side gains where the price goes its way", () => {
  expect([directionOf("long"), directionOf("short")]).toEqual([1, -1]);
});
