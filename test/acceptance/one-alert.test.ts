/** The example in `examples/` runs in a checkout as its first lines say, and tells the default trade. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { home } from "../kit/tree.ts";

const TOLD = `
09:00:00 CT  started, demo, version example
09:00:00 CT  settings adopted for Paper
09:00:00 CT  account Paper opened with $50000.00
09:00:00 CT  trade date 2026-11-18 begins
09:00:00 CT  account Paper agrees with the venue, balance $50000.00
09:00:01 CT  #1 alert ES long 6326.00 stop 6316.00 size B
09:00:01 CT  #1 planned: 2 MES long, limit 6328.00, stop 6316.00, targets 6333.00 x1, 6338.00 x1
09:00:01 CT  #1   at risk $127.44, risk score 29
09:00:01 CT  #1 filled 1 MES at 6326.00
09:00:01 CT  #1 filled 1 MES at 6326.00
09:00:01 CT  #1 stop confirmed 6316.00 x1
09:00:01 CT  #1 stop confirmed 6316.00 x1
09:04:02 CT  #1 target 1 hit: 1 MES at 6333.00
09:04:02 CT  #1 stop to breakeven 6326.00
09:04:02 CT  #1 stop confirmed 6326.00 x1
09:19:02 CT  #1 target 2 hit: 1 MES at 6338.00
09:19:02 CT  #1 closed by targets: gross $95.00, fees $2.44, net $92.56
09:19:07 CT  stopped: the example is over
`.slice(1);

test("an alert is taken, half of it sold at +7, its stop moved to the fill, the rest sold at +12", async () => {
  const command = ["node_modules/tsx/dist/cli.mjs", "examples/one-alert.ts"];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { cwd: home });
  expect(stderr).toBe("");
  expect(stdout).toBe(TOLD);
});
