import { describe, expect, test } from "vitest";
import { millis, type Ticks } from "../../../../src/core/model/units.ts";
import { type Tape, tapeBuilder } from "../../../../src/core/paper/tape.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { readCue } from "../../../../src/shell/topstepx-sim/cues.ts";
import { withFaults } from "../../../../src/shell/topstepx-sim/faults.ts";
import { OWN_PRODUCTS, ownMarket } from "../../../../src/shell/topstepx-sim/own-market.ts";
import { createStage } from "../../../../src/shell/topstepx-sim/stage.ts";
import { err, ok } from "../../../../src/std/result.ts";
import { scriptedStandIn } from "../../../kit/scripted-stand-in.ts";
import { writtenLevers } from "../../../kit/written-levers.ts";

// 17 November 2026, 09:00 in Chicago: the exchange is open.
const START = 1_794_927_600_000;

function tapeOf(...rows: readonly (readonly [number, number])[]): Tape {
  const tape = tapeBuilder({ instrument: "MES", resolution: millis(0) });
  for (const [at, last] of rows) tape.add(at, last, last - 1, last + 1, last % 3);
  return tape.finish();
}

function stage(advances = true) {
  const clock = virtualClock(millis(START));
  const levers = writtenLevers();
  const faults = withFaults({ venue: scriptedStandIn(), clock, seed: 1, rates: {} });
  let ends = 0;
  const made = createStage({
    levers,
    faults,
    clock,
    tape: async (_, file) =>
      file === "missing.csv"
        ? err("missing.csv: no such file")
        : ok(file === "one.csv" ? tapeOf([7, 7]) : tapeOf([0, 100], [1_000, 101], [1_000, 102])),
    advance: advances ? (by) => void clock.runUntil(millis(clock.now() + by)) : null,
    end: () => {
      ends += 1;
    },
  });
  const say = (line: string): Promise<string | null> => {
    const cue = readCue(line);
    return cue.ok ? made.perform(cue.value) : Promise.resolve(cue.error);
  };
  return { clock, levers, faults, stage: made, say, ends: () => ends };
}

describe("on the stage", () => {
  test("a cue pulls its lever", async () => {
    const { say, levers, faults, ends } = stage();
    expect(await say("price MES 6326.25")).toBeNull();
    expect(await say("session closed")).toBeNull();
    expect(await say("switch cancelLeg sibling-stays")).toBeNull();
    expect(await say("switch cancelEntry children-stay")).toBe("no switch cancelEntry");
    expect(await say("matching slippage 2")).toBeNull();
    expect(await say("misstate MES tickSize 0.5")).toBeNull();
    expect(await say("account 101 canTrade false")).toBeNull();
    expect(await say("account 9 canTrade false")).toBe("no account 9");
    expect(await say("flatten 101")).toBeNull();
    expect(await say("refuse Order/place 2 No.")).toBeNull();
    expect(await say("delay activation 2s")).toBeNull();
    expect(await say("logout")).toBeNull();
    expect(await say("revoke")).toBeNull();
    expect(await say("end")).toBeNull();
    expect(levers.pulled).toEqual([
      "MES 25305 25305 25305 x1",
      "session closed",
      "cancelLeg sibling-stays",
      "cancelEntry children-stay",
      'matching {"slippage":2}',
      'misstate MES {"tickSize":0.5}',
      "account 101 canTrade false",
      "account 9 canTrade false",
      "flatten 101",
      "refuse /api/Order/place 2 No.",
      "delay activation 2000",
      "logout",
      "revoke",
    ]);
    expect(ends()).toBe(1);
    await say("fault answer-lost 0.5");
    expect(faults.rate("answer-lost")).toBe(0.5);
    await say("fault off");
    expect(faults.rate("answer-lost")).toBe(0);
    for (let count = 0; count < 999; count++) await say("fault request-lost once");
    expect(await say("fault request-lost once")).toBeNull();
    expect(await say("fault request-lost once")).toBe("too many strikes wait already");
    faults.receive({ method: "GET", path: "/", token: null, body: "" }, () => {});
    expect(faults.counts()["request-lost"]).toBe(1);
  });

  test("a price file plays in its own rhythm, from now on", async () => {
    const { say, levers, clock } = stage();
    expect(await say("ticks MES day.csv")).toBeNull();
    expect(levers.pulled).toEqual(["MES 100 99 101 x1"]);
    clock.runUntil(millis(START + 999));
    expect(levers.pulled.length).toBe(1);
    clock.runUntil(millis(START + 1_000));
    expect(levers.pulled.slice(1)).toEqual(["MES 101 100 102 x2", "MES 102 101 103 x1"]);
    expect(await say("ticks MES missing.csv")).toBe("missing.csv: no such file");
  });

  test("another file of the same product takes its place, and closing ends it", async () => {
    const { say, levers, clock, stage: made } = stage();
    await say("ticks MES day.csv");
    await say("ticks MES one.csv");
    clock.runUntil(millis(START + 5_000));
    expect(levers.pulled).toEqual(["MES 100 99 101 x1", "MES 7 6 8 x1"]);
    await say("ticks MES day.csv");
    made.close();
    clock.runUntil(millis(START + 10_000));
    expect(levers.pulled.length).toBe(3);
    expect(clock.pending()).toBe(0);
  });

  test("time advances where it is ours", async () => {
    const { say, clock } = stage();
    expect(await say("advance 90s")).toBeNull();
    expect(clock.now()).toBe(START + 90_000);
    expect(await stage(false).say("advance 90s")).toBe(
      "this clock is the host's; it advances by itself",
    );
  });

  test("its state is everything there is", async () => {
    const { say, stage: made } = stage();
    await say("fault answer-lost 0.5");
    expect(made.state()).toMatchObject({
      now: "2026-11-17T15:00:00.000Z",
      faults: { rates: { "answer-lost": 0.5 }, struck: { "answer-lost": 0 } },
      venue: { orders: [] },
    });
  });
});

describe("its own market", () => {
  function market(seed: number, at = START) {
    const clock = virtualClock(millis(at));
    const prints: (readonly [number, string, Ticks])[] = [];
    const history: { readonly at: number; readonly root: string; readonly last: Ticks }[] = [];
    const stop = ownMarket({
      seed,
      clock,
      sessions: "cme",
      levers: {
        price: ({ root, last }) => void prints.push([clock.now(), root, last]),
        remember: (root, past) => void history.push(...past.map((one) => ({ ...one, root }))),
      },
    });
    return { clock, prints, stop, history };
  }

  test("has prices for each product and its micro, hour after hour", () => {
    const { clock, prints, stop } = market(1);
    clock.runUntil(millis(START + 3_700_000));
    expect(new Set(prints.map(([, root]) => root))).toEqual(new Set(OWN_PRODUCTS));
    const es = prints.filter(([, root]) => root === "ES");
    const mes = prints.filter(([, root]) => root === "MES");
    expect(mes.map(([, , last]) => last)).toEqual(es.map(([, , last]) => last));
    const [before, after] = [
      es.findLast(([at]) => at < START + 3_600_000),
      es.find(([at]) => at >= START + 3_600_000),
    ];
    expect(Math.abs((before?.[2] ?? 0) - (after?.[2] ?? 999))).toBeLessThan(10);
    stop();
    const { length } = prints;
    clock.runUntil(millis(START + 9_000_000));
    expect(prints.length).toBe(length);
    expect(clock.pending()).toBe(0);
  });

  test("has the hour before behind it, and goes on from there", () => {
    const { prints, history } = market(1);
    const past = history.filter(({ root }) => root === "MES");
    expect(past.length).toBeGreaterThan(1_000);
    expect(past[0]?.at).toBeGreaterThanOrEqual(START - 3_600_000);
    expect(past.at(-1)?.at).toBeLessThan(START);
    const [, , first = 0] = prints.find(([, root]) => root === "MES") ?? [];
    expect(Math.abs((past.at(-1)?.last ?? 999) - first)).toBeLessThan(10);
  });

  test("is the same for the same seed", () => {
    const day = (seed: number) => {
      const { clock, prints } = market(seed);
      clock.runUntil(millis(START + 60_000));
      return prints;
    };
    expect(day(1)).toEqual(day(1));
    expect(day(2)).not.toEqual(day(1));
  });

  test("is silent while the exchange is closed, and opens with it", () => {
    const saturday = START + 4 * 86_400_000;
    const { clock, prints } = market(1, saturday);
    clock.runUntil(millis(saturday + 3_600_000 * 2));
    expect(prints).toEqual([]);
    clock.runUntil(millis(saturday + 3_600_000 * 36));
    expect(prints.length).toBeGreaterThan(100);
  });
});
