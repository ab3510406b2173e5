import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { systemClock } from "../../../../src/shell/host/clock.ts";

const START = Date.UTC(2026, 10, 17, 14, 30);
const DAY = 86_400_000;

describe("the host's clock", () => {
  beforeEach(() => void vi.useFakeTimers({ now: START }));
  afterEach(() => void vi.useRealTimers());

  test("tells the time in whole milliseconds", () => {
    expect(systemClock().now()).toBe(START);
  });

  test("runs what is due soon, never from inside the call", () => {
    const clock = systemClock();
    const log: string[] = [];
    clock.schedule(millis(START), () => void log.push("now"));
    clock.schedule(millis(START - 5), () => void log.push("past"));
    expect(log).toEqual([]);
    vi.advanceTimersByTime(0);
    expect(log).toEqual(["now", "past"]);
  });

  test("runs a task once, when its time has come", () => {
    const clock = systemClock();
    const log: number[] = [];
    clock.schedule(millis(START + 1500), () => void log.push(clock.now() - START));
    vi.advanceTimersByTime(1499);
    expect(log).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(log).toEqual([1500]);
  });

  test("waits longer than a host timer can", () => {
    const clock = systemClock();
    const log: number[] = [];
    clock.schedule(millis(START + 30 * DAY), () => void log.push(clock.now() - START));
    vi.advanceTimersByTime(30 * DAY - 1);
    expect(log).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(log).toEqual([30 * DAY]);
  });

  test("notices within a minute that the machine slept", () => {
    const clock = systemClock();
    const log: string[] = [];
    clock.schedule(millis(START + DAY), () => void log.push("rang"));
    vi.advanceTimersByTime(1000);
    vi.setSystemTime(START + 2 * DAY);
    vi.advanceTimersByTime(60_000);
    expect(log).toEqual(["rang"]);
  });

  test("waits on when its timer fires early", () => {
    const clock = systemClock();
    const log: number[] = [];
    clock.schedule(millis(START + 1000), () => void log.push(clock.now() - START));
    vi.setSystemTime(START - 5);
    vi.advanceTimersByTime(1000);
    expect(log).toEqual([]);
    vi.advanceTimersByTime(5);
    expect(log).toEqual([1000]);
  });

  test("runs nothing that was called off, whether due now, soon or far", () => {
    const clock = systemClock();
    const never = () => expect.unreachable();
    const callOffs = [0, 10, 2 * DAY].map((wait) => clock.schedule(millis(START + wait), never));
    for (const callOff of callOffs) callOff();
    vi.advanceTimersByTime(3 * DAY);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test("an unreferenced clock does not keep the process alive, and still rings", async () => {
  const clock = systemClock({ unref: true });
  const referenced = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  clock.schedule(millis(clock.now() + 3_600_000), () => {});
  const now = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  expect(now).toBe(referenced);
  const rang = new Promise<void>((ring) => void clock.schedule(clock.now(), ring));
  await Promise.all([rang, new Promise((soon) => setImmediate(soon))]);
});
