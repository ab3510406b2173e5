/** What is found wrong before a start, and that each problem says what to do about it. */
import { describe, expect, it, test } from "vitest";
import type { Check } from "../../../../src/core/model/check.ts";
import { DEFAULT_BACKUPS } from "../../../../src/core/model/defaults.ts";
import type { DirectoryReading } from "../../../../src/core/model/machine-reading.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { millis } from "../../../../src/core/model/units.ts";
import {
  backupsCheck,
  calendarCheck,
  clockCheck,
  configAccess,
  databaseCheck,
  directoryChecks,
  memoryCheck,
  nodeCheck,
  zoneCheck,
} from "../../../../src/core/upkeep/checkup.ts";
import { NOW } from "../../../kit/builders.ts";

const TODAY = tradeDate("2026-11-23");
const HOUR = 3_600_000;
const told = ({ what, state, says }: Check): string => `${state} ${what}: ${says}`;

test.each([
  ["20.18.3", "problem node: 20.18.3; install 20.19 or newer"],
  ["18.20.0", "problem node: 18.20.0; install 20.19 or newer"],
  ["20.20.2", "note node: 20.20.2 has had no security fixes since 2026-04-30; Node.js 24 has them"],
  ["22.3.0", "ok node: 22.3.0"],
  ["25.1.0", "ok node: 25.1.0"],
  ["", "problem node: ; install 20.19 or newer"],
])("Node.js %s", (version, line) => {
  expect(told(nodeCheck(version, TODAY))).toBe(line);
});

test("the database, the zones, the clock and the memory", () => {
  expect(databaseCheck(null).state).toBe("ok");
  expect(told(databaseCheck("was built for another version"))).toBe(
    "problem database: SQLite cannot be used (was built for another version); install again: npm ci, with the Node.js that runs this",
  );
  expect(zoneCheck(12).state).toBe("ok");
  expect([17, Number.NaN].map((hour) => zoneCheck(hour).state)).toEqual(["problem", "problem"]);
  expect([true, null, false].map((kept) => clockCheck(kept).state)).toEqual([
    ...["ok", "note", "note"],
  ]);
  expect(clockCheck(false).says).toContain("sudo timedatectl set-ntp true");
  expect(told(memoryCheck(100_000_000))).toMatch(/^note memory: 100.*MB free/);
  expect(memoryCheck(900_000_000).state).toBe("ok");
});

test("a configuration that anybody may change, and one that others may only read", () => {
  const file = "config.yaml";
  expect(configAccess(file, null)).toEqual([]);
  expect(configAccess(file, { othersRead: true, othersWrite: false })).toEqual([]);
  expect(configAccess(file, { othersRead: true, othersWrite: true }).map(told)).toEqual([
    "problem configuration: anybody here may change config.yaml, and with it every limit; chmod go-w config.yaml",
  ]);
});

describe("the data directory", () => {
  const well: DirectoryReading = {
    ...{ isThere: true, fault: null, free: 50e9, network: null, isInMemory: false },
    access: { othersRead: false, othersWrite: false },
  };
  const found = (change: Partial<DirectoryReading>): readonly string[] =>
    directoryChecks("data", { ...well, ...change }).map(told);

  it("is there, or will be made, with what is free", () => {
    expect(found({})).toEqual(["ok data directory: data, 50.0 GB free"]);
    expect(found({ isThere: false, access: null, free: null })).toEqual([
      "ok data directory: data will be made",
    ]);
  });

  it("cannot be written, lies elsewhere, or in memory", () => {
    const another = "name another one with --data or dataDirectory";
    expect(found({ fault: "EACCES" })).toEqual([
      `problem data directory: data: EACCES; let this user write there, or ${another}`,
    ]);
    expect(found({ network: "NFS" })[1]).toBe(
      `note data directory: data lies on NFS, which may lack the locks a database needs; ${another}`,
    );
    expect(found({ isInMemory: true })[1]).toBe(
      `note data directory: data lies in memory and is gone when the machine stops; ${another}`,
    );
  });

  it("has little room, or less than trading needs", () => {
    expect(found({ free: 900e6 })[1]).toMatch(/^note disk: 900.* free; /);
    expect(found({ free: 100e6 })[1]).toMatch(/^problem disk: 100.* free; /);
  });

  it("is open to others", () => {
    const access = { othersRead: true, othersWrite: false };
    expect(found({ access })[1]).toBe(
      "note data directory: others here may read what lies in data; chmod 700 data",
    );
    expect(found({ access: { ...access, othersWrite: true } })[1]).toBe(
      "problem data directory: others here may change what lies in data; chmod 700 data",
    );
  });
});

test.each([
  ["2027-12-31", "ok"],
  ["2026-12-23", "note"],
  ["2026-11-23", "note"],
  ["2026-11-22", "problem"],
])("holidays known until %s", (until, state) => {
  const check = calendarCheck(tradeDate(until), TODAY);
  expect(check.state).toBe(state);
  expect(check.says).toContain(`known until ${until}`);
});

describe("backups", () => {
  const six = { ...DEFAULT_BACKUPS, every: millis(6 * HOUR), copyTo: "/second/copies" };
  const there = { now: NOW, hasBooks: true };
  const ago = (hours: number) => millis(NOW - hours * HOUR);

  it("are not made, have nothing to copy yet, or have never been made", () => {
    expect(backupsCheck({ ...six, every: null }, null, there)[0]?.says).toContain("backups.every");
    expect(backupsCheck(six, null, { ...there, hasBooks: false })).toEqual([]);
    expect(backupsCheck(six, null, there).map(told)).toEqual([
      "note backups: there is none yet; make one: tradestream backup create",
    ]);
  });

  it("are as old as they should be, or older; a clock that was set back makes none of the future", () => {
    const states = [ago(1), ago(9), ago(10), ago(-2)].map((at) => backupsCheck(six, at, there)[0]);
    expect(states.map((one) => one?.state)).toEqual(["ok", "ok", "note", "ok"]);
    expect(states.map((one) => one?.says)).toEqual([
      ...["the newest is 1 h old", "the newest is 9 h old"],
      ...["the newest is 10 h old", "the newest is 0 s old"],
    ]);
  });

  it("that lie on one disk with what they are copies of are worth a word", () => {
    const all = backupsCheck({ ...six, copyTo: null }, ago(1), there);
    expect(all.map(({ state }) => state)).toEqual(["ok", "note"]);
  });
});
