import { describe, expect, it } from "vitest";
import { type FeeSchedule, feePerSide } from "../../../../src/core/model/fees.ts";
import type { Root } from "../../../../src/core/model/instrument.ts";
import { INSTRUMENTS } from "../../../../src/core/model/instruments.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, money, toDollars } from "../../../../src/core/model/units.ts";
import oracle from "../../../data/domain-oracle.json" with { type: "json" };

const TABLE: FeeSchedule = { kind: "table" };

/** Dollars of a round turn: the half charged twice. */
const roundTurn = (root: Root, date: string): number =>
  toDollars(money(2 * feePerSide(TABLE, root, tradeDate(date))));

describe("the fee table", () => {
  it.each(Object.entries(oracle.contracts))(
    "charges %s as published in September 2026",
    (root, contract) => {
      expect(roundTurn(root as Root, "2026-09-23")).toBe(contract.topstepxRoundTurn);
    },
  );

  it("charges the short notes the same as each other", () => {
    expect(roundTurn("ZF", "2026-09-23")).toBe(2.32);
    expect(roundTurn("ZT", "2026-09-23")).toBe(2.32);
  });

  it("charges half of 3.78 on each side", () => {
    expect(toDollars(feePerSide(TABLE, "ES", tradeDate("2026-09-23")))).toBe(1.89);
  });

  it.each([
    ["MES", "2025-07-01", 0.74],
    ["MES", "2026-05-31", 0.74],
    ["MES", "2026-06-01", 1.24],
    ["MES", "2026-07-31", 1.24],
    ["MES", "2026-08-01", 1.22],
    ["ES", "2026-05-31", 2.8],
    ["ES", "2026-06-01", 3.78],
    ["MCL", "2026-09-30", 1.52],
    ["MCL", "2026-10-01", 1.72],
  ] as const)("charges %s on %s what held then", (root, date, wanted) => {
    expect(roundTurn(root, date)).toBe(wanted);
  });

  it("serves dates before its first row with the first row", () => {
    expect(roundTurn("MES", "2019-05-06")).toBe(0.74);
    expect(roundTurn("ZN", "2010-05-06")).toBe(2.62);
  });

  it("loses nothing by halving, for any product", () => {
    for (const root of Object.keys(INSTRUMENTS) as Root[]) {
      expect((feePerSide(TABLE, root, tradeDate("2026-11-20")) * 2) % 100).toBe(0);
    }
  });
});

describe("a schedule without a table", () => {
  const date = tradeDate("2026-09-23");

  it("charges a flat round turn whatever the product", () => {
    const flat: FeeSchedule = { kind: "flat", roundTurn: dollars(2.5) };

    expect(toDollars(feePerSide(flat, "ES", date))).toBe(1.25);
    expect(toDollars(feePerSide(flat, "MES", date))).toBe(1.25);
  });

  it("charges the ten-thousandth that cannot be halved", () => {
    expect(feePerSide({ kind: "flat", roundTurn: money(25_001) }, "ES", date)).toBe(12_501);
  });

  it("charges nothing when there are no fees", () => {
    expect(feePerSide({ kind: "none" }, "ES", date)).toBe(0);
  });
});
