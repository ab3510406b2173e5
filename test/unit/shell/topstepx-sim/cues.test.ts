import { describe, expect, test } from "vitest";
import { readCue, readDuration } from "../../../../src/shell/topstepx-sim/cues.ts";

const PRINT = { root: "MES", last: 25_305, bid: 25_304, ask: 25_305, size: 1 };

test.each([
  ["price MES 6326.25 6326.00 6326.25", { kind: "price", print: PRINT }],
  ["price MES 6326.25", { kind: "price", print: { ...PRINT, bid: 25_305 } }],
  ["ticks MES days/monday.csv", { kind: "ticks", root: "MES", file: "days/monday.csv" }],
  ["session closed", { kind: "session", session: "closed" }],
  ["switch cancelLeg sibling-stays", { kind: "switch", name: "cancelLeg", value: "sibling-stays" }],
  ["fault answer-lost 0.25", { kind: "fault-rate", name: "answer-lost", rate: 0.25 }],
  ["fault answer-lost 1", { kind: "fault-rate", name: "answer-lost", rate: 1 }],
  ["fault answer-lost once", { kind: "fault-strike", name: "answer-lost", times: 1, only: "" }],
  [
    "  fault  answer-lost  3x  place ",
    { kind: "fault-strike", name: "answer-lost", times: 3, only: "place" },
  ],
  ["fault off", { kind: "fault-off" }],
  ["advance 90s", { kind: "advance", by: 90_000 }],
  ["end", { kind: "end" }],
])("%s is understood", (line, value) => {
  expect(readCue(line)).toEqual({ ok: true, value });
});

test.each([
  ["", "no cue ; there are price, ticks, session, switch, fault, advance, end"],
  ["toString", "no cue toString"],
  ["price ZZZ 1", "no product ZZZ, such as MES"],
  ["price MES", "a price is the last trade, or last, bid and ask"],
  ["price MES 1 2", "a price is the last trade, or last, bid and ask"],
  ["price MES 6326.30", "6326.30 is no price of MES"],
  ["price MES 0x10", "0x10 is no price of MES"],
  ["price MES 6326 6327 6326", "the bid is not above the ask"],
  ["ticks ZZZ a.csv", "no product ZZZ"],
  ["ticks MES", "ticks need one file"],
  ["ticks MES a b", "ticks need one file"],
  ["ticks MES /etc/passwd", "files lie in or below its directory"],
  ["ticks MES C:\\prices.csv", "files lie in or below its directory"],
  ["ticks MES a/../../b.csv", "files lie in or below its directory"],
  ["session maybe", "a session is open, closed or clock"],
  ["session open open", "a session is open, closed or clock"],
  ["switch cancelLeg", "a switch is a name and a value"],
  ["switch a b c", "a switch is a name and a value"],
  ["fault", "no fault ; there are request-lost"],
  ["fault off now", "no fault off"],
  ["fault answer-lost", "a fault has a rate from 0 to 1"],
  ["fault answer-lost 1.1", "a fault has a rate from 0 to 1"],
  ["fault answer-lost 0x", "a fault has a rate from 0 to 1"],
  ["fault answer-lost 0.1 place", "a fault has a rate from 0 to 1"],
  ["fault answer-lost once place now", "a fault is a name, a rate"],
  ["advance soon", "time advances by a duration"],
  ["advance 1s 2s", "time advances by a duration"],
  ["end now", "end stands alone"],
])("%s is refused", (line, error) => {
  expect(readCue(line)).toEqual({ ok: false, error: expect.stringContaining(error) });
});

describe("a duration", () => {
  test.each([
    ["0", 0],
    ["1.5", 1_500],
    ["250ms", 250],
    ["2m", 120_000],
    ["1h", 3_600_000],
    ["168h", 604_800_000],
    ["169h", null],
    ["-1s", null],
    ["1d", null],
    ["", null],
  ])("%s is %s ms", (word, value) => {
    expect(readDuration(word)).toBe(value);
  });
});
