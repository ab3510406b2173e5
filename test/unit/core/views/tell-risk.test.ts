import { expect, it } from "vitest";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import type { RiskFact } from "../../../../src/core/model/risk-fact.ts";
import { contracts, dollars } from "../../../../src/core/model/units.ts";
import { newNarrator } from "../../../../src/core/views/narrator.ts";
import { narrate } from "../../../../src/core/views/timeline.ts";
import { aPlan, later, NOW, planned, someRules, TODAY, TRADE } from "../../../kit/builders.ts";

const one = accountId("one");

const told = (names: readonly string[], ...facts: readonly Fact[]): readonly string[] => {
  const accounts = names.map((name) => ({
    ...{ id: accountId(name), name, rules: "default", brackets: "native" as const },
  }));
  const settings = { ruleSets: { default: someRules() }, accounts };
  let narrator = newNarrator;
  return [{ at: NOW, kind: "SettingsAdopted", settings } as const, ...facts]
    .flatMap((fact) => {
      const next = narrate(narrator, fact);
      narrator = next.narrator;
      return next.lines.map(({ text }) => text);
    })
    .slice(1);
};

const numbers = { limit: dollars(500), realised: dollars(-200), open: dollars(-60) };
const step: RiskFact = {
  ...{ at: NOW, kind: "LossStepReached", account: one, step: "warn", share: 500, ...numbers },
};

it("a step of the daily loss is told with its numbers, and whose it is where there are several", () => {
  const words = "$260.00 of $500.00 lost (-$200.00 booked, -$60.00 open); take care";
  expect(told(["one"], step)).toEqual([`50% of the daily loss: ${words}`]);
  expect(told(["one", "two"], step)).toEqual([`50% of the daily loss of one: ${words}`]);
});

it("a step of all accounts, or of all twins, says so", () => {
  const total = { at: NOW, kind: "TotalStepReached", rules: "default", ...numbers } as const;
  const lines = told(
    ["one"],
    { ...total, book: "house", step: "flatten", share: 1_000 },
    { ...total, book: "house", step: "flatten", share: 1_000, rules: "half", again: true },
    { ...total, book: "twins", step: "block", share: 900 },
  );
  expect(lines).toEqual([
    "100% of the daily loss of all accounts: $260.00 of $500.00 lost (-$200.00 booked, -$60.00 open); everything is closed, no entries on this trade date",
    "90% of the daily loss of all twins: $260.00 of $500.00 lost (-$200.00 booked, -$60.00 open); no more entries on this trade date",
  ]);
});

it("breakers and kept limits are told", () => {
  const about = { at: NOW, account: one, breaker: "losses" } as const;
  const lines = told(
    ["one"],
    { ...about, kind: "BreakerOpened", measured: 3, limit: 3, until: later(60_000) },
    { ...about, kind: "BreakerClosed", by: TRADE },
    { ...planned(), account: one },
    { ...about, kind: "BreakerClosed", by: TRADE },
    {
      ...{ at: NOW, kind: "LimitsKept", accounts: [one], rules: "default", until: TODAY },
      ...{ loosened: ["trades a day: 20, was 10"], name: "x", ruleSet: someRules() },
    },
  );
  expect(lines.filter((line) => !line.startsWith("#"))).toEqual([
    'breaker "losses" opens on one: 3 losing trades in a row, limit 3; no entries until Thursday 09:01 CT',
    'breaker "losses" closes on one: trade #? proved it',
    'breaker "losses" closes on one: trade #1 proved it',
    "one: 2026-11-19 is under way, so until it ends the tighter holds: trades a day: 20, was 10",
  ]);
});

it("a plan says from how many contracts it was cut and why, also one of an early journal", () => {
  const smaller = { from: contracts(3), to: contracts(1) };
  const cut = aPlan({ cuts: [{ why: "half-open", ...smaller, breaker: "losses" }] });
  expect(told(["one"], { ...planned(cut), account: one })).toEqual([
    "#1 planned: 3 MES long, limit 6328.00, stop 6316.00, targets 6333.00 x1, 6338.00 x2",
    '#1   at risk $191.16, not 3: one trade of proof for the breaker "losses"',
  ]);
  const early = aPlan({ cut: { from: contracts(3), date: 1, of: 5 } });
  expect(told(["one"], { ...planned(early), account: one })[1]).toContain(
    "not 3: live trade date 1 of 5",
  );
});
