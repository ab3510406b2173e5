/** The example board and the alert rules name figures that there are, and pages that say what to do. */
import { expect, test } from "vitest";
import { parse } from "yaml";
import { METERS } from "../../src/core/model/meters.ts";
import { metersReference } from "../../tools/meters-reference.ts";
import { linesOf, read } from "../kit/tree.ts";

/** A histogram is asked for by its parts, and `up` is the collector's own. */
const KNOWN = new Set([
  ...Object.entries(METERS).flatMap(([name, { kind }]) =>
    kind === "histogram" ? ["_bucket", "_sum", "_count"].map((part) => name + part) : [name],
  ),
  "up",
]);

const namedIn = (expression: string): readonly string[] =>
  expression.match(/\b(?:tradestream|process|nodejs)_[a-z_]+|\bup\b/g) ?? [];

interface Board {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
}
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly runbook: string };
}

const board = JSON.parse(read("deploy/grafana/tradestream.json")) as Board;
const { groups } = parse(read("deploy/prometheus/alerts.yaml")) as {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);

test("every figure of the board and of the rules is one of ours", () => {
  const asked = [
    ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...rules.map(({ expr }) => expr),
  ];
  expect(asked.length).toBeGreaterThan(20);
  for (const expression of asked) expect([expression, namedIn(expression).length]).not.toContain(0);
  expect(asked.flatMap(namedIn).filter((name) => !KNOWN.has(name))).toEqual([]);
});

test("every figure is on the board or in a rule, or says only what runs", () => {
  const asked = new Set(
    [...board.panels.flatMap(({ targets }) => targets), ...rules].flatMap(({ expr }) =>
      namedIn(expr),
    ),
  );
  const unused = Object.entries(METERS)
    .filter(([name, { kind }]) => !asked.has(kind === "histogram" ? `${name}_bucket` : name))
    .map(([name]) => name);
  expect(unused).toEqual([
    ...["tradestream_build_info", "tradestream_facts_total", "nodejs_heap_size_limit_bytes"],
    ...["tradestream_account_balance_dollars", "tradestream_account_entries_allowed"],
  ]);
});

test("every rule names a heading that is there", () => {
  const anchor = (heading: string): string =>
    heading
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, "")
      .replaceAll(" ", "-");
  for (const { alert, annotations } of rules) {
    const [page = "", wanted = ""] = annotations.runbook.split("#");
    const headings = linesOf(read(page)).filter((line) => /^#+ /.test(line));
    const there = headings.map((line) => anchor(line.replace(/^#+ /, "")));
    expect([alert, there]).toEqual([alert, expect.arrayContaining([wanted])]);
  }
});

test("the page of figures is the one that the table writes", () => {
  expect(read("docs/reference/prometheus.md")).toBe(metersReference());
});

test("names follow the conventions: base units, and _total behind what only grows", () => {
  for (const [name, { kind }] of Object.entries(METERS)) {
    expect([name, name.endsWith("_total")]).toEqual([name, kind === "counter"]);
    expect(name).not.toMatch(/_(ms|millis|milliseconds|kb|mb|minutes|hours)(_|$)/);
  }
});
