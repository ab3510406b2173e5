import { statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test, vi } from "vitest";
import { quietCheckpoints } from "../../../../src/shell/sqlite/quiet-checkpoints.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

function notebook({ realTime = false } = {}) {
  if (!realTime) vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const path = join(temporaryFolder(), "notes.db");
  const database = new Database(path);
  database.pragma("journal_mode = WAL");
  database.exec("CREATE TABLE notes (text TEXT)");
  const checkpoints = quietCheckpoints(database);
  const write = (count: number): void => {
    database.prepare("INSERT INTO notes VALUES (?)").run("x".repeat(count));
    checkpoints.wrote();
  };
  return { path, database, checkpoints, write, size: () => statSync(path).size };
}

test("the log is moved into the file after a second of silence, and not before", () => {
  const { database, write, size } = notebook();
  const before = size();
  write(50_000);
  vi.advanceTimersByTime(999);
  write(50_000);
  vi.advanceTimersByTime(999);
  expect(size()).toBe(before);
  vi.advanceTimersByTime(1);
  expect(size()).toBeGreaterThan(before + 100_000);
  database.close();
});

test("a commit that makes the log longer than 4 MB does not wait for it to be moved", () => {
  const { database, write, size } = notebook();
  const before = size();
  write(6_000_000);
  write(1);
  expect(size()).toBe(before);
  write(12_000_000);
  expect(size()).toBeGreaterThan(before);
  database.close();
});

test("nothing is moved once it was stopped, and a disk that refuses is no surprise", () => {
  const { database, checkpoints, write, size } = notebook();
  write(50_000);
  const before = size();
  checkpoints.stop();
  checkpoints.stop();
  vi.advanceTimersByTime(5_000);
  expect(size()).toBe(before);
  write(1);
  database.exec("BEGIN IMMEDIATE; INSERT INTO notes VALUES ('half')");
  expect(() => vi.advanceTimersByTime(5_000)).not.toThrow();
  database.exec("COMMIT");
  write(1);
  database.close();
  expect(() => vi.advanceTimersByTime(5_000)).toThrow("not open");
});

test("the wait for silence keeps no process alive", () => {
  const { checkpoints, write, database } = notebook({ realTime: true });
  const timers = () => process.getActiveResourcesInfo().filter((one) => one === "Timeout").length;
  const before = timers();
  write(1);
  write(1);
  expect(timers()).toBe(before);
  checkpoints.stop();
  database.close();
});
