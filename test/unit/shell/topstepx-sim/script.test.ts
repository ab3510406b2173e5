import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { readScript, runScript } from "../../../../src/shell/topstepx-sim/script.ts";

const SCRIPT = `# a quiet open

0        price MES 6326.25    # the first price
1.5s     fault answer-lost once
+250ms   session closed
+0\tend
`;

describe("a script", () => {
  test("is times and cues", () => {
    const read = readScript(SCRIPT);
    expect(read.ok && read.value.map(({ after, cue, line }) => [line, after, cue.kind])).toEqual([
      [3, 0, "price"],
      [4, 1_500, "fault-strike"],
      [5, 1_750, "session"],
      [6, 1_750, "end"],
    ]);
    expect(readScript("")).toEqual({ ok: true, value: [] });
  });

  test.each([
    ["soon end", "line 1: soon is no time, such as 0, 1.5s, 2m or +250ms"],
    ["\n+x end", "line 2: +x is no time"],
    ["2s end\n1s end", "line 2: times do not run backwards"],
    ["5", "line 1: there is a time and nothing to do"],
    ["0 dance", "line 1: no cue dance"],
    ["0 advance 5s", "line 1: a script follows the clock and cannot advance it"],
    ["0 end\n".repeat(100_001), "a script has at most 100000 lines"],
  ])("%j is refused", (text, error) => {
    expect(readScript(text)).toEqual({ ok: false, error: expect.stringContaining(error) });
  });

  function played() {
    const clock = virtualClock(millis(5_000));
    const read = readScript(SCRIPT);
    if (!read.ok) throw new Error(read.error);
    const done: (readonly [number, string])[] = [];
    const stop = runScript({
      clock,
      cues: read.value,
      perform: ({ cue }) => done.push([clock.now(), cue.kind]),
    });
    return { clock, done, stop };
  }

  test("plays each cue at its time from the start", () => {
    const { clock, done } = played();
    clock.runUntil(millis(60_000));
    expect(done).toEqual([
      [5_000, "price"],
      [6_500, "fault-strike"],
      [6_750, "session"],
      [6_750, "end"],
    ]);
  });

  test("stops when told to", () => {
    const { clock, done, stop } = played();
    clock.runUntil(millis(5_000));
    stop();
    clock.runUntil(millis(60_000));
    expect(done.length).toBe(1);
    expect(clock.pending()).toBe(0);
  });
});
