/** When a running house makes its backups, and what it tells of them. */
import { describe, expect, it } from "vitest";
import type { BackupTask } from "../../../src/app/backup-making.ts";
import { keepBackups } from "../../../src/app/backups.ts";
import type { BackupReport } from "../../../src/core/model/backup-fact.ts";
import { tradeDate } from "../../../src/core/model/trade-date.ts";
import { type Millis, millis } from "../../../src/core/model/units.ts";
import type { Archive } from "../../../src/ports/archive.ts";
import { virtualClock } from "../../../src/shell/host/virtual-clock.ts";
import { NOW } from "../../kit/builders.ts";
import { silentLog } from "../../kit/silent-log.ts";

const HOUR = 3_600_000;
const EMPTY = { list: () => [] } as unknown as Archive;

function house(every: Millis | null = millis(6 * HOUR)) {
  const clock = virtualClock(NOW);
  const made: BackupTask[] = [];
  const told: BackupReport[] = [];
  const said: string[] = [];
  const disk = { isFull: false, hangs: false };
  const backups = keepBackups({
    ...{
      clock,
      every,
      log: silentLog,
      archive: EMPTY,
      say: (line: string) => void said.push(line),
    },
    task: { directory: "data", version: "test", recipients: [], copyTo: null, bucket: null },
    make: async (task, { giveUp }) => {
      made.push(task);
      if (disk.hangs) {
        await new Promise((done) => giveUp.addEventListener("abort", done));
        const { cause } = task;
        return { kind: "failed", cause, reason: "given up" };
      }
      const { cause, at } = task;
      if (disk.isFull) return { kind: "failed", cause, reason: "the disk is full" };
      const sums = { sequence: 1, files: 1, bytes: 1, took: millis(1) };
      return {
        kind: "made",
        backup: { name: String(at), cause, begunAt: at, ...sums },
        copyFault: null,
      };
    },
  });
  const loop = {
    offer: (news: { kind: string; report?: BackupReport }) => {
      if (news.report !== undefined) told.push(news.report);
      return true;
    },
  };
  /** Minutes, one after the other: what is promised is kept between them. */
  const pass = async (minutes: number): Promise<void> => {
    for (let minute = 0; minute < minutes; minute++) {
      clock.runUntil(millis(clock.now() + 60_000));
      await Promise.resolve().then(() => new Promise((done) => setImmediate(done)));
    }
  };
  const roll = () =>
    backups.told([
      {
        sequence: 9,
        fact: { kind: "TradeDateBegan", at: clock.now(), tradeDate: tradeDate("2026-11-20") },
      },
    ]);
  return { backups, begin: () => backups.begin(loop as never), pass, roll, made, told, said, disk };
}

const causes = (made: readonly BackupTask[]) => made.map(({ cause }) => cause);
const minutes = (made: readonly BackupTask[]) => made.map(({ at }) => (at - NOW) / 60_000);

describe("a running house", () => {
  it("makes its first backup after a minute, and then one every six hours", async () => {
    const { begin, pass, made, told } = house();
    begin();
    await pass(13 * 60);
    expect(minutes(made)).toEqual([1, 361, 721]);
    expect(told).toHaveLength(3);
  });

  it("makes one when a session is over, and counts from there", async () => {
    const { begin, pass, roll, made } = house();
    roll(); // at the start, when a trade date begins too
    begin();
    await pass(100);
    roll();
    await pass(7 * 60);
    expect(causes(made)).toEqual(["schedule", "session", "schedule"]);
    expect(minutes(made)).toEqual([1, 100, 460]);
  });

  it("tries again in a quarter of an hour while one fails", async () => {
    const { begin, pass, made, told, disk } = house();
    disk.isFull = true;
    begin();
    await pass(20);
    disk.isFull = false;
    await pass(20);
    expect(minutes(made)).toEqual([1, 16, 31]);
    expect(told.map(({ kind }) => kind)).toEqual(["failed", "failed", "made"]);
  });

  it("makes a last one when it has been stopped, and says when that failed", async () => {
    const { backups, begin, pass, made, told, said, disk } = house();
    begin();
    await pass(2);
    backups.stop();
    disk.isFull = true;
    await backups.last();
    await pass(10 * 60);
    expect(causes(made)).toEqual(["schedule", "stop"]);
    expect(told).toHaveLength(1);
    expect(said).toEqual(["no backup of the books: the disk is full"]);
  });

  it("makes none where they are off", async () => {
    const { backups, begin, pass, roll, made } = house(null);
    begin();
    roll();
    await pass(10 * 60);
    await backups.last();
    expect(made).toEqual([]);
  });
});

describe("a backup that is wanted now", () => {
  it("is made, and the next one counts from there", async () => {
    const { backups, begin, pass, made } = house();
    begin();
    await pass(30);
    backups.anew();
    await pass(6 * 60);
    expect(minutes(made)).toEqual([1, 30, 390]);
  });

  it("takes the place of one that hangs, but not of one that was only just begun", async () => {
    const { backups, begin, pass, made, told, disk } = house();
    begin();
    disk.hangs = true;
    await pass(5);
    backups.anew();
    await pass(10);
    expect(made).toHaveLength(1);
    backups.anew();
    disk.hangs = false;
    await pass(2);
    expect(told.map(({ kind }) => kind)).toEqual(["failed", "made"]);
    expect(minutes(made)).toEqual([1, 16]);
  });
});
