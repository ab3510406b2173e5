import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfig } from "../../../../src/shell/yaml/config-source.ts";
import { datedFiles } from "../../../../src/shell/yaml/dated-files.ts";

const folder = mkdtempSync(join(tmpdir(), "dates-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CALENDAR = `
exchange: ours
source: a notice
verified: 2026-11-22
validUntil: 2026-12-31
opens: "17:00"
ends: "16:00"
days:
  - date: 2026-11-30
    name: a day off
    ends: { equity: closed, rates: "12:00" }
`;
writeFileSync(join(folder, "ours.yaml"), CALENDAR);
writeFileSync(join(folder, "broken.yaml"), CALENDAR.replace("source: a notice", ""));
writeFileSync(join(folder, "news.yaml"), "series: []\n");
writeFileSync(join(folder, "bad-news.yaml"), "series: none\n");

const files = datedFiles((name) => join(folder, name));
const read = (text: string) => readConfig(text, "config.yaml", undefined, files);

function settingsOf(text: string) {
  const config = read(text);
  if (!config.ok) throw new Error(config.error.problems.map((one) => one.text).join("; "));
  return config.value.settings;
}

const problemOf = (text: string): string => {
  const config = read(text);
  return config.ok ? "" : config.error.problems.map((one) => one.text).join("\n");
};

describe("dates in a configuration", () => {
  it("are the program's own where none is named, and take no room in the settings", () => {
    const settings = settingsOf("{}");
    expect(settings).not.toHaveProperty("calendar");
    expect(settings).not.toHaveProperty("news");
    expect(settings).not.toHaveProperty("attended");
  });

  it("are those of the files it names; a group that is left out ends as usual", () => {
    const settings = settingsOf("calendar: ours.yaml\nnews: news.yaml");
    expect(settings.news).toEqual([]);
    expect(settings.calendar).toMatchObject({ exchange: "ours", opens: 1020, ends: 960 });
    expect(settings.calendar?.days[0]).toEqual({
      date: "2026-11-30",
      name: "a day off",
      businessDay: false,
      ends: { equity: "closed", rates: 720, energy: 960, metals: 960, fx: 960 },
    });
  });

  it("may be none for news", () => {
    expect(settingsOf("news: none").news).toEqual([]);
  });

  it("are refused with the key where there is no file, and with its own line where it is wrong", () => {
    expect(problemOf("paste: true\ncalendar: nowhere.yaml")).toBe(
      'config.yaml:2:11 calendar: there is no file "nowhere.yaml"',
    );
    expect(problemOf("news: nowhere.yaml")).toBe(
      'config.yaml:1:7 news: there is no file "nowhere.yaml"',
    );
    expect(problemOf("calendar: broken.yaml")).toMatch(/^broken\.yaml:2:1 source: expected where/);
    expect(problemOf("news: bad-news.yaml")).toMatch(/^bad-news\.yaml:1:9 series: expected a list/);
  });
});

describe("attended mode", () => {
  const LIVE = `
mode: live
broker:
  kind: topstepx
  userName: me
  apiKey: env:KEY
  accounts: [{ id: 1, name: PRAC }]
market: { kind: topstepx }
`;

  it("is off on paper and four hours on live accounts", () => {
    expect(settingsOf("attended: usual").attended).toBeUndefined();
    expect(settingsOf(LIVE).attended).toBe(14_400_000);
    expect(settingsOf(`${LIVE}attended: off`).attended).toBeUndefined();
  });

  it("is as long as the file says", () => {
    expect(settingsOf("attended: 30m").attended).toBe(1_800_000);
    expect(problemOf("attended: 5m")).toMatch(/expected a duration from 15m to 24h.*usual, or off/);
  });
});

describe("the hours of a rule set", () => {
  const hours = (text: string): string => problemOf(`rules: { default: { hours: { ${text} } } }`);

  it.each([
    ["entriesFrom: 15:00", /entriesFrom: 15:00 is not before entriesUntil \(15:00\)/],
    ["liveEntriesFrom: 15:30", /liveEntriesFrom: 15:30 is not before entriesUntil/],
    ["entriesUntil: 16:00, flat: none", /entriesUntil: 16:00 is behind the end of the session/],
    ["entriesUntil: 22:00, flat: none", /entriesUntil: 22:00 is behind the end of the session/],
    ["flat: 14:59", /flat: 14:59 does not lie between entriesUntil \(15:00\) and 16:00/],
    ["flat: 16:00", /flat: 16:00 does not lie between/],
    ["earlyFlat: 30m", /earlyFlat: it has to lie between entries' end \(25m before\)/],
    ["earlyFlat: 0s", /earlyFlat: it has to lie between/],
    ["flat: late", /flat: expected a time in Chicago such as "15:05", or none/],
  ])("{ %s } is refused", (text, wanted) => {
    expect(hours(text)).toMatch(wanted);
  });

  it.each(["flat: none", "entriesFrom: 00:00", "entriesFrom: 20:00", "flat: 15:00"])(
    "{ %s } is accepted",
    (text) => {
      expect(hours(text)).toBe("");
    },
  );
});
