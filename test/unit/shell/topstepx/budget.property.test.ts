import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { Budget } from "../../../../src/shell/topstepx/budget.ts";
import { type Lane, LIMITS, type Limits } from "../../../../src/shell/topstepx/call-limits.ts";

const LANES: readonly Lane[] = [
  "login",
  "reduce",
  "protect",
  "rescue",
  "check",
  "complete",
  "enter",
  "read",
  "history",
  "bars",
];
const FIRST: readonly Lane[] = ["login", "reduce", "protect"];

interface Call {
  readonly lane: Lane;
  readonly at: number;
  /** How long the venue takes. */
  readonly takes: number;
  readonly isTooMany: boolean;
}

interface Trace extends Call {
  startedAt: number | null;
  givenUpAt: number | null;
  endedAt: number | null;
}

/** Plays the calls through a budget and says what became of each. */
function play(calls: readonly Call[], limits: Limits): readonly Trace[] {
  const clock = virtualClock(millis(0));
  const budget = new Budget({ clock, limits, isOpen: () => true });
  const traces = calls.map(
    (call): Trace => ({ ...call, startedAt: null, givenUpAt: null, endedAt: null }),
  );
  for (const trace of traces) {
    const place = {
      lane: trace.lane,
      start() {
        expect([trace.startedAt, trace.givenUpAt]).toEqual([null, null]);
        trace.startedAt = clock.now();
        clock.schedule(millis(clock.now() + trace.takes), () => {
          trace.endedAt = clock.now();
          if (trace.isTooMany) budget.hold(null);
          else budget.ease(millis(trace.startedAt ?? 0));
          budget.finished();
        });
      },
      giveUp() {
        expect([trace.startedAt, trace.givenUpAt]).toEqual([null, null]);
        trace.givenUpAt = clock.now();
      },
    };
    clock.schedule(millis(trace.at), () => budget.submit(place));
  }
  clock.runUntil(millis(1_000_000));
  expect(budget.figures()).toMatchObject({ waiting: 0, inFlight: 0 });
  return traces;
}

const call = (lanes: readonly Lane[]): fc.Arbitrary<Call> =>
  fc.record({
    lane: fc.constantFrom(...lanes),
    at: fc.integer({ min: 0, max: 200_000 }),
    takes: fc.integer({ min: 0, max: 3_000 }),
    isTooMany: fc.boolean(),
  });
const calls = fc.array(call(LANES), { maxLength: 300 });
const calm = calls.map((list) => list.map((one) => ({ ...one, isTooMany: false })));

const SMALL: Limits = { ...LIMITS, callsMax: 16, barsMax: 4, inFlightMax: 8 };

/** The most calls in any window of that length, both of its ends included. */
function mostIn(span: number, starts: readonly number[]): number {
  const sorted = [...starts].sort((one, other) => one - other);
  let most = 0;
  let first = 0;
  for (const [last, at] of sorted.entries()) {
    while ((sorted[first] ?? at) < at - span) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

const startsOf = (traces: readonly Trace[], lanes: readonly Lane[]): readonly number[] =>
  traces.flatMap(({ lane, startedAt }) =>
    startedAt !== null && lanes.includes(lane) ? [startedAt] : [],
  );

describe("whatever is asked, and however the venue answers", () => {
  test("no window ever has more calls than there may be", () => {
    fc.assert(
      fc.property(calls, (list) => {
        const traces = play(list, SMALL);
        expect(mostIn(60_000, startsOf(traces, LANES))).toBeLessThanOrEqual(16);
        expect(mostIn(30_000, startsOf(traces, ["bars"]))).toBeLessThanOrEqual(4);
        const looks = LANES.filter((lane) => !FIRST.includes(lane));
        expect(mostIn(60_000, startsOf(traces, looks))).toBeLessThanOrEqual(15);
        const others = looks.filter((lane) => lane !== "rescue");
        expect(mostIn(60_000, startsOf(traces, others))).toBeLessThanOrEqual(14);
        const rest = others.filter(
          (lane) => lane === "read" || lane === "history" || lane === "bars",
        );
        expect(mostIn(60_000, startsOf(traces, rest))).toBeLessThanOrEqual(12);
        expect(mostIn(60_000, startsOf(traces, ["history", "bars"]))).toBeLessThanOrEqual(6);
      }),
    );
  });

  test("every call is started or given up, once, within its time", () => {
    fc.assert(
      fc.property(calls, (list) => {
        for (const { lane, at, startedAt, givenUpAt } of play(list, SMALL)) {
          const endedAt = startedAt ?? givenUpAt;
          expect([startedAt, givenUpAt]).toContain(null);
          expect(endedAt).not.toBeNull();
          expect((endedAt ?? 0) - at).toBeLessThanOrEqual(SMALL.waitMax[lane]);
        }
      }),
    );
  });

  test("what reduces never waits because of what does not", () => {
    fc.assert(
      fc.property(calls, fc.array(call(["reduce"]), { maxLength: 30 }), (others, reducing) => {
        const starts = (list: readonly Call[], limits: Limits): readonly number[] =>
          play(list, limits)
            .slice(0, reducing.length)
            .map(({ startedAt }) => startedAt ?? Number.POSITIVE_INFINITY);
        const rest = others.filter(({ lane }) => !FIRST.includes(lane));
        // As if the part kept free were all there is: no later than that, amid anything.
        const alone = starts(reducing, KEPT_FREE);
        for (const [place, startedAt] of starts([...reducing, ...rest], LIMITS).entries()) {
          expect(startedAt).toBeLessThanOrEqual(alone[place] ?? 0);
        }
      }),
    );
  });

  test("within a lane the first comes first", () => {
    fc.assert(
      fc.property(calm, (list) => {
        const traces = play(list, SMALL);
        for (const lane of LANES) {
          const started = traces
            .filter((trace) => trace.lane === lane && trace.startedAt !== null)
            .sort((one, other) => one.at - other.at);
          const times = started.map(({ startedAt }) => startedAt);
          expect(times).toEqual([...times].sort((one, other) => (one ?? 0) - (other ?? 0)));
        }
      }),
    );
  });
});

/** What nobody but the first lanes may use, as a budget of its own. */
const KEPT_FREE: Limits = { ...LIMITS, callsMax: 20, inFlightMax: 4 };
