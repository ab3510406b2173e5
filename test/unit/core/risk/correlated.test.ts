import { describe, expect, it } from "vitest";
import type { HedgingRule } from "../../../../src/core/model/firm-plan.ts";
import { correlatedWith } from "../../../../src/core/risk/correlated.ts";

const GROUPS = [
  { name: "equity index", roots: ["ES", "MES", "MNQ"] },
  { name: "metals", roots: ["GC", "SI", "MGC"] },
  { name: "alone", roots: ["ZB"] },
] as const;

type Forbidden = Extract<HedgingRule, { kind: "forbidden" }>;

const RULE: Forbidden = {
  kind: "forbidden",
  within: "own-accounts",
  counts: "correlated",
  groups: GROUPS,
};

const forbidden = (change: Partial<Forbidden> = {}): { readonly hedging: Forbidden } => ({
  hedging: { ...RULE, ...change },
});

describe("what a firm counts as one bet", () => {
  it("is what its plan names beside a family, each family once", () => {
    const plan = forbidden();
    const index = { group: "equity index", families: ["NQ"], isAcross: true };
    expect(correlatedWith(plan, "ES")).toEqual(index);
    expect(correlatedWith(plan, "NQ")).toEqual({ ...index, families: ["ES"] });
    expect(correlatedWith(plan, "SI")).toEqual({ ...index, group: "metals", families: ["GC"] });
    expect(correlatedWith(plan, "ES")).toBe(correlatedWith(plan, "ES"));
  });

  it("is nothing for a family that no group names with another", () => {
    const plan = forbidden();
    expect(correlatedWith(plan, "CL")).toBeNull();
    expect(correlatedWith(plan, "CL")).toBeNull();
    expect(correlatedWith(plan, "ZB")).toBeNull();
  });

  it("is in the account alone where the firm says so", () => {
    expect(correlatedWith(forbidden({ within: "account" }), "ES")?.isAcross).toBe(false);
  });

  it("is nothing where one product counts, where hedging is allowed, or where none is named", () => {
    expect(correlatedWith(forbidden({ counts: "family" }), "ES")).toBeNull();
    expect(correlatedWith({ hedging: { kind: "allowed" } }, "ES")).toBeNull();
    const { groups: _, ...hedging } = RULE;
    expect(correlatedWith({ hedging }, "ES")).toBeNull();
  });
});
