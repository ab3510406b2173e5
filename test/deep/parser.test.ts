/** 100,000 damaged and meaningless messages: nothing thrown, nothing invented, no torn entry. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { tryParser } from "../kit/parser-trial.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("no message of a hundred thousand makes the parser throw or invent", () => {
  const commit = execFileSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" });
  const seed = Number.parseInt(commit.slice(0, 8), 16);
  const { faults, cases, entries } = tryParser(100_000, seed);
  expect({ seed, faults }).toEqual({ seed, faults: [] });
  expect(cases).toBe(100_000);
  expect(entries).toBeGreaterThan(5_000);
});
