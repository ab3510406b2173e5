/** Starting: with and without a configuration, broken ones, second instances, clean stops. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_CONFIG } from "../../src/core/model/defaults.ts";
import { recordedDay } from "../kit/recorded-day.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

/** Starts and waits until the text shows; what ends it is the test's affair. */
async function running(here: string, text: string, ...words: readonly string[]) {
  const console_ = terminal({ here });
  const ended = console_.run("start", ...words);
  await console_.shows(text);
  return { ...console_, ended };
}

const SETTLED = "agrees with the venue";

describe("start without a configuration", () => {
  test("plays the demo into ./data/demo, flat at its end, and every line says DEMO", async () => {
    const here = temporaryFolder();
    const { run, out, err } = terminal({ here });
    expect(await run("start", "--speed", "max")).toBe(0);
    for (const line of `${out()}${err()}`.trim().split("\n")) expect(line).toMatch(/^DEMO /);
    expect(err()).toMatch(
      /no config\.yaml .*, so this is a demo day on paper, as fast as it goes\n/,
    );
    expect(out()).toContain("closed by");
    const trades = terminal({ here });
    expect(await trades.run("trades")).toBe(0);
    expect(trades.out()).toContain("finished, net");
    const status = terminal({ here });
    expect(await status.run("status")).toBe(0);
    expect(status.out()).toContain("not running");
    expect(status.out()).toContain("no trades");

    const again = await running(here, "started", "--speed", "100");
    again.signal("SIGTERM");
    expect(await again.ended).toBe(0);
    expect(readdirSync(join(here, "data")).sort()).toEqual(["demo", "demo-before"]);
  });

  test("does not run over the journal of a configured run", async () => {
    const here = recordedDay(temporaryFolder());
    await terminal({ here }).run("start");
    const elsewhere = temporaryFolder();
    const { run, err } = terminal({ here: elsewhere });
    expect(await run("start", "--data", join(here, "data"))).toBe(2);
    expect(err()).toContain("holds the journal of a configured run");
    expect(existsSync(join(here, "data", "demo"))).toBe(false);
  });

  test("does not put aside a demo that is running", async () => {
    const here = temporaryFolder();
    const first = await running(here, "started", "--speed", "100");
    const second = terminal({ here });
    expect(await second.run("start")).toBe(3);
    expect(second.err()).toContain("another instance runs on");
    first.signal("SIGTERM");
    expect(await first.ended).toBe(0);
    expect(existsSync(join(here, "data", "demo-before"))).toBe(false);
  });
});

describe("demo", () => {
  test("gives the same summary at every speed", async () => {
    const summaries = await Promise.all(
      [
        ["--speed", "max", "--seed", "7"],
        ["--speed", "40000", "--seed", "7"],
      ].map(async (words) => {
        const { run, values } = terminal({ here: temporaryFolder() });
        expect(await run("demo", "--json", ...words)).toBe(0);
        expect(values()[0]).toMatchObject({ demo: true, kind: "house" });
        return values().at(-1) as { summary: { hash: string; alerts: number } };
      }),
    );
    const [first, second] = summaries;
    expect(first).toEqual(second);
    expect(first?.summary.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(first?.summary.alerts).toBeGreaterThan(5);
  });

  test("ends flat when it is stopped in the middle", async () => {
    const here = temporaryFolder();
    const shown = terminal({ here });
    const ended = shown.run("demo", "--speed", "4000");
    await shown.shows("#1 filled");
    shown.signal("SIGINT");
    expect(await ended).toBe(0);
    expect(shown.out()).toMatch(/#1 closed by|#1 abandoned/);
    expect(shown.out()).toContain("stopped: SIGINT");
    expect(readdirSync(here)).toEqual([]);
  });

  test("begins in an empty directory and keeps it", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "something"), "");
    const refused = terminal({ here });
    expect(await refused.run("demo", "--data", here)).toBe(2);
    expect(refused.err()).toContain("is not an empty directory");
    const kept = terminal({ here });
    const ended = kept.run("demo", "--data", "kept", "--speed", "100", "--seed", "8");
    await kept.shows("started");
    kept.signal("SIGTERM");
    expect(await ended).toBe(0);
    const looking = terminal({ here });
    expect(await looking.run("journal", "verify", "--data", "kept")).toBe(0);
  });
});

describe("start with a configuration", () => {
  test("says what it runs on, waits for the venue, and stops cleanly when asked", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "config.yaml"), "market: { kind: none }\n");
    const run = await running(here, SETTLED);
    expect(run.err()).toContain("config.yaml: paper, Paper; books in");
    expect(run.err()).toContain("shadow: without prices");
    run.signal("SIGTERM");
    expect(await run.ended).toBe(0);
    expect(run.out()).toContain("stopped: SIGTERM");
    expect(run.quits).toEqual([]);
    const again = terminal({ here });
    expect(await again.run("status", "--json")).toBe(0);
    expect(again.values()).toMatchObject([{ running: false, accounts: [{ settled: true }] }]);
  });

  test("on invented prices tells practice from shadow", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "alerts.txt"), "🚨 ES long 6000: A\nStop: 5990\n\n");
    writeFileSync(
      join(here, "config.yaml"),
      "market: { kind: simulated }\nsources: [{ kind: chat-file, path: ./alerts.txt }]\n" +
        "accounts: [{ id: a }, { id: b }, { id: c }, { id: d }]\n",
    );
    const run = await running(here, "alert ES long");
    expect(run.err()).toContain("practice: prices are simulated; what you paste trades at them");
    expect(run.err()).toContain("alerts from ./alerts.txt are judged and kept as shadows");
    expect(run.err()).toContain("4 accounts");
    expect(run.out()).not.toContain("planned");
    run.signal("SIGTERM");
    expect(await run.ended).toBe(0);
  });

  test("ends by itself when all its sources have ended", async () => {
    const here = temporaryFolder();
    const yaml =
      "sources: [{ kind: chat-file, path: ./alerts.txt, once: true }, { kind: stdin }]\n";
    writeFileSync(join(here, "config.yaml"), yaml);
    writeFileSync(join(here, "alerts.txt"), "hello\n");
    const { run, out, endInput } = terminal({ here });
    endInput();
    expect(await run("start", "--once")).toBe(0);
    expect(out()).toContain("stopped: the sources have ended");
  });

  test("refuses a second instance on the same directory with 3", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "config.yaml"), "{}\n");
    const first = await running(here, SETTLED);
    const second = terminal({ here });
    expect(await second.run("start")).toBe(3);
    expect(second.err()).toMatch(/another instance runs on .*\(process \d+\)/);
    first.signal("SIGTERM");
    expect(await first.ended).toBe(0);
  });

  test("takes --speed for recorded prices only", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "config.yaml"), "{}\n");
    const { run, err } = terminal({ here });
    expect(await run("start", "--speed", "5")).toBe(2);
    expect(err()).toContain("--speed is for recorded prices");
  });

  test("runs without its socket where the path is too long, and says so", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "config.yaml"), "{}\n");
    const data = join(here, "d".repeat(120));
    const run = await running(here, SETTLED, "--data", data);
    await run.shows("no commands while this runs");
    run.signal("SIGTERM");
    expect(await run.ended).toBe(0);
  });

  test("that cannot open its books says why and leaves with 1", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "config.yaml"), "{}\n");
    mkdirSync(join(here, "data", "paper.db"), { recursive: true });
    const { run, err } = terminal({ here });
    expect(await run("start")).toBe(1);
    expect(err()).toContain("paper.db");
    writeFileSync(join(here, "file"), "");
    const nowhere = terminal({ here });
    expect(await nowhere.run("start", "--data", "file")).toBe(1);
    expect(nowhere.err()).toContain("file");
  });

  test("trades on without a ledger, which is only a copy", async () => {
    const here = recordedDay(temporaryFolder());
    mkdirSync(join(here, "data", "ledger.db"), { recursive: true });
    const { run, out } = terminal({ here });
    expect(await run("start")).toBe(0);
    expect(out()).toContain("#1 closed by targets");
    expect(readFileSync(join(here, "data", "log.jsonl"), "utf8")).toContain("ledger-unopened");
  });
});

/** A replay left behind with a trade open, as after a crash or a clean stop. */
let left = "";

beforeAll(async () => {
  left = recordedDay(mkdtempSync(join(tmpdir(), "tradestream-left-")));
  const first = await running(left, "#1 stop confirmed 6316.00 x2", "--speed", "1");
  first.signal("SIGTERM");
  expect(await first.ended).toBe(0);
  expect(first.err()).toContain("#1 3 MES long: stop 6316.00 and targets stay at the venue");
  expect(first.err()).toContain("no breakeven while this is off");
});

afterAll(() => rmSync(left, { recursive: true, force: true }));

function leftOpen(): { readonly here: string } {
  const here = temporaryFolder();
  cpSync(left, here, { recursive: true });
  return { here };
}

describe("a start that would be refused", () => {
  test("with nothing open is refused, every mistake named", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "config.yaml"), "markte: { kind: none }\nmode: live\n");
    const { run, err } = terminal({ here });
    expect(await run("start")).toBe(2);
    expect(err()).toMatch(/config\.yaml:1:1 .*markte/);
    expect(err()).toMatch(/config\.yaml:2:\d+ mode/);
    expect(existsSync(join(here, "data"))).toBe(false);
  });

  test("with contracts open runs on the last good configuration, exits only", async () => {
    const { here } = leftOpen();
    writeFileSync(join(here, "config.yaml"), "mode: [\n");
    const { run, out, err } = terminal({ here });
    expect(await run("start")).toBe(0);
    expect(err()).toContain("ALARM: only exits are allowed");
    expect(out()).toContain("only exits allowed");
    expect(out()).toContain("#1 target 2 hit");
    expect(out()).toContain("stopped: the day is over");
  });

  test("with contracts open and its last good configuration torn goes by the journal's settings", async () => {
    const { here } = leftOpen();
    writeFileSync(join(here, "config.yaml"), "mode: [\n");
    writeFileSync(join(here, "data", "last-good.json"), '{"shape":1,"con');
    const run = await running(here, SETTLED);
    expect(run.err()).toContain("prices: none");
    run.signal("SIGTERM");
    expect(await run.ended).toBe(0);
  });

  test("with contracts open and no prices any more watches all the same", async () => {
    const { here } = leftOpen();
    const config = readFileSync(join(here, "config.yaml"), "utf8");
    writeFileSync(join(here, "config.yaml"), config.replace("prices.csv", "gone.csv"));
    const run = await running(here, SETTLED);
    expect(run.err()).toContain("no such file");
    expect(run.err()).toContain("ALARM: only exits are allowed: no prices");
    run.signal("SIGTERM");
    expect(await run.ended).toBe(0);
  });

  test("that finds the journal unreadable is refused", async () => {
    const { here } = leftOpen();
    writeFileSync(join(here, "config.yaml"), "mode: [\n");
    writeFileSync(join(here, "data", "journal.db"), "no longer a database, but a text about one");
    const { run } = terminal({ here });
    expect(await run("start")).toBe(2);
  });
});

describe("a replay whose prices end with contracts open", () => {
  const STAYS = "#1 3 MES long: stop 6316.00 and targets stay at the venue";
  const ON = "prices that go on from here, and another start, play this further";

  test("says what stays open at which stop, ends with 0, and goes on with later prices", async () => {
    const here = recordedDay(temporaryFolder(), { seconds: 30 });
    const first = terminal({ here });
    expect(await first.run("start")).toBe(0);
    expect(first.out()).toMatch(/stopped: the day is over\n$/);
    expect(first.err()).toContain(`${STAYS}; no breakeven while this is off\n${ON}\n`);

    const again = terminal({ here });
    expect(await again.run("start")).toBe(0);
    expect(again.err()).toContain("nothing is left to play");
    expect(again.out()).toContain("agrees with the venue");
    expect(again.out()).toMatch(/stopped: the day is over\n$/);
    expect(again.err()).toContain(STAYS);

    recordedDay(here);
    const more = terminal({ here });
    expect(await more.run("start")).toBe(0);
    expect(more.out()).toContain("#1 closed by targets");
    expect(more.err()).not.toContain(ON);
    const over = terminal({ here });
    expect(await over.run("start")).toBe(2);
    expect(over.err()).toContain("use another --data for this replay");
  });

  test("goes by the last good configuration when the present one is broken", async () => {
    const here = recordedDay(temporaryFolder(), { seconds: 30 });
    await terminal({ here }).run("start");
    writeFileSync(join(here, "config.yaml"), "mode: [\n");
    const { run, err } = terminal({ here });
    expect(await run("start")).toBe(0);
    expect(err()).toContain("ALARM: only exits are allowed");
    expect(err()).toContain(STAYS);
  });
});

describe("a stop with something open", () => {
  test("goes on at the next start where it was left", async () => {
    const { here } = leftOpen();
    const { run, out } = terminal({ here });
    expect(await run("start")).toBe(0);
    expect(out()).toContain("#1 target 1 hit");
    expect(out()).toContain("#1 closed by targets");
    expect(out()).not.toContain("restored");
  });

  test("finds the venue restored when a power cut took its book", async () => {
    const { here } = leftOpen();
    for (const name of readdirSync(join(here, "data"))) {
      if (name.startsWith("paper.db")) writeFileSync(join(here, "data", name), "");
    }
    const { run, out, err } = terminal({ here });
    expect(await run("start")).toBe(0);
    expect(err()).toContain("the paper venue had forgotten paper; restored from the journal");
    expect(out()).toContain("#1 closed by targets");
  });

  test("flattens first where the configuration says so", async () => {
    const here = recordedDay(temporaryFolder(), { yaml: "flattenOnStop: true\n" });
    const run = await running(here, "#1 stop confirmed 6316.00 x2", "--speed", "1");
    run.signal("SIGTERM");
    expect(await run.ended).toBe(0);
    expect(run.out()).toContain("#1 closed by exit");
    expect(DEFAULT_CONFIG.flattenOnStop).toBe(false);
  });

  test.each([
    ["Enter", ["\r"], /stopped: SIGINT/],
    ["down, Enter", ["\u001b[B", "\r"], /#1 closed by exit[\s\S]*stopped: SIGINT/],
  ])("asks on a terminal what to do with it: %s", async (_, keys, shown) => {
    const here = recordedDay(temporaryFolder());
    const person = terminal({ here, isTTY: true, environment: { NO_COLOR: "1" } });
    const ended = person.run("start", "--speed", "1");
    await person.shows("#1 stop confirmed 6316.00 x2");
    person.signal("SIGINT");
    await person.shows("Leave these to their stops");
    for (const key of keys) person.type(key);
    expect(await ended).toBe(0);
    expect(person.out()).toMatch(shown);
  });

  test("leaves at once at the second signal, or when the question is broken off", async () => {
    const here = recordedDay(temporaryFolder());
    const person = terminal({ here, isTTY: true });
    const ended = person.run("start", "--speed", "1");
    await person.shows("#1 stop confirmed");
    person.signal("SIGINT");
    await person.shows("Leave these to their stops");
    person.signal("SIGINT");
    expect(person.quits).toEqual([1]);
    person.type("\u0003");
    while (person.quits.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(person.quits).toEqual([1, 1]);
    // Here the process would be gone; the day plays on to let the test end.
    const other = terminal({ here });
    expect(await other.run("close", "1")).toBe(0);
    void ended;
  });
});
