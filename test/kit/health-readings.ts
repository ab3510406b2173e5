/** A house in which everything is well, as readings; a test changes the one part it is about. */
import { millis } from "../../src/core/model/units.ts";
import type { Readings } from "../../src/core/upkeep/health-readings.ts";

const GIGABYTE = 1_000_000_000;
const WELL = { silentSince: null, reason: "" };

export const someReadings = (change: Partial<Readings> = {}): Readings => ({
  journal: { isRefusing: false, slowest: millis(3) },
  disk: { freeBytes: 50 * GIGABYTE },
  venueRest: WELL,
  userHub: WELL,
  marketHub: WELL,
  discord: [{ source: "discord #alerts", downSince: null }],
  prices: {
    isClosed: false,
    oldest: { instrument: "MES", age: millis(400) },
    expectedFor: millis(3_600_000),
    usual: millis(0),
  },
  mail: [{ channel: "mail", refusal: null, waited: millis(0) }],
  backups: { every: millis(21_600_000), age: millis(3_600_000), hasOne: true, fault: null },
  clock: { offsets: [], jumped: millis(0) },
  eventLoop: { longest: millis(2) },
  memory: {
    heapUsed: 40_000_000,
    heapLimit: 2 * GIGABYTE,
    free: 3 * GIGABYTE,
    total: 8 * GIGABYTE,
  },
  cpu: { share: 6 },
  configuration: { isRefused: false },
  calendar: { validUntil: "2027-12-31", daysLeft: 400 },
  ...change,
});
