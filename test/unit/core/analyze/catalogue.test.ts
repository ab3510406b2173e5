/** The catalogue of metrics: whole, told once each, and the page about it as it is written. */
import { expect, test } from "vitest";
import { METRICS } from "../../../../src/core/analyze/catalogue.ts";
import { metricsReference } from "../../../../tools/metrics-reference.ts";
import { read } from "../../../kit/tree.ts";

test("every metric has a key of its own, a formula and a source", () => {
  const keys = METRICS.map(({ key }) => key);
  expect(keys.length).toBeGreaterThan(140);
  expect(new Set(keys).size).toBe(keys.length);
  expect(METRICS.filter(({ formula, source }) => formula === "" || source === "")).toEqual([]);
});

test("docs/reference/metrics.md is what the catalogue says", () => {
  expect(read("docs/reference/metrics.md")).toBe(metricsReference());
});
