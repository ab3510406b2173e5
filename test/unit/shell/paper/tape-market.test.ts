import { describe, expect, test } from "vitest";
import type { Root } from "../../../../src/core/model/instrument.ts";
import { millis, ticks } from "../../../../src/core/model/units.ts";
import { alsoAs, tapeBuilder } from "../../../../src/core/paper/tape.ts";
import type { Clock } from "../../../../src/ports/clock.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { tapeMarket } from "../../../../src/shell/paper/tape-market.ts";

function tapeOf(
  prints: readonly (readonly [at: number, last: number])[],
  root: Root = "ES",
  resolution = 0,
) {
  const tape = tapeBuilder({ instrument: root, resolution: millis(resolution) });
  for (const [at, last] of prints) tape.add(at, last, last, last, null);
  return tape.finish();
}

const below = (price: number) => ({ atOrBelow: ticks(price), atOrAbove: null });
const above = (price: number) => ({ atOrBelow: null, atOrAbove: ticks(price) });

describe("a market played from tapes", () => {
  test("rings prints of one millisecond one after another, and misses none set in between", () => {
    const clock = virtualClock(millis(0));
    const market = tapeMarket(
      [
        tapeOf([
          [10, 100],
          [20, 99],
          [20, 105],
          [20, 101],
          [30, 98],
        ]),
      ],
      clock,
    );
    const log: string[] = [];
    market.watch("a", "ES", below(99), (first) => {
      log.push(`a ${first.last}, market at ${market.quote("ES")?.last}`);
      market.watch("a", "ES", above(105), (second) => {
        log.push(`a ${second.last}, since then ${second.low} to ${second.high}`);
      });
    });
    market.watch("b", "ES", above(105), (quote) => void log.push(`b ${quote.last}`));
    clock.runUntil(millis(20));
    expect(log).toEqual(["a 99, market at 99", "b 105", "a 105, since then 105 to 105"]);
    expect(market.quote("ES")?.last).toBe(105);
    clock.runUntil(millis(21));
    expect(market.quote("ES")?.last).toBe(101);
  });

  test("puts only the next touch on the clock", () => {
    const clock = virtualClock(millis(0));
    const prints = Array.from({ length: 5000 }, (_, i) => [i, 100 + (i % 7)] as const);
    const market = tapeMarket([tapeOf([...prints, [6000, 90]])], clock);
    expect(clock.pending()).toBe(0);
    for (const key of ["a", "b", "c"]) market.watch(key, "ES", below(90), () => {});
    expect([clock.pending(), clock.nextAt()]).toEqual([1, 6000]);
    market.watch("d", "ES", above(103), () => {});
    expect([clock.pending(), clock.nextAt()]).toEqual([1, 3]);
    market.unwatch("d");
    expect([clock.pending(), clock.nextAt()]).toEqual([1, 6000]);
    market.watch("e", "ES", below(50), () => {});
    market.close();
    expect(clock.pending()).toBe(0);
  });

  test("serves several instruments, one tape under two names among them", () => {
    const clock = virtualClock(millis(0));
    const es = tapeOf([
      [10, 100],
      [20, 90],
    ]);
    const market = tapeMarket([es, alsoAs(es, "MES"), tapeOf([[15, 7000]], "CL")], clock);
    const log: string[] = [];
    for (const root of ["ES", "MES", "CL"] as const) {
      market.watch(root, root, below(95), (quote) => void log.push(`${root} ${quote.instrument}`));
    }
    clock.runUntil(millis(16));
    expect([market.quote("CL")?.last, market.quote("MES")?.last]).toEqual([7000, 100]);
    clock.runUntil(millis(20));
    expect(log).toEqual(["ES ES", "MES MES"]);
  });

  test("keeps its last quotes when the tapes have ended, and says that they have", () => {
    const clock = virtualClock(millis(0));
    const market = tapeMarket([tapeOf([[10, 100]]), tapeOf([[30, 7000]], "CL")], clock);
    expect([market.endsAt, market.ended()]).toEqual([30, false]);
    clock.runUntil(millis(29));
    expect(market.ended()).toBe(false);
    clock.runUntil(millis(30));
    expect(market.ended()).toBe(true);
    clock.runUntil(millis(9_999));
    expect(market.quote("ES")?.last).toBe(100);
  });

  test("without tapes, or with an empty one, has ended before it began", () => {
    const clock = virtualClock(millis(0));
    for (const market of [tapeMarket([], clock), tapeMarket([tapeOf([])], clock)]) {
      expect([market.endsAt, market.ended(), market.quote("ES")]).toEqual([null, true, null]);
      expect(market.resolution).toBe(0);
    }
  });

  test("is as coarse as its coarsest tape", () => {
    const tapes = [tapeOf([[1, 1]]), tapeOf([[1, 1]], "CL", 60_000)];
    expect(tapeMarket(tapes, virtualClock(millis(0))).resolution).toBe(60_000);
  });

  test("rings a band set before the first print at that print, if it touches", () => {
    const clock = virtualClock(millis(0));
    const market = tapeMarket(
      [
        tapeOf([
          [10, 100],
          [20, 101],
        ]),
      ],
      clock,
    );
    const log: number[] = [];
    market.watch("a", "ES", above(100), ({ at }) => void log.push(at));
    clock.runUntil(millis(20));
    expect(log).toEqual([10]);
  });

  test("forgets the oldest of very many listeners, for whom extremes then count from now", () => {
    const clock = virtualClock(millis(0));
    const market = tapeMarket(
      [
        tapeOf([
          [10, 100],
          [20, 130],
          [30, 101],
          [40, 90],
        ]),
      ],
      clock,
    );
    clock.runUntil(millis(10));
    market.watch("old", "ES", below(50), () => {});
    clock.runUntil(millis(30));
    for (let i = 0; i < 10_000; i++) market.watch(`other ${i}`, "ES", below(50), () => {});
    const highs: number[] = [];
    market.watch("old", "ES", below(90), ({ high }) => void highs.push(high));
    market.watch("other 9999", "ES", below(90), ({ high }) => void highs.push(high));
    clock.runUntil(millis(40));
    expect(highs).toEqual([90, 90]);
  });

  test("rings the print that touched even when the clock comes late", () => {
    const clock = virtualClock(millis(0));
    const late: Clock = { ...clock, schedule: (at, task) => clock.schedule(millis(at + 2), task) };
    const market = tapeMarket(
      [
        tapeOf([
          [10, 90],
          [11, 100],
          [12, 101],
        ]),
      ],
      late,
    );
    const log: string[] = [];
    market.watch("a", "ES", below(90), (quote) => {
      log.push(`${quote.last} at ${quote.at}, market at ${market.quote("ES")?.last}`);
    });
    clock.runUntil(millis(12));
    expect(log).toEqual(["90 at 10, market at 101"]);
  });
});
