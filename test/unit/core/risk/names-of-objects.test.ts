/** A rule set or a source may be called what every object has: its limits and steps count like those of the others. */
import { expect, test } from "vitest";
import { totalReached } from "../../../../src/core/decide/total-reached.ts";
import { dollars } from "../../../../src/core/model/units.ts";
import { partsOf } from "../../../../src/core/risk/day-limits.ts";
import { initialState } from "../../../../src/core/state.ts";
import { someRules } from "../../../kit/builders.ts";

const NAME = "constructor";

test("no step of the total is reached before one is", () => {
  const steps = { warn: [], half: 75, block: 90, flatten: 100 };
  const rule = { name: NAME, limit: dollars(500), steps };
  expect(totalReached(initialState, "house", rule)).toBe(0);
});

test("a source without limits of its own has none", () => {
  const rules = someRules();
  const limits = { ...rules.limits, bySource: { other: { tradesPerDay: 1 } } };
  expect(partsOf({ ...rules, limits }, null, [NAME])).toEqual([]);
  expect(partsOf({ ...rules, limits }, null, ["other"])).toHaveLength(1);
});
