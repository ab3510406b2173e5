import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEFAULT_LOG } from "../../../../src/core/model/defaults.ts";
import { firstLines } from "../../../../src/shell/pino/first-lines.ts";
import { logWriter } from "../../../../src/shell/pino/log.ts";
import type { LogLine } from "../../../../src/shell/pino/log-line.ts";
import { NOW } from "../../../kit/builders.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const SECRET = "canary-0123456789";
const secrets = () => new Set([SECRET]);
const LINE: LogLine = {
  ...{ at: NOW, level: "warn", component: "engine", event: "paper-books-rebuilt" },
  detail: { account: "sim-1", why: "no-tables", fills: 3, said: `with ${SECRET}`, none: null },
};

describe("The first lines of a log", () => {
  test("are on the disk at once, for nobody else to read, and without a secret", () => {
    const path = join(temporaryFolder(), "deep", "log.jsonl");
    expect(firstLines(path, secrets)(LINE)).toBe(true);
    expect(readFileSync(path, "utf8")).toContain('"said":"with [removed]"');
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  test("read as those that the writer adds to them", async () => {
    const path = join(temporaryFolder(), "log.jsonl");
    const long: LogLine = { ...LINE, detail: { text: "x".repeat(5_000) } };
    const first = firstLines(path, secrets);
    for (const line of [LINE, long]) first(line);
    const writer = logWriter({
      ...{ clock: { now: () => NOW }, secrets, say: () => {}, pretty: null },
      file: { path, rotation: DEFAULT_LOG },
    });
    for (const line of [LINE, long]) writer.write(line);
    await writer.flushed();
    const [one, two, three, four] = readFileSync(path, "utf8").trimEnd().split("\n");
    expect([three, four]).toEqual([one, two]);
  });

  test("are left to the writer where the disk refuses, or a detail has no text", () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    expect(firstLines(join(file, "log.jsonl"), secrets)(LINE)).toBe(false);
    const path = join(temporaryFolder(), "log.jsonl");
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    expect(firstLines(path, secrets)({ ...LINE, detail: circle as LogLine["detail"] })).toBe(false);
    expect(existsSync(path)).toBe(false);
  });
});
