import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sessionAt } from "../../../../src/core/model/calendar.ts";
import type { Root } from "../../../../src/core/model/instrument.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import { millis, ticks } from "../../../../src/core/model/units.ts";
import { type MarketPlan, simulatedMarket } from "../../../../src/core/paper/simulated-market.ts";
import { NONE, nextTouch, type Tape } from "../../../../src/core/paper/tape.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Sunday, 17:00 in Chicago, when a week begins; five sessions follow. */
const WEEK_STARTS = Date.UTC(2026, 10, 8, 23);

const market = (plan: Partial<MarketPlan>): Tape =>
  simulatedMarket({
    seed: 1,
    instrument: "ES",
    startPrice: ticks(25_280),
    startAt: millis(WEEK_STARTS),
    duration: millis(5 * DAY),
    ...plan,
  });

const weeks = Array.from({ length: 12 }, (_, index) => market({ seed: index + 1 }));
const week = weeks[0] as Tape;

describe("the simulated market", () => {
  test("gives the same bytes for the same seed on any machine", () => {
    const tape = market({ duration: millis(DAY) });
    const hash = createHash("sha256");
    for (const column of [tape.at, tape.last, tape.bid, tape.ask, tape.size]) {
      if (column) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    }
    expect(hash.digest("hex").slice(0, 32)).toMatchInlineSnapshot(
      `"5b526c7bea95398c3eee5e2afa560f86"`,
    );
    expect(market({ seed: 2, duration: millis(DAY) }).last).not.toEqual(tape.last);
  });

  test("ends brackets of -10/+7/+12 as often as real minutes did, within five points", () => {
    const count = { both: 0, first: 0, stopped: 0 };
    for (const tape of weeks) for (const outcome of bracketsOf(tradesOf(tape))) count[outcome] += 1;
    const alerts = count.both + count.first + count.stopped;
    expect(alerts).toBeGreaterThan(9_900);
    expect(Math.abs((100 * count.both) / alerts - 38)).toBeLessThan(5);
    expect(Math.abs((100 * count.first) / alerts - 23)).toBeLessThan(5);
    expect(Math.abs((100 * count.stopped) / alerts - 39)).toBeLessThan(5);
  });

  test("has no drift: weeks end above and below where they began, by as much", () => {
    const ends = weeks.map((tape) => (tape.last.at(-1) ?? 0) - 25_280);
    const mean = sum(ends) / ends.length;
    const deviation = Math.sqrt(sum(ends.map((end) => (end - mean) ** 2)) / ends.length);
    expect(Math.abs(mean)).toBeLessThan((2.5 * deviation) / Math.sqrt(ends.length));
    expect(ends.filter((end) => end > 0).length).toBeGreaterThan(4);
    expect(ends.filter((end) => end < 0).length).toBeGreaterThan(4);
  });

  test("prints about once a second, and as often as asked", () => {
    const seconds = (5 * 23 * HOUR) / 1000;
    expect(week.length / seconds).toBeGreaterThan(0.9);
    expect(week.length / seconds).toBeLessThan(1.1);
    const slow = market({ printsPerHour: 60 });
    expect(slow.length / (seconds / 60)).toBeGreaterThan(0.85);
    expect(slow.length / (seconds / 60)).toBeLessThan(1.15);
  });

  test("stays inside the exchange's sessions, and opens each with a print", () => {
    const days = new Set<number>();
    for (const at of week.at) {
      if (!sessionAt("equity", millis(at)).open) throw new Error(`a print at ${at}`);
      days.add(Math.floor((at - WEEK_STARTS) / DAY));
    }
    expect([...days]).toEqual([0, 1, 2, 3, 4]);
    const jumpOf = (day: number): number => {
      const index = week.at.findIndex((at) => at >= WEEK_STARTS + day * DAY);
      expect((week.at[index] ?? 0) - WEEK_STARTS - day * DAY).toBe(0);
      return Math.abs((week.last[index] ?? 0) - (week.last[index - 1] ?? 0));
    };
    expect(Math.max(...[1, 2, 3, 4].map(jumpOf))).toBeGreaterThan(3);
  });

  test("told never to close, trades through the weekend without a gap", () => {
    const startAt = millis(WEEK_STARTS - DAY);
    const tape = market({ startAt, duration: millis(DAY), sessions: "always-open" });
    expect(tape.at[0]).toBe(startAt);
    expect(tape.at.length).toBeGreaterThan(20_000);
    const widest = tape.at.reduce(
      (most, at, index) => Math.max(most, at - (tape.at[index - 1] ?? at)),
      0,
    );
    expect(widest).toBeLessThan(60_000);
  });

  test("asked for a weekend, waits for its end", () => {
    const saturday = millis(WEEK_STARTS - DAY);
    const tape = market({ startAt: saturday, duration: millis(DAY + HOUR) });
    expect(tape.at[0]).toBe(WEEK_STARTS);
    expect(market({ startAt: saturday, duration: millis(HOUR) }).length).toBe(0);
  });

  test("has a spread of one tick, mostly, and trades at one of its sides", () => {
    const shareOf = (holds: (spread: number) => boolean): number =>
      [...week.last.keys()].filter((i) => holds((week.ask[i] ?? 0) - (week.bid[i] ?? 0))).length /
      week.length;
    expect(shareOf((spread) => spread === 1)).toBeGreaterThan(0.85);
    expect(shareOf((spread) => spread === 2)).toBeGreaterThan(0.02);
    expect(shareOf((spread) => spread < 1 || spread > 2)).toBe(0);
    const beside = [...week.last].filter((last, i) => last !== week.bid[i] && last !== week.ask[i]);
    expect(beside).toEqual([]);
  });

  test("is wild after the opening, quiet at night, and moves in phases", () => {
    const minutes = minuteMoves(week);
    const opening = minutes.filter(({ hour }) => hour === 15.5); // 15:30 UTC is 09:30 in Chicago
    const night = minutes.filter(({ hour }) => hour === 4);
    const mean = (moves: readonly { move: number }[]) =>
      sum(moves.map((one) => one.move)) / moves.length;
    expect(mean(opening)).toBeGreaterThan(2 * mean(night));
    // One wild minute announces another: what clusters is correlated from one minute to the next.
    const lunch = minutes.filter(({ hour }) => hour >= 17 && hour < 20).map(({ move }) => move);
    expect(correlation(lunch.slice(1), lunch.slice(0, -1))).toBeGreaterThan(0.1);
  });

  test("knows other contracts by their price, with steps that fit them", () => {
    const range = (instrument: Root, startPrice: number): number => {
      const tape = market({ instrument, startPrice: ticks(startPrice), duration: millis(DAY) });
      const [high, low] = [Math.max(...tape.pages.high), Math.min(...tape.pages.low)];
      return (high - low) / startPrice;
    };
    for (const [root, price] of [
      ["NQ", 91_000],
      ["CL", 7_000],
      ["GC", 27_000],
      ["ZN", 7_040],
      ["6E", 23_200],
    ] as const) {
      expect(range(root, price), root).toBeGreaterThan(0.002);
      expect(range(root, price), root).toBeLessThan(0.09);
    }
    expect(instrumentOf("NQ").group).toBe("equity");
  });

  test("never falls to nothing, and stops when the tape is full", () => {
    const cheap = market({ startPrice: ticks(12), duration: millis(DAY) });
    expect(Math.min(...cheap.pages.low)).toBeGreaterThan(0);
    expect(market({ printsMax: 1000 }).length).toBe(1000);
  });
});

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** The tape as real minute bars see it: trades only. */
const tradesOf = (tape: Tape): Tape => ({
  ...tape,
  bid: tape.last,
  ask: tape.last,
});

type Outcome = "both" | "first" | "stopped";

/** A bracket every 480 prints, long and short in turn: half at +7, stop to the entry, rest at +12. */
function bracketsOf(tape: Tape): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (let entry = 0; entry < tape.length - 15_000; entry += 480) {
    const direction = (entry / 480) % 2 === 0 ? 1 : -1;
    const first = leaving(tape, entry + 1, entry, direction, -40, 28);
    if (first.at === NONE) continue;
    if (!first.won) outcomes.push("stopped");
    const second = first.won ? leaving(tape, first.at + 1, entry, direction, 0, 48) : null;
    if (second !== null && second.at !== NONE) outcomes.push(second.won ? "both" : "first");
  }
  return outcomes;
}

function leaving(
  tape: Tape,
  from: number,
  entry: number,
  direction: number,
  loss: number,
  gain: number,
) {
  const price = tape.last[entry] ?? 0;
  const edges = [price + direction * loss, price + direction * gain];
  const band = { atOrBelow: ticks(Math.min(...edges)), atOrAbove: ticks(Math.max(...edges)) };
  const at = nextTouch(tape, from, tape.length, band);
  return { at, won: at !== NONE && ((tape.last[at] ?? 0) - price) * direction >= gain };
}

/** How far each minute's last trade lies from the minute before's. */
function minuteMoves(tape: Tape): readonly { readonly hour: number; readonly move: number }[] {
  const moves: { hour: number; move: number }[] = [];
  let [minute, price] = [0, 0];
  for (let i = 0; i < tape.length; i++) {
    const now = Math.floor((tape.at[i] ?? 0) / 60_000);
    if (now === minute) continue;
    const last = tape.last[i] ?? 0;
    const hour = Math.floor((now % 1440) / 30) / 2;
    if (now === minute + 1) moves.push({ hour, move: Math.abs(last - price) });
    [minute, price] = [now, last];
  }
  return moves;
}

function correlation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [sum(one) / one.length, sum(other) / other.length];
  const covariance = sum(one.map((value, i) => (value - a) * ((other[i] ?? 0) - b)));
  const spread = (values: readonly number[], mean: number) =>
    sum(values.map((value) => (value - mean) ** 2));
  return covariance / Math.sqrt(spread(one, a) * spread(other, b));
}
