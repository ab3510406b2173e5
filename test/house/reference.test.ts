/** The reference is whole: what the program knows has its line there, in the same order. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SWITCHES } from "../../src/shell/topstepx-sim/switches.ts";
import { PHASES } from "../kit/phases.ts";
import { filesIn, home, linesOf, read } from "../kit/tree.ts";

const kindsIn = (source: string): readonly string[] =>
  [...source.matchAll(/readonly kind: "([A-Z]\w+)"/g)].map(([, kind = ""]) => kind);

/** The first cells of all tables of a page. */
const entriesOf = (path: string): readonly string[] =>
  linesOf(read(path)).flatMap((line) => /^\| ([^|]+?) \| /.exec(line)?.[1] ?? []);

test("every fact has a line in docs/reference/facts.md", () => {
  const names = ["", "config-", "message-", "risk-", "firm-", "trouble-"].concat(
    "alarm-",
    "backup-",
    "duty-",
    "health-",
  );
  const files = names.map((name) => read(`src/core/model/${name}fact.ts`));
  const kinds = files.flatMap(kindsIn).map((kind) => `\`${kind}\``);
  const described = entriesOf("docs/reference/facts.md").filter((cell) => cell !== "Fact");
  expect(kinds.length).toBeGreaterThan(40);
  expect(described.toSorted()).toEqual(kinds.toSorted());
});

test("every exit code has a line in docs/reference/exit-codes.md", () => {
  const [, codes = ""] =
    /export type ExitCode = ([\d |]+);/.exec(read("src/ports/console.ts")) ?? [];
  const described = entriesOf("docs/reference/exit-codes.md").filter((cell) => cell !== "Code");
  expect(described).toEqual(codes.split(" | "));
});

describe("docs/reference/words.md", () => {
  const words = entriesOf("docs/reference/words.md").filter((cell) => cell !== "Word");

  test("is in alphabetical order and says nothing twice", () => {
    const sorted = words.toSorted((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), "en"));
    expect(words.length).toBeGreaterThan(40);
    expect(words).toEqual([...new Set(sorted)]);
  });
});

test("every page of docs is named in the index of its folder, or in docs/README.md", () => {
  const indexes = ["docs", "docs/decisions", "docs/tour"];
  const named = indexes.flatMap((folder) =>
    [...read(`${folder}/README.md`).matchAll(/\]\(([\w./-]+\.md)\)/g)].map(
      ([, path]) => `${folder}/${path}`,
    ),
  );
  const pages = filesIn("docs").filter((path) => path.endsWith(".md") && path !== "docs/README.md");
  expect(pages.filter((path) => !named.includes(path))).toEqual([]);
});

test("docs/guide/not-simulated.md names every switch of the stand-in and every key of the paper venue", () => {
  const page = read("docs/guide/not-simulated.md");
  const keys = ["slippage", "limitFill", "latency", "partials"];
  const names = [...Object.keys(SWITCHES), ...keys];
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
});

test("docs/guide/how-it-was-built.md names every phase of the tests, and where it is", () => {
  const page = read("docs/guide/how-it-was-built.md");
  const rows = linesOf(page).filter((line) => /^\| [a-z]+ \|/.test(line));
  expect(rows.map((row) => /^\| (\w+)/.exec(row)?.[1])).toEqual(PHASES.map(({ name }) => name));
  const unnamed = PHASES.flatMap(({ name, paths }) =>
    paths
      .map((path) => path.replace(/\/$/, ""))
      .filter((path) => existsSync(join(home, path)))
      .filter((path) => rows.every((row) => !row.startsWith(`| ${name} `) || !row.includes(path))),
  );
  expect(unnamed).toEqual([]);
});

test("every proof that docs/operations/live-failures.md names is there", () => {
  const page = read("docs/operations/live-failures.md");
  const named = [...page.matchAll(/`([\w./*-]+\.(?:txt|ts))`/g)].map(([, name = ""]) =>
    name.endsWith(".txt") ? `test/scenarios/${name}` : name,
  );
  const files = new Set([...filesIn("test"), ...filesIn("src")]);
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((name) => !name.includes("*") && !files.has(name))).toEqual([]);
});

test("every row of it about the venue names one", () => {
  const page = read("docs/operations/live-failures.md");
  const rows = linesOf(page).filter((line) => /^\| F\d+/.test(line));
  expect(rows.length).toBeGreaterThan(32);
  expect(rows.filter((row) => !/\| [^|]*(`[^`|]+`|ladder|storm)[^|]* \|$/.test(row))).toEqual([]);
});
