/** Each part of the house is judged by its own figures, and says them. */
import { expect, it } from "vitest";
import type { Component, HealthState } from "../../../../src/core/model/health.ts";
import { millis } from "../../../../src/core/model/units.ts";
import type { Readings } from "../../../../src/core/upkeep/health-readings.ts";
import { JUDGES } from "../../../../src/core/upkeep/health-verdicts.ts";
import { later, NOW } from "../../../kit/builders.ts";
import { someReadings } from "../../../kit/health-readings.ts";

const silent = (seconds: number) => ({
  silentSince: later(-1_000 * seconds),
  reason: "ECONNREFUSED",
});
const down = (seconds: number, source = "a") => ({ source, downSince: later(-1_000 * seconds) });
const heard = { source: "b", downSince: null };
const price = (age: number, usual = 0) => ({
  ...{ isClosed: false, expectedFor: millis(7_200_000), usual: millis(usual) },
  oldest: { instrument: "MES", age: millis(age) },
});
const letter = (minutes: number, channel = "mail") => ({
  ...{ channel, refusal: "550 no", waited: millis(60_000 * minutes) },
});
const backup = (hours: number, change = {}) => ({
  ...{ every: millis(6 * 3_600_000), age: millis(hours * 3_600_000), hasOne: true, fault: null },
  ...change,
});
const heap = (part: number, free = 0.5) => ({
  heapUsed: part * 1_000_000_000,
  ...{ heapLimit: 1_000_000_000, free: free * 8e9, total: 8e9 },
});

type Row = readonly [Component, Partial<Readings>, HealthState, string];

const ROWS: readonly Row[] = [
  ["journal", {}, "ok", "the slowest commit took 0.003 s"],
  [
    "journal",
    { journal: { isRefusing: true, slowest: millis(0) } },
    ...(["failed", "facts cannot be written: only exits go out"] as const),
  ],
  [
    "journal",
    { journal: { isRefusing: false, slowest: millis(1_200) } },
    ...(["degraded", "the slowest commit took 1.2 s"] as const),
  ],
  ["disk", {}, "ok", "50.0 GB free"],
  ["disk", { disk: null }, "off", "how much is free cannot be read here"],
  ["disk", { disk: { freeBytes: 9e8 } }, "degraded", "900 MB free"],
  ["disk", { disk: { freeBytes: 1e8 } }, "failed", "100 MB free"],
  ["venue-rest", {}, "ok", "it answers"],
  ["venue-rest", { venueRest: null }, "off", "it is not used"],
  ["venue-rest", { venueRest: silent(5) }, "ok", "ECONNREFUSED"],
  ["venue-rest", { venueRest: silent(12) }, "degraded", "ECONNREFUSED"],
  ["user-hub", { userHub: silent(61) }, "failed", "ECONNREFUSED"],
  ["market-hub", { marketHub: silent(11) }, "degraded", "ECONNREFUSED"],
  ["discord", {}, "ok", "heard"],
  ["discord", { discord: [] }, "off", "no channel is heard"],
  ["discord", { discord: [down(3)] }, "ok", "not heard: a"],
  ["discord", { discord: [down(70), down(20, "c")] }, "failed", "not heard: a, c"],
  ["discord", { discord: [down(70), heard] }, "degraded", "not heard: a"],
  ["prices", {}, "ok", "MES is 0.4 s old"],
  ["prices", { prices: null }, "off", "no prices are followed"],
  ["prices", { prices: { ...price(9), isClosed: true } }, "off", "the market is closed"],
  ["prices", { prices: { ...price(9), oldest: null } }, "failed", "no price since 2 h"],
  ["prices", { prices: price(61_000) }, "degraded", "MES is 1 min 1 s old"],
  ["prices", { prices: price(300_000) }, "failed", "MES is 5 min old"],
  ["prices", { prices: price(140_000, 90_000) }, "ok", "MES is 2 min 20 s old"],
  ["mail", {}, "ok", "nothing is held up"],
  ["mail", { mail: [] }, "off", "nobody is told away from the screen"],
  ["mail", { mail: [letter(1)] }, "ok", "mail: a letter waits for 1 min: 550 no"],
  [
    "mail",
    { mail: [letter(3), letter(31, "ntfy")] },
    ...(["failed", "ntfy: a letter waits for 31 min: 550 no"] as const),
  ],
  ["backups", {}, "ok", "the newest is 1 h old"],
  ["backups", { backups: null }, "off", "none are made here"],
  ["backups", { backups: backup(10) }, "degraded", "the newest is 10 h old"],
  [
    "backups",
    { backups: backup(19, { hasOne: false, fault: "full" }) },
    ...(["failed", "there is none yet, after 19 h; the last try failed: full"] as const),
  ],
  ["clock", {}, "ok", "it runs evenly"],
  [
    "clock",
    { clock: { offsets: [millis(5_200), millis(-6_000)], jumped: millis(0) } },
    ...(["failed", "it is 6.0 s ahead of the venue's: nothing is entered"] as const),
  ],
  [
    "clock",
    { clock: { offsets: [], jumped: millis(65_000) } },
    ...(["degraded", "it went forth by 1 min 5 s: it was set, or the machine slept"] as const),
  ],
  [
    "clock",
    { clock: { offsets: [], jumped: millis(-2_000) } },
    ...(["degraded", "it went back by 2 s: it was set, or the machine slept"] as const),
  ],
  ["event-loop", {}, "ok", "the longest stall was 0.002 s"],
  [
    "event-loop",
    { eventLoop: { longest: millis(300) } },
    "degraded",
    "the longest stall was 0.3 s",
  ],
  [
    "event-loop",
    { eventLoop: { longest: millis(2_500) } },
    "failed",
    "the longest stall was 2.5 s",
  ],
  ["memory", {}, "ok", "40.0 MB of 2.0 GB in use; 3.0 GB left on the machine"],
  [
    "memory",
    { memory: heap(0.85) },
    "degraded",
    "850 MB of 1.0 GB in use; 4.0 GB left on the machine",
  ],
  [
    "memory",
    { memory: heap(0.95) },
    "failed",
    "950 MB of 1.0 GB in use; 4.0 GB left on the machine",
  ],
  [
    "memory",
    { memory: heap(0.1, 0.04) },
    "degraded",
    "100 MB of 1.0 GB in use; 320 MB left on the machine",
  ],
  [
    "memory",
    { memory: heap(0.95, 0.04) },
    "failed",
    "950 MB of 1.0 GB in use; 320 MB left on the machine",
  ],
  ["cpu", {}, "ok", "0.6 % of a core"],
  ["cpu", { cpu: { share: 990 } }, "degraded", "99.0 % of a core"],
  ["configuration", {}, "ok", "as in the file"],
  ["configuration", { configuration: null }, "off", "it is not read again while this runs"],
  [
    "configuration",
    { configuration: { isRefused: true } },
    ...(["degraded", "the file has mistakes; what was in force before stays"] as const),
  ],
  ["calendar", {}, "ok", "holidays are known until 2027-12-31"],
  [
    "calendar",
    { calendar: { validUntil: "2026-12-01", daysLeft: 12 } },
    ...(["degraded", "holidays are known until 2026-12-01"] as const),
  ],
  [
    "calendar",
    { calendar: { validUntil: "2026-11-01", daysLeft: -18 } },
    ...(["failed", "holidays are known until 2026-11-01"] as const),
  ],
];

it.each(ROWS)("%s: %o is %s: %s", (component, change, state, reason) => {
  expect(JUDGES[component](someReadings(change), "ok", NOW)).toEqual({ state, reason });
});
