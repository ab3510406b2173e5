/** An operator and a running process: every command through the socket, and what they find there. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ALERT_TEXT, recordedDay } from "../kit/recorded-day.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { type Terminal, terminal } from "../kit/terminal.ts";

/** What one command line says, from the directory of the running process. */
async function ask(here: string, ...words: readonly string[]) {
  const asked = terminal({ here });
  const code = await asked.run(...words);
  return { code, out: asked.out(), err: asked.err(), values: asked.values };
}

/** A directory in which a house has run, and runs no more. */
async function ranOnce(): Promise<string> {
  const here = recordedDay(temporaryFolder());
  const first = terminal({ here });
  const ended = first.run("start", "--speed", "1");
  await first.shows("agrees with the venue");
  first.signal("SIGTERM");
  await ended;
  return here;
}

describe("a running process with a trade open", () => {
  let here = "";
  let running: Terminal;
  let ended: Promise<number>;

  beforeAll(async () => {
    here = recordedDay(mkdtempSync(join(tmpdir(), "tradestream-steered-")), { seconds: 3_600 });
    running = terminal({ here });
    ended = running.run("start", "--speed", "1");
    await running.shows("#1 stop confirmed 6316.00 x2");
  });

  afterAll(async () => {
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
    rmSync(here, { recursive: true, force: true });
  });

  test("shows its status, with prices, to people and to programs", async () => {
    const { code, out } = await ask(here, "status");
    expect(code).toBe(0);
    expect(out).toMatch(/^running, paper; prices: 3600 trades of MES/);
    expect(out).toContain("MES 6326.00 (6326.00 / 6326.00)");
    expect(out).toMatch(/1\s+paper\s+3 MES long\s+open\s+3\s+6326\.25\s+6316\.00/);
    const json = await ask(here, "status", "--json");
    expect(json.values()).toMatchObject([{ running: true, mode: "paper", trades: [{ trade: 1 }] }]);
  });

  test("shows its trades while they run", async () => {
    const { out } = await ask(here, "trades");
    expect(out).toMatch(/1\s+paper\s+3 MES long\s+open/);
    const json = await ask(here, "trades", "--json");
    expect(json.values()).toMatchObject([{ state: "open", trade: 1 }, { summary: { open: 1 } }]);
  });

  test("refuses what makes no sense, with 2 and the reason", async () => {
    const cases: readonly (readonly [string, string])[] = [
      ["close 9", "trade #9 is not open"],
      ["stop 1 6310", "that stop would risk more than the present one"],
      ["stop 1 6317.1", "not a price of MES"],
      ["trim 1 9", "only 3 contracts are held"],
      ["cancel 1", "no entry order is waiting"],
      ["flatten nobody", "there is no account nobody"],
      ["approve 3", "there is no entry 3"],
      ["refuse 3", "there is no entry 3"],
    ];
    for (const [words, reason] of cases) {
      const { code, err } = await ask(here, ...words.split(" "));
      expect(err).toContain(`refused: ${reason}`.replace("refused: not", "not"));
      expect(code).toBe(2);
    }
    const json = await ask(here, "close", "9", "--json");
    expect(json.code).toBe(2);
    expect(json.values()).toEqual([
      {
        request: { kind: "close", trade: 9 },
        answer: { kind: "refused", reason: "trade #9 is not open" },
      },
    ]);
  });

  test("takes the others, and the timeline tells them", async () => {
    for (const [words, said] of [
      ["stop 1 6320", "taken: stop of #1 to 6320"],
      ["target 1 6345.5", "taken: target of #1 to 6345.50"],
      ["trim 1 1", "taken: trim 1 of #1"],
      ["halt lunch", "taken: no more entries (lunch)"],
      ["resume", "taken: entries are allowed again"],
    ] as const) {
      const { code, out } = await ask(here, ...words.split(" "));
      expect(out).toContain(said);
      expect(code).toBe(0);
    }
    await running.shows("#1 command: trim 1");
    await running.shows("halted: lunch");
    await running.shows("entries allowed: resumed by the operator");
  });

  test("previews an alert and sends it only when told to", async () => {
    const alone = await ask(here, "paste", ALERT_TEXT);
    expect(alone.code).toBe(2);
    expect(alone.out).toContain("refused: trade #1 is on in this direction");
    const json = await ask(here, "paste", "hello there", "--json");
    expect(json.code).toBe(2);
    expect(json.values()).toMatchObject([{ sent: false, outcome: "ignored" }]);
  });

  test("is closed, and then takes a pasted alert", async () => {
    expect((await ask(here, "release", "1")).out).toContain("taken: release #1");
    expect((await ask(here, "flatten", "--json")).code).toBe(0);
    await running.shows("only exits allowed: flattened by the operator");
    const blocked = await ask(here, "paste", ALERT_TEXT);
    expect(blocked.out).toContain("refused: only exits are allowed");
    expect((await ask(here, "resume")).code).toBe(0);
  });
});

describe("pasting", () => {
  let here = "";
  let running: Terminal;
  let ended: Promise<number>;

  beforeAll(async () => {
    here = recordedDay(mkdtempSync(join(tmpdir(), "tradestream-pasted-")), {
      seconds: 3_600,
      alerts: [],
    });
    running = terminal({ here });
    ended = running.run("start", "--speed", "1");
    await running.shows("agrees with the venue");
  });

  afterAll(async () => {
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
    rmSync(here, { recursive: true, force: true });
  });

  test("without anybody to ask does nothing but show", async () => {
    const { code, out, err } = await ask(here, "paste", ALERT_TEXT);
    expect(code).toBe(2);
    expect(out).toContain("it would become:\n  #1 alert ES long 6326.00");
    expect(out).toContain("#1 planned: 3 MES long");
    expect(err).toContain("not sent: nobody is there to be asked; add --yes");
    expect(running.out()).not.toContain("alert ES long");
  });

  test("asks on a terminal and does nothing unless told to", async () => {
    const person = terminal({ here, isTTY: true });
    const code = person.run("paste", ALERT_TEXT);
    await person.shows("Send it? It may lose $");
    person.type("\r");
    expect(await code).toBe(0);
    expect(person.err()).toContain("not sent");
    const broken = terminal({ here, isTTY: true });
    const brokenCode = broken.run("paste", ALERT_TEXT);
    await broken.shows("Send it?");
    broken.type("\u0003");
    expect(await brokenCode).toBe(0);
    expect(running.out()).not.toContain("alert ES long");
  });

  test("sends what a person agreed to, or --yes said, once", async () => {
    const person = terminal({ here, isTTY: true, environment: { NO_COLOR: "1" } });
    const code = person.run("paste", ALERT_TEXT);
    await person.shows("Send it?");
    person.type("\u001b[B");
    person.type("\r");
    expect(await code).toBe(0);
    expect(person.out()).toContain("sent:\n  #1 alert ES long 6326.00");
    await running.shows("#1 filled 2 MES");
    expect((await ask(here, "close", "1")).code).toBe(0);
    await running.shows("#1 closed by exit");

    const scripted = terminal({ here });
    scripted.type("🚨 ES short 6326: C\nStop: 6336\n");
    scripted.endInput();
    expect(await scripted.run("paste", "-", "--yes", "--json")).toBe(0);
    expect(scripted.values()).toMatchObject([{ sent: true, outcome: "traded" }]);
    await running.shows("#2 filled 1 MES");
  });

  test("takes no empty text and none without end", async () => {
    expect((await ask(here, "paste", "  ")).err).toContain("there is nothing in it");
    const long = await ask(here, "paste", "x".repeat(9_000));
    expect(long).toMatchObject({ code: 2, err: expect.stringContaining("at most 8000") });
    const endless = terminal({ here });
    endless.type("x".repeat(9_000));
    expect(await endless.run("paste")).toBe(2);
  });
});

describe("with no process running", () => {
  test("commands say so and leave with 4", async () => {
    const here = temporaryFolder();
    const lines = ["resume", "flatten", "close 1", "trim 1 1", "breakeven 1", "stop 1 6316"];
    for (const words of [...lines, "target 1 6340", "cancel 1", "release 1"]) {
      const { code, err } = await ask(here, ...words.split(" "));
      expect(code).toBe(4);
      expect(err).toContain("no process is running on");
    }
  });

  test("what a firm did is not written down, and one line says what to do", async () => {
    const here = temporaryFolder();
    for (const words of [
      ["firm", "reset", "TS50"],
      ["firm", "payout", "TS50", "1500"],
    ]) {
      const { code, err } = await ask(here, ...words);
      expect(code).toBe(4);
      expect(err).toMatch(
        /^no process is running on .*; nothing was written down: `tradestream start` first, then say it again\n$/,
      );
    }
  });

  test("halt is written down for the next start, which enters nothing", async () => {
    const here = await ranOnce();
    const { code, out } = await ask(here, "halt", "holiday");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^no process is running; written down \(holiday\): the next start on .*data enters nothing\n$/,
    );
    const json = await ask(here, "halt", "--json");
    expect(json.values()).toMatchObject([{ answer: { kind: "taken" } }]);
    const status = await ask(here, "status");
    expect(status.out).toContain("Paper is halted: halted by the operator");
    expect((await ask(here, "journal", "verify")).code).toBe(0);
  });

  test("a lock-out is written down for the next start, which cannot take it back", async () => {
    const here = await ranOnce();
    const { code, out } = await ask(here, "lockout", "until", "2h");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^taken: locked out; no entries before .* CT; nothing takes this back\nno process is running; written down in .*data, and it holds for the next start\n$/,
    );
    const earlier = await ask(here, "lockout", "until", "1h");
    expect([earlier.code, earlier.err]).toEqual([2, expect.stringContaining("already")]);
    const other = await ask(here, "lockout", "next-session", "--account", "nobody", "--json");
    expect([other.code, other.values()]).toMatchObject([2, [{ answer: { kind: "refused" } }]]);
    const slip = await ask(here, "lockout", "until", "noon");
    expect([slip.code, slip.err]).toEqual([2, expect.stringContaining('"noon" is no end of a')]);
    const status = await ask(here, "status");
    expect(status.out).toContain("locked out by the operator until");
    expect((await ask(here, "journal", "verify")).code).toBe(0);
  });

  test("an account is switched off with no process too, and on by one that runs", async () => {
    const here = await ranOnce();
    const { code, out } = await ask(here, "accounts", "off", "Paper");
    expect(code).toBe(0);
    expect(out).toMatch(/^taken: Paper is off\nno process is running; written down in .*data/);
    const again = await ask(here, "accounts", "off", "paper", "--json");
    expect([again.code, again.values()]).toMatchObject([2, [{ answer: { kind: "refused" } }]]);
    const on = await ask(here, "accounts", "on", "paper");
    expect([on.code, on.err]).toEqual([4, expect.stringContaining("no process is running")]);
    expect((await ask(here, "status")).out).toContain("Paper is switched off; `accounts on paper`");
    expect((await ask(here, "accounts")).out).toMatch(/Paper .* off .* - .*was switched off/);
    expect((await ask(here, "journal", "verify")).code).toBe(0);
  });

  test("paste judges by the rules alone, sends nothing and leaves with 4", async () => {
    const here = temporaryFolder();
    const { code, out, err } = await ask(here, "paste", ALERT_TEXT);
    expect(code).toBe(4);
    expect(out).toMatch(/it would become:\n {2}alert ES long 6326.00 stop 6316.00 size A/);
    expect(err).toContain("nothing was sent");
    writeFileSync(
      join(here, "config.yaml"),
      "rules: { default: { sizing: { kind: contracts } } }\n",
    );
    const json = await ask(here, "paste", ALERT_TEXT, "--json");
    expect(json.code).toBe(4);
    expect(json.values()).toMatchObject([{ sent: false }]);
  });
});

describe("the configuration", () => {
  test("is written once, found sound, and never written over", async () => {
    const here = temporaryFolder();
    const written = await ask(here, "config", "init");
    expect(written.code).toBe(0);
    expect(written.out).toContain("is written");
    const checked = await ask(here, "config", "check");
    expect(checked).toMatchObject({
      code: 0,
      out: expect.stringContaining("is sound: accounts paper"),
    });
    expect((await ask(here, "config", "check", "--json")).values()).toMatchObject([{ ok: true }]);
    const again = await ask(here, "config", "init");
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining("is there already") });
    const other = await ask(here, "config", "init", "other.yaml", "--json");
    expect(other.values()).toMatchObject([{ ok: true }]);
    expect((await ask(here, "config", "init", "no/such/folder.yaml")).code).toBe(2);
  });

  test("that is missing or broken is said to be, with the place of every mistake", async () => {
    const here = temporaryFolder();
    expect(await ask(here, "config", "check")).toMatchObject({
      code: 2,
      err: expect.stringContaining("config init"),
    });
    expect((await ask(here, "config", "check", "--config", "gone.yaml")).code).toBe(2);
    writeFileSync(join(here, "config.yaml"), `${"x1: 1\n".repeat(1)}mode: gold\n`);
    const broken = await ask(here, "config", "check");
    expect(broken.code).toBe(2);
    expect(broken.err).toMatch(/config\.yaml:1:1[\s\S]*config\.yaml:2:7/);
    const json = await ask(here, "config", "check", "--json");
    expect(json.values()).toMatchObject([{ ok: false, problems: [{ line: 1 }, { line: 2 }] }]);
    const many = Array.from({ length: 30 }, (_, n) => `y${n}: 1\n`).join("");
    writeFileSync(join(here, "config.yaml"), many);
    expect((await ask(here, "config", "check")).err).toMatch(/and \d+ more/);
  });
});

describe("parse", () => {
  test("tells a person what texts say", async () => {
    const here = temporaryFolder();
    const text = `${ALERT_TEXT}\n\nhello\n\nES long 6326: B GAMMA\nStop: 6316\nT1: 6333\nT2: 6340\n`;
    writeFileSync(join(here, "alerts.txt"), text);
    const { code, out } = await ask(here, "parse", "alerts.txt");
    expect(code).toBe(0);
    expect(out).toContain("   entry: ES long 6326.00 stop 6316.00 size A\n2  hello\n   none: ");
    expect(out).toContain("targets 6333.00, 6340.00 size B GAMMA");
    const json = await ask(here, "parse", "alerts.txt", "--json");
    expect(json.values()[0]).toMatchObject({ result: { kind: "entry", entry: 6326 } });
  });

  test("answers records with records and names the lines it cannot read", async () => {
    const asked = terminal({ here: temporaryFolder() });
    asked.type(`{"id":"1","text":${JSON.stringify(ALERT_TEXT)},"author":"JMoney"}\n`);
    asked.type(`oops\n{"id":"2","text":${JSON.stringify(ALERT_TEXT)},"author":"stranger"}\n`);
    asked.endInput();
    expect(await asked.run("parse")).toBe(2);
    expect(asked.values()).toMatchObject([
      { id: "1", result: { kind: "entry", instrument: "ES", sizeLabel: "A" } },
      { line: 2, error: "expected one JSON object" },
      { id: "2", result: { kind: "none", reason: "author not allowed" } },
    ]);
  });

  test("hears whom the configuration hears", async () => {
    const here = temporaryFolder();
    const record = `{"id":"1","text":${JSON.stringify(ALERT_TEXT)},"author":"alice"}\n`;
    writeFileSync(join(here, "m.jsonl"), record);
    for (const [sources, kind] of [
      ["[{ kind: chat-file, path: x, authors: [alice] }]", "entry"],
      ["[{ kind: chat-file, path: x, authors: [bob] }]", "none"],
      ["[{ kind: chat-file, path: x }]", "entry"],
      ["[{ kind: stdin }]", "none"],
    ]) {
      writeFileSync(join(here, "config.yaml"), `sources: ${sources}\n`);
      const { values } = await ask(here, "parse", "m.jsonl");
      expect(values()[0]).toMatchObject({ result: { kind } });
    }
  });

  test("says so when there is no such file, and stops when nobody reads", async () => {
    const here = temporaryFolder();
    const missing = await ask(here, "parse", "gone.txt");
    expect(missing).toMatchObject({ code: 2, err: "gone.txt: there is no such file\n" });
    const asked = terminal({ here });
    asked.type("hello\n\nhello\n");
    asked.endInput();
    asked.context.screen.isDeaf = () => true;
    expect(await asked.run("parse")).toBe(0);
    expect(asked.out()).toBe("");
  });
});
