/**
 * Everything that comes from outside, by every door, with texts that mean harm: they stay text.
 *
 * ```text
 * author, message, card ──► played day ──► screen, log, ledger, CSV, Markdown, HTML, JSON, bundle
 * words of a command, files of every kind ──► taken as text, or refused with a reason: never obeyed
 * ```
 *
 * The webhook has a file of its own beside this one, mails and letters are in the notifiers' contract.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { HOSTILE } from "../kit/hostile.ts";
import { recordedDay } from "../kit/recorded-day.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { type Terminal, terminal } from "../kit/terminal.ts";

const STARTS = Date.UTC(2026, 10, 17, 15, 0, 0);

/** Each text is the name of an author who is followed, stands in an alert, and is small talk. */
function hostileDay(): string {
  const records = HOSTILE.flatMap(({ text }, at) => {
    const ts = (second: number) => new Date(STARTS + (at * 10 + second) * 1_000);
    const alert = "ES long 6326: A\nStop: 6316";
    const out = { author: "JMoney", text: "ES all out" };
    return [
      { id: `a${at}`, author: text, text: alert, ts: ts(1) },
      { id: text, author: "JMoney", text, ts: ts(2) },
      { id: `b${at}`, ...out, ts: ts(4) },
      { id: `c${at}`, author: `author ${at}`, text: `${alert}\n${text}`, ts: ts(6) },
      { id: `d${at}`, ...out, ts: ts(8) },
    ];
  });
  return recordedDay(temporaryFolder(), {
    alerts: records.map((record) => JSON.stringify(record)),
    price: () => 6326,
    seconds: HOSTILE.length * 10 + 60,
    yaml: "rules: { default: { limits: { tradesPerDay: 1000, consecutiveLosses: off, entriesPerMinute: off } } }\n",
  });
}

/** What moves a cursor, changes a title, or turns the direction of reading. */
const MOVES = /(?![\n\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

async function asked(here: string, ...words: readonly string[]): Promise<Terminal> {
  const one = terminal({ here });
  expect([0, 2], `${words.join(" ")}: ${one.err()}`).toContain(await one.run(...words));
  return one;
}

const LOOKS: readonly (readonly string[])[] = [
  ["status"],
  ["trades"],
  ["trades", "1"],
  ["authors"],
  ["day", "2026-11-17"],
  ["report"],
  ["report", "--format", "md"],
  ["metrics"],
  ["journal", "show"],
  ["history", "show"],
  ["why", "a0"],
  ["why", "a3"],
  ["explain", "a3"],
];

test("a day of hostile authors and messages is traded, told and kept as text", async () => {
  const here = hostileDay();
  const run = terminal({ here });
  expect(await run.run("start"), run.err()).toBe(0);
  expect(run.out() + run.err()).not.toMatch(MOVES);
  for (const words of LOOKS) {
    const { out, err } = await asked(here, ...words);
    expect(out() + err(), words.join(" ")).not.toMatch(MOVES);
  }
  await theTablesStand(here);
  await aSheetCalculatesNothing(here);
  await aPageRunsNothing(here);
  const verified = await asked(here, "journal", "verify");
  expect(verified.out()).toMatch(/whole|sound|ok/i);
  expect(strangersIn(here)).toEqual([]);
});

async function theTablesStand(here: string): Promise<void> {
  const ledger = new Database(join(here, "data", "ledger.db"), { readonly: true });
  const { trades } = ledger.prepare("SELECT count(*) AS trades FROM trades").get() as {
    readonly trades: number;
  };
  ledger.close();
  expect(trades).toBeGreaterThan(20);
}

/** A cell that begins like a formula is one, to the program that opens the file. */
async function aSheetCalculatesNothing(here: string): Promise<void> {
  await asked(here, "report", "--format", "csv", "-o", "trades.csv");
  const text = readFileSync(join(here, "trades.csv"), "utf8");
  const cells = text.match(/(?<=^|[,\n])("(?:[^"]|"")*"|[^,\n]*)/g) ?? [];
  const formulas = cells
    .map((cell) => cell.replace(/^"/, ""))
    .filter((cell) => /^[=+@\t\r]/.test(cell));
  expect(formulas).toEqual([]);
  expect(cells.filter((cell) => /^"?-/.test(cell) && !/^"?-[\d.]+"?$/.test(cell))).toEqual([]);
}

async function aPageRunsNothing(here: string): Promise<void> {
  await asked(here, "report", "-o", "report.html");
  const html = readFileSync(join(here, "report.html"), "utf8");
  expect(html.includes("&lt;script&gt;")).toBe(true);
  const runs = html.match(/<script|<img|<svg\/|<[^>"]*\son\w+\s*=|href="?\s*javascript:/gi);
  expect(runs).toBe(null);
}

/** Files that nobody here writes. */
const strangersIn = (here: string): readonly string[] =>
  [here, join(here, ".."), join(here, "data")]
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []))
    .filter((name) => name.includes("pwned"));

/** Where a text is one word of a command. */
const WORDS: readonly ((text: string) => readonly string[])[] = [
  (text) => ["why", "--", text],
  (text) => ["explain", "--", text],
  (text) => ["trades", "--", text],
  (text) => ["day", "--", text],
  (text) => ["report", `--author=${text}`],
  (text) => ["report", `--account=${text}`],
  (text) => ["report", `--from=${text}`],
  (text) => ["report", `--format=${text}`],
  (text) => ["metrics", `--trades=${text}`],
  (text) => ["planner", "--", text],
  (text) => ["halt", "--", text],
  (text) => ["lockout", "--", text],
  (text) => ["accounts", "off", "--", text],
  (text) => ["rules", "show", "--", text],
  (text) => ["formats", "test", "--", text],
  (text) => ["import", "--", text],
  (text) => ["backup", "restore", "--", text],
  (text) => ["notify", "test", `--channel=${text}`],
  (text) => ["config", "check", `--config=${text}`],
  (text) => ["--", text],
];

test("as a word of any command it is data, or refused with one sentence and no trace", async () => {
  const here = recordedDay(temporaryFolder());
  expect(await terminal({ here }).run("start")).toBe(0);
  // An operating system hands over no word with a NUL in it.
  for (const { aim, text } of HOSTILE.filter(({ text: one }) => !one.includes("\0"))) {
    for (const words of WORDS) {
      const one = terminal({ here });
      const code = await one.run(...words(text));
      const told = one.out() + one.err();
      const what = `${aim}: ${words("…").join(" ")}: ${told.slice(0, 300)}`;
      expect([0, 1, 2, 4], what).toContain(code);
      expect(told, what).not.toMatch(MOVES);
      expect(told, what).not.toMatch(/^\s+at \S+ \(|node:internal/m);
    }
  }
  expect(strangersIn(here)).toEqual([]);
});

/** Files a person hands over, and the command that reads each. */
const FILES: readonly (readonly [string, (text: string) => string, readonly string[]])[] = [
  ["config.yaml", (text) => text, ["config", "check"]],
  ["config.yaml", (text) => `mode: ${JSON.stringify(text)}\n`, ["config", "check"]],
  ["config.yaml", (text) => `accounts: [{ name: ${JSON.stringify(text)} }]\n`, ["config", "check"]],
  ["config.yaml", (text) => `${JSON.stringify(text)}: 1\n`, ["config", "check"]],
  [
    "config.yaml",
    (text) => `sources: [{ kind: chat-file, path: ${JSON.stringify(text)} }]\n`,
    ["start", "--once"],
  ],
  [
    "config.yaml",
    (text) => `market: { kind: file, path: ${JSON.stringify(text)}, instrument: MES }\n`,
    ["start"],
  ],
  ["pack.yaml", (text) => text, ["formats", "test", "pack.yaml"]],
  ["pack.yaml", (text) => `name: ${JSON.stringify(text)}\n`, ["formats", "test", "pack.yaml"]],
  ["rules.yaml", (text) => `firm: ${JSON.stringify(text)}\n`, ["rules", "check", "rules.yaml"]],
  ["trades.csv", (text) => text, ["metrics", "--trades", "trades.csv"]],
  [
    "trades.csv",
    (text) =>
      "entry_time,exit_time,instrument,side,quantity,entry_price,exit_price,fees,initial_risk,mae_points,mfe_points\n" +
      `2026-01-05T15:00:00Z,2026-01-05T15:01:00Z,"${text.replaceAll('"', '""')}",long,1,1,2,0,,,\n`,
    ["metrics", "--trades", "trades.csv"],
  ],
  ["chat.jsonl", (text) => text, ["parse", "chat.jsonl"]],
  ["chat.jsonl", (text) => JSON.stringify({ text, author: text }), ["parse", "chat.jsonl"]],
  ["chat.jsonl", (text) => JSON.stringify({ [text]: { [text]: text } }), ["parse", "chat.jsonl"]],
  ["export.json", (text) => text, ["import", "export.json"]],
  [
    "export.json",
    (text) => JSON.stringify({ messages: [{ id: text, content: text }] }),
    ["import", "export.json"],
  ],
];

test("in any file it is data, or refused with its place and no trace", async () => {
  for (const { aim, text } of HOSTILE) {
    for (const [name, content, words] of FILES) {
      const here = recordedDay(temporaryFolder());
      writeFileSync(join(here, name), content(text));
      const one = terminal({ here });
      const code = await one.run(...words);
      const told = one.out() + one.err();
      const what = `${aim} in ${name}: ${told.slice(0, 300)}`;
      expect([0, 2], what).toContain(code);
      expect(told, what).not.toMatch(MOVES);
      expect(told, what).not.toMatch(/^\s+at \S+ \(|node:internal/m);
      expect(strangersIn(here)).toEqual([]);
    }
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test("a rule set may bear the name of what every object has", async () => {
  const here = recordedDay(temporaryFolder(), {
    yaml: "rules: { constructor: {} }\naccounts: [{ id: a, name: a, rules: constructor }]\n",
  });
  const run = terminal({ here });
  expect(await run.run("start"), run.err()).toBe(0);
  expect(run.out()).toContain("#1 filled");
  expect(await run.run("limits"), run.err()).toBe(0);
});

/** A thousand levels, a thousand references, a thousand keys: bounded, and told. */
const BOMBS: readonly (readonly [string, string])[] = [
  [
    "references upon references",
    `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, n) => {
      const [to, from] = [String.fromCharCode(98 + n), String.fromCharCode(97 + n)];
      return `${to}: &${to} [${`*${from},`.repeat(9)}]`;
    }).join("\n")}\n`,
  ],
  ["levels upon levels", `${"[".repeat(20_000)}\n`],
  ["keys upon keys", Array.from({ length: 50_000 }, (_, n) => `k${n}: 1`).join("\n")],
  ["one endless line", `mode: ${"x".repeat(5_000_000)}\n`],
];

test.each(BOMBS)("a configuration of %s is refused in a moment", async (_, text) => {
  const here = temporaryFolder();
  writeFileSync(join(here, "config.yaml"), text);
  const one = terminal({ here });
  expect(await one.run("config", "check")).toBe(2);
  expect(one.err().length).toBeLessThan(20_000);
});
