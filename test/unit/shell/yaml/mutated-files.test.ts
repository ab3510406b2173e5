/**
 * Five hundred damaged configurations: each is either refused with places and reasons, or yields a
 * configuration in which everything the core relies on holds.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Config } from "../../../../src/core/model/config.ts";
import { amountOf } from "../../../../src/core/model/limits.ts";
import type { Rules } from "../../../../src/core/model/rules.ts";
import { dollars } from "../../../../src/core/model/units.ts";
import { readConfig } from "../../../../src/shell/yaml/config-source.ts";
import { newConfigText } from "../../../../src/shell/yaml/init.ts";

const EXAMPLE = newConfigText();

/** Values that have surprised programs before. */
const HOSTILE = [
  "",
  "~",
  "null",
  "0",
  "-0",
  "-1",
  "0.5",
  "1e400",
  "-.inf",
  ".nan",
  "0x1F",
  "1_000",
  "9007199254740993",
  "yes",
  "true",
  "NO",
  "''",
  '""',
  "[]",
  "{}",
  "[[]]",
  "{a: {b: c}}",
  "*a",
  "&a x",
  "!!int 3",
  "!x y",
  "|",
  ">-",
  "? x",
  "- - -",
  "7 points",
  "0 points",
  "999999999 points",
  "100% of stop",
  "101%",
  "2026-11-22",
  "1 to 1 points",
  "flat 9999.9999",
  "__proto__",
  "constructor",
  "\u0000",
  "\u202e",
  "\ud800",
  "default",
  "stdin",
  "market",
  "risk",
  "file",
  "simulated",
  "a".repeat(2_000),
];

const lines = EXAMPLE.split("\n");
const lineIndex = fc.nat(lines.length - 1);

const replaceLine = (index: number, change: (line: string) => readonly string[]): string =>
  lines.flatMap((line, i) => (i === index ? change(line) : [line])).join("\n");

const mutations: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc.tuple(lineIndex, fc.constantFrom(...HOSTILE)).map(
    ([i, v]) =>
      () =>
        replaceLine(i, (line) => [line.replace(/: .*|$/, `: ${v}`)]),
  ),
  lineIndex.map((i) => () => replaceLine(i, () => [])),
  lineIndex.map((i) => () => replaceLine(i, (line) => [line, line])),
  lineIndex.map((i) => () => replaceLine(i, (line) => [`  ${line}`])),
  lineIndex.map((i) => () => replaceLine(i, (line) => [line.replace(/^ {2}/, "")])),
  lineIndex.map((i) => () => replaceLine(i, (line) => [line.replace("#", " ")])),
  fc.tuple(lineIndex, lineIndex).map(
    ([i, j]) =>
      () =>
        replaceLine(i, () => [lines[j] ?? ""]),
  ),
  fc.nat(EXAMPLE.length).map((at) => (text: string) => text.slice(0, at)),
  fc.tuple(fc.nat(EXAMPLE.length), fc.string({ unit: "binary", maxLength: 4 })).map(
    ([at, more]) =>
      (text: string) =>
        text.slice(0, at) + more + text.slice(at),
  ),
  fc.tuple(fc.nat(EXAMPLE.length), fc.integer({ min: 1, max: 200 })).map(
    ([at, count]) =>
      (text: string) =>
        text.slice(0, at) + text.slice(at + count),
  ),
);

it("a damaged configuration is refused with its places, or is a valid one", () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(mutations, { minLength: 1, maxLength: 3 }), (changes) => {
      const text = changes.reduce((before, change) => change(before), EXAMPLE);
      const read = readConfig(text, "config.yaml");
      if (read.ok) {
        accepted += 1;
        expectValid(read.value);
        return;
      }
      expect(read.error.problems.length).toBeGreaterThan(0);
      expect(read.error.problems.length).toBeLessThanOrEqual(20);
      for (const problem of read.error.problems) {
        expect(problem.text).toMatch(/^config\.yaml:[1-9]\d*:[1-9]\d*( [^\p{C}]+)?: [^\p{Cc}]+$/u);
        expect(problem.line).toBeLessThanOrEqual(text.split("\n").length);
      }
    }),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(20); // damage in a comment is no damage
});

const isWhole = (value: number, min: number): boolean =>
  Number.isSafeInteger(value) && value >= min;

function expectValid(config: Config): void {
  expect(config.mode).toBe("paper");
  expect(config.dataDirectory).not.toBe("");
  expect(config.settings.accounts.length).toBeGreaterThan(0);
  expect(config.balances.map((one) => one.account)).toEqual(
    config.settings.accounts.map((one) => one.id),
  );
  expect(new Set(config.settings.accounts.map((one) => one.id)).size).toBe(config.balances.length);
  expect(config.balances.every((one) => isWhole(one.balance, 1))).toBe(true);
  for (const account of config.settings.accounts) {
    expect(Object.hasOwn(config.settings.ruleSets, account.rules)).toBe(true);
    expect(account.brackets).toBe(config.paper.brackets);
  }
  expect(isWhole(config.paper.slippage, 0) && isWhole(config.paper.latency, 0)).toBe(true);
  expect(config.sources.length > 0 || config.paste).toBe(true);
  for (const rules of Object.values(config.settings.ruleSets)) expectValidRules(rules);
}

function expectValidRules({ sizing, entry, exits, limits }: Rules): void {
  const most =
    sizing.kind === "contracts"
      ? limits.positionSize
      : amountOf(limits.lossPerTrade, dollars(50_000));
  for (const size of Object.values(sizing.bySize)) {
    expect(isWhole(size, 1) && size <= most).toBe(true);
  }
  expect(isWhole(entry.timeout, 1_000)).toBe(true);
  if (entry.kind === "limit") expect(entry.chase.value).toBeGreaterThanOrEqual(0);
  expect(exits.targets.length).toBeGreaterThan(0);
  expect(exits.targets.every(({ at }) => at.value > 0 && Number.isFinite(at.value))).toBe(true);
  expect(exits.targets.every(({ share }) => isWhole(share, 1))).toBe(true);
  expect(exits.targets.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1_000);
  expect(isWhole(exits.breakevenAfter, 0)).toBe(true);
  expect(exits.breakevenAfter).toBeLessThanOrEqual(exits.targets.length);
  for (const { min, max } of Object.values(limits.stopDistance)) {
    expect(min > 0 && min < max && Number.isFinite(max)).toBe(true);
  }
  expect(Object.keys(limits.stopDistance)).toEqual(Object.keys(limits.collar));
  expect(Object.values(limits.collar).every((points) => points > 0)).toBe(true);
  expect(isWhole(limits.ageMax, 1_000) && isWhole(limits.duplicateWindow, 1_000)).toBe(true);
  expect(isWhole(limits.tradesPerDay, 1) && isWhole(limits.positionSize, 1)).toBe(true);
  expect(
    isWhole(amountOf(limits.lossPerTrade, dollars(50_000)), 1) && isWhole(limits.slippage, 0),
  ).toBe(true);
}
