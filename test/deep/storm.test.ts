/** Ten thousand fresh seeds: the window starts at the commit, so every change meets new weather. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

test("ten thousand half hours of bad weather break nothing", async () => {
  const { stdout: commit } = await run("git", ["rev-parse", "HEAD"], { cwd: root });
  const first = Number.parseInt(commit.slice(0, 8), 16);
  const args = ["tools/run.mjs", "test/storm/run.ts", "--seeds", "10000", "--seed", String(first)];
  const { stdout } = await run(process.execPath, args, { cwd: root });
  expect(stdout).toContain("10000 seeds in");
}, 30 * 60_000);
