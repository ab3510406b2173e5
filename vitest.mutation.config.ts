import { defineConfig } from "vitest/config";

/** The tests that have to notice a mistake in the rooms of `stryker.config.mjs`: near ones, so that two thousand mistakes take half an hour. */
export default defineConfig({
  test: {
    include: ["test/unit/core/risk/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    testTimeout: 60_000,
  },
});
