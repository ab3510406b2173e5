/** The pages a stranger reads first are true: links lead somewhere, commands exist. */
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { filesIn, home, read } from "../kit/tree.ts";

interface Package {
  readonly engines: { readonly node: string };
  readonly license: string;
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

const pages = filesIn().filter((path) => path.endsWith(".md"));
const { engines, license, scripts, dependencies, devDependencies } = JSON.parse(
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

/** Each name of a proof in the README, and the files that are it. */
const PROOFS: Readonly<Record<string, RegExp>> = {
  "kill matrix": /^test\/production\/kill-matrix\.test\.ts$/,
  "journal contract": /^test\/contract\/\w+-journal\.test\.ts$/,
  "restart scenarios": /^test\/scenarios\/restart-[\w-]+\.txt$/,
  scenarios: /^test\/scenarios\.test\.ts$/,
  "domain vectors": /^test\/data\/domain-oracle\.json$/,
  "property tests": /^test\/unit\/core\/.*\.property\.test\.ts$/,
};

/** `I2-I4` is `I2`, `I3` and `I4`. */
function invariantsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bI(\d+)(?:-I(\d+))?/g)].flatMap(([, from, to = from]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `I${Number(from) + at}`),
  );
}

describe("what README.md promises", () => {
  const page = read("README.md");
  const [, table = ""] = page.split("| Promise | Kept by | Proved by |");
  const promises = [...table.matchAll(/^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$/gm)];

  test("has for each a proof that is there", () => {
    const files = filesIn("test");
    const judges = filesIn("test/storm").map(read).join("\n");
    const described = read("docs/operations/invariants.md");
    const missing = promises.flatMap(([, promise = "", proofs = ""]) => {
      const invariants = invariantsIn(proofs);
      const named = proofs
        .replace(/^storm [I\d, -]+/, "")
        .split(", ")
        .filter((one) => one !== "");
      const unknown = named.filter((one) => !files.some((path) => PROOFS[one]?.test(path)));
      const unjudged = invariants.filter(
        (one) => !new RegExp(`\\b${one}\\b`).test(judges) || !described.includes(`| ${one} |`),
      );
      const isBare = invariants.length + named.length === 0;
      return [...unknown, ...unjudged, ...(isBare ? ["nothing"] : [])].map(
        (one) => `${promise}: ${one}`,
      );
    });
    expect(promises.length).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });

  test("says of versions, speeds and seeds what is so", () => {
    expect(engines.node).toBe(`>=${/Node\.js (\d+\.\d+) or newer/.exec(page)?.[1]}`);
    expect(read("src/shell/console/program.ts")).toContain(
      `readSpeed, ${/at (\d+) times its speed/.exec(page)?.[1]})`,
    );
    expect(page).toContain("a thousand seeds of [the storm]");
    expect(read("test/storm/storm.test.ts")).toMatch(/\b1_?000\b/);
  });

  test("fits on two screens", () => {
    expect(page.split("\n").length).toBeLessThanOrEqual(110);
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
