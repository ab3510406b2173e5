import { describe, expect, it } from "vitest";
import type { Cut } from "../../../../src/core/model/cut.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { Refusal } from "../../../../src/core/model/refusal.ts";
import { contracts, dollars, millis } from "../../../../src/core/model/units.ts";
import { explainRefusal } from "../../../../src/core/notify/explain.ts";
import { explainCut } from "../../../../src/core/notify/explain-cut.ts";
import { NOW } from "../../../kit/builders.ts";

const said = (refusal: Refusal): string => explainRefusal(refusal, instrumentOf("MES"));

const PLAN = "topstep/combine-50k";
const OTHER = accountId("two");
const ROOM = { lost: dollars(150), open: dollars(63.72), each: dollars(60), limit: dollars(250) };
const FLOOR = { cash: dollars(48_350), at: dollars(48_000), buffer: dollars(100) };
const CAP = { plan: PLAN, unit: "minis", most: 5_000, held: 4_900, one: 100, roots: [] } as const;

const WINDOW = {
  report: "CPI",
  at: NOW,
  from: millis(NOW - 120_000),
  until: millis(NOW + 120_000),
};
const STAND = {
  account: OTHER,
  name: "two",
  instrument: "MES",
  quantity: 3,
  trade: 4,
  correlated: { plan: PLAN, group: "equity index" },
} as const;

describe("a refusal by a firm", () => {
  const cases: readonly (readonly [Refusal, string])[] = [
    [
      {
        kind: "firm-lost",
        of: "daily-limit",
        equity: dollars(48_990),
        level: dollars(49_000),
        since: NOW,
      },
      "the account is lost: the end of the firm's daily limit at $49000.00 was touched with $48990.00 on Thursday 09:00 CT; `firm reset` once the firm has begun it anew",
    ],
    [
      { kind: "firm-locked", limit: dollars(1_000), until: millis(NOW + 8 * 3_600_000) },
      "the firm's daily limit of $1000.00 was reached; entries start again Thursday 17:00 CT",
    ],
    [
      { kind: "firm-product", plan: PLAN, instrument: "MNQ" },
      "topstep/combine-50k does not let MNQ be traded",
    ],
    [
      { kind: "firm-hours", plan: PLAN, until: NOW, flatBy: millis(NOW + 600_000) },
      "topstep/combine-50k wants the account flat by Thursday 09:10 CT; no entries from Thursday 09:00 CT on",
    ],
    [
      { kind: "firm-news", ...WINDOW, plan: PLAN, asks: "flat" },
      "topstep/combine-50k wants nothing held from Thursday 08:58 CT to Thursday 09:02 CT, around CPI at Thursday 09:00 CT",
    ],
    [
      { kind: "firm-news", ...WINDOW, plan: PLAN, asks: "no-opening" },
      "topstep/combine-50k wants nothing opened from Thursday 08:58 CT to Thursday 09:02 CT, around CPI at Thursday 09:00 CT",
    ],
    [
      { kind: "firm-hedging", ...STAND, side: "long", family: "NQ" },
      "two is long 3 MES (trade #4), and short NQ would stand against it: topstep/combine-50k counts both as equity index, and forbids hedging in it",
    ],
    [
      { kind: "firm-hedging", ...STAND, side: "short", family: "NQ", trade: null },
      "two is short 3 MES (by hand), and long NQ would stand against it: topstep/combine-50k counts both as equity index, and forbids hedging in it",
    ],
    [
      { kind: "firm-mixing", plan: PLAN, instrument: "MES", held: "ES" },
      "topstep/combine-50k does not let MES be held beside ES",
    ],
    [
      { kind: "firm-cap", ...CAP },
      "topstep/combine-50k allows 5 minis of all products, 4.9 are held and one counts 0.1; not one more fits",
    ],
    [
      { kind: "firm-cap", ...CAP, unit: "contracts", most: 3, held: 3, roots: ["MES", "ES"] },
      "topstep/combine-50k allows 3 contracts of MES, ES, and 3 are held; not one more fits",
    ],
    [
      { kind: "no-room", scope: "firm-day", ...ROOM },
      "$150.00 lost today, $63.72 at risk in open trades and $60.00 for one contract are more than the firm's daily limit of $250.00",
    ],
    [
      { kind: "no-room", scope: "firm-day", ...ROOM, buffer: dollars(100) },
      "$150.00 lost today, $63.72 at risk in open trades and $60.00 for one contract are more than the firm's daily limit of $350.00 with $100.00 of buffer",
    ],
    [
      { kind: "no-room", scope: "firm-floor", ...ROOM, lost: dollars(0), floor: FLOOR },
      "$63.72 at risk in open trades and $60.00 for one contract would leave $48226.28 of $48350.00: nearer than $100.00 to the firm's floor at $48000.00",
    ],
  ];
  it.each(cases)("$kind", (refusal, text) => {
    expect(said(refusal)).toBe(text);
  });
});

describe("a smaller size by a firm", () => {
  const smaller = { from: contracts(3), to: contracts(1) };
  const cases: readonly (readonly [Cut, string])[] = [
    [
      { why: "firm-cap", ...smaller, ...CAP },
      "topstep/combine-50k allows 5 minis of all products, 4.9 are held and one counts 0.1",
    ],
    [
      { why: "firm-cap", ...smaller, ...CAP, news: { ...WINDOW, below: true } },
      "topstep/combine-50k allows less than 5 minis of all products until Thursday 09:02 CT, around CPI, 4.9 are held and one counts 0.1",
    ],
    [
      {
        ...{ why: "firm-cap", ...smaller, ...CAP, unit: "contracts", most: 3, held: 1 },
        ...{ roots: ["MES"], news: { ...WINDOW, below: false } },
      },
      "topstep/combine-50k allows 3 contracts of MES until Thursday 09:02 CT, around CPI, and 1 are held",
    ],
    [
      { why: "room", ...smaller, scope: "firm-day", ...ROOM },
      "$36.28 left of the firm's daily limit of $250.00, $60.00 a contract",
    ],
    [
      { why: "room", ...smaller, scope: "firm-day", ...ROOM, buffer: dollars(100) },
      "$36.28 left of the firm's daily limit of $350.00 with $100.00 of buffer, $60.00 a contract",
    ],
    [
      { why: "room", ...smaller, scope: "firm-floor", ...ROOM, lost: dollars(0), floor: FLOOR },
      "$186.28 left above the firm's floor at $48000.00 and $100.00 of buffer, $60.00 a contract",
    ],
  ];
  it.each(cases)("%#", (cut, text) => {
    expect(explainCut(cut)).toBe(text);
  });
});
