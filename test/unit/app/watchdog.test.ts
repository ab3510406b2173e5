/** Signs of life: only from a house that is alive, and never in the way of a position. */
import { describe, expect, it } from "vitest";
import { keepDeadMan } from "../../../src/app/dead-man.ts";
import { keepWatchdog } from "../../../src/app/watchdog.ts";
import { millis } from "../../../src/core/model/units.ts";
import { initialState, type State, withAccount, withTrade } from "../../../src/core/state.ts";
import { virtualClock } from "../../../src/shell/host/virtual-clock.ts";
import { anAccount, anOpenTrade, NOW, TRADE } from "../../kit/builders.ts";

const HELD: State = withTrade(
  withAccount(initialState, anAccount({ open: [TRADE] })),
  anOpenTrade(),
);

/** A loop that answers, hangs or cannot write, as it is told. */
function loopOf(clock: ReturnType<typeof virtualClock>, state: State) {
  const mood = { hangs: false, refuses: false };
  return {
    mood,
    loop: {
      offer: (_: unknown, hearing?: ((step: never) => void) | null) => {
        if (!mood.hangs) clock.schedule(clock.now(), () => hearing?.(undefined as never));
        return true;
      },
      state: () => state,
      impaired: () => mood.refuses,
    },
  };
}

function supervised(patience: number | null, state: State = initialState) {
  const clock = virtualClock(NOW);
  const { loop, mood } = loopOf(clock, state);
  const said: string[] = [];
  const words = { status: "flat" };
  const supervisor = {
    patience,
    ready: (text: string) => void said.push(`ready ${text}`),
    status: (text: string) => void said.push(`status ${text}`),
    alive: () => void said.push("alive"),
    stopping: () => void said.push("stopping"),
  };
  const watchdog = keepWatchdog({ clock, loop, supervisor, status: () => words.status });
  const pass = (seconds: number): readonly string[] => {
    clock.runUntil(millis(clock.now() + seconds * 1_000));
    return said.splice(0);
  };
  return { watchdog, pass, mood, words };
}

describe("whoever looks after the process", () => {
  it("hears that it is ready, then a sign of life three times in his patience", () => {
    const { pass } = supervised(30_000);
    expect(pass(0)).toEqual(["ready flat", "alive"]);
    expect(pass(60)).toEqual(Array(6).fill("alive"));
  });

  it("hears of a change, and of the end", () => {
    const { pass, words, watchdog } = supervised(null);
    expect(pass(61)).toEqual(["ready flat"]);
    words.status = "1 trade open";
    expect(pass(60)).toEqual(["status 1 trade open"]);
    watchdog.stop();
    expect(pass(600)).toEqual(["stopping"]);
  });

  it("hears nothing of a loop that hangs", () => {
    const { pass, mood } = supervised(30_000);
    pass(1);
    mood.hangs = true;
    expect(pass(600)).toEqual([]);
    mood.hangs = false;
    expect(pass(10)).toEqual(["alive"]);
  });

  it("hears for a minute of a house whose disk refuses", () => {
    const { pass, mood } = supervised(30_000);
    pass(1);
    mood.refuses = true;
    expect(pass(600)).toEqual(Array(6).fill("alive"));
    mood.refuses = false;
    expect(pass(10)).toEqual(["alive"]);
  });

  it("leaves a house alone that holds something, however long its disk refuses", () => {
    const { pass, mood } = supervised(30_000, HELD);
    pass(1);
    mood.refuses = true;
    expect(pass(600)).toHaveLength(60);
  });
});

function watchedFromOutside() {
  const clock = virtualClock(NOW);
  const { loop, mood } = loopOf(clock, initialState);
  const pinged: string[] = [];
  const logged: string[] = [];
  const world = { answer: null as string | null, isSilent: false, state: "ok" as "ok" | "failed" };
  const deadMan = keepDeadMan({
    ...{ clock, loop, url: "https://ping.example/secret", every: millis(60_000) },
    log: { write: (_, event) => void logged.push(event) },
    view: () => ({ state: world.state }),
    ping(url, done) {
      pinged.push(url);
      if (!world.isSilent) done(world.answer);
    },
  });
  const pass = (minutes: number): number => {
    clock.runUntil(millis(clock.now() + minutes * 60_000));
    return pinged.splice(0).length;
  };
  return { pass, mood, world, logged, deadMan };
}

describe("the dead man's switch", () => {
  it("is held by a house that is well", () => {
    const { pass, deadMan } = watchedFromOutside();
    expect(pass(10)).toBe(10);
    deadMan.stop();
    expect(pass(10)).toBe(0);
  });

  it("is let go by one that hangs, and by one of which a part does not work", () => {
    const { pass, mood, world } = watchedFromOutside();
    mood.hangs = true;
    expect(pass(10)).toBe(0);
    mood.hangs = false;
    expect(pass(5)).toBe(5);
    world.state = "failed";
    expect(pass(10)).toBe(0);
  });

  it("says once that nobody hears it, and once that somebody does", () => {
    const { pass, world, logged } = watchedFromOutside();
    world.answer = "ECONNREFUSED";
    expect(pass(10)).toBe(10);
    world.answer = null;
    pass(5);
    expect(logged).toEqual(["ping-unheard", "ping-heard"]);
  });

  it("waits for an answer before it asks again", () => {
    const { pass, world } = watchedFromOutside();
    world.isSilent = true;
    expect(pass(10)).toBe(1);
  });
});
