import { describe, expect, test } from "vitest";
import { type Millis, millis, ticks } from "../../../../src/core/model/units.ts";
import { type Tape, tapeBuilder } from "../../../../src/core/paper/tape.ts";
import type { MarketData } from "../../../../src/ports/market-data.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { rollingMarket } from "../../../../src/shell/paper/rolling-market.ts";
import { NOW } from "../../../kit/builders.ts";

const LASTS = millis(10_000);

/** Five prints, two seconds apart, each a tick higher than the one before. */
function rising(at: Millis, from: number): Tape {
  const tape = tapeBuilder({ instrument: "MES", resolution: millis(0) });
  for (let n = 0; n < 5; n++) tape.add(at + n * 2_000, from + n, from + n, from + n + 1, null);
  return tape.finish();
}

function market() {
  const clock = virtualClock(NOW);
  const rounds: number[] = [];
  const rolling = rollingMarket({
    clock,
    lasts: LASTS,
    tapes(at, round, before: MarketData | null) {
      rounds.push(round);
      // The third one begins late, as after a weekend.
      const begins = round === 2 ? millis(at + 4_000) : at;
      return [rising(begins, (before?.quote("MES")?.last ?? 99) + 1)];
    },
  });
  const pass = (span: number): void => void clock.runUntil(millis(clock.now() + span));
  return { clock, rolling, rounds, pass };
}

describe("a market without an end", () => {
  test("goes on where its last tape stopped", () => {
    const { rolling, rounds, pass } = market();
    expect(rolling.quote("MES")?.last).toBe(100);
    pass(9_000);
    expect(rolling.quote("MES")?.last).toBe(104);
    pass(1_000);
    expect(rolling.quote("MES")?.last).toBe(105);
    pass(60_000);
    expect(rounds).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rolling.quote("ES")).toBe(null);
    expect(rolling.resolution).toBe(0);
  });

  test("keeps its last price while the next tape has not begun", () => {
    const { rolling, pass } = market();
    pass(20_000);
    expect(rolling.quote("MES")?.last).toBe(109);
    pass(4_000);
    expect(rolling.quote("MES")?.last).toBe(110);
  });

  test("tells how far the price went over any number of seams", () => {
    const { rolling, pass } = market();
    pass(6_000);
    const since = NOW + 6_000;
    const path = () => rolling.path("MES", millis(since));
    expect(path()).toMatchObject({ reach: { high: 103, low: 103 }, from: since });
    // The third tape begins late: until then it has nothing to add.
    pass(16_000);
    expect(path()).toMatchObject({ reach: { high: 109, low: 103 }, from: since });
    pass(400_000);
    expect(path()?.reach?.low).toBeGreaterThan(103);
    expect(path()?.from).toBeGreaterThan(since);
    expect(rolling.path("CL", millis(since))).toBeNull();
  });

  test("rings bands over the seam, once, and not those that were taken back", () => {
    const { rolling, pass } = market();
    const rung: string[] = [];
    const band = { atOrBelow: null, atOrAbove: ticks(107) };
    for (const key of ["a", "b", "c"]) {
      rolling.watch(key, "MES", band, ({ last }) => void rung.push(`${key} ${last}`));
    }
    rolling.watch("a", "MES", band, ({ last }) => void rung.push(`again ${last}`));
    rolling.unwatch("c");
    pass(60_000);
    expect(rung).toEqual(["b 107", "again 107"]);
  });

  test("rings no more once closed", () => {
    const { clock, rolling, pass } = market();
    const rung: number[] = [];
    rolling.watch("a", "MES", { atOrBelow: null, atOrAbove: ticks(120) }, ({ last }) =>
      rung.push(last),
    );
    rolling.close();
    pass(100_000);
    expect(rung).toEqual([]);
    expect(clock.pending()).toBe(0);
  });
});
