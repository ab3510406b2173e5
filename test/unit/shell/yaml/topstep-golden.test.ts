/**
 * Topstep's figures once more, written down by hand from the firm's own tables: whoever changes one
 * in the pack has to change it here too.
 */
import { describe, expect, it } from "vitest";
import type {
  FirmPlan,
  PayoutRule,
  ProductCap,
  Tiers,
} from "../../../../src/core/model/firm-plan.ts";
import type { Root } from "../../../../src/core/model/instrument.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import {
  contracts,
  dollars,
  type Money,
  millis,
  type Weight,
} from "../../../../src/core/model/units.ts";
import { sizeLimitOn } from "../../../../src/core/risk/contract-cap.ts";
import { readRulePack } from "../../../../src/shell/yaml/rule-packs.ts";
import oracle from "../../../data/domain-oracle.json" with { type: "json" };
import { minis } from "../../../kit/firm-plans.ts";

const FILE = "config/rules/topstep.yaml";
const dates = { today: tradeDate("2026-11-23"), calendarUntil: tradeDate("2027-12-31") };
const read = readRulePack(FILE, dates);
const plans: readonly FirmPlan[] = read.ok ? read.value.plans : [];
const planOf = (name: string): FirmPlan => {
  const plan = plans.find(({ id }) => id === `topstep/${name}`);
  if (plan === undefined) throw new Error(`no plan ${name}`);
  return plan;
};

/** What Topstep asks of accounts of one size. */
interface Row {
  readonly size: "50k" | "100k" | "150k";
  readonly start: number;
  readonly target: number;
  readonly loss: number;
  readonly daily: number;
  readonly minis: number;
  /** Express Funded: lots from a balance on. */
  readonly scaling: readonly (readonly [from: number | null, lots: number])[];
  /** Payout caps: standard, consistency. */
  readonly caps: readonly [number, number];
  /** Energies and gold in minis, SIL in contracts; micros around CPI. */
  readonly temporary: readonly [minis: number, sil: number, micros: number];
  /** Live Funded: daily limit from a tradable balance on. */
  readonly live: readonly (readonly [from: number | null, limit: number])[];
}

const ROWS: readonly Row[] = [
  {
    size: "50k",
    start: 50_000,
    target: 3_000,
    loss: 2_000,
    daily: 1_000,
    minis: 5,
    scaling: [
      [null, 2],
      [1_500, 3],
      [2_000, 5],
    ],
    caps: [2_000, 3_000],
    temporary: [3, 2, 3],
    live: [[null, 1_000]],
  },
  {
    size: "100k",
    start: 100_000,
    target: 6_000,
    loss: 3_000,
    daily: 2_000,
    minis: 10,
    scaling: [
      [null, 3],
      [1_500, 4],
      [2_000, 5],
      [3_000, 10],
    ],
    caps: [3_000, 4_000],
    temporary: [6, 4, 6],
    live: [
      [null, 1_000],
      [5_000.01, 2_000],
    ],
  },
  {
    size: "150k",
    start: 150_000,
    target: 9_000,
    loss: 4_500,
    daily: 3_000,
    minis: 15,
    scaling: [
      [null, 3],
      [1_500, 4],
      [2_000, 5],
      [3_000, 10],
      [4_500, 15],
    ],
    caps: [5_000, 6_000],
    temporary: [9, 6, 9],
    live: [
      [null, 1_000],
      [5_000.01, 2_000],
      [10_000.01, 3_000],
    ],
  },
];

function tiers<Value>(
  rows: readonly (readonly [from: number | null, value: number])[],
  unit: (value: number) => Value,
  start = 0,
): Tiers<Value> {
  const [first, ...others] = rows;
  return {
    first: unit(first?.[1] ?? 0),
    steps: others.map(([from, value]) => ({
      from: dollars(Math.round(((from ?? 0) - start) * 100) / 100),
      value: unit(value),
    })),
  };
}

const moneyTiers = (...of: Parameters<typeof tiers>): Tiers<Money> => tiers(of[0], dollars, of[2]);
const sizeTiers = (...of: Parameters<typeof tiers>): Tiers<Weight> => tiers(of[0], minis, of[2]);

const softLimit = (amount: Tiers<Money>): FirmPlan["dailyLimit"] => ({
  effect: "soft",
  amount,
  basis: "equity",
  feesCounted: true,
  resetsAt: 1_020, // 17:00
  ends: "never",
});

const FIVE_MINUTES = millis(300_000);
const PRODUCTS = "ES MES NQ MNQ YM MYM RTY M2K CL MCL NG GC MGC SI SIL ZB ZN ZF ZT 6E M6E".split(
  " ",
);

/** What holds for every plan. */
function common({ temporary: [most, sil, micros] }: Row) {
  const minisOf = (roots: ProductCap["roots"], count: number) =>
    ({ roots, most: { unit: "minis", value: minis(count) }, until: null }) as const;
  return {
    firm: "Topstep",
    venue: "topstepx",
    products: PRODUCTS as [Root, ...Root[]],
    hours: {
      opensAt: 1_020, // 17:00
      flatBy: 910, // 15:10
      earlyClose: { before: 15, latest: null, counts: "account" },
      calendarUntil: tradeDate("2027-12-31"),
    },
    caps: [
      minisOf(["CL", "MCL", "NG"], most),
      minisOf(["GC", "MGC"], most),
      minisOf(["SI"], 0),
      { roots: ["SIL"], most: { unit: "contracts", value: contracts(sil) }, until: null },
    ],
    news: [
      {
        events: ["major"],
        before: FIVE_MINUTES,
        after: FIVE_MINUTES,
        action: { kind: "below-maximum" },
      },
      {
        events: ["cpi"],
        before: FIVE_MINUTES,
        after: FIVE_MINUTES,
        action: { kind: "no-opening", roots: ["ES", "RTY", "YM", "NQ", "GC", "SI"] },
      },
      {
        events: ["cpi"],
        before: FIVE_MINUTES,
        after: FIVE_MINUTES,
        action: {
          kind: "cap",
          cap: {
            roots: ["MES", "M2K", "MYM", "MNQ", "MGC", "SIL"],
            most: { unit: "contracts", value: contracts(micros) },
          },
        },
      },
    ],
    hedging: {
      ...{ kind: "forbidden", within: "own-accounts", counts: "correlated" },
      groups: [
        { name: "equity index", roots: ["ES", "MES", "NQ", "MNQ", "RTY", "M2K", "YM", "MYM"] },
      ],
    },
    holdTime: null,
    priceLimitBuffer: 20,
  } as const;
}

function simulated(row: Row, limit: Tiers<Weight>) {
  const { caps, ...rest } = common(row);
  return {
    ...rest,
    size: {
      limit,
      microWeight: minis(0.1),
      weights: { SIL: minis(0.2) },
      mixing: "allowed",
      caps,
    },
    copying: "firm-tool-only",
    automation: { kind: "allowed", device: "own", supervised: true },
  };
}

const payoutOf = (standard: number, consistency: number): PayoutRule => ({
  split: 900,
  smallest: dollars(125),
  buffer: dollars(0),
  countMax: null,
  ways: [
    {
      name: "standard",
      qualifyingDays: { count: 5, profitMin: dollars(150) },
      consistency: null,
      shareMax: 500,
      cap: dollars(standard),
    },
    {
      name: "consistency",
      qualifyingDays: { count: 3, profitMin: dollars(150) },
      consistency: { measure: "net", shares: [400] },
      shareMax: 500,
      cap: dollars(consistency),
    },
  ],
});

/** Words apart: they hold no number that counts. */
function figures(name: string) {
  const { id: _, title: _title, notes: _notes, sources: _sources, ...plan } = planOf(name);
  if (plan.automation.kind === "forbidden") return plan;
  const { conditions: _conditions, ...automation } = plan.automation;
  return { ...plan, automation };
}

const both = ROWS.flatMap((row) => [
  [row.size, false, row] as const,
  [row.size, true, row] as const,
]);

it("there are fifteen plans and no others", () => {
  const sizes = ROWS.map(({ size }) => size);
  const twice = (name: string) =>
    sizes.flatMap((size) => [`${name}-${size}`, `${name}-${size}-daily-limit`]);
  const live = sizes.map((size) => `live-funded-${size}`);
  expect(plans.map(({ id }) => id)).toEqual(
    [...twice("combine"), ...twice("express-funded"), ...live].map((name) => `topstep/${name}`),
  );
});

it.each(both)("Trading Combine %s, daily limit: %s", (size, isLimited, row) => {
  expect(figures(`combine-${size}${isLimited ? "-daily-limit" : ""}`)).toEqual({
    ...simulated(row, { first: minis(row.minis), steps: [] }),
    verified: "2026-09-23",
    stage: {
      kind: "evaluation",
      profitTarget: dollars(row.target),
      consistency: { measure: "target", share: 550 },
      daysMin: 2,
      daysMax: null,
    },
    balanceStart: dollars(row.start),
    floor: {
      kind: "end-of-day",
      lossMax: dollars(row.loss),
      lock: dollars(row.start),
      afterPayout: null,
      recomputedAt: 1_020, // 17:00
    },
    dailyLimit: isLimited ? softLimit({ first: dollars(row.daily), steps: [] }) : null,
    inactivity: null,
    accountsMax: null,
  });
});

it.each(both)("Express Funded %s, daily limit: %s", (size, isLimited, row) => {
  const [standard, consistency] = row.caps;
  const times = isLimited ? 2 : 1;
  expect(figures(`express-funded-${size}${isLimited ? "-daily-limit" : ""}`)).toEqual({
    ...simulated(row, sizeTiers(row.scaling, minis)),
    verified: "2026-04-08",
    stage: { kind: "funded", payout: payoutOf(standard * times, consistency * times) },
    balanceStart: 0,
    floor: {
      kind: "end-of-day",
      lossMax: dollars(row.loss),
      lock: 0,
      afterPayout: 0,
      recomputedAt: 1_020, // 17:00
    },
    dailyLimit: isLimited ? softLimit({ first: dollars(row.daily), steps: [] }) : null,
    inactivity: { withinDays: 30, daysMin: 1, profitMin: 0 },
    accountsMax: 5,
  });
});

it.each(ROWS)("Live Funded $size", (row) => {
  const { caps, hours, ...rest } = common(row);
  const lots = [[null, 3] as const, [5_000.01, 5] as const];
  expect(figures(`live-funded-${row.size}`)).toEqual({
    ...rest,
    verified: "2026-02-28",
    stage: { kind: "live" },
    balanceStart: dollars(10_000),
    floor: { kind: "static", lossMax: dollars(9_000) },
    dailyLimit: softLimit(moneyTiers(row.live, dollars, 10_000)),
    size: {
      limit: sizeTiers(lots, minis, 10_000),
      microWeight: minis(1),
      weights: {},
      mixing: "allowed",
      caps,
    },
    hours: { ...hours, earlyClose: { ...hours.earlyClose, before: 50 } },
    copying: "forbidden",
    automation: { kind: "forbidden" },
    inactivity: null,
    accountsMax: null,
  });
});

describe("the scaling plan of Express Funded", () => {
  it.each(oracle.topstepXfaScaling)("$account at $balance: $lots lots", (row) => {
    const { size } = planOf(`express-funded-${row.account.toLowerCase()}`);
    const on = { date: tradeDate("2026-11-19"), profit: dollars(row.balance) };
    expect(sizeLimitOn(size, on, null).weight).toBe(minis(row.lots));
  });

  it("has 33 examples", () => {
    expect(oracle.topstepXfaScaling).toHaveLength(33);
  });
});
