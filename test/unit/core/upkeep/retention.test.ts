/** Which backups stay: a week of all, a month of days, a year of months, and always the newest. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { expendable, type Kept } from "../../../../src/core/upkeep/retention.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 23, 16);

const backupAt = (at: number): Kept => ({ name: isoOf(millis(at)), at: millis(at) });

/** Ages of up to three years, some in the future, in any order. */
const backups = fc
  .uniqueArray(fc.integer({ min: -2 * 24, max: 3 * 366 * 24 }), { maxLength: 200 })
  .map((hours) => hours.map((age) => backupAt(NOW - age * HOUR)));

const keptOf = (all: readonly Kept[], now: number): readonly Kept[] => {
  const gone = new Set(expendable(all, millis(now)));
  return all.filter(({ name }) => !gone.has(name));
};

const monthOf = (at: Millis): string => isoOf(at).slice(0, 7);

describe("the retention of backups", () => {
  it("keeps all of a week of one every six hours, then a day, then a month", () => {
    const all = Array.from({ length: 4 * 400 }, (_, n) => backupAt(NOW - n * 6 * HOUR));
    const kept = keptOf(all, NOW);
    // 28 of the week; of the 30 days the 8 newest are in it; of the 12 months the 2 newest in those.
    expect(kept.filter(({ at }) => NOW - at < 7 * DAY)).toHaveLength(28);
    expect(kept).toHaveLength(28 + 22 + 10);
    expect(kept.map(({ name }) => name.slice(0, 10)).at(-1)).toBe("2025-12-31");
  });

  it("has nothing to let go of where there is nothing, or one that is old", () => {
    expect(expendable([], millis(NOW))).toEqual([]);
    expect(expendable([backupAt(NOW - 2_000 * DAY)], millis(NOW))).toEqual([]);
  });

  it("lets the older of two go that were made in one month of long ago, and names it once", () => {
    const [older, newer] = [backupAt(NOW - 100 * DAY), backupAt(NOW - 99 * DAY)];
    expect(expendable([newer, older, backupAt(NOW)], millis(NOW))).toEqual([older.name]);
  });

  it("orders two of the same instant by their names", () => {
    const at = millis(NOW - 99 * DAY);
    const twins = [
      { name: "b", at },
      { name: "a", at },
    ];
    expect(expendable([...twins, backupAt(NOW)], millis(NOW))).toEqual(["a"]);
    expect(expendable([...twins.toReversed(), backupAt(NOW)], millis(NOW))).toEqual(["a"]);
  });

  it("never lets the newest go, and nothing of a week", () => {
    fc.assert(
      fc.property(backups, (all) => {
        const gone = new Set(expendable(all, millis(NOW)));
        const newest = all.toSorted((a, b) => b.at - a.at)[0];
        if (newest !== undefined) expect(gone.has(newest.name)).toBe(false);
        for (const { name, at } of all) if (NOW - at < 7 * DAY) expect(gone.has(name)).toBe(false);
      }),
    );
  });

  it("keeps one of every month of a year that had any, and one a day of a month", () => {
    fc.assert(
      fc.property(backups, (all) => {
        const kept = keptOf(all, NOW);
        const days = new Set(kept.map(({ at }) => isoOf(at).slice(0, 10)));
        const months = new Set(kept.map(({ at }) => monthOf(at)));
        for (const { at } of all) {
          if (NOW - at < 29 * DAY) expect(days).toContain(isoOf(at).slice(0, 10));
          if (NOW - at < 330 * DAY) expect(months).toContain(monthOf(at));
        }
      }),
    );
  });

  it("is the same whether asked every day or once, and asks nothing twice", () => {
    fc.assert(
      fc.property(backups, (all) => {
        const once = keptOf(all, NOW);
        expect(expendable(once, millis(NOW))).toEqual([]);
      }),
    );
  });
});
