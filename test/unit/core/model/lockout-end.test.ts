import { expect, it } from "vitest";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import { readLockoutEnd } from "../../../../src/core/model/lockout-end.ts";
import { NOW } from "../../../kit/builders.ts";

/** It is Thursday 2026-11-19, 09:00 in Chicago. */
const shown = (text: string): string | null => {
  const end = readLockoutEnd(text, NOW);
  return typeof end === "number" ? isoOf(end) : end;
};

it.each([
  ["next-session", "next-session"],
  ["15:30", "2026-11-19T21:30:00.000Z"],
  ["09:00", "2026-11-20T15:00:00.000Z"],
  ["08:59", "2026-11-20T14:59:00.000Z"],
  ["90m", "2026-11-19T16:30:00.000Z"],
  ["2h", "2026-11-19T17:00:00.000Z"],
  ["2026-11-25T08:30", "2026-11-25T14:30:00.000Z"],
  ["2026-11-25T14:30:00Z", "2026-11-25T14:30:00.000Z"],
  ["2026-11-25T08:30:00-06:00", "2026-11-25T14:30:00.000Z"],
])("%s ends at %s", (text, end) => {
  expect(shown(text)).toBe(end);
});

it.each([
  "",
  "tomorrow",
  "25:00",
  "15:60",
  "2026-02-30T08:30",
  "2026-11-25",
  "2026-11-25T8:30",
  "-2h",
])("%j is no end", (text) => {
  expect(shown(text)).toBeNull();
});
