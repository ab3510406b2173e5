import { describe, expect, test } from "vitest";
import { drills } from "../../../src/app/drill.ts";
import { keepWarm } from "../../../src/app/kept-warm.ts";
import { millis } from "../../../src/core/model/units.ts";
import { virtualClock } from "../../../src/shell/host/virtual-clock.ts";
import { NOW } from "../../kit/builders.ts";

describe("a drill", () => {
  test("is entered in two tranches, protected, and covered at breakeven; then comes the next", () => {
    const drill = drills();
    const sent = Array.from({ length: 60 }, () => drill.next().value);
    // An entry; the other one and two legs moved; two more moved; at Target 1 the stop that is left.
    expect(sent.filter((orders) => orders > 0).slice(0, 8)).toEqual([1, 3, 2, 1, 1, 3, 2, 1]);
  });
});

describe("code is kept warm", () => {
  test("by a step at a time, then briskly, then now and then, until it is stopped", () => {
    const clock = virtualClock(NOW);
    const started = clock.pending();
    const warm = keepWarm(clock);
    expect(clock.runUntil(millis(NOW + 250))).toBe(50);
    expect(clock.runUntil(millis(NOW + 11_000))).toBe(1_000);
    expect(clock.runUntil(millis(NOW + 71_000))).toBe(3);
    warm.stop();
    expect(clock.pending()).toBe(started);
  });
});
