import { defineConfig } from "vitest/config";
import { PlainLineReporter } from "./test/kit/plain-line-reporter.ts";

/** The long half of CI: many storm seeds, kills and cut journals. No coverage, no hurry. */
export default defineConfig({
  test: {
    include: ["test/deep/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    maxWorkers: 2,
    testTimeout: 600_000,
    reporters: ["default", new PlainLineReporter()],
  },
});
