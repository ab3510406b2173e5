import { cruise } from "dependency-cruiser";
import { expect, test } from "vitest";
import config from "../../.dependency-cruiser.mjs";
import { home } from "../kit/tree.ts";

/**
 * An unread tree has no violations either: when its parser is missing, dependency-cruiser reads
 * nothing and is content. Raise this as the house grows.
 */
const MODULES_MIN = 200;

test("imports point down the floors, and the guard has looked", async () => {
  const { forbidden, options } = config as never as { forbidden: []; options: object };
  const rules = { ...options, baseDir: home, ruleSet: { forbidden }, validate: true };
  const { output } = await cruise(["src"], rules);
  const { summary } = output as Exclude<typeof output, string>;
  const violations = summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`,
  );
  expect(violations).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThanOrEqual(MODULES_MIN);
});
