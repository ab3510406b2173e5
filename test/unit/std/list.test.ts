import { expect, it } from "vitest";
import { withOne } from "../../../src/std/list.ts";

it("puts one behind the others, and leaves the list as it was", () => {
  const list = [1, 2];
  expect([withOne([], 1), withOne(list, 3), list]).toEqual([[1], [1, 2, 3], [1, 2]]);
});
