import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DEFAULT_LOG } from "../../../../src/core/model/defaults.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { type LogWriterParts, logWriter } from "../../../../src/shell/pino/log.ts";
import type { LogLine } from "../../../../src/shell/pino/log-line.ts";
import { NOW } from "../../../kit/builders.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const line = (event: string, more: Partial<LogLine> = {}): LogLine => ({
  ...{ at: NOW, level: "warn", component: "engine", event, detail: {} },
  ...more,
});

function world(parts: Partial<LogWriterParts> = {}) {
  const path = parts.file?.path ?? join(temporaryFolder(), "deep", "log.jsonl");
  const said: string[] = [];
  let now: number = NOW;
  const writer = logWriter({
    clock: { now: () => millis(now) },
    secrets: () => new Set(["canary-0123456789"]),
    say: (text) => void said.push(text),
    file: { path, rotation: DEFAULT_LOG },
    pretty: null,
    ...parts,
  });
  return {
    ...{ path, said, writer },
    pass: (span: number) => {
      now += span;
    },
    write: async (...events: readonly string[]) => {
      for (const event of events) writer.write(line(event));
      await writer.flushed();
    },
    lines: () =>
      readFileSync(path, "utf8")
        .trimEnd()
        .split("\n")
        .map((one) => JSON.parse(one)),
  };
}

const eventsIn = (lines: readonly { event: string }[]) => lines.map(({ event }) => event);

/** All lines of all files, the pressed ones included. */
function everywhere(path: string): readonly string[] {
  const texts = readdirSync(dirname(path))
    .filter((name) => !name.startsWith("."))
    .map((name) => join(dirname(path), name))
    .map((one) => (one.endsWith(".gz") ? gunzipSync(readFileSync(one)) : readFileSync(one)));
  return texts.flatMap((bytes) =>
    String(bytes)
      .split("\n")
      .filter((text) => text !== ""),
  );
}

describe("a line of the log", () => {
  test("is one JSON object, with what it is about and no secret in it", async () => {
    const { writer, lines } = world();
    const detail = { trade: "t-1", why: null, span: 3, url: "https://x/?k=canary-0123456789" };
    writer.write(line("slow", { component: "venue", detail }));
    await writer.flushed();
    expect(lines()).toEqual([
      {
        ...{ level: "warn", at: "2026-11-19T15:00:00.000Z", component: "venue", event: "slow" },
        ...{ ...detail, url: "https://x/?k=[removed]" },
      },
    ]);
  });

  test("is cut where it is longer than anybody reads", async () => {
    const { writer, lines } = world();
    writer.write(line("long", { detail: { text: "x".repeat(10_000), n: 1 } }));
    await writer.flushed();
    expect(lines()[0].text).toHaveLength(4_003);
  });

  test("costs whoever writes it next to nothing beside a turn", async () => {
    const { writer } = world();
    const detail = { trade: "t-1", message: "discord/1/2", reason: "HTTP 500 after 12 ms" };
    const runs = 5_000;
    const began = performance.now();
    for (let run = 0; run < runs; run++) writer.write(line("cost", { detail }));
    const each = ((performance.now() - began) * 1_000) / runs;
    await writer.flushed();
    console.info(`a log call: ${each.toFixed(1)} us`);
    expect(each).toBeLessThan(200);
  });
});

describe("the file of the log", () => {
  test("begins anew when it is full, and the oldest go", { timeout: 60_000 }, async () => {
    const rotation = { megabytes: 1, files: 2, every: "size" } as const;
    const folder = temporaryFolder();
    const path = join(folder, "log.jsonl");
    const { writer } = world({ file: { path, rotation } });
    const text = "x".repeat(3_900);
    for (let block = 0; block < 5; block++) {
      for (let n = 0; n < 300; n++) writer.write(line(`b${block}`, { detail: { text, n } }));
      await writer.flushed();
    }
    const names = readdirSync(folder).filter((name) => name.endsWith(".gz"));
    expect(names).toHaveLength(2);
    expect(names.every((name) => /^log-\d{8}-\d{4}-\d\d\.jsonl\.gz$/.test(name))).toBe(true);
    expect(statSync(path).size).toBeLessThan(2 * 2 ** 20);
    expect(everywhere(path).at(-1)).toBeDefined();
  });

  test("begins anew on a new day", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "log.jsonl");
    writeFileSync(path, '{"event":"yesterday"}\n');
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    const { write, lines } = world({ file: { path, rotation: DEFAULT_LOG } });
    await write("today");
    expect(eventsIn(lines())).toEqual(["today"]);
    expect(everywhere(path).join()).toContain("yesterday");
  });

  test("goes on where an earlier run ended, for nobody else's eyes", async () => {
    const { path, write } = world();
    await write("before");
    const later = world({ file: { path, rotation: DEFAULT_LOG } });
    await later.write("after");
    expect(eventsIn(later.lines())).toEqual(["before", "after"]);
    if (process.platform !== "win32") expect(statSync(path).mode & 0o077).toBe(0);
  });

  test.skipIf(process.platform === "win32")(
    "may be moved away or cut short by somebody else (logrotate)",
    async () => {
      const { path, write, pass, lines } = world();
      await write("one");
      renameSync(path, `${path}.1`);
      writeFileSync(path, "", { mode: 0o600 });
      pass(1_000);
      await write("two");
      expect(eventsIn(lines())).toEqual(["two"]);
      renameSync(path, `${path}.2`);
      pass(1_000);
      await write("three");
      expect(eventsIn(lines())).toEqual(["three"]);
      copyFileSync(path, `${path}.3`);
      truncateSync(path);
      await write("four");
      expect(eventsIn(lines())).toEqual(["four"]);
      expect(readFileSync(`${path}.3`, "utf8")).toContain("three");
    },
  );

  test("that cannot be written is said once, tried again, and loses nothing that it could keep", async () => {
    const { path, write, said, pass, lines } = world();
    appendFileSync(dirname(path), "a file where the folder should be");
    await write("one", "two");
    await write("three");
    pass(30_000);
    await write("four");
    expect(said).toEqual([
      expect.stringMatching(/^the log cannot be written \(\w+\); it is tried/),
    ]);
    rmSync(dirname(path));
    mkdirSync(dirname(path));
    await write("too soon");
    expect(existsSync(path)).toBe(false);
    pass(30_000);
    await write("five");
    expect(eventsIn(lines())).toEqual(["one", "two", "three", "four", "too soon", "five"]);
    expect(said).toHaveLength(1);
  });

  test("keeps ten thousand lines while it cannot be written, and says how many were lost", async () => {
    const { path, write, pass, writer, lines } = world();
    appendFileSync(dirname(path), "no folder");
    for (let n = 0; n < 10_050; n++) writer.write(line("many"));
    await writer.flushed();
    rmSync(dirname(path));
    pass(30_000);
    await write();
    const found = lines();
    expect(found).toHaveLength(10_001);
    expect(found.at(-1)).toMatchObject({ event: "log-recovered", lost: 50 });
  });
});

describe("standard error", () => {
  test("gets JSON where a service manager listens", () => {
    const { writer, said } = world({ file: null });
    writer.write(line("slow", { detail: { key: "canary-0123456789" } }));
    expect(JSON.parse(said[0] ?? "")).toMatchObject({ event: "slow", key: "[removed]" });
  });

  test("gets lines for people on a terminal, which nobody can forge", () => {
    const { writer, said } = world({ file: null, pretty: { colour: false } });
    const detail = { trade: "t-1", why: "no\nanswer \u001b[2J", n: 3 };
    writer.write(line("slow", { component: "venue", detail }));
    expect(said).toEqual([
      '15:00:00.000 WARN venue slow trade=t-1 why="no\\nanswer \\u001b[2J" n=3',
    ]);
    const coloured = world({ file: null, pretty: { colour: true } });
    coloured.writer.write(line("broken", { level: "error" }));
    expect(coloured.said[0]).toBe("\u001b[31m15:00:00.000 ERROR engine broken\u001b[0m");
  });
});
