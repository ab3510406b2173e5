import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { FirmPlan } from "../../../../src/core/model/firm-plan.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { contracts, dollars, millis } from "../../../../src/core/model/units.ts";
import { rulesJsonSchema } from "../../../../src/shell/yaml/json-schema.ts";
import { bundledRules, readRulePacks, readRules } from "../../../../src/shell/yaml/rule-packs.ts";
import { minis } from "../../../kit/firm-plans.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const dates = { today: tradeDate("2026-11-23"), calendarUntil: tradeDate("2027-12-31") };

/** Every key, in the most telling of its kinds. */
const WHOLE = `
firm: The Firm
venue: topstepx
every:
  title: A plan
  sources: ["help centre: The Firm, article 1", "secondary: a wiki"]
  verified: 2026-11-01
  notes: [Something is disputed.]
  products: [ES, MES, SI, SIL]
  hours:
    opensAt: 18:00 ET
    flatBy: 16:59 ET
    earlyClose: { minutesBefore: 1, latest: 12:59 ET, counts: product }
    calendarUntil: 2027-06-30
  hedging: { kind: forbidden, within: account, counts: family }
  copying: allowed
  automation: { kind: allowed, device: any, supervised: false, conditions: [Own program.] }
  micros: { perMini: 10, others: { SIL: 5 }, mixing: forbidden }
  dailyLimit: { kind: none }
plans:
  test:
    stage:
      kind: evaluation
      target: 3000
      consistency: { measure: net, share: 33.3% }
      daysMin: 2
      daysMax: 30
    start: 50000
    floor: { kind: end-of-day, loss: 2000, lock: never, recomputedAt: 16:59 ET }
    size: { minis: 5 }
  funded:
    stage:
      kind: funded
      payout:
        split: 90%
        smallest: 125
        buffer: 100
        countMax: 6
        ways:
          - name: standard
            qualifyingDays: { count: 5, profit: 150 }
            consistency: { measure: net-since-payout, shares: [20%, 25%] }
            share: 50%
            cap: 2000
          - name: free
            qualifyingDays: { count: 1 }
    start: 0
    floor: { kind: intraday, loss: 2000, lock: 100, afterPayout: 0 }
    dailyLimit:
      kind: hard
      amount: 1000
      tiers: [{ from: 3000, amount: 1500 }]
      basis: realised
      fees: left-out
      resetsAt: 17:00 CT
      ends: floor-at-start
    size: { minis: 2, tiers: [{ from: -100, minis: 2.5 }] }
    caps:
      - { of: [SI, SIL], most: 0.4 minis, until: 2026-12-31 }
      - { of: [MES], most: 1 contract }
    news:
      - { events: [fomc], before: 2m, after: 90s, action: { kind: flat } }
      - { events: [cpi], before: 0s, after: 1h, action: { kind: no-opening, of: [ES] } }
      - events: [payrolls, fomc-minutes]
        before: 5m
        after: 5m
        action: { kind: cap, of: [MES], most: 3 contracts }
      - { events: [major], before: 5m, after: 5m, action: { kind: below-maximum } }
    holdTime: { held: 10s, trades: 50%, profit: 60% }
    inactivity: { within: 30, days: 2, profit: 50 }
    accountsMax: 5
    priceLimitBuffer: 2%
  live:
    stage: { kind: live }
    start: 10000
    floor: { kind: static, loss: 9000 }
    size: { minis: 1 }
    micros: { perMini: 1, mixing: allowed }
    automation: { kind: forbidden }
    inactivity: { within: 7, days: 1 }
`;

const plansIn = (text: string): readonly FirmPlan[] => {
  const read = readRules(text, "my/firm.yaml", dates);
  if (!read.ok) throw new Error(read.error.problems.map((one) => one.text).join("\n"));
  return read.value.plans;
};

const complaints = (text: string, file = "firm.yaml"): readonly string[] => {
  const read = readRules(text, file, dates);
  return read.ok ? [] : read.error.problems.map((problem) => problem.text);
};

/** The whole pack with one thing in it exchanged, and the line it is in. */
function changed(from: string, to: string): string {
  if (WHOLE.split(from).length !== 2) throw new Error(`not once in the pack: ${from}`);
  return WHOLE.replace(from, to);
}

const complaintsOf = (from: string, to: string): readonly string[] =>
  complaints(changed(from, to)).map((text) => text.replace(/^firm\.yaml:\d+:\d+ /, ""));

describe("a pack", () => {
  const [test, funded, live] = plansIn(WHOLE);
  const common = {
    firm: "The Firm",
    title: "A plan",
    venue: "topstepx",
    sources: [
      { kind: "primary", text: "The Firm, article 1" },
      { kind: "secondary", text: "a wiki" },
    ],
    verified: "2026-11-01",
    notes: ["Something is disputed."],
    products: ["ES", "MES", "SI", "SIL"],
    hours: {
      opensAt: 17 * 60,
      flatBy: 15 * 60 + 59,
      earlyClose: { before: 1, latest: 11 * 60 + 59, counts: "product" },
      calendarUntil: "2027-06-30",
    },
    hedging: { kind: "forbidden", within: "account", counts: "family" },
    copying: "allowed",
  };
  const program = {
    kind: "allowed",
    device: "any",
    supervised: false,
    conditions: ["Own program."],
  };
  const micros = { microWeight: minis(0.1), weights: { SIL: minis(0.2) }, mixing: "forbidden" };

  it("gives a plan what every plan has, and what it says itself", () => {
    expect(test).toEqual({
      ...common,
      id: "firm/test",
      stage: {
        kind: "evaluation",
        profitTarget: dollars(3_000),
        consistency: { measure: "net", share: 333 },
        daysMin: 2,
        daysMax: 30,
      },
      balanceStart: dollars(50_000),
      floor: {
        kind: "end-of-day",
        lossMax: dollars(2_000),
        lock: null,
        afterPayout: null,
        recomputedAt: 15 * 60 + 59,
      },
      dailyLimit: null,
      size: { limit: { first: minis(5), steps: [] }, ...micros, caps: [] },
      news: [],
      automation: program,
      holdTime: null,
      inactivity: null,
      accountsMax: null,
      priceLimitBuffer: null,
    });
  });

  it("has payouts, tiers, caps and news", () => {
    const window = { before: millis(300_000), after: millis(300_000) };
    expect(funded).toEqual({
      ...common,
      id: "firm/funded",
      stage: {
        kind: "funded",
        payout: {
          split: 900,
          smallest: dollars(125),
          buffer: dollars(100),
          countMax: 6,
          ways: [
            {
              name: "standard",
              qualifyingDays: { count: 5, profitMin: dollars(150) },
              consistency: { measure: "net-since-payout", shares: [200, 250] },
              shareMax: 500,
              cap: dollars(2_000),
            },
            {
              name: "free",
              qualifyingDays: { count: 1, profitMin: null },
              consistency: null,
              shareMax: 1_000,
              cap: null,
            },
          ],
        },
      },
      balanceStart: 0,
      floor: {
        kind: "intraday",
        lossMax: dollars(2_000),
        lock: dollars(100),
        afterPayout: 0,
      },
      dailyLimit: {
        effect: "hard",
        amount: { first: dollars(1_000), steps: [{ from: dollars(3_000), value: dollars(1_500) }] },
        basis: "realised",
        feesCounted: false,
        resetsAt: 17 * 60,
        ends: "floor-at-start",
      },
      size: {
        limit: { first: minis(2), steps: [{ from: dollars(-100), value: minis(2.5) }] },
        ...micros,
        caps: [
          {
            roots: ["SI", "SIL"],
            most: { unit: "minis", value: minis(0.4) },
            until: "2026-12-31",
          },
          { roots: ["MES"], most: { unit: "contracts", value: contracts(1) }, until: null },
        ],
      },
      news: [
        {
          events: ["fomc"],
          before: millis(120_000),
          after: millis(90_000),
          action: { kind: "flat" },
        },
        {
          events: ["cpi"],
          before: 0,
          after: millis(3_600_000),
          action: { kind: "no-opening", roots: ["ES"] },
        },
        {
          events: ["payrolls", "fomc-minutes"],
          ...window,
          action: {
            kind: "cap",
            cap: { roots: ["MES"], most: { unit: "contracts", value: contracts(3) } },
          },
        },
        { events: ["major"], ...window, action: { kind: "below-maximum" } },
      ],
      automation: program,
      holdTime: { heldMin: millis(10_000), tradesShare: 500, profitShare: 600 },
      inactivity: { withinDays: 30, daysMin: 2, profitMin: dollars(50) },
      accountsMax: 5,
      priceLimitBuffer: 20,
    });
  });

  it("has live accounts that no program may trade", () => {
    expect(live).toMatchObject({
      id: "firm/live",
      stage: { kind: "live" },
      floor: { kind: "static", lossMax: dollars(9_000) },
      size: { microWeight: minis(1), weights: {}, mixing: "allowed" },
      automation: { kind: "forbidden" },
      inactivity: { withinDays: 7, daysMin: 1, profitMin: 0 },
    });
  });

  it("of payouts and shares that are not known says so", () => {
    const bare = changed("        split: 90%\n        smallest: 125\n", "").replace(
      "        countMax: 6\n",
      "",
    );
    expect(plansIn(bare)[1]?.stage).toMatchObject({
      payout: { split: null, smallest: null, countMax: null },
    });
  });

  it("of a firm without a venue here serves planning", () => {
    expect(plansIn(changed("venue: topstepx", "venue: none"))[0]?.venue).toBeNull();
  });
});

describe("a mistake is told with file, line, key and reason:", () => {
  it("an unknown key", () => {
    const text = changed("    start: 50000\n", "    strt: 50000\n");
    const line = text.split("\n").findIndex((one) => one.includes("strt")) + 1;
    expect(complaints(text)).toEqual([
      `firm.yaml:${line}:5 plans.test.strt: unknown key; did you mean start?`,
    ]);
    expect(complaintsOf("  copying: allowed\n", "  coping: allowed\n")).toEqual([
      "every.coping: unknown key; did you mean copying?",
    ]);
  });

  it("a source that is missing, empty or of no kind", () => {
    const sources = '  sources: ["help centre: The Firm, article 1", "secondary: a wiki"]\n';
    const needed = 'is needed here, or under "every"';
    expect(complaintsOf(sources, "")).toEqual([
      `plans.test.sources: ${needed}`,
      `plans.funded.sources: ${needed}`,
      `plans.live.sources: ${needed}`,
    ]);
    expect(complaintsOf(sources, "  sources: []\n")).toEqual([
      "every.sources: expected a list of 1 to 20 sources, found an empty list",
    ]);
    const kinds =
      'expected where it was read: "help centre: Topstep, article 8284204", or "secondary: ..." for what others tell';
    expect(complaintsOf(sources, "  sources: [somewhere]\n")).toEqual([
      `every.sources[0]: ${kinds}, found "somewhere"`,
    ]);
  });

  it("any other key that is nowhere, in the line of its plan", () => {
    const text = changed("    start: 10000\n", "");
    const line = text.split("\n").indexOf("  live:") + 2;
    expect(complaints(text)).toEqual([
      `firm.yaml:${line}:5 plans.live.start: is needed here, or under "every"`,
    ]);
  });

  it.each([
    [
      "a lock below the floor",
      "lock: never",
      "lock: 47999.99",
      "plans.test.floor.lock: the floor begins at $48000 and cannot stop rising at $47999.99",
    ],
    [
      "a payout that puts the floor below where it begins",
      "afterPayout: 0",
      "afterPayout: -2000.01",
      "plans.funded.floor.afterPayout: $-2000.01 is below $-2000, where the floor begins",
    ],
    [
      "a payout that puts the floor above its lock",
      "afterPayout: 0",
      "afterPayout: 100.01",
      "plans.funded.floor.afterPayout: $100.01 is above the lock, $100",
    ],
    [
      "a loss of everything",
      "loss: 9000",
      "loss: 10000",
      "plans.live.floor.loss: a loss of $10000 is all there is: the account begins with $10000",
    ],
    [
      "a daily limit above the loss",
      "      amount: 1000\n      tiers: [{ from: 3000, amount: 1500 }]\n",
      "      amount: 2000.01\n",
      "plans.funded.dailyLimit.amount: $2000.01 is more than the account may lose in all, $2000",
    ],
    [
      "tiers out of order",
      "{ from: -100, minis: 2.5 }",
      "{ from: 200, minis: 3 }, { from: 200, minis: 4 }",
      "plans.funded.size.tiers[1].from: tiers ascend, and $200 is not above $200",
    ],
    [
      "a tier that allows less than the first",
      "minis: 2.5",
      "minis: 1.9",
      "plans.funded.size.tiers[0].minis: more profit would allow less than before",
    ],
    [
      "a tier that allows less than the one before",
      "{ from: 3000, amount: 1500 }",
      "{ from: 3000, amount: 1500 }, { from: 4000, amount: 1499 }",
      "plans.funded.dailyLimit.tiers[1].amount: more profit would allow less than before",
    ],
    [
      "a share of more than all",
      "share: 50%",
      "share: 100.1%",
      'plans.funded.stage.payout.ways[0].share: expected a share above 0% and up to 100% such as "50%", found "100.1%"',
    ],
    [
      "a part of a mini that is no whole number",
      "SIL: 5",
      "SIL: 3",
      "every.micros.others.SIL: a 3th of a mini is not a whole number of its thousandths",
    ],
    [
      "micros that are no whole part",
      "perMini: 10",
      "perMini: 7",
      "every.micros.perMini: a 7th of a mini is not a whole number of its thousandths",
    ],
    [
      "a mini that counts as less",
      "SIL: 5",
      "SI: 5",
      "every.micros.others.SI: unknown key; did you mean SIL?",
    ],
    [
      "a product twice",
      "products: [ES, MES, SI, SIL]",
      "products: [ES, MES, SI, SIL, ES]",
      "every.products[4]: ES is listed already",
    ],
    [
      "a cap on what may not be traded",
      "of: [SI, SIL]",
      "of: [SI, GC]",
      "plans.funded.caps[0].of[1]: GC is not among the products",
    ],
    [
      "correlated products that nobody names",
      "counts: family",
      "counts: correlated",
      "every.hedging.groups: correlated products count, and none are named",
    ],
    [
      "named products that do not count",
      "counts: family",
      "counts: family, groups: [{ name: index, of: [ES, MNQ] }]",
      "every.hedging.groups: one product alone counts, and others are named",
    ],
    [
      "a group of one product",
      "counts: family",
      "counts: correlated, groups: [{ name: index, of: [ES, MES] }]",
      "every.hedging.groups[0].of: index names one product only",
    ],
    [
      "a product in two groups",
      "counts: family",
      "counts: correlated, groups: [{ name: index, of: [ES, MNQ] }, { name: other, of: [GC, MES] }]",
      "every.hedging.groups[1].of: ES is in the group index already",
    ],
    [
      "flat after the close",
      "flatBy: 16:59 ET",
      "flatBy: 16:01 CT",
      "every.hours.flatBy: 16:01 CT is after the exchange closes, 16:00 CT",
    ],
    [
      "an opening in the morning",
      "opensAt: 18:00 ET",
      "opensAt: 15:59 CT",
      "every.hours.opensAt: 15:59 CT is not the evening before: the exchange closes 16:00 CT",
    ],
    [
      "more days than there are",
      "daysMin: 2",
      "daysMin: 31",
      "plans.test.stage.daysMin: 31 days do not fit into 30",
    ],
    [
      "more trading days than there are",
      "within: 7, days: 1",
      "within: 7, days: 8",
      "plans.live.inactivity.days: 8 days do not fit into 7",
    ],
    [
      "a day to come",
      "verified: 2026-11-01",
      "verified: 2026-11-24",
      "every.verified: 2026-11-24 is still to come",
    ],
    [
      "a date that does not exist",
      "verified: 2026-11-01",
      "verified: 2026-11-31",
      'every.verified: expected a date that exists, such as "2026-09-23", found "2026-11-31"',
    ],
    [
      "a calendar that is over",
      "calendarUntil: 2027-06-30",
      "calendarUntil: 2026-11-22",
      "every.hours.calendarUntil: the calendar of early closes ended on 2026-11-22; compare it again, then put a later date",
    ],
    [
      "a calendar that knows more than the exchange's",
      "calendarUntil: 2027-06-30",
      "calendarUntil: 2028-01-01",
      "every.hours.calendarUntil: the exchange's holidays are known here until 2027-12-31 only",
    ],
    [
      "a plan without a name",
      "  live:",
      "  Live Account:",
      'plans."Live Account": a plan is named by small letters, digits and hyphens, a letter first',
    ],
    ["plans that are none", "\nplans:\n", "\nplan:\n", "plan: unknown key; did you mean plans?"],
  ])("%s", (_, from, to, reason) => {
    expect(complaintsOf(from, to)).toContain(reason);
  });

  it("what every plan has wrong is told once", () => {
    expect(complaintsOf("verified: 2026-11-01", "verified: 2026-11-24")).toHaveLength(1);
  });

  it("numbers on the line are taken", () => {
    for (const [from, to] of [
      ["lock: never", "lock: 48000"],
      ["afterPayout: 0", "afterPayout: -2000"],
      ["afterPayout: 0", "afterPayout: 100"],
      ["loss: 9000", "loss: 9999.9999"],
      ["      amount: 1000\n      tiers: [{ from: 3000, amount: 1500 }]\n", "      amount: 2000\n"],
      ["minis: 2.5", "minis: 2"],
      ["flatBy: 16:59 ET", "flatBy: 16:00 CT"],
      ["opensAt: 18:00 ET", "opensAt: 16:00 CT"],
      ["daysMin: 2", "daysMin: 30"],
      ["within: 7, days: 1", "within: 7, days: 7"],
      ["verified: 2026-11-01", "verified: 2026-11-23"],
      ["calendarUntil: 2027-06-30", "calendarUntil: 2026-11-23"],
      ["calendarUntil: 2027-06-30", "calendarUntil: 2027-12-31"],
    ] as const) {
      expect(complaints(changed(from, to))).toEqual([]);
    }
  });

  it("plans that are no block, and a name that is none", () => {
    expect(complaints("firm: X\nvenue: none\nplans: 3")).toEqual([
      "firm.yaml:3:8 plans: expected a block of plans, each under its name, found 3",
    ]);
    expect(complaints(WHOLE, "The Firm.yaml")).toEqual([
      "The Firm.yaml: a pack is named by small letters, digits and hyphens, a letter first: topstep.yaml",
    ]);
    expect(complaints("")).toEqual([
      "firm.yaml:1:1: the file holds nothing; {} stands for all defaults",
    ]);
  });
});

describe("what a pack says of hedging and of news", () => {
  it("is groups by name, where correlated products count", () => {
    const groups = "groups: [{ name: index, of: [ES, MES, MNQ] }]";
    const [test] = plansIn(changed("counts: family", `counts: correlated, ${groups}`));
    expect(test?.hedging).toEqual({
      ...{ kind: "forbidden", within: "account", counts: "correlated" },
      groups: [{ name: "index", roots: ["ES", "MES", "MNQ"] }],
    });
  });

  it("may be that nothing is forbidden, or that nothing is known", () => {
    const all = "{ kind: forbidden, within: account, counts: family }";
    const [test] = plansIn(changed(`hedging: ${all}`, "hedging: { kind: allowed }\n  news: null"));
    expect(test).toMatchObject({ hedging: { kind: "allowed" }, news: null });
  });
});

describe("a directory of one's own", () => {
  const folderWith = (files: Readonly<Record<string, string>>): string => {
    const folder = temporaryFolder();
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  };
  const idsWith = (folder: string | null): readonly string[] => {
    const read = readRulePacks(folder, dates);
    return read.ok ? Object.keys(read.value) : [];
  };
  const ours = idsWith(null);

  it("adds packs", () => {
    expect(ours).toHaveLength(78);
    const added = ["firm/test", "firm/funded", "firm/live"];
    const ids = idsWith(folderWith({ "firm.yaml": WHOLE, "notes.txt": "not a pack" }));
    expect(ids.filter((id) => !ours.includes(id))).toEqual(added);
    expect(ids).toHaveLength(81);
    expect(ids.slice(28, 31)).toEqual(added); // between bulenox and myfundedfutures
  });

  it("takes the place of a pack of the same name, whole", () => {
    const ids = idsWith(folderWith({ "topstep.yaml": WHOLE }));
    expect(ids.filter((id) => id.startsWith("topstep/"))).toEqual([
      "topstep/test",
      "topstep/funded",
      "topstep/live",
    ]);
    expect(ids).toHaveLength(66);
  });

  it("is sound as a whole or refused as a whole", () => {
    const folder = folderWith({ "a.yaml": WHOLE, "b.yaml": "firm: 3", "c.yaml": "{}" });
    const read = readRulePacks(folder, dates);
    expect(read.ok ? [] : read.error.problems.map((one) => one.text.replace(folder, ""))).toEqual([
      "/b.yaml:1:1 venue: expected topstepx or none, found nothing",
      "/b.yaml:1:1 plans: expected a block of plans, each under its name, found nothing",
      "/b.yaml:1:7 firm: expected the name of the firm, found 3",
      "/c.yaml:1:1 firm: expected the name of the firm, found nothing",
      "/c.yaml:1:1 venue: expected topstepx or none, found nothing",
      "/c.yaml:1:1 plans: expected a block of plans, each under its name, found nothing",
    ]);
  });

  it("has limits, and has to be there", () => {
    const large = folderWith({ "a.yaml": "{}" });
    truncateSync(join(large, "a.yaml"), 128 * 1024 + 1);
    mkdirSync(join(large, "empty"));
    const reason = (folder: string): string | undefined => {
      const read = readRulePacks(folder, dates);
      return read.ok ? undefined : read.error.problems[0]?.reason;
    };
    expect(reason(large)).toBe("the file is larger than 128 kB");
    expect(reason(join(large, "absent"))).toBe("there is no such directory");
    expect(idsWith(join(large, "empty"))).toEqual(ours);
    const flood = Array.from({ length: 51 }, (_, n) => [`p${n}.yaml`, "{}"]);
    expect(reason(folderWith(Object.fromEntries(flood)))).toBe(
      "more than 50 rule packs in one directory",
    );
  });

  it("is all refused once the exchange's calendar is over", () => {
    const late = { today: tradeDate("2028-01-03"), calendarUntil: dates.calendarUntil };
    const read = readRulePacks(null, late);
    expect(read.ok ? [] : read.error.problems.map(({ key }) => key)).toEqual(
      Array.from({ length: 7 }, (_, n) =>
        n === 5 ? "plans.live-funded-50k.hours.calendarUntil" : "every.hours.calendarUntil",
      ),
    );
  });
});

describe("the JSON Schema", () => {
  const schema = z.fromJSONSchema(rulesJsonSchema() as z.core.JSONSchema.JSONSchema);

  /** Their pattern is one zod reads without the u that editors add. */
  const withoutSources = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, one) => (key === "sources" ? undefined : one)));

  it("is up to date; if not, run `npx tsx tools/write-schema.ts` and `npm run format`", () => {
    const file = new URL("../../../../config/rules.schema.json", import.meta.url);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(rulesJsonSchema());
  });

  it.each(["apex", "bulenox", "myfundedfutures", "take-profit-trader", "topstep", "tradeify"])(
    "takes %s",
    (name) => {
      const text = readFileSync(join(bundledRules(), `${name}.yaml`), "utf8");
      expect(schema.safeParse(withoutSources(parse(text))).error?.issues ?? []).toEqual([]);
    },
  );

  it("refuses what the program refuses", () => {
    for (const wrong of [
      "firm: X",
      "{ firm: X, venue: nowhere, plans: {} }",
      "{ firm: X, venue: none, plans: { a: { strat: 3 } } }",
      "{ firm: X, venue: none, plans: { a: { floor: { kind: soft } } } }",
      "{ firm: X, venue: none, plans: { a: { size: { minis: -1 } } } }",
    ]) {
      expect(schema.safeParse(parse(wrong)).success).toBe(false);
    }
  });
});
