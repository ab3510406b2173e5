import { expect, it } from "vitest";
import { parseIso } from "../../../../src/core/model/iso-time.ts";
import type { Millis } from "../../../../src/core/model/units.ts";
import { showWhen } from "../../../../src/core/model/when.ts";

it.each([
  ["2026-11-27T17:35:00Z", "Friday 2026-11-27 11:35 CT"],
  ["2026-07-01T04:59:59Z", "Tuesday 2026-06-30 23:59 CT"],
  ["2026-11-01T05:00:00Z", "Sunday 2026-11-01 00:00 CT"],
  ["2026-03-08T08:00:00Z", "Sunday 2026-03-08 03:00 CT"],
])("%s is %s", (text, shown) => {
  expect(showWhen(parseIso(text) as Millis)).toBe(shown);
});
