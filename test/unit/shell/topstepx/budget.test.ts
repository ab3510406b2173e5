import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { Budget } from "../../../../src/shell/topstepx/budget.ts";
import { type Lane, LIMITS, type Limits } from "../../../../src/shell/topstepx/call-limits.ts";

/** A budget whose calls take 10 ms, and what became of them: `lane@start` or `lane!end`. */
function house(limits: Limits = LIMITS, takes: number | null = 10) {
  const clock = virtualClock(millis(0));
  const isShut = new Set<Lane>();
  const budget = new Budget({ clock, limits, isOpen: (lane) => !isShut.has(lane) });
  const log: string[] = [];
  const waits: number[] = [];
  const ask = (lane: Lane, name: string = lane): void => {
    const askedAt = clock.now();
    budget.submit({
      lane,
      start() {
        log.push(`${name}@${clock.now()}`);
        waits.push(clock.now() - askedAt);
        if (takes !== null) clock.schedule(millis(clock.now() + takes), () => budget.finished());
      },
      giveUp: (reason) => log.push(`${name}!${clock.now()} ${reason}`),
    });
  };
  const many = (count: number, lane: Lane): void => {
    for (let n = 0; n < count; n += 1) ask(lane);
  };
  const run = (until: number): number => clock.runUntil(millis(until));
  return { clock, budget, isShut, log, waits, ask, many, run };
}

const started = (log: readonly string[], lane: Lane): number =>
  log.filter((line) => line.startsWith(`${lane}@`)).length;

describe("the budget as it is", () => {
  test("has 140 calls a minute for entries, and 20 more for what reduces", () => {
    const h = house(LIMITS, 0);
    h.many(300, "enter");
    h.run(59_000);
    h.many(100, "reduce");
    h.run(59_500);
    expect([started(h.log, "enter"), started(h.log, "reduce")]).toEqual([140, 20]);
  });

  test("keeps an entry at home that would find no room for what it opens, and says why", () => {
    const h = house(LIMITS, 0);
    h.many(60, "reduce");
    h.run(50_000);
    h.budget.promise(101, 60);
    h.budget.promise(102, 29);
    h.ask("enter", "first");
    h.budget.promise(102, 30);
    h.ask("enter", "second");
    h.run(50_000);
    expect(h.log.slice(60)).toEqual([
      "first@50000",
      "second!50000 61 calls were made in the last minute and 90 are wanted for what is open and for this entry, of 150",
    ]);
    h.budget.promise(101, 0);
    h.ask("enter", "third");
    h.run(50_000);
    expect(h.log.at(-1)).toBe("third@50000");
  });

  test("lets the rest of a trade follow the first of it, which was judged for both", () => {
    const h = house(LIMITS, 0);
    h.budget.promise(101, 160);
    h.ask("enter");
    h.ask("complete");
    h.many(139, "reduce");
    h.ask("complete");
    h.run(1);
    expect(started(h.log, "enter")).toBe(0);
    expect(started(h.log, "complete")).toBe(1);
    expect(h.log).toContain(
      "complete!0 140 calls were made in the last minute, and an entry may be among the first 140 only",
    );
  });

  test("keeps the 141st at home at once, for later it is another trade", () => {
    const h = house(LIMITS, 0);
    h.many(141, "enter");
    h.run(1);
    expect(h.log.at(-1)).toBe(
      "enter!0 140 calls were made in the last minute, and an entry may be among the first 140 only",
    );
  });

  test("judges an entry that waited for a token when it leaves", () => {
    const h = house();
    h.isShut.add("enter");
    h.ask("enter");
    h.run(1_000);
    h.budget.promise(101, 200);
    h.isShut.clear();
    h.budget.look();
    h.run(1_000);
    expect(h.log).toEqual([
      "enter!1000 0 calls were made in the last minute and 200 are wanted for what is open and for this entry, of 150",
    ]);
  });

  test("leaves what is promised alone when somebody only looks, but for forty a minute", () => {
    const h = house(LIMITS, 0);
    h.budget.promise(101, 130);
    h.many(100, "read");
    h.run(9_000);
    expect(started(h.log, "read")).toBeLessThanOrEqual(34);
    h.many(100, "reduce");
    h.run(9_500);
    expect(started(h.log, "reduce")).toBe(100);
  });

  test("a window later there is as much again", () => {
    const h = house(LIMITS, 0);
    h.many(160, "reduce");
    h.run(60_000);
    h.many(1, "reduce");
    h.run(60_001);
    expect(h.log.at(-1)).toBe("reduce@60001");
  });

  test("of 250 reads at once no more than 120 go in a minute, and a close is not held up", () => {
    const h = house();
    h.many(250, "read");
    h.run(1_000);
    h.ask("reduce");
    expect(h.log.at(-1)).toBe("reduce@1000");
    h.run(59_000);
    expect(started(h.log, "read")).toBeLessThanOrEqual(120);
  });

  test("changes asked for over and over do not leave us blind", () => {
    const h = house();
    const again = (lane: Lane, every: number): void => {
      h.ask(lane);
      h.clock.schedule(millis(h.clock.now() + every), () => again(lane, every));
    };
    h.many(110, "read");
    h.run(55_000);
    again("reduce", 500);
    again("read", 500);
    h.run(130_000);
    const changesOnly = h.log.filter((line) => {
      const at = Number(line.split("@")[1]);
      return at > 60_000 && at <= 120_000;
    });
    expect(started(changesOnly, "read")).toBeGreaterThanOrEqual(36);
    expect(started(changesOnly, "reduce")).toBe(120);
    expect(changesOnly.length).toBeLessThanOrEqual(160);
  });

  test("what waits comes in order of urgency, whoever asked first", () => {
    const waitMax = { ...LIMITS.waitMax, reduce: 90_000, protect: 90_000, check: 90_000 };
    const h = house({ ...LIMITS, callsMax: 4, waitMax: { ...waitMax, read: 90_000 } });
    h.many(4, "login");
    for (const lane of ["read", "check", "protect", "reduce"] as const) h.ask(lane);
    h.run(60_000);
    expect(h.budget.figures()).toMatchObject({ waiting: 4, spent: 4 });
    h.run(300_000);
    expect(h.log.slice(4)).toEqual([
      "reduce@60001",
      "protect@60001",
      "check@60001",
      "read!90000 the call budget was used up",
    ]);
  });

  test.each([
    ["after a start that needed forty at once", 40, 0],
    ["beside a trade every hundred seconds", 0, 6],
  ])("one who looks every second is never blind for long, %s", (_, burst, trade) => {
    const h = house();
    h.many(burst, "read");
    const seen: number[] = [];
    let open = 0;
    /** Orders and positions; the next look when both are there, and not before the second is over. */
    const look = (): void => {
      const begun = h.clock.now();
      open = 2;
      const place = {
        lane: "read",
        start() {
          const answered = (): void => {
            h.budget.finished();
            open -= 1;
            if (open > 0) return;
            seen.push(h.clock.now());
            h.clock.schedule(millis(begun + 1_000), look);
          };
          h.clock.schedule(millis(h.clock.now() + 10), answered);
        },
        giveUp: () => expect.unreachable(),
      } as const;
      h.budget.submit(place);
      h.budget.submit(place);
    };
    h.run(1_000);
    look();
    for (let n = 1; n <= 6; n += 1) {
      h.run(n * 100_000);
      h.many(trade, "protect");
    }
    const gaps = seen.map((at, n) => at - (seen[n - 1] ?? at)).sort((one, other) => one - other);
    expect(seen.length).toBeGreaterThan(520);
    expect(gaps.at(-1)).toBeLessThan(1_500);
  });
});

describe("a lane", () => {
  test("that is full says so", () => {
    const h = house({ ...LIMITS, callsMax: 4, waitingMax: 2 });
    h.many(7, "protect");
    h.run(0);
    expect(h.log.slice(4)).toEqual(["protect!0 too many calls are waiting"]);
    expect(h.budget.figures().waiting).toBe(2);
  });

  test("that is shut lets nobody through until it opens", () => {
    const h = house();
    h.isShut.add("read");
    h.many(2, "read");
    h.run(100);
    expect(h.log).toEqual([]);
    h.isShut.clear();
    h.budget.look();
    expect(h.log).toEqual(["read@100", "read@100"]);
  });

  test("does not take the last connections from those above it", () => {
    const h = house(LIMITS, null);
    for (const lane of ["bars", "history", "read", "enter", "protect", "reduce"] as const) {
      h.many(40, lane);
    }
    h.run(0);
    const counts = (["bars", "history", "read", "enter", "protect", "reduce"] as const).map(
      (lane) => started(h.log, lane),
    );
    expect(counts).toEqual([4, 0, 12, 12, 4, 0]);
    h.budget.finished();
    expect(h.log.at(-1)).toBe("reduce@0");
  });
});

describe("a check", () => {
  test("goes at once where reads are spread, and takes half of what is kept at most", () => {
    const h = house(LIMITS, 0);
    h.many(80, "read");
    h.run(2_000);
    h.ask("read", "last");
    h.ask("check");
    expect(h.log.at(-1)).toBe("check@2000");
    h.many(120 - h.budget.figures().spent, "reduce");
    h.run(2_001);
    expect(h.budget.figures().spent).toBe(120);
    h.many(38, "check");
    h.run(2_002);
    expect(h.budget.figures().spent).toBe(140);
    h.many(30, "reduce");
    expect(h.budget.figures().spent).toBe(160);
  });

  test("more than eighty in a minute are reads like others", () => {
    const h = house(LIMITS, 0);
    h.many(100, "check");
    h.run(1);
    expect(started(h.log, "check")).toBe(82);
    h.run(9_000);
    expect(started(h.log, "check")).toBeGreaterThan(84);
    expect(started(h.log, "check")).toBeLessThan(100);
  });
});

describe("a rescue", () => {
  test("goes beyond what checks may take, and leaves ten calls for the stop it is about", () => {
    const h = house(LIMITS, 0);
    h.many(140, "protect");
    h.run(1);
    h.ask("check");
    h.many(20, "rescue");
    h.run(2);
    expect(h.budget.figures().spent).toBe(150);
    expect(started(h.log, "check")).toBe(0);
    h.many(20, "protect");
    h.run(3);
    expect(h.budget.figures().spent).toBe(160);
  });

  test("goes out when the venue says too many", () => {
    const h = house();
    h.budget.hold(millis(9_000));
    h.ask("rescue");
    expect(h.log).toEqual(["rescue@0"]);
  });
});

describe("when the venue says too many", () => {
  test("two looks go out after three seconds, and every three seconds", () => {
    const h = house();
    h.budget.hold(millis(9_000));
    h.many(2, "read");
    h.many(4, "check");
    h.ask("enter");
    h.ask("protect");
    h.run(9_000);
    expect(h.log).toEqual([
      "protect@0",
      "enter!2000 the venue has too many calls (429)",
      ...["check@3000", "check@3000", "check@6000", "check@6000", "read@9000", "read@9000"],
    ]);
  });

  test("a guess how long is given up when a call sent since is answered well", () => {
    const h = house();
    for (const _ of [1, 2, 3]) {
      h.budget.hold(null);
      h.run(h.budget.figures().heldUntil ?? 0);
    }
    h.budget.hold(null);
    const heldAt = h.clock.now();
    h.budget.ease(heldAt);
    expect(h.budget.figures().heldUntil).toBe(heldAt + 8_000);
    h.run(heldAt + 100);
    h.budget.ease(h.clock.now());
    expect(h.budget.figures().heldUntil).toBeNull();
  });

  test("it is left alone longer each time, however many were told", () => {
    const h = house();
    const held: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      h.budget.hold(null);
      h.budget.hold(null);
      const until = h.budget.figures().heldUntil ?? 0;
      held.push(until - h.clock.now());
      h.run(until);
      expect(h.budget.figures().heldUntil).toBeNull();
    }
    expect(held).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000]);
    h.budget.ease(h.clock.now());
    h.budget.hold(null);
    expect(h.budget.figures().heldUntil).toBe(h.clock.now() + 1_000);
  });

  test("what it asks for counts, within reason", () => {
    const h = house();
    h.budget.hold(millis(5_000));
    h.budget.hold(millis(7_000));
    h.budget.hold(millis(1_000));
    expect(h.budget.figures().heldUntil).toBe(7_000);
    h.budget.ease(h.clock.now());
    expect(h.budget.figures().heldUntil).toBe(7_000);
    h.budget.hold(millis(10_000_000));
    expect(h.budget.figures().heldUntil).toBe(300_000);
  });
});

describe("a clock that is set back an hour", () => {
  /** One that can be set; its tasks never come by themselves. */
  function settable(limits: Limits) {
    let now = 10_000_000;
    const tasks = new Set<() => void>();
    const clock = {
      now: () => millis(now),
      schedule(_: number, task: () => void) {
        tasks.add(task);
        return () => void tasks.delete(task);
      },
    };
    const budget = new Budget({ clock, limits, isOpen: () => true });
    const log: string[] = [];
    const ask = (lane: Lane): void =>
      budget.submit({
        lane,
        start: () => log.push(`${lane} started`),
        giveUp: (reason) => log.push(`${lane} given up: ${reason}`),
      });
    const set = (by: number): void => {
      now += by;
    };
    return { budget, log, ask, set, runAll: () => [...tasks].map((task) => task()) };
  }

  test("counts what was just called as just called, and not for an hour", () => {
    const { budget, log, ask, set } = settable({ ...LIMITS, callsMax: 3 });
    for (let n = 0; n < 3; n += 1) ask("reduce");
    set(-3_600_000);
    expect(budget.figures().spent).toBe(3);
    ask("reduce");
    expect(log).toHaveLength(3);
    set(60_001);
    budget.look();
    ask("reduce");
    expect(log.at(-1)).toBe("reduce started");
  });

  test("ends a silence the venue asked for", () => {
    const { budget, log, ask, set } = settable(LIMITS);
    budget.hold(millis(20_000));
    set(-3_600_000);
    ask("read");
    expect(log).toEqual(["read started"]);
    budget.hold(millis(5_000));
    expect(budget.figures().heldUntil).toBe(10_000_000 - 3_600_000 + 5_000);
  });

  test("starts no entry of which nobody knows how old it is", () => {
    const { budget, log, ask, set, runAll } = settable(LIMITS);
    budget.hold(millis(1_000));
    ask("enter");
    set(-3_600_000);
    budget.look();
    runAll();
    expect(log[0]).toBe("enter given up: the clock was set while the call waited");
  });
});
