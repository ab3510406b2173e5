import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  hasJournal,
  isEmptyOrMissing,
  isFile,
  makeTemporary,
  newestWithJournal,
  readText,
  removeDirectory,
  replaceFile,
  setAside,
  writeNewFile,
} from "../../../../src/shell/host/data-directory.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

function directoryWith(...files: readonly (readonly [name: string, seconds: number])[]): string {
  const folder = temporaryFolder();
  for (const [name, seconds] of files) {
    writeFileSync(join(folder, name), "");
    utimesSync(join(folder, name), seconds, seconds);
  }
  return folder;
}

describe("data directories", () => {
  test("the newest is the one whose journal, or the log before it, was written last", () => {
    const old = directoryWith(["journal.db", 100]);
    const busy = directoryWith(["journal.db", 50], ["journal.db-wal", 300]);
    const middle = directoryWith(["journal.db", 200]);
    expect(newestWithJournal([old, busy, middle])).toBe(busy);
    expect(newestWithJournal([old, middle])).toBe(middle);
  });

  test("one without a journal does not count", () => {
    const folder = directoryWith(["ledger.db", 100]);
    expect(hasJournal(folder)).toBe(false);
    expect(newestWithJournal([folder, join(folder, "missing")])).toBe(null);
  });

  test("are empty until there is something in them", () => {
    const folder = temporaryFolder();
    expect(isEmptyOrMissing(folder)).toBe(true);
    expect(isEmptyOrMissing(join(folder, "missing"))).toBe(true);
    writeFileSync(join(folder, "file"), "");
    expect(isEmptyOrMissing(folder)).toBe(false);
  });

  test("put aside replace what was put aside before, and nothing is put aside twice", () => {
    const folder = join(temporaryFolder(), "demo");
    setAside(folder);
    expect(existsSync(`${folder}-before`)).toBe(false);
    for (const round of ["first", "second"]) {
      mkdirSync(folder);
      writeFileSync(join(folder, "round"), round);
      setAside(folder);
    }
    expect(readFileSync(join(`${folder}-before`, "round"), "utf8")).toBe("second");
    expect(existsSync(folder)).toBe(false);
  });

  test("made for a moment are gone when removed", () => {
    const folder = makeTemporary();
    writeFileSync(join(folder, "file"), "");
    removeDirectory(folder);
    expect(existsSync(folder)).toBe(false);
    removeDirectory(folder);
  });
});

describe("files", () => {
  test("are never written over by a new one", () => {
    const path = join(temporaryFolder(), "config.yaml");
    expect(writeNewFile(path, "first")).toBe(true);
    expect(writeNewFile(path, "second")).toBe(false);
    expect(readFileSync(path, "utf8")).toBe("first");
    expect(() => writeNewFile(join(path, "below"), "third")).toThrow("ENOTDIR");
  });

  test("are replaced as a whole", () => {
    const path = join(temporaryFolder(), "last-good.json");
    expect(readText(path)).toBe(null);
    replaceFile(path, "first");
    replaceFile(path, "second");
    expect(readText(path)).toBe("second");
    expect(isFile(path)).toBe(true);
    expect(isFile(join(path, ".."))).toBe(false);
  });
});
