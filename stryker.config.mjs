/**
 * Mutation testing of the rooms where a wrong sign costs money: small mistakes are written into the
 * code one at a time, and the tests have to notice. Some half an hour on two cores, so it is run by
 * hand: `npm run mutation`, or for one file `npm run mutation -- --mutate src/core/risk/gate.ts`.
 */
export default {
  mutate: ["src/core/risk/**/*.ts"],
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  concurrency: 2,
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ["clear-text", "json"],
  clearTextReporter: { logTests: false, allowColor: false },
  jsonReporter: { fileName: ".cache/mutation/report.json" },
  tempDirName: ".cache/mutation/work",
};
