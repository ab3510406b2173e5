import { describe, expect, test } from "vitest";
import type { TrackedContract } from "../../../../src/core/model/tracked.ts";
import { trackedText } from "../../../../src/core/model/tracked-wording.ts";

const gold: TrackedContract = { asset: "currency", symbol: "XAUUSD" };
const put: TrackedContract = {
  ...{ asset: "option", symbol: "AAPL", right: "put" },
  ...{ strike: 232.5, expiry: "2026-12-18" },
};

describe("an alert on another market in one line", () => {
  const entry = {
    kind: "entry",
    side: "long",
    entry: 3.1,
    ...{ stop: null, stopPct: null, quantity: null, targets: [], targetsPct: [], tags: [] },
  } as const;

  test("says what was told and nothing else", () => {
    expect(trackedText({ ...entry, contract: put })).toBe("long AAPL 232.5 put 2026-12-18 at 3.1");
    expect(
      trackedText({ ...entry, contract: gold, side: "short", stop: 4320, targets: [4334, 4340] }),
    ).toBe("short XAUUSD at 3.1, stop 4320, targets 4334, 4340");
  });

  test("shows percentages of the premium with their sign", () => {
    const told = { ...entry, contract: put, quantity: 3, stopPct: 50, targetsPct: [30, 60] };
    expect(trackedText(told)).toBe(
      "long AAPL 232.5 put 2026-12-18 x3 at 3.1, stop -50 %, targets +30 %, +60 %",
    );
  });

  test("also of one that is left", () => {
    const exit = { kind: "update", contract: put, quantity: null } as const;
    expect(trackedText({ ...exit, action: "close", price: null, share: null })).toBe(
      "close AAPL 232.5 put 2026-12-18",
    );
    expect(trackedText({ ...exit, action: "trim", price: 3.9, share: 250 })).toBe(
      "trim 25 % AAPL 232.5 put 2026-12-18 at 3.9",
    );
  });
});
