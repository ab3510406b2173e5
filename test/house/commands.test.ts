/** Every command that a page, a help text or the program itself names is one that it takes. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { commandsReference } from "../../tools/commands-reference.ts";
import { commandTree, whyRefused } from "../kit/command-line.ts";
import { commandsOf, type Shown } from "../kit/page-commands.ts";
import { filesIn, home, read } from "../kit/tree.ts";

const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
const pages = filesIn().filter((path) => path.endsWith(".md") && path !== "CHANGELOG.md");

const root = commandTree();
const below = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(below),
];
const all = root.commands.flatMap(below);
const pathOf = (command: Command): readonly string[] =>
  command.parent === null ? [] : [...pathOf(command.parent), command.name()];

const groups = root.commands.filter(({ commands }) => commands.length > 0).map((one) => one.name());
const commandsIn = (page: string, text: string) => commandsOf(page, text, groups);
const shown = pages.flatMap((page) => commandsIn(page, read(page)));

/** In a sentence a command may be named without its words, and a group without its commands. */
const isName = (words: readonly string[]): boolean =>
  all.some((one) => pathOf(one).join(" ") === words.join(" "));

async function faultOf({ page, text, words, isInline }: Shown): Promise<string | null> {
  const [first = "", ...rest] = words[0] === "npx" ? words.slice(1) : words;
  const why = await whyNot(first, rest, isInline);
  return why === null ? null : `${page}: ${text}: ${why}`;
}

function whyNot(first: string, rest: readonly string[], isInline: boolean): unknown {
  switch (first) {
    case "tradestream":
      return rest.length === 0 || (isInline && isName(rest)) ? null : whyRefused(rest);
    case "npm":
      return rest[0] === "run" ? whyNoScript(rest.filter((word) => word !== "-s").slice(1)) : null;
    case "vitest":
    case "tsx":
    case "node":
      return (
        rest.find((word) => /^[\w.][\w./-]*\.[cm]?[jt]s$/.test(word) && !isThere(word)) ?? null
      );
    default:
      return null;
  }
}

/** What an installed program holds, and what a build makes, is there too. */
const isThere = (path: string): boolean =>
  existsSync(join(home, path)) || path.startsWith("dist/") || path.startsWith("node_modules/");

/** Options of the tools are looked for where they are read. */
const READERS: Readonly<Record<string, string>> = {
  storm: "test/storm/run.ts",
  bench: "bench/run.ts",
};

function whyNoScript([name = "", ...words]: readonly string[]): string | null {
  if (scripts[name] === undefined) return `there is no script ${name}`;
  const reader = READERS[name];
  const unread = words
    .filter((word) => /^--\w/.test(word))
    .find((word) => reader !== undefined && !read(reader).includes(`${word.slice(2)}`));
  if (unread !== undefined) return `${name} has no option ${unread}`;
  const only = words[words.indexOf("--only") + 1];
  if (words.includes("--only") && !isThere(`bench/measures/${only}.ts`)) return `no ${only}`;
  const [file] = words.filter((word) => /^[a-z][\w-]*$/.test(word));
  const isNamed = name === "test:deep" || name === "test:long";
  return isNamed && file !== undefined && !isThere(`test/deep/${file}.test.ts`)
    ? `no test ${file}`
    : null;
}

describe("a command in a page", () => {
  test("is taken with every word of it", async () => {
    const faults = await Promise.all(shown.map(faultOf));
    expect(shown.length).toBeGreaterThan(200);
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  });

  test.each([
    ["```sh\ntradestream trads --tail 5\n```\n", "trads"],
    ["```sh\nnpx tradestream trades --tale 5   # the newest\n```\n", "--tale"],
    ["Say `tradestream close 1 2` first.\n", "too many"],
    ["Say `tradestream report --format\npdf`.\n", "pdf"],
    ['```console norun\n$ tradestream paste "ES long\n> Stop: 1" --no\n```\n', "--no"],
    ["```text\ntradestream lockout to 15:30    the next time\n```\n", "say until when"],
    ["```sh\nnpm run strom -- --seeds 3\n```\n", "strom"],
    ["Or `npm run storm -- --seedlings 3`.\n", "--seedlings"],
    ["Or `npm run bench -- --only angine`.\n", "angine"],
    ["Or `notify tests`, whatever.\n", "tests"],
    ["Or `npx tsx tools/write-schemas.ts`.\n", "write-schemas"],
    ["Or `npm run test:deep -- live-kills`.\n", "live-kills"],
  ])("is found out where it is mistyped: %j", async (text, word) => {
    const [one] = await Promise.all(commandsIn("a.md", text).map(faultOf));
    expect(one).toContain(word);
  });

  test.each([
    "```sh\ntradestream day 2026-11-19 --json | tail -2 > a.txt 2>&1 # all\n```\n",
    "Say `tradestream authors [--from DATE] [--to DATE]`, or `tradestream backup`.\n",
    "```console\n$ tradestream nothing\n# exit 2\n```\n",
    "Say `npm run -s storm -- --seeds 3 --seed 1` or `npm run test:deep -- live-kill`.\n",
    '```sh\nTRADESTREAM_X=1 npx tradestream explain "Yesterday\'s\n  long" && npm run build\n```\n',
  ])("is let pass where it is right, or run to the letter elsewhere: %j", async (text) => {
    const faults = await Promise.all(commandsIn("a.md", text).map(faultOf));
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  });
});

describe("the help of a command", () => {
  test("says what each of its words is for", () => {
    const silent = all.flatMap((command) => [
      ...(command.description() === "" ? [pathOf(command).join(" ")] : []),
      ...[...command.registeredArguments, ...command.options]
        .filter(({ description }) => description === "")
        .map((one) => `${pathOf(command).join(" ")}: ${one.name()}`),
    ]);
    expect(all.length).toBeGreaterThan(60);
    expect(silent).toEqual([]);
  });
});

describe("docs/reference/commands.md", () => {
  const page = read("docs/reference/commands.md");

  test("is what tools/write-config-reference.ts writes", () => {
    expect(page).toBe(commandsReference());
  });

  test("has for every command a section with an example that is its own", () => {
    const sections = page.split("\n### ").slice(1);
    const faults = all.flatMap((command) => {
      const name = ["tradestream", ...pathOf(command)].join(" ");
      const section = sections.find((one) => one.startsWith(`${name}\n`)) ?? "";
      const own = commandsOf("", section).filter(({ isInline }) => !isInline);
      const isOwn = own.length > 0 && own.every(({ text }) => `${text} `.startsWith(`${name} `));
      return isOwn ? [] : [name];
    });
    expect(faults).toEqual([]);
  });
});

/** What a message tells a person to type: the words behind the name, as far as they are letters. */
test("the program tells nobody to say what it does not know", () => {
  const names = new Set(all.map((command) => pathOf(command).join(" ")));
  const said = filesIn("src").flatMap((path) =>
    [
      ...read(path).matchAll(
        /(?<![\w/.-]|--global )tradestream ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?/g,
      ),
    ].map(([text, first = "", second]) => ({ path, text, first, second })),
  );
  const unknown = said.filter(({ first, second }) => {
    if (first === "help") return false;
    const command = root.commands.find((one) => one.name() === first);
    if (command === undefined || command.commands.length === 0) return command === undefined;
    return second !== undefined && !names.has(`${first} ${second}`);
  });
  expect(said.length).toBeGreaterThan(30);
  expect(unknown.map(({ path, text }) => `${path}: ${text}`)).toEqual([]);
});
