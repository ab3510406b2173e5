import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contracts, dollars } from "../../../../src/core/model/units.ts";
import { partOf, sizeOf, smallestOf } from "../../../../src/core/risk/size.ts";

const RISK = dollars(63.72);

describe("the smallest size", () => {
  it("is that of the letter that buys or may lose the least, wherever it stands", () => {
    expect(smallestOf({ kind: "contracts", bySize: { A: 3, B: 2, C: 1 } })).toBe("C");
    expect(smallestOf({ kind: "contracts", bySize: { A: 1, B: 2, C: 3 } })).toBe("A");
    const bySize = { A: dollars(200), B: dollars(50), C: dollars(63.71) };
    expect(smallestOf({ kind: "risk", bySize })).toBe("B");
  });

  it("is the later letter's where two buy the same", () => {
    expect(smallestOf({ kind: "contracts", bySize: { A: 1, B: 2, C: 1 } })).toBe("C");
    expect(smallestOf({ kind: "contracts", bySize: { A: 1, B: 1, C: 2 } })).toBe("B");
  });
});

describe("the size of an alert", () => {
  it("by contracts is what its letter says, whatever a contract may lose", () => {
    const sizing = { kind: "contracts", bySize: { A: 3, B: 2, C: 1 } } as const;
    expect(sizeOf(sizing, "A", RISK)).toBe(3);
    expect(sizeOf(sizing, "C", dollars(1_000))).toBe(1);
  });

  it("by risk is as many whole contracts as the letter's dollars may lose", () => {
    const bySize = { A: dollars(200), B: dollars(127.44), C: dollars(63.71) };
    const sizing = { kind: "risk", bySize } as const;
    expect(sizeOf(sizing, "A", RISK)).toBe(3);
    expect(sizeOf(sizing, "B", RISK)).toBe(2);
    expect(sizeOf(sizing, "C", RISK)).toBe(0);
  });
});

describe("the part an account takes", () => {
  const bySize = { A: 3, B: 2, C: 1 } as const;
  const taken = (ratio: number, letter: "A" | "B" | "C") =>
    sizeOf({ kind: "contracts", bySize, ratio }, letter, RISK);

  it("is rounded down, and is nothing where it is less than one", () => {
    expect([taken(500, "A"), taken(500, "B"), taken(500, "C")]).toEqual([1, 1, 0]);
    expect(taken(333, "A")).toBe(0);
    expect(taken(2_000, "A")).toBe(6);
  });

  it("is never more than its part, and less by no whole contract", () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 10_000 }), (quantity, ratio) => {
        const part = partOf(contracts(quantity), { kind: "contracts", bySize, ratio });
        expect(part * 1_000).toBeLessThanOrEqual(quantity * ratio);
        expect((part + 1) * 1_000).toBeGreaterThan(quantity * ratio);
      }),
    );
  });
});
