import { expect, test } from "vitest";
import { trackedRecord } from "../../../../src/core/parse/tracked-record.ts";

const named = { asset: "option", symbol: "SPY", right: "call" } as const;
const contract = { ...named, strike: 662, expiry: "2025-09-19" };
const told = { kind: "update", contract, price: 3.25, quantity: null } as const;

test("a trim states its share, even where nobody did", () => {
  expect(trackedRecord({ ...told, action: "trim", share: null })).toMatchObject({ fraction: null });
  expect(trackedRecord({ ...told, action: "trim", share: 250 })).toMatchObject({ fraction: 0.25 });
  expect(trackedRecord({ ...told, action: "close", share: null })).toEqual({
    ...{ kind: "update", action: "close", asset: "option", instrument: "SPY", right: "call" },
    ...{ strike: 662, expiry: "2025-09-19", price: 3.25 },
  });
});
