/** The storm, in every test run: a thousand seeds, every canary, and the same seed twice. */
import { expect, test } from "vitest";
import { storm } from "../kit/storm-process.ts";
import { runSeed } from "./storm.ts";

const MINUTES = 60_000;

test(
  "a thousand half hours of bad weather break nothing, and everything that should happen does",
  async () => {
    expect(await storm("--seeds", "1000", "--seed", "1")).toContain("1000 seeds in");
  },
  10 * MINUTES,
);

test(
  "twenty of them at the wire, with the whole adapter between, break nothing either",
  async () => {
    expect(await storm("--venue", "wire", "--seeds", "20", "--seed", "1")).toContain("20 seeds in");
  },
  5 * MINUTES,
);

test(
  "what broke once stays mended",
  async () => {
    expect(await storm("--recorded")).toContain("recorded seeds are whole");
    expect(await storm("--recorded", "--venue", "wire")).toContain("recorded seeds are whole");
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
  5 * MINUTES,
);

test("it says what it can be asked for, and what it cannot", async () => {
  expect(await storm("--help")).toContain("--canaries");
  const said = /ended with 2:\n[^\n]*--help says what there is\n$/;
  await expect(storm("--sead", "7")).rejects.toThrow(said);
  await expect(storm("--only", "rain")).rejects.toThrow(said);
  await expect(storm("--seeds", "many")).rejects.toThrow(said);
  await expect(storm("--venue", "mars")).rejects.toThrow(said);
});

test("the same seed gives the same trace", () => {
  for (const seed of [7, 8, 9]) expect(runSeed(seed).trace).toBe(runSeed(seed).trace);
});
