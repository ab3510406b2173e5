import { expect, test } from "vitest";
import { entrySide, exitSide } from "../../../../src/core/model/venue.ts";

test("a side enters by one order and leaves by the opposite", () => {
  expect([entrySide("long"), exitSide("long")]).toEqual(["buy", "sell"]);
  expect([entrySide("short"), exitSide("short")]).toEqual(["sell", "buy"]);
});
