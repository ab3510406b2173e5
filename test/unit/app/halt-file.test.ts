import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { haltFileIn, NO_WATCH, watchHalt } from "../../../src/app/halt-file.ts";
import { millis } from "../../../src/core/model/units.ts";
import { virtualClock } from "../../../src/shell/host/virtual-clock.ts";
import { temporaryFolder } from "../../kit/temporary-folder.ts";

it("a HALT file is seen within a tenth of a second, once, and again after it was lifted", async () => {
  const file = await haltFileIn(join(temporaryFolder(), "data"));
  const clock = virtualClock(millis(0));
  const halts: string[] = [];
  const watch = watchHalt(clock, file, (reason) => void halts.push(reason));
  const pass = (span: number): void => void clock.runUntil(millis(clock.now() + span));
  pass(1_000);
  expect(halts).toEqual([]);
  file.write("panic");
  pass(100);
  expect(halts).toEqual(["panic"]);
  pass(1_000);
  expect(halts).toHaveLength(1);
  // Lifted and written again between two looks: it is another one.
  file.lift();
  watch.lifted();
  file.write("panic");
  pass(100);
  expect(halts).toHaveLength(2);
  file.lift();
  pass(100);
  file.write("by hand");
  pass(100);
  expect(halts.at(-1)).toBe("by hand");
  watch.stop();
  file.lift();
  pass(500);
  file.write("unseen");
  pass(500);
  expect(halts).toHaveLength(3);
});

it("its text is the reason, cut to a line's length; an empty one is enough", async () => {
  const directory = temporaryFolder();
  const file = await haltFileIn(directory);
  expect(file.reason()).toBeNull();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "HALT"), "");
  expect(file.reason()).toBe("a HALT file lies in the data directory");
  file.write("x".repeat(300));
  expect(file.reason()).toBe("x".repeat(200));
  // A disk on which nobody can see whether one is there: a name that leads to itself is such a place.
  file.lift();
  symlinkSync("HALT", join(directory, "HALT"));
  expect(file.reason()).toBe(`nobody can see whether a HALT file lies in ${directory} (ELOOP)`);
  file.lift();
  expect(file.reason()).toBeNull();
  // Nor is one seen in a directory that is a file.
  const inFile = join(directory, "file");
  writeFileSync(inFile, "");
  expect((await haltFileIn(inFile)).reason()).toBe(
    `nobody can see whether a HALT file lies in ${inFile} (ENOTDIR)`,
  );
  NO_WATCH.lifted();
  NO_WATCH.stop();
});
