/** The page about HTTP names every field that a snapshot has, where it stands, and no other. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sampleView } from "../../../kit/sample-view.ts";
import { home } from "../../../kit/tree.ts";

const HEALTH = {
  state: "ok",
  components: [
    { component: "mail", state: "ok", reason: "", since: "2026-11-19T15:00:00Z", seconds: 1 },
  ],
};

const HOUSE = "the house";
const isBlock = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Fields by the block they stand in; of lists, those of any entry. */
function fieldsOf(value: object, at: string, all: Map<string, Set<string>>) {
  for (const [field, inner] of Object.entries(value)) {
    const path = at === HOUSE ? field : `${at}.${field}`;
    const entries: readonly unknown[] = Array.isArray(inner) ? inner.filter(isBlock) : [];
    for (const one of entries) fieldsOf(one as object, `${path}[]`, all);
    if (isBlock(inner) && !Array.isArray(inner)) fieldsOf(inner, path, all);
    const isPlain = !isBlock(inner) || (Array.isArray(inner) && entries.length < inner.length);
    if (isPlain || field === "components") all.set(at, (all.get(at) ?? new Set()).add(field));
  }
  return all;
}

const TABLE = /^\| (the house|`[^`]+`) \| ([^|]+) \|/gm;

test("every field of the snapshot has its place on the page, and nothing else has", () => {
  const page = readFileSync(join(home, "docs/reference/http.md"), "utf8").split(
    "## The snapshot",
  )[1];
  const said = [...(page ?? "").matchAll(TABLE)].map(([, of = "", fields = ""]) => [
    of.replaceAll("`", ""),
    fields.replaceAll("`", "").split(", ").sort(),
  ]);
  const found = fieldsOf({ ...sampleView(), health: HEALTH }, HOUSE, new Map());
  const wanted = [...found].map(([at, fields]) => [at, [...fields].sort()]);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(wanted));
});
