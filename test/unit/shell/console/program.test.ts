import { describe, expect, test } from "vitest";
import type { ExitCode, Handlers } from "../../../../src/ports/console.ts";
import { runProgram } from "../../../../src/shell/console/program.ts";

interface Called {
  readonly name: string;
  readonly options: unknown;
}

/** The program with handlers that only remember what they were called with. */
async function run(words: readonly string[], code: ExitCode = 0) {
  const called: Called[] = [];
  const [out, err]: [string[], string[]] = [[], []];
  const handlers = new Proxy({} as Handlers, {
    get: (_, name) => (options: unknown) => {
      called.push({ name: String(name), options });
      return Promise.resolve(code);
    },
  });
  const screen = {
    print: (line: string) => void out.push(line),
    remark: (line: string) => void err.push(line),
  };
  const left = await runProgram(words, { version: "1.2.3", handlers, screen });
  return { code: left, called, out: out.join("\n"), err: err.join("\n") };
}

const VENUE = {
  ...{ port: 5_001, seed: 1, script: null, faults: [], switches: [] },
  ...{ accounts: null, alwaysOpen: false, unlimited: false },
};
const GLOBALS = { config: null, data: null, logLevel: null, json: false };

describe("the command line", () => {
  test.each<[string, string, object]>([
    ["start", "start", { speed: null, once: false }],
    ["start --speed 60 --once", "start", { speed: 60, once: true }],
    ["demo", "demo", { speed: 600, seed: null }],
    ["demo --speed max --seed 7", "demo", { speed: "max", seed: 7 }],
    ["demo --speed 0.5", "demo", { speed: 0.5, seed: null }],
    ["venue-sim", "venueSim", VENUE],
    [
      "venue-sim --port 0 --seed 7 --script a.txt --accounts 5 --always-open --unlimited",
      "venueSim",
      {
        ...VENUE,
        port: 0,
        seed: 7,
        script: "a.txt",
        accounts: "5",
        alwaysOpen: true,
        unlimited: true,
      },
    ],
    [
      "venue-sim --fault a=0.1 --fault b=1 --switch c=d",
      "venueSim",
      { ...VENUE, faults: ["a=0.1", "b=1"], switches: ["c=d"] },
    ],
    ["planner", "planner", { account: null, changes: [] }],
    [
      "planner combine --win 350 --lose $199.50",
      "planner",
      { account: "combine", changes: [3_500_000, -1_995_000] },
    ],
    ["status", "status", {}],
    ["trades --tail 5", "trades", { trade: null, tail: 5, twin: false }],
    ["trades", "trades", { trade: null, tail: null, twin: false }],
    ["trades --twin", "trades", { trade: null, tail: null, twin: true }],
    ["trades #3", "trades", { trade: 3, tail: null, twin: false }],
    ["day", "day", { date: null, bundle: null, authors: false }],
    [
      "day 2026-11-19 --bundle b.json --authors",
      "day",
      { date: "2026-11-19", bundle: "b.json", authors: true },
    ],
    ["authors", "authors", { from: null, to: null }],
    [
      "authors --from 2026-11-02 --to 2026-11-27",
      "authors",
      { from: "2026-11-02", to: "2026-11-27" },
    ],
    ["parse", "parse", { file: "-", format: null }],
    ["parse alerts.txt", "parse", { file: "alerts.txt", format: null }],
    ["parse a.txt --format jmoney", "parse", { file: "a.txt", format: "jmoney" }],
    ["explain 42", "explain", { what: "42", format: null }],
    ["explain 42 --format jmoney", "explain", { what: "42", format: "jmoney" }],
    ["formats init", "formatsInit", { directory: "formats" }],
    ["formats init mine", "formatsInit", { directory: "mine" }],
    ["formats test", "formatsTest", { packs: [] }],
    ["formats test a ./b.yaml", "formatsTest", { packs: ["a", "./b.yaml"] }],
    ["formats apply", "formatsApply", {}],
    ["rules list", "rulesList", { packs: null, daysMax: null }],
    ["rules list --packs mine --days-max 30", "rulesList", { packs: "mine", daysMax: 30 }],
    ["rules show a/b --json", "rulesShow", { plan: "a/b", packs: null, daysMax: null, json: true }],
    ["rules check mine --days-max 9", "rulesCheck", { path: "mine", daysMax: 9 }],
    ["paste", "paste", { text: null, yes: false }],
    ["paste - -y", "paste", { text: "-", yes: true }],
    ["doctor", "doctor", { broker: false, rehearse: false, account: null }],
    ["doctor --broker", "doctor", { broker: true, rehearse: false, account: null }],
    [
      "doctor --rehearse --account PRAC-1",
      "doctor",
      { broker: true, rehearse: true, account: "PRAC-1" },
    ],
    ["live enable PRAC-1", "liveEnable", { account: "PRAC-1" }],
    ["panic", "panic", { yes: false }],
    ["panic --yes", "panic", { yes: true }],
    ["halt", "halt", { reason: "halted by the operator" }],
    ["halt lunch", "halt", { reason: "lunch" }],
    ["resume", "resume", {}],
    ["flatten", "flatten", { account: null }],
    ["flatten paper", "flatten", { account: "paper" }],
    ["accounts", "accounts", { name: null }],
    ["accounts paper", "accounts", { name: "paper" }],
    ["accounts off paper", "switchAccount", { account: "paper", to: "off" }],
    ["accounts on paper", "switchAccount", { account: "paper", to: "on" }],
    ["firm reset TS50", "firmReset", { account: "TS50" }],
    ["firm payout TS50 1500", "firmPayout", { account: "TS50", amountUsd: 1500 }],
    ["lockout until 15:30", "lockout", { until: "15:30", account: null }],
    ["lockout 15:30", "lockout", { until: "15:30", account: null }],
    [
      "lockout until next-session --account paper",
      "lockout",
      { until: "next-session", account: "paper" },
    ],
    ["attend", "attend", {}],
    ["ack", "ack", { by: "the operator" }],
    ["ack --by olga", "ack", { by: "olga" }],
    ["close 3", "close", { trade: 3 }],
    ["close #3", "close", { trade: 3 }],
    ["breakeven 3", "breakeven", { trade: 3 }],
    ["cancel 3", "cancel", { trade: 3 }],
    ["release 3", "release", { trade: 3 }],
    ["approve 4", "approve", { entry: 4 }],
    ["refuse 4", "refuse", { entry: 4 }],
    ["trim 3 1", "trim", { trade: 3, quantity: 1 }],
    ["stop 3 6316.25", "stop", { trade: 3, price: 6316.25 }],
    ["target 3 6340", "target", { trade: 3, price: 6340 }],
    ["sources check", "sourcesCheck", {}],
    ["config check", "configCheck", {}],
    ["config init", "configInit", { file: null, defaults: false }],
    ["config init mine.yaml --defaults", "configInit", { file: "mine.yaml", defaults: true }],
    ["config show", "configShow", { effective: false }],
    ["config show --effective", "configShow", { effective: true }],
    ["config diff", "configDiff", { from: null, to: null }],
    ["config diff 3 new.yaml", "configDiff", { from: "3", to: "new.yaml" }],
    ["config history --tail 3", "configHistory", { tail: 3 }],
    ["config rollback 3", "configRollback", { version: 3 }],
    ["status --set a=b --set c[0].d=e=f", "status", { set: ["a=b", "c[0].d=e=f"] }],
    ["journal verify", "journalVerify", {}],
    ["journal show", "journalShow", { trade: null, tail: null }],
    ["journal show --trade 3 --tail 20", "journalShow", { trade: 3, tail: 20 }],
    ["ledger rebuild", "ledgerRebuild", {}],
  ])("%s", async (words, name, options) => {
    const { code, called } = await run(words.split(" "));
    expect(called).toEqual([{ name, options: { ...GLOBALS, ...options } }]);
    expect(code).toBe(0);
  });

  test("takes global options before and behind the command", async () => {
    const words = ["--config", "a.yaml", "status", "--data", "d", "--json", "--log-level", "debug"];
    const { called } = await run(words);
    const options = { config: "a.yaml", data: "d", json: true, logLevel: "debug" };
    expect(called).toEqual([{ name: "status", options }]);
    const deep = await run(["journal", "show", "--json", "--data", "d"]);
    expect(deep.called[0]?.options).toMatchObject({ data: "d", json: true });
  });

  test("leaves with the code of the command", async () => {
    for (const code of [0, 1, 2, 3, 4] as const) {
      expect((await run(["status"], code)).code).toBe(code);
    }
  });

  test.each([
    ["bogus", "unknown command"],
    ["status --bogus", "unknown option"],
    ["status now", "too many arguments"],
    ["close", "missing required argument"],
    ["close x", "expected a whole number of at least 1"],
    ["close 0", "expected a whole number of at least 1"],
    ["close 1.5", "expected a whole number of at least 1"],
    ["trim 3 0x10", "expected a whole number of at least 1"],
    ["stop 3 cheap", "expected a price in points"],
    ["demo --speed fast", "expected max, or a number"],
    ["demo --speed 0", "expected max, or a number"],
    ["demo --speed 1e9", "expected max, or a number"],
    ["demo --seed -1", "expected a whole number"],
    ["demo --seed", "argument missing"],
    ["venue-sim --port 65536", "expected a whole number from 0 to 65535"],
    ["venue-sim --rate 2", "unknown option"],
    ["doctor --account PRAC-1", "--account says where to rehearse; say --rehearse as well"],
    ["status --set mode", "expected key=value"],
    ["config rollback x", "expected a whole number of at least 1"],
    ["config rollback", "missing required argument"],
    ["status --log-level loud", "expected error, warning, info, debug"],
    ["journal bogus", "unknown command"],
  ])("refuses %s with 2 and nothing done", async (words, reason) => {
    const { code, called, out, err } = await run(words.split(" "));
    expect(code).toBe(2);
    expect(called).toEqual([]);
    expect(out).toBe("");
    expect(err).toContain(reason);
    expect(err).toContain("--help");
  });

  test("has help without empty brackets", async () => {
    const { out } = await run(["venue-sim", "--help"]);
    expect(out).toContain("--fault <name=rate>");
    expect(out).not.toContain("[]");
  });

  test("without words shows its help on standard error and leaves with 2", async () => {
    const { code, err } = await run([]);
    expect(code).toBe(2);
    expect(err).toContain("Usage: tradestream");
  });

  test("prints its version", async () => {
    expect(await run(["--version"])).toMatchObject({ code: 0, out: "1.2.3", err: "" });
  });

  test("has help that names every exit code", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    for (const exit of [0, 1, 2, 3, 4]) expect(out).toMatch(new RegExp(`^  ${exit}  \\w`, "m"));
  });

  const commands = [
    "start demo status trades parse paste halt lockout attend ack resume flatten approve refuse close",
    "breakeven cancel release trim stop target",
  ]
    .join(" ")
    .split(" ")
    .map((name) => [name]);
  const nested = ["config check", "config init", "journal verify", "journal show"]
    .concat("ledger rebuild", "config", "journal", "ledger")
    .map((words) => words.split(" "));
  test.each([...commands, ...nested])("has help with an example for %s %s", async (...words) => {
    const given = words.filter((word) => typeof word === "string");
    const { code, out } = await run([...given, "--help"]);
    expect(code).toBe(0);
    expect(out).toContain("Examples:\n  $ tradestream ");
  });

  test("has examples that can be typed as they are", async () => {
    const { out: parsing } = await run(["parse", "--help"]);
    expect(parsing).toContain("  $ tradestream parse < alert.txt");
    const { out: pasting } = await run(["paste", "--help"]);
    expect(pasting).toContain('  $ tradestream paste "ES long 6326: A\n    Stop: 6316"\n');
  });

  test("lets a bug in a command fly", async () => {
    const handlers = new Proxy({} as Handlers, {
      get: () => () => Promise.reject(new Error("a bug")),
    });
    const screen = { print: () => {}, remark: () => {} };
    await expect(runProgram(["status"], { version: "1", handlers, screen })).rejects.toThrow(
      "a bug",
    );
  });
});
