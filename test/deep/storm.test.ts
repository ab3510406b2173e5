/**
 * Ten thousand fresh seeds, a hundred thousand in the long run: the window starts at the commit, so
 * every change meets new weather.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { amount } from "../kit/length.ts";
import { storm } from "../kit/storm-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const SEEDS = amount(10_000, 100_000);
const PATIENCE = SEEDS * 300;

test(
  "ten thousand half hours of bad weather break nothing",
  async () => {
    const first = await firstSeed();
    const told = await storm("--seeds", String(SEEDS), "--seed", first);
    expect(told).toContain(`${SEEDS} seeds in`);
  },
  PATIENCE,
);

/** A seed takes twelve times as long there. */
const AT_THE_WIRE = 500;

test(
  "five hundred fresh ones at the wire break nothing either",
  async () => {
    const first = await firstSeed();
    const told = await storm("--venue", "wire", "--seeds", `${AT_THE_WIRE}`, "--seed", first);
    expect(told).toContain(`${AT_THE_WIRE} seeds in`);
  },
  20 * 60_000,
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
