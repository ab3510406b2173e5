import { describe, expect, test } from "vitest";
import { drills } from "../../../src/app/drill.ts";
import { keepWarm } from "../../../src/app/kept-warm.ts";
import { DEFAULT_RULES } from "../../../src/core/model/defaults.ts";
import type { Rules } from "../../../src/core/model/rules.ts";
import { dollars, millis } from "../../../src/core/model/units.ts";
import type { Log } from "../../../src/ports/log.ts";
import { virtualClock } from "../../../src/shell/host/virtual-clock.ts";
import { NOW } from "../../kit/builders.ts";
import { silentLog } from "../../kit/silent-log.ts";

describe("a drill", () => {
  test("is entered in two tranches, protected, and covered at breakeven; then comes the next", () => {
    const drill = drills();
    const sent = Array.from({ length: 60 }, () => drill.next().value);
    // An entry; the other one and two legs moved; two more moved; at Target 1 the stop that is left.
    expect(sent.filter((orders) => orders > 0).slice(0, 8)).toEqual([1, 3, 2, 1, 1, 3, 2, 1]);
  });
});

describe("a drill by the rules of the house", () => {
  const ordersUnder = (rules: Rules): readonly number[] => {
    const drill = drills(rules);
    const sent = Array.from({ length: 60 }, () => drill.next().value);
    return sent.filter((orders) => orders > 0).slice(0, 12);
  };

  test("is one in two", () => {
    const { exits } = DEFAULT_RULES;
    const whole = ordersUnder({ ...DEFAULT_RULES, exits: { ...exits, breakevenAfter: 0 } });
    expect(whole).not.toEqual(ordersUnder(DEFAULT_RULES));
    expect(whole.slice(0, 4)).toEqual([1, 3, 2, 1]);
  });

  test("leaves the others as they are where it allows no trade", () => {
    const limits = { ...DEFAULT_RULES.limits, lossPerTrade: dollars(1) };
    expect(ordersUnder({ ...DEFAULT_RULES, limits })).toEqual([1, 3, 2, 1, 1, 3, 2, 1, 1, 3]);
  });
});

describe("code is kept warm", () => {
  test("by a step at a time, then briskly, then now and then, until it is stopped", () => {
    const clock = virtualClock(NOW);
    const started = clock.pending();
    const warm = keepWarm({ clock, log: silentLog });
    expect(clock.runUntil(millis(NOW + 250))).toBe(50);
    expect(clock.runUntil(millis(NOW + 11_000))).toBe(1_000);
    expect(clock.runUntil(millis(NOW + 71_000))).toBe(3);
    warm.stop();
    expect(clock.pending()).toBe(started);
  });

  test("until a drill breaks, which is told and ends nothing else", () => {
    const clock = virtualClock(NOW);
    const lines: unknown[] = [];
    const log: Log = { write: (...line) => void lines.push(line) };
    function* broken(): Generator<number> {
      yield 1;
      throw new Error("no such price");
    }
    keepWarm({ clock, log }, broken());
    expect(clock.runUntil(millis(NOW + 60_000))).toBe(2);
    expect(lines).toMatchObject([
      ["error", "bug", { input: "drill", detail: expect.stringContaining("no such price") }],
    ]);
  });
});
