/**
 * What a stranger gets wrong, typed at the program, and at the built one where processes matter: each
 * mistake is named with its place and what was expected there, ends with the code the reference says,
 * and changes nothing.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { run } from "../kit/built-program.ts";
import { recordedDay } from "../kit/recorded-day.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { ask } from "../kit/venue-house.ts";

const AT = "2026-11-17T15:00:02Z";
const ROWS = "time,price,size\n2026-11-17T15:00:00Z,6326.00,1\n2026-11-17T15:00:01Z,6326.25,1\n";

describe("a price file", () => {
  test.each([
    ["a row that ends early", AT, ':4: expected a price under "price", found nothing'],
    [
      "a time that is none",
      "hello,6326,1",
      ":4: expected a time with its zone (2026-03-02T15:31:10Z) or Unix seconds, found hello",
    ],
    [
      "a price off the grid",
      `${AT},6326.10,1`,
      ":4: expected a price of MES, a multiple of 0.25, found 6326.10",
    ],
    [
      "a time that runs backwards",
      "2026-11-17T14:59:02Z,6326.00,1",
      ":4: expected a time after 2026-11-17T15:00:01.000Z, found 2026-11-17T14:59:02.000Z",
    ],
    ["nothing traded", `${AT},6326.00,0`, ":4: expected a size of 1 or more, found 0"],
    ["less than nothing traded", `${AT},6326.00,-3`, ":4: expected a size of 1 or more, found -3"],
    [
      "a price below zero",
      `${AT},-6326.00,1`,
      ":4: expected a price of MES above zero, found -6326.00",
    ],
    ["a price of zero", `${AT},0,1`, ":4: expected a price of MES above zero, found 0"],
    ["a decimal comma", `${AT},6326,25,1`, ":4: expected 3 fields, as in the header, found 4"],
    [
      "a quotation mark that stays open",
      `${AT},"6326.00,1`,
      ":4: expected quotation marks that open and close around a field",
    ],
  ])("with %s is refused, and nothing is written", async (_, row, said) => {
    const here = recordedDay(temporaryFolder());
    writeFileSync(join(here, "prices.csv"), `${ROWS}${row}\n`);
    const { code, out, err } = await ask(here, "start");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`/prices.csv${said}`);
    expect(existsSync(join(here, "data"))).toBe(false);
  });

  test.each([
    ["missing", null, ": expected a file of prices, found no such file"],
    ["empty", "", ": expected a header: time,open,high,low,close or "],
    ["of something else", "a,b,c\n", ":1: expected a header: time,open,high,low,close or "],
  ])("that is %s is refused, and nothing is written", async (_, text, said) => {
    const here = recordedDay(temporaryFolder());
    rmSync(join(here, "prices.csv"));
    if (text !== null) writeFileSync(join(here, "prices.csv"), text);
    const { code, out, err } = await ask(here, "start");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`/prices.csv${said}`);
    expect(existsSync(join(here, "data"))).toBe(false);
  });
});

describe("a chat file", () => {
  test("that a replay does not find is refused, unless contracts are open", async () => {
    const here = recordedDay(temporaryFolder(), { seconds: 30 });
    const chat = join(here, "alerts.jsonl");
    const alerts = readFileSync(chat);
    rmSync(chat);
    const { code, out, err } = await ask(here, "start");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("./alerts.jsonl: expected a file of messages, found no such file");
    expect(existsSync(join(here, "data"))).toBe(false);

    writeFileSync(chat, alerts);
    expect((await ask(here, "start")).out).toContain("#1 stop confirmed");
    recordedDay(here);
    rmSync(chat);
    const on = await ask(here, "start");
    expect(on).toMatchObject({ code: 0, out: expect.stringContaining("#1 closed by targets") });
    expect(on.err).toContain("alerts.jsonl: there is no such file");
  });
});

describe("a configuration", () => {
  test.each([
    ["an unknown key", "markte: 1\n", "config.yaml:1:1 markte: unknown key; did you mean market?"],
    [
      "a wrong value",
      "mode: gold\n",
      'config.yaml:1:7 mode: expected paper, live or twin, found "gold"',
    ],
    ["broken YAML", "market: { kind: none\nfoo: [\n", "config.yaml:2:1: "],
    ["tabs", "market:\n\tkind: none\n", "config.yaml:2:1: Tabs are not allowed as indentation"],
    ["nothing in it", "", "config.yaml:1:1: the file holds nothing"],
  ])("with %s is refused by start and check alike", async (_, text, said) => {
    const here = temporaryFolder();
    writeFileSync(join(here, "config.yaml"), text);
    for (const words of [["start"], ["config", "check"]]) {
      const { code, out, err } = await ask(here, ...words);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain(said);
    }
    expect(existsSync(join(here, "data"))).toBe(false);
  });
});

async function played(): Promise<string> {
  const here = recordedDay(temporaryFolder(), { seconds: 30 });
  expect((await ask(here, "start")).code).toBe(0);
  return here;
}

/** Another program's hand on a database. */
function lock(path: string): void {
  const database = new Database(path);
  database.exec("BEGIN EXCLUSIVE");
  onTestFinished(() => void database.close());
}

describe("a database", () => {
  test("that another program holds is named, and left alone", async () => {
    const here = await played();
    const path = join(here, "data", "journal.db");
    lock(path);
    const before = readFileSync(path);
    for (const words of [["start"], ["halt"]]) {
      const { code, err } = await ask(here, ...words);
      expect(code).toBe(1);
      expect(err).toContain("data/journal.db: in use by another program");
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("that is the lock of another instance ends with 3", async () => {
    const here = await played();
    lock(join(here, "data", "lock.db"));
    for (const words of [["start"], ["halt"], ["ledger", "rebuild"]]) {
      const { code, err } = await run(here, ...words);
      expect(code).toBe(3);
      expect(err).toContain("another instance runs on data");
    }
  });

  test.each(["journal.db", "paper.db", "lock.db"])(
    "%s that is none any more is named, and left as it is",
    async (name) => {
      const here = await played();
      const text = "no database any more, only a text that says so";
      for (const tail of ["-wal", "-shm"]) rmSync(join(here, "data", name + tail), { force: true });
      writeFileSync(join(here, "data", name), text);
      const { code, out, err } = await ask(here, "start");
      expect([code, out]).toEqual([1, ""]);
      expect(err).toMatch(new RegExp(`data/${name}: .*file is not a database`));
      expect(readFileSync(join(here, "data", name), "utf8")).toBe(text);
    },
  );

  test("with damaged pages is refused in one line by whoever needs it", async () => {
    const here = await played();
    const path = join(here, "data", "journal.db");
    new Database(path).close(); // what the log before it holds goes into the file
    const bytes = readFileSync(path).fill(0xff, 2 * 4_096, 5 * 4_096);
    writeFileSync(path, bytes);
    for (const words of [["start"], ["status"], ["trades"], ["journal", "verify"], ["halt"]]) {
      const { code, out, err } = await run(here, ...words);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toMatch(/data(\/journal\.db)?: .*malformed|data\/journal\.db: damaged: /);
      expect(err.trimEnd().split("\n").at(-1)).toMatch(/^data/);
    }
    writeFileSync(join(here, "config.yaml"), "mode: gold\n");
    expect(await run(here, "start")).toMatchObject({ code: 2, out: "" });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test("has no place where a file lies", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "file"), "");
    mkdirSync(join(here, "full", "of"), { recursive: true });
    writeFileSync(join(here, "config.yaml"), "{}\n");
    const start = await ask(here, "start", "--data", "file");
    expect([start.code, start.err]).toEqual([1, expect.stringContaining("file: this is not a")]);
    for (const name of ["file", "full"]) {
      const demo = await ask(here, "demo", "--data", name);
      expect([demo.code, demo.err]).toEqual([
        2,
        expect.stringContaining(`${name} is not an empty`),
      ]);
    }
  });
});

describe("help", () => {
  const COMMANDS = [
    ...["start", "demo", "status", "trades", "parse", "paste", "halt", "resume", "flatten"],
    ...["approve", "refuse", "close", "breakeven", "cancel", "release", "trim", "stop", "target"],
    ...["config check", "config init", "journal verify", "journal show", "ledger rebuild"],
  ];

  test("of every command shows its words, the ones for all commands, and an example", async () => {
    const here = temporaryFolder();
    for (const words of COMMANDS) {
      const { code, out, err } = await ask(here, ...words.split(" "), "--help");
      expect([words, code, err]).toEqual([words, 0, ""]);
      expect(out).toContain(`Usage: tradestream ${words}`);
      expect(out).toMatch(/--data <directory>[\s\S]*--json/);
      expect(out).toContain(`$ tradestream ${words}`);
    }
  });
});
