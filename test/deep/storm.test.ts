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
    const { stdout: commit } = await promisify(execFile)("git", ["rev-parse", "HEAD"], {
      cwd: root,
    });
    const first = Number.parseInt(commit.slice(0, 8), 16);
    expect(await storm("--seeds", "10000", "--seed", String(first))).toContain("10000 seeds in");
  },
  30 * 60_000,
);
