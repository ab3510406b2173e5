/**
 * Ends a test run with one plain line, `12 passed, 0 failed, 1 skipped`: for people who scroll to
 * the end, and for programs that read nothing else. It is written when the process exits, because
 * the coverage table comes after everything a reporter is asked for.
 */
import type { Reporter, TestModule, Vitest } from "vitest/node";

export class PlainLineReporter implements Reporter {
  #line = lineOf({ passed: 0, failed: 0, skipped: 0 });

  onInit(vitest: Vitest): void {
    const write = () => process.stdout.write(`${this.#line}\n`);
    if (!vitest.config.watch) process.once("exit", write);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    // A test file that does not load, or an error outside any test, is a failure too.
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      count.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state === "pending" ? "skipped" : state] += 1;
      }
    }
    this.#line = lineOf(count);
  }
}

const lineOf = (count: { passed: number; failed: number; skipped: number }): string =>
  `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
