import { defineConfig } from "vitest/config";
import { closedSwitches } from "./test/kit/closed-switches.ts";
import { LongestFirst } from "./test/kit/longest-first.ts";
import { PlainLineReporter } from "./test/kit/plain-line-reporter.ts";

/** Below these, in per cent, `npm test` fails. */
const ALL = { lines: 100, branches: 100, functions: 100, statements: 100 };
const MOST = { lines: 90, branches: 90, functions: 90, statements: 90 };
const thresholds = {
  "src/std/**": ALL,
  "src/core/**": ALL,
  "src/{ports,shell,app}/**": MOST,
};

export default defineConfig({
  plugins: [closedSwitches()],
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/deep/**"],
    // Threads that share their modules: 200 small files take 3 s instead of 44 s. A test therefore
    // leaves no module-level state behind.
    pool: "threads",
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine makes a test slow, never red: what is awaited is awaited this long.
    expect: { poll: { timeout: 20_000, interval: 25 } },
    reporters: ["default", new PlainLineReporter()],
    coverage: {
      provider: "v8",
      include: ["src/**"],
      exclude: ["src/main.ts"], // runs as a process of its own; test/app starts it
      reporter: [["text", { skipFull: true }], "json-summary"],
      reportOnFailure: true,
      thresholds,
    },
  },
});
