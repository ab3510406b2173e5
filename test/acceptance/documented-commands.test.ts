/**
 * The commands that pages name are run, in a directory such as the pages have in mind: a replayed
 * day with trades by alice, an account with a plan, packs of formats and rules, a file of closed
 * trades; and no process that listens. What the tour shows is run there, to the letter; what needs
 * a venue or a running process is parsed only (`test/house/commands.test.ts`).
 */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandsOf } from "../kit/page-commands.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";
import { type Step, stepsOf } from "../kit/tour-page.ts";
import { filesIn, home, read } from "../kit/tree.ts";

const MINUTE = 60_000;

/** How each of them ends there. The longest beginning counts; what is not listed is not run. */
const ENDS: Readonly<Record<string, number>> = {
  // Nothing listens: they say so, and write nothing.
  ...{ ack: 4, attend: 4, resume: 4, flatten: 4, approve: 4, refuse: 4, close: 4, release: 4 },
  ...{ "stop 1 6320": 4, "firm payout TS50": 4, "firm reset TS50": 4, "formats apply": 4 },
  ...{
    "config reload": 4,
    "config diff": 4,
    "config diff 3 5": 2,
    "config diff a.yaml b.yaml": 2,
    "accounts on NAME": 4,
  },
  // Written down without one.
  ...{ halt: 0, "lockout until next-session": 0, "accounts off NAME": 2 },
  // Nothing of the kind is there, and they say what to write.
  ...{ "doctor --broker": 2, "live enable": 2, "panic --yes": 0, "notify test": 2 },
  ...{ "explain 1389472610235519046": 2, "why ALERT": 2, "backup drill --identity": 2 },
  ...{ "formats test the-room": 2, "formats test ./drafts/the-room.yaml": 2, "history faults": 2 },
  ...{ "backup restore --to 1200": 2 },
  // Looked at.
  ...{ "--version": 0, "--help": 0, status: 0, trades: 0, day: 0, authors: 0, limits: 0, risk: 0 },
  ...{ accounts: 0, planner: 0, metrics: 0, report: 0, "rules list": 0, "rules check": 0 },
  ...{
    "rules show topstep/combine-50k": 0,
    "journal show": 0,
    "journal verify": 0,
    "explain Yesterday's": 0,
  },
  ...{ "notify status": 0, "config check": 0, "config init": 2, "ledger rebuild": 0 },
  ...{ "formats init": 0, "formats test": 0 },
  ...{
    "backup list --from bucket": 2,
    "backup create": 0,
    "backup list": 0,
    "backup verify": 0,
    "backup restore": 0,
  },
};
/** They change the books, so they come last. */
const LAST = ["backup restore", "halt", "lockout", "panic", "accounts o"];

const endOf = (text: string): number | undefined => {
  const [longest] = Object.keys(ENDS)
    .filter((start) => `${text} `.startsWith(`${start} `))
    .toSorted((a, b) => b.length - a.length);
  return longest === undefined ? undefined : ENDS[longest];
};

const pages = [
  "README.md",
  ...["guide", "operations", "reference"].flatMap((folder) => filesIn(`docs/${folder}`)),
];

/** Each once, by its words. */
const documented = new Map(
  pages
    .filter((path) => path.endsWith(".md") && path !== "docs/reference/commands.md")
    .flatMap((path) => commandsOf(path, read(path)))
    .map(({ words }) => (words[0] === "npx" ? words.slice(1) : words))
    .filter(([first]) => first === "tradestream")
    .map((words) => [words.slice(1).join(" "), words.slice(1)] as const),
);

const rank = (text: string): number => {
  if (text === "backup create") return -1;
  return LAST.findIndex((start) => text.startsWith(start));
};

const closedTrades = (step: Step): readonly string[] =>
  step.kind === "file" && step.path === "closed.csv" ? [step.text] : [];

function preparedFolder(): string {
  const here = temporaryFolder();
  const write = (name: string, text: string): void => writeFileSync(join(here, name), text);
  const rows = Array.from({ length: 600 }, (_, index) => {
    const up = index < 300 ? 0 : Math.floor((index - 300) / 2.5) * 0.25;
    const last = 6326 + up;
    return `${1_795_014_000 + index * 2},${last.toFixed(2)},${(last - 0.25).toFixed(2)},${last.toFixed(2)}`;
  });
  write("prices.csv", `time,last,bid,ask\n${rows.join("\n")}\n`);
  const sent = new Date((1_795_014_000 + 60) * 1_000).toISOString();
  const alert = {
    id: "1",
    channel: "alerts",
    author: "alice",
    at: sent,
    text: "ES long 6326: B\nStop: 6316",
  };
  write("alerts.jsonl", `${JSON.stringify(alert)}\n`);
  write(
    "config.yaml",
    [
      "market: { kind: file, path: ./prices.csv, instrument: ES }",
      'sources: [{ kind: chat-file, path: ./alerts.jsonl, authors: ["alice"] }]',
      "formats: ./formats",
      "accounts:",
      "  - { id: paper, name: Paper }",
      "  - { id: ts50, name: TS50, plan: topstep/combine-50k }",
      "",
    ].join("\n"),
  );
  write("closed.csv", stepsOf(read("docs/tour/29-metrics.md")).flatMap(closedTrades).join(""));
  cpSync(join(home, "config/formats"), join(here, "formats"), { recursive: true });
  cpSync(join(home, "config/rules"), join(here, "my-rules"), { recursive: true });
  return here;
}

test(
  "each is taken, ends as it should, and none breaks",
  async () => {
    const here = preparedFolder();
    const day = terminal({ here });
    expect(await day.run("start", "--speed", "max"), day.err()).toBe(0);
    const due = [...documented].filter(([text]) => endOf(text) !== undefined);
    const faults: string[] = [];
    for (const [text, words] of due.toSorted(([a], [b]) => rank(a) - rank(b))) {
      const one = terminal({ here });
      one.endInput();
      const code = await one.run(...words);
      if (code !== endOf(text)) faults.push(`${text}: ${code} ${one.err()}`);
    }
    expect(due.length).toBeGreaterThan(40);
    expect(faults).toEqual([]);
  },
  2 * MINUTE,
);
