import { describe, expect, it } from "vitest";
import type { AutomationRule } from "../../../../src/core/model/firm-plan.ts";
import { refuseLive } from "../../../../src/core/risk/automation.ts";
import { FIRM_PLAN } from "../../../kit/firm-plans.ts";

const here = { ownDevice: true };
const elsewhere = { ownDevice: false };
const anywhere: AutomationRule = {
  kind: "allowed",
  device: "any",
  supervised: true,
  conditions: [],
};

describe("live trading by a program", () => {
  it("may begin where the firm allows it, on the trader's own device", () => {
    expect(refuseLive(FIRM_PLAN, here)).toBeNull();
    expect(refuseLive(FIRM_PLAN, elsewhere)).toEqual({
      kind: "own-device-only",
      plan: "house/evaluation",
    });
    expect(refuseLive({ ...FIRM_PLAN, automation: anywhere }, elsewhere)).toBeNull();
  });

  it("never begins in a stage that forbids it", () => {
    const plan = {
      ...FIRM_PLAN,
      id: "house/live",
      stage: { kind: "live" },
      automation: { kind: "forbidden" },
    } as const;
    expect(refuseLive(plan, here)).toEqual({
      kind: "automation-forbidden",
      plan: "house/live",
      stage: "live",
    });
  });

  it("needs a venue", () => {
    expect(refuseLive({ ...FIRM_PLAN, venue: null, automation: anywhere }, here)).toEqual({
      kind: "no-venue",
      plan: "house/evaluation",
    });
  });
});
