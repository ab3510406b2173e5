/** What is read of a running house, part by part. */
import { describe, expect, it } from "vitest";
import { createReader, type ReaderParts } from "../../../src/app/health-readings.ts";
import { millis } from "../../../src/core/model/units.ts";
import { initialState, type State, withAccount } from "../../../src/core/state.ts";
import type { HostReading } from "../../../src/ports/probes.ts";
import { anAccount, aQuote, es, later, NOW } from "../../kit/builders.ts";

const HOST: HostReading = {
  ...{ cpuShare: 7, cpuSeconds: 1, resident: 9, heapUsed: 10, heapLimit: 100 },
  ...{ memoryFree: 50, memoryTotal: 80, disk: { free: 5, total: 9 }, clockJumped: millis(0) },
  ...{ loopDelay: { longest: millis(4) }, network: null },
};

function reading(change: Partial<ReaderParts> = {}, state: State = initialState) {
  let asked = 0;
  const reader = createReader({
    ...{ state: () => state, isRefusing: () => false, slowestCommit: () => millis(2) },
    market: { quote: () => aQuote(es(6326), { at: NOW }), resolution: millis(0) },
    ...{ followed: ["MES"], sessions: "cme", lines: null, backupsEvery: null, isReread: true },
    standings: () => {
      asked += 1;
      const known = { channel: "mail", waiting: 1, oldest: NOW, sent: 0, expired: 0 };
      return [{ ...known, lastSentAt: null, refusal: "550 no" }];
    },
    channels: ["mail", "ntfy"],
    startedAt: NOW,
    ...change,
  });
  return { read: (span = 0) => reader.read(HOST, later(span)), asked: () => asked };
}

describe("a reading", () => {
  it("has the figures of the machine", () => {
    const { disk, memory, cpu, eventLoop } = reading().read();
    expect(disk).toEqual({ freeBytes: 5 });
    expect(memory).toEqual({ heapUsed: 10, heapLimit: 100, free: 50, total: 80 });
    expect([cpu.share, eventLoop.longest]).toEqual([7, 4]);
  });

  it("knows no venue where there is none, and its lines where there is", () => {
    expect(reading().read()).toMatchObject({ venueRest: null, userHub: null });
    const rest = { silentSince: NOW, reason: "ECONNRESET" };
    const lines = () => ({ rest, userHub: null, marketHub: null });
    expect(reading({ lines }).read()).toMatchObject({ venueRest: rest, marketHub: null });
  });

  it("asks the outbox once a minute, and nobody where nobody is told", () => {
    const { read, asked } = reading();
    expect(read(30_000).mail).toEqual([
      { channel: "mail", refusal: "550 no", waited: 30_000 },
      { channel: "ntfy", refusal: null, waited: 0 },
    ]);
    read(60_000);
    expect(asked()).toBe(1);
    read(90_000);
    expect(asked()).toBe(2);
    expect(reading({ channels: [] }).read().mail).toEqual([]);
  });

  it("counts the age of backups from the start where there is none", () => {
    const every = millis(3_600_000);
    expect(reading().read().backups).toBeNull();
    expect(reading({ backupsEvery: every }).read(5_000).backups).toEqual({
      ...{ every, age: 5_000, hasOne: false, fault: null },
    });
    const newest = { name: "a", at: later(-9_000), sequence: 3 };
    const state = { ...initialState, backups: { newest, fault: "full" } };
    expect(reading({ backupsEvery: every }, state).read().backups).toMatchObject({
      ...{ age: 9_000, hasOne: true, fault: "full" },
    });
  });

  it("knows sources that are down, clocks that are off, and a file that was refused", () => {
    const sources = { a: { state: "down", at: NOW }, b: { state: "up", at: NOW } } as const;
    const account = anAccount({ clockOff: millis(6_000) });
    const state = withAccount({ ...initialState, sources, offered: { fault: "x" } }, account);
    const { discord, clock, configuration } = reading({}, state).read();
    expect(discord.map(({ downSince }) => downSince)).toEqual([NOW, null]);
    expect(clock.offsets).toEqual([6_000]);
    expect(configuration).toEqual({ isRefused: true });
    expect(reading({ isReread: false }).read().configuration).toBeNull();
  });
});

describe("prices", () => {
  /** Friday evening, when the exchange has closed for the week. */
  const WEEKEND = 2 * 86_400_000;

  it("are as old as the oldest of those whose market is open", () => {
    expect(reading().read(2_000).prices).toEqual({
      ...{ isClosed: false, oldest: { instrument: "MES", age: 2_000 }, expectedFor: 2_000 },
      usual: 0,
    });
  });

  it("are not expected at a weekend, unless the market never closes", () => {
    expect(reading().read(WEEKEND).prices?.isClosed).toBe(true);
    expect(reading({ sessions: "always-open" }).read(WEEKEND).prices?.isClosed).toBe(false);
  });

  it("are expected anew from the opening on", () => {
    const { read } = reading();
    read(WEEKEND);
    const monday = 4 * 86_400_000;
    expect(read(monday).prices?.expectedFor).toBe(0);
    expect(read(monday + 5_000).prices?.expectedFor).toBe(5_000);
  });

  it("are none where one of them was never heard, or nothing is followed", () => {
    const market = { quote: () => null, resolution: millis(60_000) };
    expect(reading({ market }).read().prices).toMatchObject({ oldest: null, usual: 90_000 });
    expect(reading({ followed: [] }).read().prices).toBeNull();
  });
});
