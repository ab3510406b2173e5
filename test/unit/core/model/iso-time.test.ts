import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoOf, parseIso } from "../../../../src/core/model/iso-time.ts";
import { millis } from "../../../../src/core/model/units.ts";

const instants = fc
  .integer({ min: Date.UTC(1000, 0), max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) })
  .map(millis);

describe("an instant as text", () => {
  it("has milliseconds and is in UTC", () => {
    expect(isoOf(millis(1_795_447_865_007))).toBe("2026-11-23T15:31:05.007Z");
    expect(isoOf(millis(0))).toBe("1970-01-01T00:00:00.000Z");
    expect(isoOf(millis(-1))).toBe("1969-12-31T23:59:59.999Z");
  });

  it("is what every other program would write", () => {
    fc.assert(
      fc.property(instants, (at) => {
        expect(isoOf(at)).toBe(new Date(at).toISOString());
      }),
      { numRuns: 1000 },
    );
  });

  it("comes back as the same instant", () => {
    fc.assert(
      fc.property(instants, (at) => {
        expect(parseIso(isoOf(at))).toBe(at);
      }),
    );
  });
});

describe("a time as others write it", () => {
  it.each([
    ["2026-11-23T15:31:05Z", "2026-11-23T15:31:05.000Z"],
    ["2026-11-23T15:31:05.5Z", "2026-11-23T15:31:05.500Z"],
    ["2026-11-23T15:31:05.12+00:00", "2026-11-23T15:31:05.120Z"],
    ["2026-11-23T15:31:05.123999Z", "2026-11-23T15:31:05.123Z"],
    ["2026-11-23T09:31:05-06:00", "2026-11-23T15:31:05.000Z"],
    ["2026-11-24T01:16:05.25+09:45", "2026-11-23T15:31:05.250Z"],
    ["2026-11-23T12:01:05-03:30", "2026-11-23T15:31:05.000Z"],
    ["2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z"],
  ])("%s is %s", (text, meant) => {
    expect(isoOf(parseIso(text) ?? millis(0))).toBe(meant);
  });

  it("that leaves something open, or does not exist, is refused", () => {
    const refused = [
      "",
      "2026-11-23",
      "2026-11-23T15:31:05",
      "2026-11-23T15:31Z",
      "2026-11-23 15:31:05Z",
      "2026-11-23T15:31:05z",
      "2026-11-23T15:31:05.Z",
      "2026-11-23T15:31:05.1234567890Z",
      "2026-11-23T24:00:00Z",
      "2026-11-23T15:60:05Z",
      "2026-11-23T15:31:60Z",
      "2026-02-29T15:31:05Z",
      "2026-13-01T15:31:05Z",
      "0026-11-23T15:31:05Z",
      "2026-11-23T15:31:05+0100",
      "2026-11-23T15:31:05+15:00",
      "2026-11-23T15:31:05+01:60",
      " 2026-11-23T15:31:05Z",
      "2026-11-23T15:31:05Z\n",
      "12026-11-23T15:31:05Z",
    ];
    expect(refused.filter((text) => parseIso(text) !== null)).toEqual([]);
  });

  it("never makes the reader fail, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseIso(text)).toBeNull();
      }),
    );
  });
});
