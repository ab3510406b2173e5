/**
 * The tour tells the truth: every command of every page is run from the packed program in an empty
 * directory and must say what the page says. `UPDATE=1 npx vitest run test/acceptance/tour.test.ts`
 * writes what they say now; read every changed line before it is kept.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PackedHouse, packHouse, replayPage } from "../kit/tour.ts";
import { stepsOf } from "../kit/tour-page.ts";
import { home } from "../kit/tree.ts";

const MINUTE = 60_000;
const folder = join(home, "docs/tour");
const pages = readdirSync(folder).filter((name) => /^\d\d-.*\.md$/.test(name));

const textOf = (name: string): string => readFileSync(join(folder, name), "utf8");

const LYING = `\`\`\`console
$ echo two
three
$ tradestream nothing \\
> --json
error: <any>
...
\`\`\`
`;

test("the tour has a page for each part of the house", () => {
  expect(pages.map((name) => name.slice(0, 2))).toEqual(
    Array.from({ length: 9 }, (_, index) => `0${index + 1}`),
  );
});

test.each(pages)("%s shows a failure too", (name) => {
  const runs = stepsOf(textOf(name)).filter((step) => step.kind === "run");
  expect(runs.length).toBeGreaterThan(2);
  expect(runs.some(({ exit }) => exit > 0)).toBe(true);
});

describe("from the packed program, in an empty directory,", () => {
  let house: PackedHouse | null = null;
  beforeAll(async () => {
    house = await packHouse();
  }, MINUTE);
  afterAll(() => house?.remove());

  test("a page that lies is found out", async () => {
    if (house === null) throw new Error("there is no house");
    const { faults, played } = await replayPage(house, "a-lie", LYING);
    expect(faults).toEqual([
      "docs/tour/a-lie:2 $ echo two\n--- expected\nthree\n--- found\ntwo",
      "docs/tour/a-lie:4 $ tradestream nothing \\\n> --json ended with 2 instead of 0",
    ]);
    expect(played).toBe(LYING.replace("three", "two").replace("\n```", "\n# exit 2\n```"));
  });

  test.concurrent.each(pages)(
    "%s says what happens",
    async (name) => {
      if (house === null) throw new Error("there is no house");
      const { faults, played } = await replayPage(house, name, textOf(name));
      if (process.env["UPDATE"] === "1") writeFileSync(join(folder, name), played);
      else expect(faults.join("\n\n")).toBe("");
    },
    2 * MINUTE,
  );
});
