import { describe, expect, test } from "vitest";
import type { ControlRequest } from "../../../../src/ports/control.ts";
import { readRequest } from "../../../../src/shell/host/control-words.ts";

const REQUESTS: readonly ControlRequest[] = [
  { kind: "status" },
  { kind: "resume" },
  { kind: "preview", id: "p1", text: "" },
  { kind: "paste", id: "p1", text: "ES long 6326: A" },
  { kind: "halt", reason: "lunch" },
  { kind: "flatten", account: null },
  { kind: "lockout", until: 1_795_100_400_000, account: null },
  { kind: "lockout", until: "next-session", account: "paper" },
  { kind: "switch", account: "paper", to: "off" },
  { kind: "switch", account: "paper", to: "on" },
  { kind: "firm-reset", account: "paper" },
  { kind: "firm-payout", account: "paper", amountUsd: 1500.5 },
  { kind: "attend" },
  { kind: "ack", by: "olga" },
  { kind: "channel-passed", channel: "phone", fingerprint: "7f3a" },
  { kind: "flatten", account: "paper" },
  { kind: "close", trade: 3 },
  { kind: "breakeven", trade: 3 },
  { kind: "cancel", trade: 3 },
  { kind: "release", trade: 3 },
  { kind: "approve", entry: 4 },
  { kind: "refuse", entry: 4 },
  { kind: "trim", trade: 3, quantity: 2 },
  { kind: "stop", trade: 3, points: 6316.25 },
  { kind: "target", trade: 3, points: -37.63 },
];

describe("a control question", () => {
  test.each(REQUESTS)("is read back as it was asked: $kind", (request) => {
    expect(readRequest(JSON.stringify(request))).toEqual({ ok: true, value: request });
  });

  test("keeps nothing that was not asked for", () => {
    const line = JSON.stringify({ kind: "close", trade: 3, quantity: 9, extra: "x" });
    expect(readRequest(line)).toEqual({ ok: true, value: { kind: "close", trade: 3 } });
    expect(readRequest('{"kind":"flatten"}')).toEqual({
      ok: true,
      value: { kind: "flatten", account: null },
    });
  });

  test.each([
    "",
    "null",
    "7",
    '"status"',
    "{}",
    '{"kind":7}',
    '{"kind":"lockout"}',
    '{"kind":"switch","account":"paper"}',
    '{"kind":"switch","account":"","to":"on"}',
    '{"kind":"switch","account":"paper","to":"maybe"}',
    '{"kind":"firm-reset"}',
    '{"kind":"firm-payout","account":"paper"}',
    '{"kind":"firm-payout","account":"paper","amountUsd":-5}',
    '{"kind":"firm-payout","account":"paper","amountUsd":0}',
    '{"kind":"firm-payout","account":"","amountUsd":5}',
    '{"kind":"halt"}',
    '{"kind":"halt","reason":""}',
    `{"kind":"halt","reason":"${"x".repeat(201)}"}`,
    '{"kind":"paste","id":"p1"}',
    '{"kind":"paste","text":"hi"}',
    '{"kind":"preview","id":7,"text":"hi"}',
    '{"kind":"flatten","account":""}',
    '{"kind":"lockout","until":"tomorrow","account":null}',
    '{"kind":"lockout","until":0,"account":null}',
    '{"kind":"lockout","until":"next-session","account":""}',
    '{"kind":"flatten","account":7}',
    '{"kind":"approve"}',
    '{"kind":"refuse","entry":0}',
    '{"kind":"close"}',
    '{"kind":"close","trade":"3"}',
    '{"kind":"close","trade":-1}',
    '{"kind":"close","trade":1.5}',
    '{"kind":"trim","trade":3}',
    '{"kind":"trim","trade":3,"quantity":0}',
    '{"kind":"stop","trade":3}',
    '{"kind":"target","trade":3,"points":"6340"}',
    '{"kind":"stop","trade":3,"points":null}',
  ])("is refused when it is %s", (line) => {
    expect(readRequest(line)).toMatchObject({ ok: false });
  });
});
