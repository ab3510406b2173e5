import { describe, expect, it } from "vitest";
import type { FirmFact } from "../../../../src/core/model/firm-fact.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import { dollars, millis, money } from "../../../../src/core/model/units.ts";
import { beginningOf } from "../../../../src/core/risk/firm-books.ts";
import { narratorOf, newNarrator } from "../../../../src/core/views/narrator.ts";
import { tellFirm } from "../../../../src/core/views/tell-firm.ts";
import { ACCOUNT, NOW, TODAY } from "../../../kit/builders.ts";
import { FIRM_PLAN, minis } from "../../../kit/firm-plans.ts";

const firm = beginningOf(
  FIRM_PLAN,
  { plan: FIRM_PLAN.id, buffer: dollars(100) },
  { balance: dollars(50_000), shift: money(0), date: TODAY },
);
const about = { at: NOW, account: ACCOUNT } as const;
const FLOOR = { at: dollars(48_500), lock: dollars(50_000) };
const LIMITS = { size: minis(5), dailyLimit: dollars(1_000) };
const STEP = {
  ...about,
  kind: "FirmStepReached",
  limit: dollars(1_000),
  equity: dollars(49_100),
  level: dollars(49_000),
} as const;

const CASES: readonly (readonly [FirmFact, string])[] = [
  [
    { ...about, kind: "FirmBegan", why: "opened", firm },
    "house/evaluation begins with $50000.00: floor $48000.00; no daily limit, 5 minis",
  ],
  [
    { ...about, kind: "FirmBegan", why: "reset", firm },
    "house/evaluation begun anew by the firm with $50000.00: floor $48000.00; no daily limit, 5 minis",
  ],
  [
    {
      ...{ ...about, kind: "FirmTermsChanged", plan: "house/other", buffer: dollars(100) },
      ...{ floor: FLOOR, ...LIMITS },
    },
    "house/other counts from here on: floor $48500.00; daily limit $1000.00, 5 minis",
  ],
  [
    {
      ...{ ...about, kind: "FirmTermsChanged", plan: null, buffer: dollars(100) },
      ...{ floor: FLOOR, ...LIMITS },
    },
    "no plan of a firm counts any more",
  ],
  [
    {
      ...{ ...about, kind: "FirmDayClosed", peak: dollars(50_500), floor: FLOOR },
      result: { date: TODAY, net: dollars(-120), payouts: 0 },
      day: { ...firm.day, opening: dollars(50_380) },
    },
    "2026-11-19 made -$120.00; closed at $50380.00: floor $48500.00; no daily limit, 5 minis",
  ],
  [
    {
      ...{ ...about, kind: "FirmFloorRaised", peak: dollars(52_000) },
      floor: { at: dollars(50_000), lock: dollars(50_000) },
    },
    "equity of $52000.00 lifts the floor: floor $50000.00, locked",
  ],
  [
    { ...STEP, of: "daily-limit", step: "warn", share: 900, until: null },
    "90% of the firm's daily limit of $1000.00: equity $49100.00, $100.00 above the end of the firm's daily limit at $49000.00",
  ],
  [
    {
      ...STEP,
      ...{ of: "daily-limit", step: "flatten", share: 1_000, equity: dollars(48_990) },
      until: millis(NOW + 8 * 3_600_000),
    },
    "100% of the firm's daily limit of $1000.00: equity $48990.00, $10.00 below the end of the firm's daily limit at $49000.00; everything is closed, no entries until Thursday 17:00 CT",
  ],
  [
    { ...STEP, of: "floor", step: "flatten", share: 950, until: null },
    "95% of the firm's loss of $1000.00: equity $49100.00, $100.00 above the firm's floor at $49000.00; everything is closed, nothing is entered here",
  ],
  [
    {
      ...{ ...about, kind: "FirmBreached", of: "floor", equity: dollars(47_900) },
      level: dollars(48_000),
    },
    "the account is lost: equity of $47900.00, the firm's floor at $48000.00; nothing is entered until `firm reset`",
  ],
  [
    {
      ...{ ...about, kind: "FirmPaidOut", amount: dollars(500), shift: money(0) },
      ...{ floor: { at: dollars(0), lock: null }, opening: dollars(1_000) },
    },
    "$500.00 paid out: floor $0.00",
  ],
];

describe("a fact between an account and its firm", () => {
  it.each(CASES)("%#", (fact, text) => {
    expect(tellFirm(newNarrator, fact).text).toBe(text);
  });

  it("names the account where there are several", () => {
    const accounts = ["Combine", "Other"].map((name, at) => ({
      ...{ id: at === 0 ? ACCOUNT : accountId("other"), name },
      ...({ rules: "default", brackets: "native" } as const),
    }));
    const narrator = narratorOf({ ruleSets: {}, accounts }, []);
    const [first] = CASES;
    if (first === undefined) throw new Error("there are cases");
    const said = tellFirm(narrator, first[0]);
    expect(said).toMatchObject({ account: ACCOUNT, kind: "house", tone: "plain" });
    expect(said.text).toMatch(/^Combine: house/);
  });

  it("of a plan that is kept names all whom it concerns", () => {
    const fact: FirmFact = {
      ...{ at: NOW, kind: "FirmPlanKept", accounts: [ACCOUNT], plan: null },
      ...{ loosened: ["no plan of a firm"], name: "x", kept: FIRM_PLAN },
      ...{ buffer: dollars(100), until: TODAY },
    };
    expect(tellFirm(newNarrator, fact).text).toBe(
      "PAPER-1: traded on 2026-11-19 already, so until it ends the tighter plan holds: no plan of a firm",
    );
  });
});
