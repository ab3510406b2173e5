/**
 * The tour and the guides tell the truth: every command of every page is run from the packed program in an empty
 * directory and must say what the page says. `UPDATE=1 npx vitest run test/acceptance/tour.test.ts`
 * writes what they say now; read every changed line before it is kept.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PackedHouse, packHouse, replayPage } from "../kit/tour.ts";
import { stepsOf } from "../kit/tour-page.ts";
import { filesIn, home, read } from "../kit/tree.ts";

const MINUTE = 60_000;
const tour = filesIn("docs/tour").filter((path) => /\/\d\d-[^/]*\.md$/.test(path));
/** Other pages with commands are held to the same. */
const guides = ["docs/guide", "docs/operations"]
  .flatMap((folder) => filesIn(folder))
  .filter((path) => stepsOf(read(path)).length > 0);

const LYING = `\`\`\`console
$ echo two
three
$ tradestream nothing \\
> --json
error: <any>
...
\`\`\`
`;

test("the pages of the tour are numbered from 1 without a gap", () => {
  expect(tour.map((path) => path.slice("docs/tour/".length, "docs/tour/".length + 2))).toEqual(
    Array.from(tour, (_, index) => String(index + 1).padStart(2, "0")),
  );
});

test.each(tour)("%s shows a failure too", (path) => {
  const runs = stepsOf(read(path)).filter((step) => step.kind === "run");
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
    const { faults, played } = await replayPage(house, "a-lie.md", LYING);
    expect(faults).toEqual([
      "a-lie.md:2 $ echo two\n--- expected\nthree\n--- found\ntwo",
      "a-lie.md:4 $ tradestream nothing \\\n> --json ended with 2 instead of 0",
    ]);
    expect(played).toBe(LYING.replace("three", "two").replace("\n```", "\n# exit 2\n```"));
  });

  // The last pages take longest, for they wait for venues: begun first, they end with the others.
  test.concurrent.each([...tour.toReversed(), ...guides])(
    "%s says what happens",
    async (path) => {
      if (house === null) throw new Error("there is no house");
      const { faults, played } = await replayPage(house, path, read(path));
      if (process.env["UPDATE"] === "1") writeFileSync(join(home, path), played);
      else expect(faults.join("\n\n")).toBe("");
    },
    5 * MINUTE,
  );
});
