/**
 * The storm as a test: in a process of its own, at full speed and outside the coverage count, which
 * must come from tests that say what they expect.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { runSeed } from "./storm.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const MINUTES = 60_000;

async function storm(...args: readonly string[]): Promise<string> {
  const done = await promisify(execFile)(
    process.execPath,
    ["tools/run.mjs", "test/storm/run.ts", ...args],
    { cwd: root },
  );
  return done.stdout;
}

test(
  "a thousand half hours of bad weather break nothing, and everything that should happen does",
  async () => {
    expect(await storm("--seeds", "1000", "--seed", "1")).toContain("1000 seeds in");
  },
  5 * MINUTES,
);

test(
  "every deliberate mistake is noticed",
  async () => {
    const told = await storm("--canaries");
    expect(told.match(/^caught/gm)?.length).toBeGreaterThanOrEqual(8);
    expect(told).not.toContain("ALIVE");
  },
  2 * MINUTES,
);

test("the same seed gives the same trace", () => {
  for (const seed of [7, 8, 9]) expect(runSeed(seed).trace).toBe(runSeed(seed).trace);
});
