/** Ten thousand fresh seeds: the window starts at the commit, so every change meets new weather. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { storm } from "../kit/storm-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test(
  "ten thousand half hours of bad weather break nothing",
  async () => {
    const first = await firstSeed();
    expect(await storm("--seeds", "10000", "--seed", first)).toContain("10000 seeds in");
  },
  30 * 60_000,
);

test(
  "sixty of them at the wire break nothing either",
  async () => {
    const told = await storm("--venue", "wire", "--seeds", "60", "--seed", "1");
    expect(told).toContain("60 seeds in");
  },
  10 * 60_000,
);

test(
  "every deliberate mistake is noticed at the wire too",
  async () => {
    const told = await storm("--venue", "wire", "--canaries");
    expect(told.match(/^caught/gm)?.length).toBeGreaterThanOrEqual(22);
    expect(told).not.toContain("ALIVE");
  },
  10 * 60_000,
);

/** Of the commit. */
async function firstSeed(): Promise<string> {
  const run = promisify(execFile);
  const { stdout: commit } = await run("git", ["rev-parse", "HEAD"], { cwd: root });
  return String(Number.parseInt(commit.slice(0, 8), 16));
}
