/** Every refusal and every cut has a code, a wording and a row of the reference. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CUTS, cutCode, REFUSALS } from "../../../../src/core/notify/reasons.ts";
import { reasonsReference } from "../../../../tools/reasons-reference.ts";

const textOf = (file: string): string =>
  readFileSync(new URL(`../../../../${file}`, import.meta.url), "utf8");

/** The kinds a union in that file names, by the key that tells them apart. */
const namesIn = (file: string, pattern: RegExp): readonly string[] =>
  [...textOf(file).matchAll(pattern)].map(([, name = ""]) => name).toSorted();

it("every kind of refusal in the model has a code of its own name", () => {
  const kinds = namesIn("src/core/model/refusal.ts", /readonly kind: "([a-z-]+)"/g);
  expect(kinds.length).toBeGreaterThan(45);
  expect(Object.keys(REFUSALS).toSorted()).toEqual(kinds);
});

it("every kind of refusal has a sentence with its numbers", () => {
  const explained = [
    "explain",
    "explain-accounts",
    "explain-day",
    "explain-firm",
    "explain-hours",
  ].flatMap((name) => namesIn(`src/core/notify/${name}.ts`, /case "([a-z-]+)":/g));
  const kinds = Object.keys(REFUSALS).filter((kind) => !explained.includes(kind));
  expect(kinds).toEqual([]);
});

it("every kind of cut has a code and a sentence", () => {
  const whys = namesIn("src/core/model/cut.ts", /readonly why: "([a-z-]+)"/g);
  expect(whys.length).toBeGreaterThan(3);
  const codes = whys.map((why) => cutCode({ why: why as Parameters<typeof cutCode>[0]["why"] }));
  expect(Object.keys(CUTS).toSorted()).toEqual(codes.toSorted());
  const explained = namesIn("src/core/notify/explain-cut.ts", /case "([a-z-]+)":/g);
  expect(whys.filter((why) => !explained.includes(why))).toEqual([]);
});

it("every code says what it means and what to do, in one line", () => {
  for (const { meaning, help } of Object.values({ ...REFUSALS, ...CUTS })) {
    expect(meaning.length).toBeGreaterThan(10);
    expect(help.length).toBeGreaterThan(4);
    expect(`${meaning}${help}`).not.toMatch(/\n|\|/);
  }
});

it("the reference is up to date; if not, run `npx tsx tools/write-config-reference.ts`", () => {
  expect(textOf("docs/reference/reasons.md")).toBe(reasonsReference());
});
