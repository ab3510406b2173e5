/**
 * Keeps what the long run found, beside the tests: of each test when and at which commit it ran last,
 * how long it took, and whether it held. All of them take hours; so each may be run by itself, and
 * what it said is committed for those who cannot wait.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { Reporter, TestCase, TestModule } from "vitest/node";

interface Kept {
  readonly commit: string;
  readonly node: string;
  readonly ended: string;
  readonly result: string;
  readonly seconds: number;
}

export class KeptResults implements Reporter {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const commit = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
    const now = { commit, node: process.version, ended: new Date().toISOString() };
    const kept = new Map(Object.entries(this.#before()));
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        if (test.result().state !== "skipped")
          kept.set(nameOf(module, test), { ...now, ...end(test) });
      }
    }
    writeFileSync(this.#path, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
  }

  #before(): Readonly<Record<string, Kept>> {
    return existsSync(this.#path) ? JSON.parse(readFileSync(this.#path, "utf8")) : {};
  }
}

const nameOf = (module: TestModule, test: TestCase): string =>
  `${relative(process.cwd(), module.moduleId)} > ${test.fullName}`;

const end = (test: TestCase) => ({
  result: test.result().state,
  seconds: Math.round((test.diagnostic()?.duration ?? 0) / 1_000),
});
