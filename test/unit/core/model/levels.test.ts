import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_RULES } from "../../../../src/core/model/defaults.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import {
  chaseTicks,
  type Levels,
  reaches,
  stopDistance,
  targetsFor,
  tighter,
  towardsProfit,
} from "../../../../src/core/model/levels.ts";
import type { Distance, ExitRules } from "../../../../src/core/model/rules.ts";
import { type Ticks, ticks } from "../../../../src/core/model/units.ts";
import { split } from "../../../../src/core/plan/split.ts";
import { es } from "../../../kit/builders.ts";

const MES = instrumentOf("MES");
const { exits } = DEFAULT_RULES;

const long: Levels = { side: "long", entry: es(6326), stop: es(6316), targets: [] };
const short: Levels = { side: "short", entry: es(6326), stop: es(6336), targets: [] };

const oneTarget = (at: Distance): ExitRules => ({ ...exits, targets: [{ at, share: 1_000 }] });

describe("a distance", () => {
  it("from entry to stop is positive on both sides", () => {
    expect([stopDistance(long), stopDistance(short)]).toEqual([40, 40]);
  });

  it("towards profit goes up for a long and down for a short", () => {
    expect(towardsProfit("long", es(6326), 28)).toBe(es(6333));
    expect(towardsProfit("short", es(6326), 28)).toBe(es(6319));
    expect(towardsProfit("short", es(6326), -8)).toBe(es(6328));
  });

  it.each([
    ["long", 6333, true],
    ["long", 6333.25, true],
    ["long", 6332.75, false],
    ["short", 6333, true],
    ["short", 6332.75, true],
    ["short", 6333.25, false],
  ] as const)("says that a %s at %d has reached 6333: %s", (side, price, expected) => {
    expect(reaches(side, es(price), es(6333))).toBe(expected);
  });

  it("keeps the stop that risks less", () => {
    expect([tighter("long", es(6316), es(6320)), tighter("long", es(6320), es(6316))]).toEqual([
      es(6320),
      es(6320),
    ]);
    expect([tighter("short", es(6336), es(6330)), tighter("short", es(6330), es(6336))]).toEqual([
      es(6330),
      es(6330),
    ]);
  });
});

describe("the chase", () => {
  it("is a share of the stop distance, rounded down", () => {
    expect(chaseTicks(MES, { unit: "stop-share", value: 200 }, ticks(40))).toBe(8);
    expect(chaseTicks(MES, { unit: "stop-share", value: 200 }, ticks(44))).toBe(8);
    expect(chaseTicks(MES, { unit: "stop-share", value: 200 }, ticks(4))).toBe(0);
  });

  it("is a fixed number of points, rounded down to ticks", () => {
    expect(chaseTicks(MES, { unit: "points", value: 1.6 }, ticks(40))).toBe(6);
  });
});

describe("the targets", () => {
  const levelsOf = (rules: ExitRules, levels: Levels): readonly Ticks[] | { target: Ticks } => {
    const targets = targetsFor(MES, rules, levels);
    return targets.ok ? targets.value.levels : targets.error;
  };

  it("are the rules' own, counted from the alert's price", () => {
    expect(levelsOf(exits, long)).toEqual([es(6333), es(6338)]);
    expect(levelsOf(exits, short)).toEqual([es(6319), es(6314)]);
  });

  it.each([
    [{ unit: "points", value: 7 }, 6333, 6319],
    [{ unit: "ticks", value: 5 }, 6327.25, 6324.75],
    [{ unit: "r", value: 0.7 }, 6333, 6319],
    [{ unit: "r", value: 0.71 }, 6333, 6319],
  ] as const)("may be written as %o", (at, up, down) => {
    expect(levelsOf(oneTarget(at), long)).toEqual([es(up)]);
    expect(levelsOf(oneTarget(at), short)).toEqual([es(down)]);
  });

  it("may be a price, the same for every trade", () => {
    const rules = oneTarget({ unit: "price", value: 6340 });
    expect(levelsOf(rules, long)).toEqual([es(6340)]);
    expect(levelsOf(rules, short)).toEqual({ target: es(6340) });
  });

  it("are refused when a price in the rules is not on the grid", () => {
    const rules = oneTarget({ unit: "price", value: 6340.1 });
    expect(levelsOf(rules, long)).toEqual({ target: es(6326) });
  });

  it("stated by the alert replace the rules' own, nearest first", () => {
    const targets = [es(6340), es(6330), es(6335)];
    expect(levelsOf(exits, { ...long, targets })).toEqual([es(6330), es(6335), es(6340)]);
    const below = [es(6310), es(6320)];
    expect(levelsOf(exits, { ...short, targets: below })).toEqual([es(6320), es(6310)]);
  });

  it("must all be a profit", () => {
    const targets = [es(6330), es(6326)];
    expect(levelsOf(exits, { ...long, targets })).toEqual({ target: es(6326) });
    expect(levelsOf(exits, { ...short, targets })).toEqual({ target: es(6330) });
  });
});

describe("the shares", () => {
  const sharesIn = (rules: ExitRules, levels: Levels): readonly number[] => {
    const targets = targetsFor(MES, rules, levels);
    if (!targets.ok) throw new Error("no such target");
    return targets.value.shares;
  };
  const sharesOf = (count: number) =>
    sharesIn(exits, { ...long, targets: Array.from({ length: count }, (_, n) => es(6330 + n)) });

  it("are the rules' own while the alert states no targets", () => {
    expect(sharesOf(0)).toEqual([500, 500]);
  });

  it("stay with their targets when distances in different units cross", () => {
    const targets = [
      { at: { unit: "r", value: 1 }, share: 300 },
      { at: { unit: "points", value: 4 }, share: 700 },
    ] as const;
    // A stop 10 points away puts 1 R behind 4 points; one 3 points away puts it before.
    for (const levels of [long, short]) {
      expect(sharesIn({ ...exits, targets }, levels)).toEqual([700, 300]);
    }
    expect(sharesIn({ ...exits, targets }, { ...long, stop: es(6323) })).toEqual([300, 700]);
  });

  it("put everything at a single stated target, and half at each of two", () => {
    expect(split(5, sharesOf(1))).toEqual([5]);
    expect(split(5, sharesOf(2))).toEqual([2, 3]);
  });

  it.each([
    [3, 6, [2, 2, 2]],
    [3, 7, [2, 2, 3]],
    [3, 5, [1, 1, 3]],
    [7, 7, [1, 1, 1, 1, 1, 1, 1]],
    [6, 12, [2, 2, 2, 2, 2, 2]],
  ])("over %d stated targets divide %d contracts equally", (count, total, parts) => {
    expect(split(total, sharesOf(count))).toEqual(parts);
  });

  it("give every stated target but the last the whole part of an equal share", () => {
    const count = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(count, fc.integer({ min: 10, max: 100 }), (targets, total) => {
        const parts = split(total, sharesOf(targets));
        expect(parts.slice(0, -1).every((part) => part === Math.floor(total / targets))).toBe(true);
      }),
    );
  });
});
