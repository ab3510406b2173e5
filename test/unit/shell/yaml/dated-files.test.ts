import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import { US_NEWS } from "../../../../src/core/model/us-news.ts";
import { datedFiles, readCalendar, readNews } from "../../../../src/shell/yaml/dated-files.ts";
import {
  calendarJsonSchema,
  type JsonSchema,
  newsJsonSchema,
} from "../../../../src/shell/yaml/json-schema.ts";

const HOME = new URL("../../../../", import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(name, HOME), "utf8");
const calendarText = textOf("config/calendar/cme.yaml");
const newsText = textOf("config/news/us.yaml");

const problemsIn = (text: string): readonly string[] => {
  const read = readCalendar(text, "cme.yaml");
  return read.ok ? [] : read.error.problems.map((one) => one.text);
};

const newsProblemsIn = (text: string): readonly string[] => {
  const read = readNews(text, "us.yaml");
  return read.ok ? [] : read.error.problems.map((one) => one.text);
};

describe("the shipped tables", () => {
  it("are what their files say; if not, run `npx tsx tools/write-dated-tables.ts`", () => {
    expect(readCalendar(calendarText, "cme.yaml")).toEqual({ ok: true, value: CME_CALENDAR });
    expect(readNews(newsText, "us.yaml")).toEqual({ ok: true, value: US_NEWS });
  });

  it.each([
    ["calendar", calendarJsonSchema],
    ["news", newsJsonSchema],
  ] as const)("have a JSON Schema that is up to date: %s", (name, schema) => {
    expect(JSON.parse(textOf(`config/${name}.schema.json`))).toEqual(schema());
    expect(z.fromJSONSchema(schema() as z.core.JSONSchema.JSONSchema)).toBeDefined();
    const { properties } = schema() as JsonSchema;
    expect(Object.keys(properties ?? {}).length).toBeGreaterThan(0);
  });
});

describe("a calendar file", () => {
  const changed = (from: string | RegExp, to: string): string => calendarText.replace(from, to);

  it.each([
    ["an unknown key", changed("verified:", "checked:"), /cme.yaml:22:1 checked: unknown key/],
    [
      "no source",
      changed(/source: >-\n.*\n.*\n/, ""),
      /source: expected where the dates were read/,
    ],
    ["an impossible date", changed("2025-01-20", "2025-02-30"), /days\[2\]\.date: expected a date/],
    ["a Saturday", changed("2025-01-20", "2025-01-18"), /2025-01-18 is no weekday/],
    ["a date out of order", changed("2025-01-20", "2025-01-08"), /does not follow 2025-01-09/],
    ["a date twice", changed("2025-01-20", "2025-01-09"), /does not follow 2025-01-09/],
    [
      "a date behind its end",
      changed("validUntil: 2027-12-31", "validUntil: 2027-12-23"),
      /2027-12-24 lies behind validUntil \(2027-12-23\)/,
    ],
    [
      "an end before it was looked at",
      changed("verified: 2026-11-22", "verified: 2028-01-03"),
      /validUntil: it was verified on 2028-01-03, when it had run out already/,
    ],
    ["another opening", changed('opens: "17:00"', 'opens: "18:00"'), /opens: expected "17:00"/],
    ["a time that is none", changed('"08:30"', '"8:30"'), /ends.*: expected/],
    [
      "a late end",
      changed('"08:30"', '"16:30"'),
      /ends\.equity: this is later than the regular end/,
    ],
    [
      "an end that is a word",
      changed("    ends: closed", "    ends: shut"),
      /ends: expected closed, or a block/,
    ],
  ])("with %s is refused with its place", (_, text, wanted) => {
    expect(problemsIn(text).join("\n")).toMatch(wanted);
  });

  it("is found where the configuration says, or missing", () => {
    const files = datedFiles((name) => join(new URL(HOME).pathname, name));
    expect(files.calendar("config/calendar/cme.yaml").ok).toBe(true);
    expect(files.news("config/news/us.yaml").ok).toBe(true);
    expect(files.calendar("config/none.yaml")).toMatchObject({ error: { kind: "missing" } });
    expect(files.news("config/none.yaml")).toMatchObject({ error: { kind: "missing" } });
  });
});

describe("a news file", () => {
  const changed = (from: string | RegExp, to: string): string => newsText.replace(from, to);

  it("need not say what kind of report a series is", () => {
    const read = readNews(changed("    event: cpi\n", ""), "us.yaml");
    expect(read.ok && read.value.map((one) => "event" in one)).toEqual([
      ...[true, true, true, true, false],
    ]);
  });

  it.each([
    ["an unknown key", changed("    time:", "    clock:"), /series\[0\]\.clock: unknown key/],
    ["no source", changed(/ {4}source: >-\n.*\n.*\n/, ""), /series\[0\]\.source: expected/],
    ["a Sunday", changed("2027-01-27", "2027-01-24"), /series\[0\]\.dates\[1\]: 2027-01-24 is no/],
    [
      "a date behind its end",
      changed("- 2026-12-04", "- 2027-01-08"),
      /series\[3\]\.dates\[0\]: 2027-01-08 lies behind validUntil/,
    ],
    [
      "an end before it was looked at",
      changed("validUntil: 2027-12-31", "validUntil: 2026-11-20"),
      /series\[0\]\.validUntil: it was verified/,
    ],
    [
      "an event that is none",
      changed("event: cpi", "event: ppi"),
      /series\[4\]\.event: expected fomc/,
    ],
    ["a time that is none", changed('time: "13:00"', "time: noon"), /series\[0\]\.time: expected/],
  ])("with %s is refused with its place", (_, text, wanted) => {
    expect(newsProblemsIn(text).join("\n")).toMatch(wanted);
  });
});
