/**
 * The guards are awake: a small sound house passes each of them, and each violation planted in it
 * is found, under the right name. Without this a guard that reads nothing looks like a clean house.
 */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { home } from "../kit/tree.ts";

type Tree = Readonly<Record<string, string>>;
/** What a guard said, as `path: rule`. */
type Finding = string;

const sound: Tree = {
  "src/std/whole.ts": "export const whole = (n: number): boolean => Number.isInteger(n);\n",
  "src/core/model/price.ts":
    'import { whole } from "../../std/whole.ts";\n\nexport type Price = number;\nexport const isPrice = (n: Price): boolean => whole(n);\n',
  "src/core/risk/judge.ts":
    'import { isPrice, type Price } from "../model/price.ts";\n\nexport const judge = (n: Price): boolean => isPrice(n);\n',
  "src/core/engine.ts":
    'import { judge } from "./risk/judge.ts";\n\nexport const step = (n: number): boolean => judge(n);\n',
  "src/ports/broker.ts":
    'import type { Price } from "../core/model/price.ts";\n\nexport interface Broker {\n  send(price: Price): Promise<void>;\n}\n',
  "src/shell/paper/broker.ts":
    'import type { Broker } from "../../ports/broker.ts";\n\nexport const started = (): number => Date.now() + Math.random();\nexport const paper: Broker = { send: () => Promise.resolve() };\n',
  "src/shell/sqlite/journal.ts":
    'import Database from "better-sqlite3";\n\nexport const open = () => new Database(":memory:");\n',
  "src/app/wire.ts":
    'import { started, paper } from "../shell/paper/broker.ts";\nimport { open } from "../shell/sqlite/journal.ts";\n\nexport const wire = () => ({ started, paper, open });\n',
  "src/main.ts":
    'import { wire } from "./app/wire.ts";\nimport { step } from "./core/engine.ts";\n\nexport const main = () => [wire(), step(1)];\n',
};

const libraries = [
  "better-sqlite3",
  "yaml",
  "zod",
  "csv-parse",
  "commander",
  "@clack/prompts",
  "lodash",
];

const houses: string[] = [];
afterAll(() => {
  for (const folder of houses) rmSync(folder, { recursive: true, force: true });
});

/** The house rules of this project around another tree, in a folder of its own. */
function build(tree: Tree): string {
  const folder = mkdtempSync(join(tmpdir(), "tradestream-awake-"));
  houses.push(folder);
  const rules = ["biome.json", "tools/no-chance.grit", ".dependency-cruiser.mjs", "package.json"];
  const projects = ["tsconfig.base.json", "tsconfig.core.json", "tsconfig.node.json"];
  for (const path of [...rules, ...projects]) cpSync(join(home, path), join(folder, path));
  const stubs = libraries.flatMap((name) => [
    [`node_modules/${name}/package.json`, `{ "name": "${name}", "main": "index.js" }\n`],
    [`node_modules/${name}/index.js`, "module.exports = {};\n"],
  ]);
  for (const [path = "", text = ""] of [...Object.entries({ ...sound, ...tree }), ...stubs]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function run(folder: string, tool: string, ...words: string[]): Promise<string> {
  const path = join(home, "node_modules", tool);
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 2 ** 26 };
    execFile(process.execPath, [path, ...words], options, (_, stdout) => resolve(stdout));
  });
}

const guards = {
  async types(folder: string): Promise<readonly Finding[]> {
    const said = await run(folder, "typescript7/bin/tsc", "-p", "tsconfig.core.json");
    return [...said.matchAll(/^(\S+)\(\d+,\d+\): error (TS\d+)/gm)].map(
      ([, path, code]) => `${path}: ${code}`,
    );
  },

  async lint(folder: string): Promise<readonly Finding[]> {
    const words = ["lint", "--reporter=json", "--max-diagnostics=none", "src"];
    const said = await run(folder, "@biomejs/biome/bin/biome", ...words);
    const { diagnostics } = JSON.parse(said) as {
      diagnostics: { category: string; location: { path: string } }[];
    };
    return diagnostics.map(({ category, location }) => `${location.path}: ${category}`);
  },

  async floors(folder: string): Promise<readonly Finding[]> {
    const words = ["src", "--config", ".dependency-cruiser.mjs", "--output-type", "json"];
    const said = await run(folder, "dependency-cruiser/bin/dependency-cruise.mjs", ...words);
    const { summary } = JSON.parse(said) as {
      summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] };
    };
    expect(summary.totalCruised).toBeGreaterThanOrEqual(Object.keys(sound).length);
    return summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
  },
};

/** Each line of code breaks one rule of the compiler project without Node, and is found by it. */
const impure: Readonly<Record<string, string>> = {
  console: 'console.log("hello")',
  crypto: "crypto.randomUUID()",
  fetch: 'fetch("https://example.com")',
  modules: 'await import("node:fs")',
  performance: "performance.now()",
  process: "process.env",
  queue: "queueMicrotask(() => {})",
  structured: "structuredClone({})",
  timer: "setTimeout(() => {}, 1)",
};

const longFunction = `export function long(): number {\n  let n = 0;\n${"  n += 1;\n".repeat(70)}  return n;\n}\n`;

/** Path, text, and the rule of Biome that finds it. */
const unlinted: readonly (readonly [string, string, string])[] = [
  ["src/std/clock.ts", "export const x = Date.now();\n", "noRestrictedGlobals"],
  ["src/core/model/date.ts", "export const x = new Date();\n", "noRestrictedGlobals"],
  ["src/ports/zone.ts", "export const x = new Intl.DateTimeFormat();\n", "noRestrictedGlobals"],
  ["src/core/model/hidden.ts", "export const x = globalThis.Math;\n", "noRestrictedGlobals"],
  ["src/core/model/dice.ts", "export const x = Math.random();\n", "plugin"],
  ["src/std/dice.ts", "export const { x } = { x: Math.random };\n", "plugin"],
  ["src/app/long.ts", longFunction, "noExcessiveLinesPerFunction"],
  ["src/app/any.ts", "export const x: any = 1;\n", "noExplicitAny"],
  ["src/app/default.ts", "export default 1;\n", "noDefaultExport"],
  ["src/app/sure.ts", "export const x = (n: number | null) => n!;\n", "noNonNullAssertion"],
  ["src/app/ending.ts", 'export { x } from "./any";\n', "useImportExtensions"],
  [
    "src/app/dropped.ts",
    'import { paper } from "../shell/paper/broker.ts";\n\nexport const x = () => {\n  paper.send(1);\n};\n',
    "noFloatingPromises",
  ],
  [
    "src/app/misused.ts",
    'import { paper } from "../shell/paper/broker.ts";\n\nexport const x = () => (paper.send(1) ? 1 : 2);\n',
    "noMisusedPromises",
  ],
  [
    "src/app/one.ts",
    'import { two } from "./two.ts";\n\nexport const one = () => two;\n',
    "noImportCycles",
  ],
  [
    "src/app/two.ts",
    'import { one } from "./one.ts";\n\nexport const two = () => one;\n',
    "noImportCycles",
  ],
];

/** From, to (or a library), and the floor rule that finds it. */
const misplaced: readonly (readonly [string, string, string])[] = [
  ["std/up.ts", "core/model/price.ts", "std-looks-up"],
  ["core/up.ts", "ports/broker.ts", "core-looks-up"],
  ["ports/up.ts", "shell/paper/broker.ts", "ports-looks-up"],
  ["shell/paper/up.ts", "app/wire.ts", "shell-looks-up"],
  ["app/up.ts", "main.ts", "app-looks-up"],
  ["core/model/ahead.ts", "core/risk/judge.ts", "model-looks-ahead"],
  ["core/risk/ahead.ts", "core/engine.ts", "risk-looks-ahead"],
  ["core/views/ahead.ts", "core/upkeep/retention.ts", "views-looks-ahead"],
  ["core/upkeep/retention.ts", "core/engine.ts", "upkeep-looks-ahead"],
  ["core/engine-x.ts", "core/somewhere/new.ts", "unknown-stage"],
  ["core/model/disk.ts", "node:fs", "pure-floors-touch-the-world"],
  ["ports/library.ts", "zod", "pure-floors-touch-the-world"],
  ["ports/calls.ts", "core/model/price.ts", "ports-run-nothing"],
  ["shell/paper/neighbour.ts", "shell/sqlite/journal.ts", "adapters-know-no-adapter"],
  ["shell/paper/decides.ts", "core/risk/judge.ts", "shell-runs-no-stage"],
  ["shell/paper/steps.ts", "core/engine.ts", "shell-runs-no-stage"],
  ["app/names.ts", "shell/paper/broker.ts", "only-wire-names-adapters"],
  ["shell/paper/database.ts", "better-sqlite3", "better-sqlite3-belongs-to-shell/sqlite"],
  ["app/settings.ts", "yaml", "yaml-belongs-to-shell/yaml"],
  ["shell/sqlite/shape.ts", "zod", "zod-belongs-to-shell/yaml"],
  ["shell/yaml/rows.ts", "csv-parse", "csv-parse-belongs-to-shell/files"],
  ["app/line.ts", "commander", "commander-belongs-to-shell/console"],
  ["app/ask.ts", "@clack/prompts", "@clack/prompts-belongs-to-shell/console"],
  ["shell/paper/stranger.ts", "lodash", "library-without-owner"],
  ["app/ring-one.ts", "app/ring-two.ts", "no-cycles"],
  ["app/nowhere.ts", "app/gone.ts", "unresolvable"],
];

/** What the planted files lean on, and two that break a rule without an import of a value. */
const others: Tree = {
  "src/core/somewhere/new.ts": "export const x = 1;\n",
  "src/app/ring-two.ts": 'import * as x from "./ring-one.ts";\n\nexport const y = x;\n',
  "src/app/alone.ts": "export {};\n",
  "src/core/model/type-only.ts":
    'import type { judge } from "../risk/judge.ts";\n\nexport type Judge = typeof judge;\n',
};

const importing = ([from, to]: readonly [string, string, string]): [string, string] => {
  const up = "../".repeat(from.split("/").length - 1) || "./";
  return [
    `src/${from}`,
    `import * as x from "${/\.ts$/.test(to) ? up + to : to}";\n\nexport const y = x;\n`,
  ];
};
const impurePath = (name: string): string => `src/core/model/impure-${name}.ts`;

const planted = {
  types: Object.fromEntries(
    Object.entries(impure).map(([name, code]) => [
      impurePath(name),
      `export const x = () => ${code};\n`,
    ]),
  ),
  lint: Object.fromEntries(unlinted.map(([path, text]) => [path, text])),
  floors: { ...Object.fromEntries(misplaced.map(importing)), ...others },
} satisfies Record<keyof typeof guards, Tree>;

describe.each(["types", "lint", "floors"] as const)("the guard of %s", (name) => {
  test("leaves a sound house in peace", async () => {
    expect(await guards[name](build({}))).toEqual([]);
  });
});

describe("the guard of types", () => {
  test("finds all that only Node or a browser has, in the core", async () => {
    const found = await guards.types(build(planted.types));
    const paths = new Set(found.map((finding) => finding.split(":", 1)[0]));
    expect([...paths].sort()).toEqual(Object.keys(impure).map(impurePath));
  });
});

describe("the guard of lint", () => {
  test("finds clocks, chance and dropped promises, and all under the right name", async () => {
    const found = await guards.lint(build(planted.lint));
    const expected = unlinted.map(([path, , rule]) => `${path}: ${rule}`);
    expect(found.map((finding) => finding.replace(/lint\/\w+\//, "")).sort()).toEqual(
      expected.sort(),
    );
  });
});

describe("the guard of floors", () => {
  test("finds every import that points the wrong way, types included", async () => {
    const found = await guards.floors(build(planted.floors));
    const expected = [
      ...misplaced.map(([from, , rule]) => `src/${from}: ${rule}`),
      "src/core/model/type-only.ts: model-looks-ahead",
      "src/app/alone.ts: no-orphans",
    ];
    expect(expected.filter((finding) => !found.includes(finding))).toEqual([]);
  });
});
