import { describe, expect, test } from "vitest";
import { readTime } from "../../../../src/shell/files/time-text.ts";

const AT = Date.UTC(2026, 2, 2, 15, 31, 10);

describe("a time", () => {
  test("is ISO 8601 with a zone, or Unix seconds or milliseconds", () => {
    const texts: readonly (readonly [string, number])[] = [
      ["2026-03-02T15:31:10Z", AT],
      ["2026-03-02T15:31:10.250Z", AT + 250],
      ["2026-03-02T15:31:10,250z", AT + 250],
      ["2026-03-02 15:31:10Z", AT],
      ["2026-03-02T09:31:10-06:00", AT],
      ["2026-03-02T09:31:10-0600", AT],
      ["2026-03-02T16:31:10+01:00", AT],
      ["2026-03-02T15:31Z", AT - 10_000],
      [`${AT / 1000}`, AT],
      [`${AT / 1000}.25`, AT + 250],
      [`${AT / 1000}.007`, AT + 7],
      [`${AT}`, AT],
      ["2028-02-29T00:00:00Z", Date.UTC(2028, 1, 29)],
    ];
    for (const [text, at] of texts) expect(readTime(text), text).toBe(at);
  });

  test("is nothing else: no zone, no such day, no number of another kind", () => {
    const texts = [
      "",
      "now",
      "2026-03-02",
      "2026-03-02T15:31:10",
      "2026-02-30T00:00:00Z",
      "2026-13-01T00:00:00Z",
      "2027-02-29T00:00:00Z",
      "2026-03-02T25:00:00Z",
      "2026-03-02T15:31:10+01",
      "12345678",
      "12345678901",
      "1772465470000000",
      "-1772465470",
      "1e12",
      "2026-03-32T00:00:00Z",
    ];
    for (const text of texts) expect(readTime(text), text).toBeNull();
  });
});
