import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createLog, rotatingFile, withoutSecrets } from "../../../../src/shell/console/log.ts";
import { NOW } from "../../../kit/builders.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const clock = { now: () => NOW };

describe("the log", () => {
  test("writes one JSON object a line, from its threshold on", () => {
    const lines: string[] = [];
    const log = createLog({
      threshold: () => "warning",
      clock,
      write: (line) => void lines.push(line),
    });
    log.write("debug", "tick");
    log.write("info", "started");
    log.write("warn", "slow", { span: 3 });
    log.write("error", "broken", { why: null });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { at: "2026-11-19T15:00:00.000Z", level: "warn", event: "slow", span: 3 },
      { at: "2026-11-19T15:00:00.000Z", level: "error", event: "broken", why: null },
    ]);
  });

  test("takes everything when asked to", () => {
    const lines: string[] = [];
    const log = createLog({
      threshold: () => "debug",
      clock,
      write: (line) => void lines.push(line),
    });
    for (const level of ["debug", "info", "warn", "error"] as const) log.write(level, "x");
    expect(lines).toHaveLength(4);
  });

  test.each([
    ['{"token":"abcdef0123456789"}', '{"token":"[removed]"}'],
    ["Authorization: Bearer abcdef0123456789", "Authorization: Bearer [removed]"],
    ["password=hunter2hunter2 now", "password=[removed] now"],
    [`seen ${"a".repeat(24)}.${"b".repeat(6)}.${"c".repeat(27)} there`, "seen [removed] there"],
    [`/api/webhooks/123456/${"d".repeat(40)}`, "/api/webhooks/123456/[removed]"],
  ])("lets no key through: %.40s", (line, shown) => {
    expect(withoutSecrets(line)).toBe(shown);
  });

  test.each([
    '{"event":"journal-refused","detail":"database or disk is full (SQLITE_FULL)"}',
    '{"trade":"ts-abcdefghijklmnopqrstuvwxyz-e1-1","price":6326.25}',
    "/a/folder/with/a/long-name-of-many-letters/journal.db",
  ])("leaves ordinary lines alone: %.40s", (line) => {
    expect(withoutSecrets(line)).toBe(line);
  });
});

describe("the file of the log", () => {
  test("becomes the old one when it is full, and one old one is kept", () => {
    const path = join(temporaryFolder(), "deep", "log.jsonl");
    const write = rotatingFile(path, () => {}, 20);
    for (const line of ["first line", "second line", "third line", "fourth line"]) write(line);
    expect(readFileSync(path, "utf8")).toBe("fourth line\n");
    expect(readFileSync(path.replace(".jsonl", ".1.jsonl"), "utf8")).toBe("third line\n");
  });

  test("goes on where an earlier run ended", () => {
    const path = join(temporaryFolder(), "log.jsonl");
    writeFileSync(path, "before\n");
    rotatingFile(path, () => {})("after");
    expect(readFileSync(path, "utf8")).toBe("before\nafter\n");
  });

  test("is given up, once and aloud, when it cannot be written", () => {
    const folder = temporaryFolder();
    const path = join(folder, "file", "log.jsonl");
    writeFileSync(join(folder, "file"), "not a folder");
    const said: string[] = [];
    const write = rotatingFile(path, (line) => void said.push(line));
    write("one");
    write("two");
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("the log cannot be written any more");
  });
});
