import { describe, expect, it } from "vitest";
import type { Config } from "../../../../src/core/model/config.ts";
import { DEFAULT_CONFIG } from "../../../../src/core/model/defaults.ts";
import type { FirmPlan } from "../../../../src/core/model/firm-plan.ts";
import { PLAIN_FORMAT } from "../../../../src/core/model/format.ts";
import type { Rules } from "../../../../src/core/model/rules.ts";
import { dollars, millis, weight } from "../../../../src/core/model/units.ts";
import { changesBetween } from "../../../../src/core/risk/config-changes.ts";
import { reloadedConfig } from "../../../../src/core/risk/reloaded-config.ts";
import { someRules } from "../../../kit/builders.ts";
import { DAILY_LIMIT, FIRM_PLAN } from "../../../kit/firm-plans.ts";

const withRules = (rules: Rules): Config => ({
  ...DEFAULT_CONFIG,
  settings: { ...DEFAULT_CONFIG.settings, ruleSets: { default: rules } },
});

function told(was: Config, is: Config): readonly string[] {
  const { changes } = changesBetween(was, is, reloadedConfig(was, is));
  return changes.map((one) => `${one.key}: ${one.was} -> ${one.is}, ${one.on}, ${one.outcome}`);
}

const toldRules = (was: Rules, is: Rules): readonly string[] =>
  told(withRules(was), withRules(is)).map((line) => line.replace("rules.default.", ""));

describe("what changed between two configurations", () => {
  it("is nothing between equal ones", () => {
    expect(told(DEFAULT_CONFIG, withRules(someRules()))).toEqual([]);
  });

  it("is told in the units of the file", () => {
    const was = someRules();
    const { hours, limits } = was;
    const { dailyLoss } = limits;
    if (hours === undefined || dailyLoss === undefined) throw new Error("there are usual ones");
    const is: Rules = {
      ...was,
      hours: { ...hours, entriesUntil: 840, flatFrom: null },
      sizing: { kind: "risk", bySize: { A: dollars(150), B: dollars(100), C: dollars(50) } },
      limits: {
        ...limits,
        lossPerTrade: { ofBalance: 50 },
        ageMax: millis(5_000),
        tradesPerDay: 3,
        dailyLoss: {
          limit: dollars(300),
          steps: { ...dailyLoss.steps, warn: [400, 800], half: null },
        },
      },
    };
    expect(toldRules(was, is)).toEqual([
      "sizing: A 3, B 2, C 1 -> A $150.00, B $100.00, C $50.00, next trade, waits",
      "limits.ageMax: 10 s -> 5 s, now, applied",
      "limits.tradesPerDay: 10 -> 3, now, applied",
      "limits.lossPerTrade: $200.00 -> 0.5% of the balance, now, waits",
      "limits.dailyLoss: $500.00 -> $300.00, now, applied",
      "limits.dailyLossSteps.warn: 50%, 75%, 90% -> 40%, 80%, now, applied",
      "limits.dailyLossSteps.half: 75% -> none, now, waits",
      "hours.entriesUntil: 15:00 -> 14:00, next trade, applied",
      "hours.flatFrom: 15:05 -> none, next trade, waits",
    ]);
    const half = { ...was, sizing: { ...was.sizing, ratio: 500 } };
    expect(toldRules(was, half)).toEqual([
      "sizing: A 3, B 2, C 1 -> A 3, B 2, C 1, ratio 0.5, next trade, applied",
    ]);
  });

  it("tells tables by their fingerprints, and long values cut short", () => {
    const formats = { mine: { ...PLAIN_FORMAT, name: "mine" } };
    expect(told(DEFAULT_CONFIG, { ...DEFAULT_CONFIG, formats })).toEqual([
      expect.stringMatching(/^formats\.mine: none -> table [0-9a-f]{8}, now, applied$/),
    ]);
    const is = someRules({ exits: { targets: [{ at: { unit: "r", value: 1 }, share: 500 }] } });
    expect(toldRules(someRules(), is)).toEqual([
      'exits.targets: [{"at":{"unit":"points","value":7},"share":500},{"at":{"unit… -> ' +
        '[{"at":{"unit":"r","value":1},"share":500}], next trade, applied',
    ]);
  });

  it("names what is listed by its number, and what came or went", () => {
    const [first] = DEFAULT_CONFIG.settings.accounts;
    if (first === undefined) throw new Error("there is a usual account");
    const accounts = [first, { ...first, name: "Two" }];
    const settings = { ...DEFAULT_CONFIG.settings, accounts };
    const two: Config = { ...DEFAULT_CONFIG, settings };
    expect(told(DEFAULT_CONFIG, two)).toEqual([
      expect.stringMatching(/^accounts\[1\]: none -> \{.*, restart, waits$/),
    ]);
    const none: Config = { ...DEFAULT_CONFIG, settings: { ...settings, accounts: [] } };
    expect(told(two, none)).toEqual([
      expect.stringMatching(/^accounts: \[\{.* -> \[\], restart, waits$/),
    ]);
    expect(told(DEFAULT_CONFIG, { ...DEFAULT_CONFIG, paste: false })).toEqual([
      "paste: true -> false, now, applied",
    ]);
  });

  it("lists a hundred keys and counts the rest", () => {
    const ruleSets = Object.fromEntries(
      Array.from({ length: 105 }, (_, n) => [`set-${n}`, someRules()]),
    );
    const many = { ...DEFAULT_CONFIG, settings: { ...DEFAULT_CONFIG.settings, ruleSets } };
    const { changes, omitted } = changesBetween(DEFAULT_CONFIG, many, DEFAULT_CONFIG);
    expect([changes.length, omitted]).toEqual([100, 6]);
  });
});

describe("what changed in a firm's plan", () => {
  const following = (plan: FirmPlan): Config => ({
    ...DEFAULT_CONFIG,
    settings: { ...DEFAULT_CONFIG.settings, plans: { [plan.id]: plan } },
  });
  const toldOf = (is: FirmPlan, was: FirmPlan = FIRM_PLAN): readonly string[] =>
    told(following(was), following(is)).map((line) =>
      line.replace(`plans.${FIRM_PLAN.id}.`, "").replace(", restart, waits", ""),
    );

  it("is told key by key, in dollars, times, shares and minis", () => {
    const { hours, size } = FIRM_PLAN;
    const changed: FirmPlan = {
      ...FIRM_PLAN,
      floor: { kind: "static", lossMax: dollars(1_500) },
      hours: { ...hours, flatBy: 880, earlyClose: { ...hours.earlyClose, before: 30 } },
      size: {
        ...size,
        limit: { first: weight(3_000), steps: [{ from: dollars(1_500), value: weight(5_000) }] },
        microWeight: weight(200),
      },
      priceLimitBuffer: 20,
    };
    const before = { ...FIRM_PLAN, floor: { kind: "static", lossMax: dollars(2_000) } } as const;
    const lines = toldOf(changed, before);
    expect(lines).toContain("floor.lossMax: $2000.00 -> $1500.00");
    expect(lines).toContain("hours.flatBy: 15:10 -> 14:40");
    expect(lines.join("\n")).toMatch(/hours\.earlyClose\.before: \d+ -> 30/);
    expect(lines.join("\n")).toMatch(/size\.limit\.first: [\d.]+ minis -> 3 minis/);
    expect(lines.join("\n")).toMatch(/size\.microWeight: [\d.]+ minis -> 0\.2 minis/);
    expect(lines.join("\n")).toMatch(/priceLimitBuffer: \S+ -> 2%/);
  });

  it("tells tiers and news in what they are about", () => {
    const dailyLimit = { ...DAILY_LIMIT, amount: { first: dollars(1_000), steps: [] } };
    const news: NonNullable<FirmPlan["news"]> = [
      {
        events: ["major"],
        before: millis(60_000),
        after: millis(60_000),
        action: { kind: "flat" },
      },
    ];
    const was = { ...FIRM_PLAN, dailyLimit, news };
    const is: FirmPlan = {
      ...was,
      accountsMax: 3,
      dailyLimit: { ...dailyLimit, amount: { first: dollars(800), steps: [] } },
      news: news.map((one) => ({ ...one, before: millis(120_000) })),
    };
    const lines = toldOf(is, was);
    expect(lines).toContain("dailyLimit.amount.first: $1000.00 -> $800.00");
    expect(lines).toContain("news[0].before: 1 min -> 2 min");
    expect(lines.join("\n")).toMatch(/accountsMax: \w+ -> 3/);
  });

  it("that is new or gone is told as a whole", () => {
    const [line] = told(DEFAULT_CONFIG, following(FIRM_PLAN));
    expect(line).toMatch(/^plans.*: none -> .*table [0-9a-f]{8}, restart, waits$/);
  });
});
