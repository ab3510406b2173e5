/** The words for copies of the books. */
import { expect, it } from "vitest";
import type { BackupFact } from "../../../../src/core/model/backup-fact.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { newNarrator } from "../../../../src/core/views/narrator.ts";
import { causeText, showBytes, tellBackup } from "../../../../src/core/views/tell-backup.ts";
import { narrate } from "../../../../src/core/views/timeline.ts";
import { NOW } from "../../../kit/builders.ts";

const name = "2026-11-19T15-00-00.000Z";

const FACTS: readonly (readonly [BackupFact, string])[] = [
  [
    {
      ...{ at: NOW, kind: "BackupMade", name, cause: "session", begunAt: NOW },
      ...{ sequence: 12, files: 4, bytes: 9_040, took: millis(120) },
    },
    `backup ${name} (the session is over): 12 facts, 4 files, 9.0 kB, 0.12 s`,
  ],
  [
    { at: NOW, kind: "BackupFailed", cause: "stop", reason: "the disk is full" },
    "no backup (at the stop): the disk is full; those before it stay",
  ],
  [
    { at: NOW, kind: "BackupRestored", name, sequence: 12, quarantine: "data/quarantine/x" },
    `restored from the backup ${name}, to fact 12; the books before it lie in data/quarantine/x`,
  ],
];

it.each(FACTS)("tells %o", (fact, text) => {
  expect(tellBackup(fact).text).toBe(text);
  const { lines } = narrate(newNarrator, fact);
  expect(lines.map((line) => line.text)).toEqual([text]);
});

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [123_456, "123 kB"],
  [51_000_000, "51.0 MB"],
  [9e15, "9000 TB"],
])("shows %i bytes as %s", (bytes, text) => {
  expect(showBytes(bytes)).toBe(text);
});

it("says what a backup was made for", () => {
  expect(causeText("migration")).toBe("before the books are changed");
});
