/** What the house looks like inside: the rules of docs/STYLE.md that no other tool checks. */
import { describe, expect, test } from "vitest";
import { filesIn, linesMatching, linesOf, read } from "../kit/tree.ts";

const LINES_MAX = 300;

/** Files that are mostly rows of data; everything else that grows is cut. */
const tables: readonly string[] = ["src/core/model/holidays.ts", "src/core/model/instruments.ts"];

const src = filesIn("src").filter((path) => path.endsWith(".ts"));
const core = src.filter((path) => /^src\/(std|core|ports)\//.test(path));
const typescript = filesIn().filter((path) => path.endsWith(".ts"));

test("there is something to judge", () => {
  expect(core.length).toBeGreaterThan(20);
});

describe("files", () => {
  test(`are at most ${LINES_MAX} lines, tables excepted`, () => {
    const long = src
      .filter((path) => !tables.includes(path))
      .map((path) => ({ path, lines: linesOf(read(path)).length }))
      .filter(({ lines }) => lines > LINES_MAX);
    expect(long).toEqual([]);
  });

  test("that are called tables exist", () => {
    expect(tables.filter((path) => !src.includes(path))).toEqual([]);
  });

  test("have kebab-case names", () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/;
    const names = typescript.map((path) => path.slice(path.lastIndexOf("/") + 1));
    expect(names.filter((name) => !kebab.test(name))).toEqual([]);
  });

  test("are named for what they hold", () => {
    const empty = /(^|[/-])(utils?|helpers?|managers?|services?|common|misc)(-|\.ts$|\/)/;
    expect(typescript.filter((path) => empty.test(path))).toEqual([]);
  });

  test("are no barrels: only src/index.ts passes on what others export", () => {
    const inside = src.filter((path) => path !== "src/index.ts");
    expect(linesMatching(inside, /^export (\*|(type )?\{[^}]*\}) from /)).toEqual([]);
    expect(inside.filter((path) => path.endsWith("/index.ts"))).toEqual([]);
  });
});

describe("a module of src", () => {
  test("opens with a comment that says what it is for", () => {
    expect(src.filter((path) => !/^(#!.*\n)?(\/\*\*|\/\/)/.test(read(path)))).toEqual([]);
  });

  test("exports by name", () => {
    expect(linesMatching(src, /^export default\b/)).toEqual([]);
  });

  test("has no `any`", () => {
    expect(linesMatching(src, /(\bas|[:<,|&(]|=>) ?any\b(?! [a-z])/)).toEqual([]);
  });

  test("has no `TODO` without a number and an owner, and none at all in the core", () => {
    expect(linesMatching(core, /\b(TODO|FIXME|XXX)\b/)).toEqual([]);
    const owned = /\bTODO(?!\(#\d+, @?[\w-]+\))\b|\bFIXME\b|\bXXX\b/;
    expect(linesMatching(src, owned)).toEqual([]);
  });
});

test("nobody silences the compiler, and whoever silences Biome says why", () => {
  const here = "test/house/tidy.test.ts";
  const others = typescript.filter((path) => path !== here);
  expect(linesMatching(others, /@ts-(ignore|nocheck)/)).toEqual([]);
  expect(linesMatching(others, /@ts-expect-error\s*$|biome-ignore [^:]*:?\s*$/)).toEqual([]);
});

test("no class in the core but an error", () => {
  const plain = core.filter((path) => path.startsWith("src/core/"));
  expect(linesMatching(plain, /^(export )?(abstract )?class (?!\w+ extends \w*Error\b)/)).toEqual(
    [],
  );
});

test("no catch is silent", () => {
  expect(
    linesMatching(src, /catch( \([^)]*\))? \{\s*\}|\.catch\(\(\) => (\{\s*\}|undefined)\)/),
  ).toEqual([]);
});
