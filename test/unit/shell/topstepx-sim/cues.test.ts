import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDuration } from "../../../../src/shell/topstepx-sim/cue-words.ts";
import { readCue } from "../../../../src/shell/topstepx-sim/cues.ts";

const PRINT = { root: "MES", last: 25_305, bid: 25_304, ask: 25_305, size: 1 };

test.each([
  ["price MES 6326.25 6326.00 6326.25", { kind: "price", print: PRINT }],
  ["price MES 6326.25", { kind: "price", print: { ...PRINT, bid: 25_305 } }],
  ["ticks MES days/monday.csv", { kind: "ticks", root: "MES", file: "days/monday.csv" }],
  ["session closed", { kind: "session", session: "closed" }],
  ["switch cancelLeg sibling-stays", { kind: "switch", name: "cancelLeg", value: "sibling-stays" }],
  ["account 101 canTrade false", { kind: "account", id: 101, name: "canTrade", value: false }],
  ["account 101 isFollower true", { kind: "account", id: 101, name: "isFollower", value: true }],
  [
    "account 101 bracketMode position",
    { kind: "account", id: 101, name: "bracketMode", value: "position" },
  ],
  ["account 101 maxContracts 5", { kind: "account", id: 101, name: "maxContracts", value: 5 }],
  [
    "account 101 maxContracts none",
    { kind: "account", id: 101, name: "maxContracts", value: null },
  ],
  ["matching slippage 2", { kind: "matching", change: { slippage: 2 } }],
  ["matching limit touch", { kind: "matching", change: { limitFill: "touch" } }],
  ["matching protection 8", { kind: "matching", change: { stopProtection: 8 } }],
  ["matching protection none", { kind: "matching", change: { stopProtection: 1_000_000 } }],
  [
    "matching partial 0.3",
    { kind: "matching", change: { partialFill: { permille: 300, seed: 1 } } },
  ],
  ["matching partial none", { kind: "matching", change: { partialFill: null } }],
  ["misstate MES tickSize 0.5", { kind: "misstate", root: "MES", change: { tickSize: 0.5 } }],
  ["misstate ES tickValue 5", { kind: "misstate", root: "ES", change: { tickValue: 5 } }],
  ["misstate ES active false", { kind: "misstate", root: "ES", change: { activeContract: false } }],
  ["flatten 101", { kind: "flatten", id: 101 }],
  [
    "refuse Order/place 2 Not enough margin.",
    { kind: "refuse", path: "/api/Order/place", code: 2, message: "Not enough margin." },
  ],
  [
    "refuse Position/closeContract 6",
    { kind: "refuse", path: "/api/Position/closeContract", code: 6, message: null },
  ],
  ["refuse bracket/stop 2", { kind: "refuse", path: "bracket/stop", code: 2, message: null }],
  ["delay activation 2s", { kind: "delay", name: "activation", by: 2_000 }],
  ["logout", { kind: "logout" }],
  ["revoke", { kind: "revoke" }],
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
  ["", "no cue ; there are price, ticks, session, switch, account, matching, misstate,"],
  ["toString", "no cue toString"],
  ["price ZZZ 1", "no product ZZZ, such as MES"],
  ["price MES", "a price is the last trade, or last, bid and ask"],
  ["price MES 1 2", "a price is the last trade, or last, bid and ask"],
  ["price MES 6326.30", "6326.30 is no price of MES, whose tick is 0.25"],
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
  ["switch a b", "no switch a; there are cancelLeg,"],
  ["switch cancelLeg b", "cancelLeg is one of sibling-stays, sibling-cancelled"],
  ["matching", "matching is slippage and ticks"],
  ["matching slippage 10001", "matching is slippage and ticks"],
  ["matching slippage much", "matching is slippage and ticks"],
  ["matching limit near", "matching is slippage and ticks"],
  ["matching protection near", "matching is slippage and ticks"],
  ["matching partial 2", "matching is slippage and ticks"],
  ["matching partial often", "matching is slippage and ticks"],
  ["matching slippage 2 3", "matching is slippage and ticks"],
  ["misstate ZZZ tickSize 1", "no product ZZZ"],
  ["misstate MES tickSize", "of a contract: tickSize or tickValue"],
  ["misstate MES tickSize 0", "of a contract: tickSize or tickValue"],
  ["misstate MES active 1", "of a contract: tickSize or tickValue"],
  ["misstate MES symbolId 1", "of a contract: tickSize or tickValue"],
  ["misstate MES tickSize 1 2", "of a contract: tickSize or tickValue"],
  ["account x canTrade true", "an account is its id, a name and a value"],
  ["account 101 canTrade true now", "an account is its id, a name and a value"],
  ["account 101 canTrade maybe", "canTrade is true or false"],
  ["account 101 bracketMode x", "bracketMode is position or autoOco"],
  ["account 101 maxContracts few", "maxContracts is a whole number or none"],
  ["account 101 balance 5", "of an account: canTrade"],
  ["flatten", "flatten needs an account's id"],
  ["flatten 101 now", "flatten needs an account's id"],
  ["refuse Order/place", "a refusal is a call such as Order/place"],
  ["refuse ../x 2", "a refusal is a call such as Order/place"],
  ["refuse bracket/entry 2", "a refusal is a call such as Order/place"],
  ["delay activation", "a delay is fill, activation, cancel, refusal and a duration"],
  ["delay lunch 1h", "a delay is fill, activation, cancel, refusal and a duration"],
  ["delay fill 1s 2s", "a delay is fill, activation, cancel, refusal and a duration"],
  ["logout all", "logout stands alone"],
  ["revoke all", "revoke stands alone"],
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

test("whatever is typed is understood or refused in words", () => {
  const words = fc.constantFrom(
    ...["price", "fault", "account", "refuse", "ticks", "MES", "101", "once", "0.5", "6326.25"],
    ...["answer-lost", "canTrade", "true", "__proto__", "constructor", "-1", "1e9", "3x"],
  );
  const lines = fc.array(fc.oneof({ weight: 4, arbitrary: words }, fc.string()), { maxLength: 6 });
  fc.assert(
    fc.property(lines, (line) => {
      const cue = readCue(line.join(" "));
      expect(cue.ok ? cue.value.kind : cue.error).toEqual(expect.stringMatching(/./));
    }),
  );
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
