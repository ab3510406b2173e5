/** Whoever is woken finds a page: every alarm, trouble, fault and code has its section in the runbook. */
import { describe, expect, test } from "vitest";
import { COMPONENTS } from "../../src/core/model/health.ts";
import { linesOf, read } from "../kit/tree.ts";

const page = read("docs/operations/runbook.md");
const sections = new Map(
  page
    .split(/^(?=### )/m)
    .slice(1)
    .map((section) => [/^### (.*)$/m.exec(section)?.[1] ?? "", section.split(/^## /m)[0] ?? ""]),
);
const rows = linesOf(page).filter((line) => line.startsWith("| "));

/** The words of a union of strings: what stands between its name and the end of the statement. */
function wordsOf(path: string, from: string): readonly string[] {
  const text = read(path);
  const start = text.indexOf(from);
  const end = text.slice(start).search(/;\n/);
  const words = [...text.slice(start, start + end).matchAll(/"([\w-]+)"/g)];
  return words.map(([, word = ""]) => word);
}

/** Kinds of facts of which a person is told as of an alarm, whether always or sometimes. */
const alarming = [...read("src/core/notify/topics.ts").matchAll(/^ {2}(\w+): .*"alarm"/gm)]
  .map(([, kind = ""]) => kind)
  .filter((kind) => !/^Alarm(Raised|Repeated|Ended)$|^alarm$/.test(kind));

const expected: readonly (readonly [string, readonly string[]])[] = [
  ["alarms", wordsOf("src/core/model/alarm-fact.ts", "export type AlarmKind")],
  ["incidents", wordsOf("src/core/model/trouble-fact.ts", "readonly what:")],
  ["facts that are told as alarms", alarming.filter((kind) => kind !== "IncidentFound")],
  [
    "gates",
    wordsOf("src/core/model/account.ts", "export type Gate").filter((gate) => gate !== "active"),
  ],
  ["notices", noticesIn("src/core/model/notice.ts")],
  ["faults of the journal", wordsOf("src/ports/journal.ts", 'readonly kind: "full"')],
  ["faults of the history", wordsOf("src/ports/history.ts", 'readonly kind: "full"')],
  ["faults of backups", wordsOf("src/ports/archive.ts", 'readonly kind: "disk"')],
  [
    "faults of the configuration",
    wordsOf("src/ports/config-source.ts", 'readonly kind: "missing"'),
  ],
  ["faults of the socket", wordsOf("src/ports/control.ts", 'readonly kind: "nobody"')],
  [
    "exit codes",
    (/ExitCode = ([\d |]+);/.exec(read("src/ports/console.ts"))?.[1] ?? "").split(" | "),
  ],
  [
    "what may come and go",
    [
      ...["LinkMoved", "ClockMoved", "SourceMoved", "ConfigRefused", "JournalRecovered"],
      ...["BreakerOpened", "OrphanCancelAsked", "ForeignOrderSeen"],
    ],
  ],
];

function noticesIn(path: string): readonly string[] {
  return [...read(path).matchAll(/readonly kind: "([\w-]+)"/g)].map(([, kind = ""]) => kind);
}

describe("docs/operations/runbook.md has a section for all", () => {
  test.each(expected)("%s", (_, names) => {
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => !sections.has(name))).toEqual([]);
  });

  test("and each of them says what to do", () => {
    const silent = [...sections].filter(([name, text]) => name !== "0" && !text.includes("**Do**"));
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  test("and each that is told as an alarm how to see that it is over", () => {
    const [, alarms = ""] = page.split("## Alarms that ring");
    const [told = ""] = alarms.split("## Entries stop");
    const named = [...told.matchAll(/^### (.*)$/gm)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(12);
    expect(named.filter((name) => !/\*\*Over\*\*/.test(sections.get(name) ?? ""))).toEqual([]);
    expect(named.filter((name) => !/\*\*By itself\*\*/.test(sections.get(name) ?? ""))).toEqual([]);
  });
});

test("every part whose health is watched has its row", () => {
  const health = sections.get("HealthMoved") ?? "";
  expect(COMPONENTS.filter((name) => !health.includes(`\`${name}\``))).toEqual([]);
});

test("every code of the venue's refusals has its row, and none that is gone", () => {
  const source = read("src/shell/topstepx/refusals.ts");
  const here = [...source.matchAll(/^ {2}"([\w-]+)": "/gm)].map(([, code = ""]) => code);
  const there = [...source.matchAll(/(?:, |: |\? |\?\? )"([a-z]+(?:-[a-z]+)+)"/g)].map(
    ([, code = ""]) => code,
  );
  const [, venue = ""] = page.split("## What the venue refuses");
  const told = [...venue.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code = ""]) => code);
  expect(told).toEqual([...new Set([...here, ...there])].toSorted());
});

/** Rows of refused starts quote what the program says: as its source has it, or it has been changed. */
test("every sentence of a refused start stands in the source", () => {
  const app = ["live-start", "books", "replay", "sources", "rehearsals", "firm-remarks"];
  const venue = ["login-check", "preflight", "account-look"].map((name) => `topstepx/${name}`);
  const sources = [
    ...[...app, "commands/start", "commands/start-demo"].map((name) => `src/app/${name}.ts`),
    ...[...venue, "host/secrets"].map((name) => `src/shell/${name}.ts`),
    "src/core/decide/live.ts",
  ].map(read);
  const [, start = ""] = page.split("## A start that is refused");
  const [table = ""] = start.split("## How a command ended");
  const said = linesOf(table)
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) => [...(line.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/g)])
    .map(([, text = ""]) => text);
  const pieces = said.flatMap((text) => text.split(/ ?\.\.\. ?/)).filter((text) => text.length > 0);
  expect(said.length).toBeGreaterThan(20);
  expect(rows.length).toBeGreaterThan(40);
  const whole = sources.join("\n");
  const isSaid = (piece: string): boolean => whole.includes(piece.replace(/^topstepx: /, ""));
  expect(pieces.filter((piece) => !isSaid(piece))).toEqual([]);
});
