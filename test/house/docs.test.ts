/** The pages a stranger reads first are true: links lead somewhere, commands exist. */
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { filesIn, home, read } from "../kit/tree.ts";

interface Package {
  readonly license: string;
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

const pages = filesIn().filter((path) => path.endsWith(".md"));
const { license, scripts, dependencies, devDependencies } = JSON.parse(
  read("package.json"),
) as Package;

const unfenced = (text: string): string => text.replace(/^ *```[\s\S]*?^ *```/gm, "");

/** Commands as they stand in fenced blocks, without comments behind them. */
const commandsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)]
    .flatMap(([, block]) => block?.split("\n") ?? [])
    .map((line) => line.replace(/\s+#.*$/, "").trim());

/** The name a heading answers to in a link. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const anchorsIn = (path: string): readonly string[] =>
  [...unfenced(read(path)).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ""));

describe("pages", () => {
  test("link only to what is there", () => {
    const broken = pages.flatMap((page) =>
      [...unfenced(read(page)).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)]
        .map(([, link = ""]) => link.split("#") as [string, string?])
        .filter(([path, anchor]) => {
          const target = path === "" ? page : normalize(join(dirname(page), path));
          if (target.startsWith("..") || !existsSync(join(home, target))) return true;
          return (
            anchor !== undefined && target.endsWith(".md") && !anchorsIn(target).includes(anchor)
          );
        })
        .map((link) => `${page}: ${link.join("#")}`),
    );
    expect(pages.length).toBeGreaterThan(6);
    expect(broken).toEqual([]);
  });

  test("name only scripts that package.json has", () => {
    const unknown = pages.flatMap((page) =>
      [...read(page).matchAll(/\bnpm run (?:-s )?([a-z][\w:-]*)/g)]
        .filter(([, name = ""]) => scripts[name] === undefined)
        .map(([command]) => `${page}: ${command}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe("README.md", () => {
  const commands = existsSync(join(home, "README.md")) ? commandsOf(read("README.md")) : [];

  test("says how to start", () => {
    expect(commands).toContain("npm ci && npm start");
  });

  test("says how to test, in the very line that .ci/run runs", () => {
    expect(commands.filter((line) => /^npm ci .*npm test$/.test(line))).toEqual([
      "npm ci && npm test",
    ]);
    expect(read(".ci/run")).toContain("/^npm ci .*npm test$/");
  });
});

test("the licence is MIT, and says so everywhere", () => {
  expect(license).toBe("MIT");
  expect(read("LICENSE")).toMatch(/^MIT License\n\nCopyright \(c\) 2026 the TradeStream authors\n/);
  expect(read("LICENSE")).toContain("Permission is hereby granted, free of charge, to any person");
});

describe("decision records", () => {
  const index = read("docs/decisions/README.md");
  const records = pages.filter((path) => /^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/.test(path));

  test("are all in the index, numbered without gaps", () => {
    const names = records.map((path) => path.slice("docs/decisions/".length));
    expect(names.filter((name) => !index.includes(`(${name})`))).toEqual([]);
    const numbers = names.map((name) => Number(name.slice(0, 4)));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });

  test("weigh every dependency, and none that is gone", () => {
    const rows = read("docs/decisions/0002-dependencies.md").match(/^\| `.*$/gm) ?? [];
    const weighed = rows.flatMap((row) =>
      [...(row.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const present = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    expect(weighed.sort()).toEqual(present.sort());
  });
});
