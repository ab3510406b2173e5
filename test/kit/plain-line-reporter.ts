/**
 * Ends a test run with one plain line, `12 passed, 0 failed, 1 skipped`: for people who scroll to
 * the end, and for programs that read nothing else. Right before it stand the tests that failed, each
 * with the first line of its reason, for the end of a long log is often all there is; and before them
 * how each phase of the tests went.
 *
 * Both are written when the process exits, because the coverage table comes after everything a
 * reporter is asked for.
 */
import { relative } from "node:path";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import { type Count, noCount, phaseOf, phaseTable } from "./phases.ts";

/** More than these nobody reads at the end of a log; they stand above. */
const NAMED_MAX = 20;
const WIDTH = 160;

interface Fault {
  readonly where: string;
  readonly reason: string;
}

export class PlainLineReporter implements Reporter {
  #lines: readonly string[] = [lineOf(noCount())];

  /** The last lines of the run, as far as it has come. */
  lines(): readonly string[] {
    return this.#lines;
  }

  onInit(vitest: Vitest): void {
    const write = () => process.stdout.write(`${this.#lines.join("\n")}\n`);
    if (!vitest.config.watch) process.once("exit", write);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    // A test file that does not load, or an error outside any test, is a failure too.
    const total = { ...noCount(), failed: unhandledErrors.length };
    const phases = new Map<string, Count>();
    for (const module of modules) {
      const count = countOf(module);
      add(total, count);
      const phase = phaseOf(module.moduleId);
      if (phase === null) continue;
      const sum = phases.get(phase) ?? noCount();
      add(sum, count);
      phases.set(phase, sum);
    }
    const outside = unhandledErrors.map((error) => faultOf("outside any test", error));
    const faults = told([...modules.flatMap(faultsIn), ...outside]);
    this.#lines = [...phaseTable(phases), ...faults, lineOf(total)];
  }
}

function countOf(module: TestModule): Count {
  const count = { ...noCount(), failed: module.errors().length };
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    count[state === "pending" ? "skipped" : state] += 1;
  }
  return count;
}

function add(sum: Count, { passed, failed, skipped }: Count): void {
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
}

function faultsIn(module: TestModule): readonly Fault[] {
  const file = relative(process.cwd(), module.moduleId);
  const failed = [...module.children.allTests("failed")].map((test) =>
    faultOf(`${file} > ${test.fullName}`, test.result().errors?.[0]),
  );
  return [...module.errors().map((error) => faultOf(file, error)), ...failed];
}

function faultOf(where: string, error: unknown): Fault {
  const message =
    typeof error === "object" && error !== null && "message" in error ? error.message : error;
  const [first = ""] = String(message ?? "no reason given")
    .trim()
    .split("\n");
  return { where, reason: first };
}

function told(faults: readonly Fault[]): readonly string[] {
  const named = faults
    .slice(0, NAMED_MAX)
    .map(({ where, reason }) => `FAILED ${where}: ${reason}`.slice(0, WIDTH));
  const more = faults.length - named.length;
  return more > 0 ? [...named, `FAILED and ${more} more, see above`] : named;
}

const lineOf = (count: Count): string =>
  `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
