import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { type HostTime, paced, virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { agenda } from "../../../../src/std/agenda.ts";

describe("a virtual clock", () => {
  test("stands at its start until it is driven", () => {
    const clock = virtualClock(millis(1000));
    clock.schedule(millis(1000), () => expect.unreachable());
    expect([clock.now(), clock.pending(), clock.nextAt()]).toEqual([1000, 1, 1000]);
  });

  test("runs tasks at their own moment, earliest first and in the order they were set", () => {
    const clock = virtualClock(millis(0));
    const log: string[] = [];
    const note = (name: string) => () => void log.push(`${name} at ${clock.now()}`);
    clock.schedule(millis(30), note("c"));
    clock.schedule(millis(10), note("a"));
    clock.schedule(millis(10), note("b"));
    expect(clock.runUntil(millis(20))).toBe(2);
    expect(clock.now()).toBe(20);
    expect(clock.runUntil(millis(30))).toBe(1);
    expect(log).toEqual(["a at 10", "b at 10", "c at 30"]);
    expect(clock.nextAt()).toBeNull();
  });

  test("runs what a task sets in its turn, and the past now", () => {
    const clock = virtualClock(millis(100));
    const log: number[] = [];
    clock.schedule(millis(5), () => {
      log.push(clock.now());
      clock.schedule(millis(7), () => log.push(clock.now()));
      clock.schedule(millis(150), () => log.push(clock.now()));
    });
    expect(clock.runUntil(millis(200))).toBe(3);
    expect(log).toEqual([100, 100, 150]);
  });

  test("runs nothing that was called off", () => {
    const clock = virtualClock(millis(0));
    const callOff = clock.schedule(millis(5), () => expect.unreachable());
    callOff();
    callOff();
    expect([clock.runAll(10), clock.now(), clock.pending()]).toEqual([0, 0, 0]);
  });

  test("never runs backwards", () => {
    const clock = virtualClock(millis(50));
    expect(clock.runUntil(millis(20))).toBe(0);
    expect(clock.now()).toBe(50);
  });

  test("runs all there is, or as much as it may", () => {
    const clock = virtualClock(millis(0));
    const again = (): void => void clock.schedule(millis(clock.now() + 1), again);
    again();
    expect(clock.runAll(1000)).toBe(1000);
    expect(clock.now()).toBe(1000);
  });

  test("stops at a task that runs in a circle at one moment", () => {
    const clock = virtualClock(millis(0));
    const again = (): void => void clock.schedule(clock.now(), again);
    again();
    expect(() => clock.runUntil(millis(1))).toThrow("tasks of one moment come to an end");
  });

  test("is not driven by a task it runs, and goes on after one that failed", () => {
    const clock = virtualClock(millis(0));
    clock.schedule(millis(1), () => void clock.runUntil(millis(9)));
    clock.schedule(millis(2), () => {});
    expect(() => clock.runUntil(millis(5))).toThrow("never drives the clock");
    expect(clock.runUntil(millis(5))).toBe(1);
  });
});

/** A host whose time moves only when told, or by `costOfLook` each time somebody asks. */
function scriptedHost(costOfLook = 0) {
  const due = agenda<() => void>();
  let now = 0;
  const host: HostTime = {
    now: () => {
      now += costOfLook;
      return now;
    },
    later: (delay, task) => due.add(now + delay, task),
  };
  const turn = (): boolean => {
    const next = due.take();
    if (next === null) return false;
    now = Math.max(now, next.at);
    next.item();
    return true;
  };
  return { host, turn, time: () => now, idle: (passed: number) => (now += passed) };
}

function paceOf(speed: number | "max", until = 10_000, costOfLook = 0) {
  const clock = virtualClock(millis(0));
  const machine = scriptedHost(costOfLook);
  const log: string[] = [];
  const ended = () => void log.push(`ended at ${clock.now()}`);
  const pacer = paced(clock, { speed, until: millis(until), ended }, machine.host);
  return { clock, log, pacer, ...machine };
}

describe("a paced clock", () => {
  test("brings each task at its share of the host's time", () => {
    const { clock, log, pacer, turn, time } = paceOf(100);
    for (const at of [500, 2_000, 9_000]) {
      clock.schedule(millis(at), () => void log.push(`${clock.now()} after ${time()}`));
    }
    pacer.start();
    while (turn());
    expect(log).toEqual(["500 after 5", "2000 after 20", "9000 after 90", "ended at 10000"]);
    expect(time()).toBe(100);
  });

  test("looks again soon, in case somebody adds to the agenda meanwhile", () => {
    const { clock, log, pacer, turn } = paceOf(1);
    pacer.start();
    turn();
    clock.schedule(millis(20), () => void log.push(`ran at ${clock.now()}`));
    turn();
    expect(log).toEqual(["ran at 20"]);
  });

  test("at full speed plays everything in one go, then ends", () => {
    const { clock, log, pacer, turn, time } = paceOf("max");
    for (const at of [500, 9_000])
      clock.schedule(millis(at), () => void log.push(`${clock.now()}`));
    clock.schedule(millis(10_001), () => expect.unreachable());
    pacer.start();
    while (turn());
    expect([log, time()]).toEqual([["500", "9000", "ended at 10000"], 0]);
  });

  test("lets others have their turn every few milliseconds", () => {
    const { clock, log, pacer, turn } = paceOf("max", 100, 1);
    for (let at = 1; at <= 20; at++) clock.schedule(millis(at), () => void log.push("task"));
    pacer.start();
    let turns = 0;
    while (turn()) turns += 1;
    expect(turns).toBeGreaterThan(3);
    expect(log.filter((line) => line === "task").length).toBe(20);
  });

  test("gives tasks the same moments at any speed", () => {
    const momentsAt = (speed: number | "max") => {
      const { clock, pacer, turn } = paceOf(speed, 5_000, 0.3);
      const moments: number[] = [];
      const again = (step: number) => () => {
        moments.push(clock.now());
        if (step < 400) clock.schedule(millis(clock.now() + ((step * 7) % 13)), again(step + 1));
      };
      clock.schedule(millis(3), again(0));
      pacer.start();
      while (turn());
      return moments;
    };
    expect(momentsAt("max").length).toBe(401);
    expect(momentsAt(600)).toEqual(momentsAt("max"));
    expect(momentsAt(1)).toEqual(momentsAt("max"));
  });

  test("stops when told, also by one of its tasks", () => {
    const fromOutside = paceOf(100);
    fromOutside.clock.schedule(millis(500), () => expect.unreachable());
    fromOutside.pacer.start();
    fromOutside.turn();
    fromOutside.pacer.stop();
    expect(fromOutside.turn()).toBe(false);

    const { clock, log, pacer, turn } = paceOf("max");
    clock.schedule(millis(500), () => pacer.stop());
    clock.schedule(millis(501), () => expect.unreachable());
    pacer.start();
    while (turn());
    expect([log, clock.now()]).toEqual([[], 500]);
  });

  test("catches up with the present for somebody from outside", () => {
    const { clock, log, pacer, turn, idle } = paceOf(100);
    clock.schedule(millis(500), () => void log.push("due"));
    pacer.catchUp();
    expect(clock.now()).toBe(0);
    pacer.start();
    turn();
    idle(7);
    pacer.catchUp();
    expect([clock.now(), log]).toEqual([700, ["due"]]);

    const max = paceOf("max");
    max.pacer.start();
    max.pacer.catchUp();
    expect(max.clock.now()).toBe(0);
  });

  test("is not started while it runs", () => {
    const { pacer } = paceOf(1);
    pacer.start();
    expect(() => pacer.start()).toThrow("not started again");
  });

  test("runs on the host's own time when none is given", async () => {
    const clock = virtualClock(millis(0));
    const moments: number[] = [];
    for (const at of [1, 60_000]) clock.schedule(millis(at), () => void moments.push(clock.now()));
    await new Promise<void>((ended) => {
      paced(clock, { speed: 20_000, until: millis(100_000), ended }).start();
    });
    expect([moments, clock.now()]).toEqual([[1, 60_000], 100_000]);
    const stopped = paced(clock, {
      speed: 1,
      until: millis(200_000),
      ended: () => expect.unreachable(),
    });
    stopped.start();
    stopped.stop();
    stopped.start();
    await new Promise((soon) => setImmediate(soon));
    stopped.stop();
  });
});
