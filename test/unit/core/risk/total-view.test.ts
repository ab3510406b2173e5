import { expect, it } from "vitest";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import { reachedOnly } from "../../../../src/core/risk/total-view.ts";

it("what only has been reached counts no contracts and no dollars", () => {
  const { wantedIn, ...sums } = reachedOnly(750);
  expect(sums).toEqual({ opening: 0, realised: 0, open: 0, reached: 750 });
  expect(wantedIn(instrumentOf("ES"))).toBe(0);
});
