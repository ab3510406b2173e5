/** A recorded day from its start to its end, and every command that looks at it afterwards. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { recordAt, recordedDay } from "../kit/recorded-day.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

async function played(): Promise<string> {
  const here = recordedDay(temporaryFolder());
  const { run } = terminal({ here });
  expect(await run("start")).toBe(0);
  return here;
}

describe("a replay", () => {
  test("trades the chat at the recorded prices and ends with them", async () => {
    const here = recordedDay(temporaryFolder());
    const { run, out, err } = terminal({ here });
    expect(await run("start")).toBe(0);
    expect(out()).toContain("09:00:00 CT  #1 alert ES long 6326.00 stop 6316.00 size A");
    expect(out()).toContain("#1 target 2 hit: 2 MES at 6338.00");
    expect(out()).toContain("09:04:59 CT  stopped: the day is over");
    expect(err()).toContain("prices: 300 trades of MES from ./prices.csv");
    expect(err()).toContain("replay: as fast as it goes; --speed 1 for real time");
    expect(existsSync(join(here, "data", "control.sock"))).toBe(false);
  });

  test("of a Saturday is traded where the venue never closes, and nowhere else", async () => {
    const startsAt = Date.UTC(2026, 10, 21, 15);
    const closed = terminal({ here: recordedDay(temporaryFolder(), { startsAt }) });
    expect(await closed.run("start")).toBe(2);
    expect(closed.err()).toContain("at least one price inside the exchange's sessions");
    const yaml = "paper: { sessions: always-open }\n";
    const open = terminal({ here: recordedDay(temporaryFolder(), { startsAt, yaml }) });
    expect(await open.run("start")).toBe(0);
    expect(open.err()).not.toContain("left out");
    expect(open.out()).toContain("#1 target 2 hit: 2 MES at 6338.00");
  });

  test("tells the same day as JSON", async () => {
    const { run, values } = terminal({ here: recordedDay(temporaryFolder()) });
    expect(await run("start", "--json", "--speed", "5000")).toBe(0);
    expect(values()[0]).toMatchObject({
      at: "2026-11-17T15:00:00.000Z",
      clock: "09:00:00 CT",
      kind: "house",
    });
    expect(values()[0]).not.toHaveProperty("demo");
  });

  test("does not begin behind the end of its journal", async () => {
    const here = await played();
    const { run, err } = terminal({ here });
    expect(await run("start")).toBe(2);
    expect(err()).toContain("use another --data for this replay");
    expect(await run("start", "--data", join(here, "other"))).toBe(0);
  });

  test("reads every message first, reports bad lines, and keeps to its authors", async () => {
    const here = recordedDay(temporaryFolder(), {
      alerts: ["oops", recordAt(0.3, "🚨 ES long 6326: A\nStop: 6316"), recordAt(2, "hi")],
      yaml: "    authors: [somebody else]\n  - kind: stdin\n",
    });
    const { run, out, err, type, endInput } = terminal({ here });
    type("🚨 ES long 6327: C\nStop: 6317\n");
    endInput();
    expect(await run("start")).toBe(0);
    expect(err()).toContain("alerts.jsonl:1: expected one JSON object");
    expect(out()).toContain("ignored: author not allowed");
    expect(out()).toContain("#1 alert ES long 6327.00 stop 6317.00 size C");
  });

  test("refuses prices that are off all alerts by the same distance", async () => {
    const alerts = [1, 20, 40, 60].map((second) =>
      recordAt(second, `ES long ${6268 + second / 4}: A\nStop: 6258`),
    );
    const here = recordedDay(temporaryFolder(), { alerts });
    const { run, err } = terminal({ here });
    expect(await run("start")).toBe(2);
    expect(err()).toMatch(/the alerts lie [\d.]+ points below these prices \(\d compared\)/);
    expect(existsSync(join(here, "data"))).toBe(false);
  });

  test.each([
    ["missing.csv", "expected a file of prices, found no such file"],
    ["bad.csv", "bad.csv:2"],
  ])("with the price file %s changes nothing and leaves with 2", async (name, reason) => {
    const here = recordedDay(temporaryFolder());
    writeFileSync(join(here, "bad.csv"), "time,price\nyesterday,6326\n");
    const config = readFileSync(join(here, "config.yaml"), "utf8");
    writeFileSync(join(here, "config.yaml"), config.replace("prices.csv", name));
    const { run, err } = terminal({ here });
    expect(await run("start")).toBe(2);
    expect(err()).toContain(reason);
    expect(existsSync(join(here, "data"))).toBe(false);
  });
});

describe("a journal that was lost", () => {
  test("leaves the venue's balance to be taken over at the next start", async () => {
    const here = await played();
    const before = await balanceIn(here);
    expect(before).not.toBe(50_000);
    for (const name of readdirSync(join(here, "data"))) {
      if (!name.startsWith("paper.db")) rmSync(join(here, "data", name), { force: true });
    }
    const startsAt = Date.UTC(2026, 10, 18, 15);
    recordedDay(here, { startsAt, alerts: [] });
    const { run, out } = terminal({ here });
    expect(await run("start")).toBe(0);
    expect(out()).toContain("agrees with the venue");
    expect(await balanceIn(here)).toBe(before);
  });
});

async function balanceIn(here: string): Promise<unknown> {
  const { run, values } = terminal({ here });
  expect(await run("status", "--json")).toBe(0);
  const [status] = values() as { readonly accounts: readonly { readonly balanceUsd: number }[] }[];
  return status?.accounts[0]?.balanceUsd;
}

describe("trades", () => {
  test("are listed with how they ended and what they made", async () => {
    const { run, out } = terminal({ here: await played() });
    expect(await run("trades")).toBe(0);
    const [title, row, sum] = out().split("\n");
    expect(title).toMatch(/^#\s+CLOSED\s+ACCOUNT\s+TRADE\s+ENTRY\s+EXIT\s+HOW\s+NET$/);
    expect(row).toMatch(/^1\s+2026-11-17 09:01:1\d CT\s+paper\s+3 MES long\s+.*targets\s+\$\d/);
    expect(sum).toMatch(/^1 finished, net \$\d+\.\d\d$/);
  });

  test("come as JSON with a summary behind them", async () => {
    const { run, values } = terminal({ here: await played() });
    expect(await run("trades", "--json", "--tail", "3")).toBe(0);
    expect(values()).toMatchObject([
      { state: "finished", trade: 1, instrument: "MES", quantity: 3, how: "targets" },
      { summary: { open: 0, finished: 1 } },
    ]);
  });

  test("that never were are said to be none", async () => {
    const here = recordedDay(temporaryFolder(), { alerts: [] });
    const { run, out } = terminal({ here });
    await run("start");
    const looking = terminal({ here });
    expect(await looking.run("trades")).toBe(0);
    expect(looking.out()).toBe("no trades yet\n");
    expect(out()).not.toContain("alert");
  });

  test("that found no fill are abandoned", async () => {
    const price = (second: number): number => (second === 0 ? 6326 : 6327 + second / 2);
    const here = recordedDay(temporaryFolder(), { price });
    await terminal({ here }).run("start");
    const { run, values } = terminal({ here });
    await run("trades", "--json");
    expect(values()[0]).toMatchObject({ state: "finished", trade: 1 });
  });
});

describe("the journal", () => {
  test("is shown as a timeline, one trade of it, or its end", async () => {
    const here = await played();
    const whole = terminal({ here });
    expect(await whole.run("journal", "show")).toBe(0);
    expect(whole.out().split("\n")[0]).toContain("started, paper, version 1.2.3");
    const one = terminal({ here });
    await one.run("journal", "show", "--trade", "1");
    expect(one.out()).toMatch(/^(.* #1 .*\n)+$/);
    const end = terminal({ here });
    await end.run("journal", "show", "--tail", "2");
    expect(end.out().trim().split("\n")).toHaveLength(2);
    expect(end.out()).toContain("stopped: the day is over");
  });

  test("is shown as facts, each behind what the timeline says of it", async () => {
    const here = await played();
    const { run, values } = terminal({ here });
    await run("journal", "show", "--json", "--trade", "1");
    const facts = values() as { fact: { kind: string }; sequence: number; told: unknown[] }[];
    expect(facts[0]).toMatchObject({ fact: { kind: "TradePlanned" } });
    expect(facts.at(-1)).toMatchObject({ fact: { kind: "TradeClosed" } });
    const none = terminal({ here });
    expect(await none.run("journal", "show", "--json", "--trade", "9")).toBe(0);
    expect(none.values()).toEqual([]);
  });

  test("stops telling when nobody reads any more", async () => {
    const { run, context, out } = terminal({ here: await played() });
    const { screen } = context;
    let told = 0;
    context.screen.tell = (line, prefix) => {
      told += 1;
      screen.print(`${prefix}${line.text}`);
    };
    context.screen.isDeaf = () => told > 2;
    expect(await run("journal", "show")).toBe(0);
    expect(out().trim().split("\n")).toHaveLength(3);
  });

  test("is verified, and the first broken fact is named", async () => {
    const here = await played();
    const sound = terminal({ here });
    expect(await sound.run("journal", "verify")).toBe(0);
    expect(sound.out()).toMatch(/\d+ facts, whole and chained; head [0-9a-f]{64}/);
    const json = terminal({ here });
    expect(await json.run("journal", "verify", "--json")).toBe(0);
    expect(json.values()).toMatchObject([{ ok: true }]);

    tamper(join(here, "data", "journal.db"));
    const broken = terminal({ here });
    expect(await broken.run("journal", "verify")).toBe(1);
    expect(broken.err()).toContain("broken from fact 5 on");
    const brokenJson = terminal({ here });
    expect(await brokenJson.run("journal", "verify", "--json")).toBe(1);
    expect(brokenJson.values()).toMatchObject([{ ok: false, sequence: 5, why: "hash" }]);
  });

  test("that is no database is said to be none, by whoever looks", async () => {
    const here = temporaryFolder();
    const data = join(here, "data");
    recordedDay(data);
    writeFileSync(join(data, "journal.db"), "not a database at all, whatever its name says");
    for (const words of [["trades"], ["journal", "show"], ["journal", "verify"], ["status"]]) {
      const { run, err } = terminal({ here });
      expect(await run(...words)).toBe(1);
      expect(err()).toContain("journal.db");
    }
    const { run, err } = terminal({ here });
    expect(await run("halt")).toBe(1);
    expect(err()).toContain("not a database");
  });

  test("with a hole in it is told up to there, and nothing is started on it", async () => {
    const here = await played();
    const database = new Database(join(here, "data", "journal.db"));
    database.exec("DROP TRIGGER facts_never_go");
    database.exec("DELETE FROM snapshots; DELETE FROM facts WHERE sequence = 5");
    database.close();
    const { run, err } = terminal({ here });
    expect(await run("journal", "show")).toBe(1);
    expect(err()).toContain("fact 5 cannot be read");
    const starting = terminal({ here });
    expect(await starting.run("halt")).toBe(1);
    expect(starting.err()).toContain("fact 5 cannot be read");
  });
});

describe("the ledger", () => {
  test("is rebuilt from the journal", async () => {
    const here = await played();
    const { run, out } = terminal({ here });
    expect(await run("ledger", "rebuild")).toBe(0);
    expect(out()).toMatch(/the ledger in .*data holds \d+ facts/);
    const json = terminal({ here });
    expect(await json.run("ledger", "rebuild", "--json")).toBe(0);
    expect(json.values()).toMatchObject([{ ok: true }]);
  });

  test("is not rebuilt under a running process, nor on a foreign file", async () => {
    const here = await played();
    const lock = new Database(join(here, "data", "lock.db"));
    lock.exec("BEGIN EXCLUSIVE");
    const held = terminal({ here });
    expect(await held.run("ledger", "rebuild")).toBe(3);
    expect(held.err()).toContain("another instance runs on");
    lock.close();
    const foreign = new Database(join(here, "data", "ledger.db"));
    foreign.pragma("application_id = 7");
    foreign.close();
    const { run, err } = terminal({ here });
    expect(await run("ledger", "rebuild")).toBe(1);
    expect(err()).toContain("ledger.db");
  });
});

const READERS = [
  ...[["trades"], ["status"], ["journal show"], ["journal verify"]],
  ...[["ledger rebuild"], ["halt"]],
];

describe("with no journal anywhere", () => {
  test.each(READERS)("%s says so and leaves with 2", async (words) => {
    const { run, err } = terminal({ here: temporaryFolder() });
    expect(await run(...words.split(" "))).toBe(2);
    expect(err()).toContain("there is no journal in");
  });
});

describe("a configuration that was named", () => {
  test.each(READERS)("and is missing or broken is no way to other books for %s", async (words) => {
    const here = await played();
    writeFileSync(join(here, "broken.yaml"), "mode: gold\n");
    for (const [name, said] of [
      ["nowhere.yaml", "nowhere.yaml: there is no such file"],
      ["broken.yaml", "broken.yaml:1:7 mode: expected paper"],
    ] as const) {
      const { run, out, err } = terminal({ here });
      expect(await run(...words.split(" "), "--config", name)).toBe(2);
      expect(err()).toContain(said);
      expect(out()).toBe("");
    }
    const { run } = terminal({ here });
    expect(await run(...words.split(" "), "--config", "config.yaml")).toBe(0);
  });
});

/** Changes one word of the past, as no program of ours can. */
function tamper(path: string): void {
  const database = new Database(path);
  database.exec("DROP TRIGGER facts_never_change");
  database.exec("UPDATE facts SET body = replace(body, 'paper', 'paber') WHERE sequence = 5");
  database.close();
}

describe("limits, risk and why", () => {
  test("say what holds, what is left of it, and what followed from an alert", async () => {
    const here = await played();
    const { run, out, err } = terminal({ here });
    expect(await run("limits")).toBe(0);
    expect(out()).toMatch(/daily loss +\$500\.00\n/);
    expect(await run("risk")).toBe(0);
    expect(out()).toContain("breakers         all closed");
    expect(await run("why", "#1")).toBe(0);
    expect(out()).toMatch(
      /#1 alert ES long 6326\.00 stop 6316\.00 size A\n.*#1 planned: 3 MES long/,
    );
    expect(out()).toMatch(
      /at risk \$[\d.]+, risk score \d+\n {2}stop +9\d of 100 x 20: it may lose/,
    );
    expect(out()).toContain("#1 closed by targets");
    expect(await run("accounts")).toBe(0);
    expect(out()).toMatch(/Paper +paper +on +\$\d+\.\d\d +\$\d+\.\d\d +3\/2\/1 +1/);
    expect(await run("accounts", "paper")).toBe(0);
    expect(out()).toMatch(/ {2}next A +3 MES\n/);
    expect(await run("accounts", "nobody")).toBe(2);
    expect(err()).toContain("there is no account nobody, only Paper");
    expect(await run("accounts", "off")).toBe(2);
    expect(await run("why", "nobody-said-this")).toBe(2);
    expect(err()).toContain("no alert nobody-said-this is in the journal");
    expect(await run("why", "#77")).toBe(2);
    const json = terminal({ here });
    await json.run("limits", "--json");
    await json.run("risk", "--json");
    await json.run("why", "#1", "--json");
    await json.run("accounts", "--json");
    const [limits, risk, alert, ...others] = json.values();
    expect(others.at(-2)).toMatchObject({
      verdicts: [{ account: "paper", verdict: "taken", code: null, trade: 1, contracts: 3 }],
    });
    expect(others.at(-1)).toMatchObject({
      account: "paper",
      state: "on",
      ratio: 1,
      venue: "paper",
    });
    expect(limits).toMatchObject({ account: "paper", limits: expect.any(Array) });
    expect(risk).toMatchObject({ account: "paper", dailyLoss: { limitUsd: 500, lostUsd: 0 } });
    expect(alert).toMatchObject({ fact: { kind: "AlertRead" }, told: [{ trade: 1 }] });
  });
});
