/** The end of a test run says how it went, and what failed; the long files begin it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestModule } from "vitest/node";
import { LONG } from "../kit/longest-first.ts";
import { PHASES, phaseOf } from "../kit/phases.ts";
import { PlainLineReporter } from "../kit/plain-line-reporter.ts";
import { filesIn, home } from "../kit/tree.ts";

interface Told {
  readonly fullName: string;
  readonly state: "passed" | "failed" | "pending";
  readonly message?: string;
}

/** As much of a module as the reporter reads. */
function moduleOf(file: string, tests: readonly Told[], errors: readonly Error[] = []): TestModule {
  const made = tests.map(({ fullName, state, message }) => ({
    fullName,
    result: () => ({ state, errors: message === undefined ? [] : [{ message }] }),
  }));
  const allTests = (state?: string) =>
    made.filter((one) => state === undefined || one.result().state === state);
  const module = { moduleId: join(process.cwd(), file), errors: () => errors };
  return { ...module, children: { allTests } } as unknown as TestModule;
}

test("names the tests that failed with the first line of the reason, right before the count", () => {
  const reporter = new PlainLineReporter();
  expect(reporter.lines()).toEqual(["0 passed, 0 failed, 0 skipped"]);
  const well = moduleOf("a.test.ts", [{ fullName: "x", state: "passed" }]);
  const ill = moduleOf("b.test.ts", [
    { fullName: "y > z", state: "failed", message: "expected 1 to be 2\n\n- 1\n+ 2" },
    { fullName: "skipped", state: "pending" },
    { fullName: "silent", state: "failed" },
  ]);
  const broken = moduleOf("c.test.ts", [], [new Error("does not load\nat line 1")]);
  reporter.onTestRunEnd([well, ill, broken], ["torn"]);
  expect(reporter.lines()).toEqual([
    "FAILED b.test.ts > y > z: expected 1 to be 2",
    "FAILED b.test.ts > silent: no reason given",
    "FAILED c.test.ts: does not load",
    "FAILED outside any test: torn",
    "1 passed, 4 failed, 1 skipped",
  ]);
});

test("a run of several phases says how each of them went", () => {
  const reporter = new PlainLineReporter();
  const passed = { fullName: "x", state: "passed" } as const;
  const modules = [
    moduleOf("test/storm/storm.test.ts", [passed, { ...passed, state: "failed" }]),
    moduleOf("test/scenarios.test.ts", [passed]),
    moduleOf("test/unit/a.test.ts", [passed, { ...passed, state: "pending" }]),
    moduleOf("elsewhere.test.ts", [passed]),
  ];
  reporter.onTestRunEnd(modules, []);
  expect(reporter.lines()).toEqual([
    "phase         passed  failed skipped",
    "unit               1       0       1",
    "system             2       1       0",
    "FAILED test/storm/storm.test.ts > x: no reason given",
    "4 passed, 1 failed, 1 skipped",
  ]);
});

test("every test file belongs to a phase, and each phase has some", () => {
  const files = filesIn("test").filter((path) => path.endsWith(".test.ts"));
  expect(files.filter((path) => phaseOf(join(home, path)) === null)).toEqual([]);
  expect(new Set(files.map((path) => phaseOf(join(home, path))))).toEqual(
    new Set(PHASES.map(({ name }) => name)),
  );
});

test("names twenty of them at most, in lines of a bounded length", () => {
  const reporter = new PlainLineReporter();
  const many = Array.from(
    { length: 25 },
    (_, number): Told => ({
      ...{ fullName: `test ${number}`, state: "failed", message: "x".repeat(500) },
    }),
  );
  reporter.onTestRunEnd([moduleOf("a.test.ts", many)], []);
  const lines = reporter.lines();
  expect(lines).toHaveLength(22);
  expect(lines.slice(-2)).toEqual([
    "FAILED and 5 more, see above",
    "0 passed, 25 failed, 0 skipped",
  ]);
  expect(Math.max(...lines.map(({ length }) => length))).toBe(160);
});

test("begins with long files that are there", () => {
  expect(LONG.filter((path) => !existsSync(join(home, path)))).toEqual([]);
});
