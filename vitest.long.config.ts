import { mergeConfig } from "vitest/config";
import { KeptResults } from "./test/kit/kept-results.ts";
import deep from "./vitest.deep.config.ts";

/** The long half at its longest, some hours of it: what it found is kept in the repository. */
export default mergeConfig(deep, {
  test: {
    env: { TEST_LENGTH: "long" },
    reporters: [new KeptResults("test/deep/last-long-run.json")],
  },
});
