/**
 * The built program as processes of its own: exit codes, signals, pipes, sudden death. What can be
 * seen from inside is tested elsewhere; here is what only a process has.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { type Running, run, start, startIn } from "../kit/built-program.ts";
import { recordedDay } from "../kit/recorded-day.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";

describe("the process", () => {
  test.each([
    [0, "--version", /^\d+\.\d+\.\d+\n$/],
    [0, "help start", /Usage: tradestream start/],
    [2, "bogus", /unknown command 'bogus'/],
    [2, "config check", /there is no config\.yaml here/],
    [4, "resume", /no process is running on data or data\/demo/],
  ])("leaves with %i for %s", async (code, words, said) => {
    const ended = await run(temporaryFolder(), ...words.split(" "));
    expect(ended.code).toBe(code);
    expect(`${ended.out}${ended.err}`).toMatch(said);
  });

  test("leaves with 1 when the journal cannot be read", async () => {
    const here = recordedDay(temporaryFolder());
    writeFileSync(
      join(recordedDay(join(here, "data")), "journal.db"),
      "no database, but long enough",
    );
    expect(await run(here, "trades")).toMatchObject({ code: 1 });
  });

  test("plays the demo to its summary", async () => {
    const { code, out } = await run(temporaryFolder(), "demo", "--speed", "max", "--json");
    expect(code).toBe(0);
    const last = JSON.parse(out.trim().split("\n").at(-1) ?? "");
    expect(Object.keys(last.summary)).toEqual(["alerts", "trades", "netUsd", "facts", "hash"]);
  });

  test("plays the same demo wherever it stands, in any time zone and any language", async () => {
    const places = [
      {},
      { TZ: "Asia/Kathmandu", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" },
      { TZ: "America/Sao_Paulo", LANG: "ar_EG.UTF-8", LC_ALL: "tr_TR.UTF-8", NO_COLOR: "1" },
    ];
    const said = await Promise.all(
      places.map(async (place) => {
        const options = { cwd: temporaryFolder(), env: { ...process.env, ...place } };
        const words = ["demo", "--speed", "max", "--seed", "7", "--json"];
        const { code, out } = await startIn(options, ...words).whole();
        expect(code).toBe(0);
        return out;
      }),
    );
    expect(said[0]).toContain('{"summary":{');
    expect(new Set(said).size).toBe(1);
  });

  test("goes on trading when nobody reads what it says, and stops listing when nobody does", async () => {
    const here = recordedDay(temporaryFolder());
    const trading = start(here, "start", "--speed", "300");
    trading.child.stdout?.once("data", () => trading.child.stdout?.destroy());
    expect(await trading.ended).toBe(0);
    expect(trading.err()).not.toContain("EPIPE");
    const looking = start(here, "journal", "show", "--json");
    looking.child.stdout?.once("data", () => looking.child.stdout?.destroy());
    expect(await looking.ended).toBe(0);
    expect(looking.err()).toBe("");
    expect((await run(here, "trades")).out).toContain("1 finished, net");
  });
});

/** Says which threads a process starts, before the program itself begins. */
const THREADS_TOLD = `data:text/javascript,${encodeURIComponent(`
  import threads from "node:worker_threads";
  import { syncBuiltinESMExports } from "node:module";
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(file, options) {
      super(file, options);
      console.error("thread " + file);
    }
  };
  syncBuiltinESMExports();
`)}`;

/** The chunks that a run reads, by what the runtime says it has compiled. */
async function chunksOf(...words: readonly string[]): Promise<readonly string[]> {
  const covered = temporaryFolder();
  const env = { ...process.env, NODE_V8_COVERAGE: covered };
  const { code } = await startIn({ cwd: temporaryFolder(), env }, ...words).whole();
  expect(code).toBe(0);
  const scripts = readdirSync(covered).flatMap(
    (name) => JSON.parse(readFileSync(join(covered, name), "utf8")).result as { url: string }[],
  );
  return scripts.flatMap(({ url }) => (url.includes("/dist/") ? [fileURLToPath(url)] : []));
}

test("the program reads little at a start, and nothing of the network without need", async () => {
  const chunks = await chunksOf("demo", "--speed", "max");
  expect(chunks.length).toBeGreaterThan(5);
  const sizes = chunks.map((path) => statSync(path).size);
  expect(Math.max(...sizes)).toBeLessThan(600_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_200_000);
  const read = chunks.map((path) => readFileSync(path, "utf8")).join("\n");
  for (const foreign of [
    "fastify/",
    "undici/",
    "@discordjs/",
    "/http/webhook",
    "sqlite/history.ts",
  ])
    expect(read).not.toContain(foreign);
});

describe("the chain of the journal", () => {
  test("is walked in a thread of its own, to the same words and codes", async () => {
    const here = recordedDay(temporaryFolder());
    await run(here, "start");
    const env = { ...process.env, NODE_OPTIONS: `--import=${THREADS_TOLD}` };
    const whole = await startIn({ cwd: here, env }, "journal", "verify").whole();
    expect(whole).toMatchObject({ code: 0, err: expect.stringMatching(/^thread .*verify-worker/) });
    expect(whole.out).toMatch(/^data: \d+ facts, whole and chained; head [0-9a-f]{64}\n$/);
    const path = join(here, "data", "journal.db");
    const database = new Database(path);
    database.exec("DROP TRIGGER facts_never_change; UPDATE facts SET at = 1 WHERE sequence = 3");
    database.close();
    expect(await run(here, "journal", "verify")).toEqual({
      code: 1,
      out: "",
      err: "data: broken from fact 3 on: fact 3: at, kind or trade differ from its body\n",
    });
    writeFileSync(path, "not a database at all, whatever its name says");
    expect(await run(here, "journal", "verify")).toEqual({
      code: 1,
      out: "",
      err: `${join("data", "journal.db")}: not a database: file is not a database (SQLITE_NOTADB)\n`,
    });
  });
});

describe("a process with a trade open", () => {
  const open = async (): Promise<{ readonly here: string; readonly first: Running }> => {
    const here = recordedDay(temporaryFolder());
    const first = start(here, "start", "--speed", "1");
    await first.shows("#1 stop confirmed 6316.00 x2");
    return { here, first };
  };

  test("is the only one on its directory, and stops cleanly when asked", async () => {
    const { here, first } = await open();
    const second = await run(here, "start");
    expect(second.code).toBe(3);
    expect(second.err).toContain(`(process ${first.child.pid})`);
    expect((await run(here, "status")).out).toContain("running, paper");
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    expect(first.out()).toContain("stopped: SIGTERM");
    expect(existsSync(join(here, "data", "control.sock"))).toBe(false);
  });

  test("killed without warning loses nothing and goes on where it was", async () => {
    const { here, first } = await open();
    first.child.kill("SIGKILL");
    expect(await first.ended).toBe(null);
    expect(existsSync(join(here, "data", "control.sock"))).toBe(true);
    const left = await run(here, "status");
    expect(left.out).toMatch(/^not running[\s\S]*3 MES long\s+open/);
    const again = await run(here, "start");
    expect(again.code).toBe(0);
    expect(again.out).toContain("#1 target 2 hit: 2 MES");
    expect(again.err).not.toContain("forgotten");
    const { out } = await run(here, "journal", "show", "--trade", "1");
    expect(out.match(/#1 filled/g)).toHaveLength(2);
    expect((await run(here, "journal", "verify")).code).toBe(0);
  });

  test("leaves its door to the next one when it was killed", async () => {
    const { here, first } = await open();
    first.child.kill("SIGKILL");
    await first.ended;
    const next = start(here, "start", "--speed", "1");
    await next.shows("agrees with the venue");
    expect((await run(here, "close", "1")).code).toBe(0);
    await next.shows("#1 closed by exit");
    next.child.kill("SIGINT");
    expect(await next.ended).toBe(0);
  });
});
