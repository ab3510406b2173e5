import { describe, expect, test } from "vitest";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { contractOfCode } from "../../../../src/shell/topstepx/contract-names.ts";
import { type HistoryBar, readBars } from "../../../../src/shell/topstepx/history-bars.ts";
import type { Result } from "../../../../src/std/result.ts";
import { done, scriptedGateway, silence } from "../../../kit/scripted-gateway.ts";

/** Monday, 10:00 in Chicago; 17:00 is seven hours later. */
const MORNING = millis(Date.UTC(2026, 10, 23, 16));
const MINUTE = 60_000;

const bar = (at: number, close = 6325.25) => ({
  ...{ t: isoOf(millis(at)), o: 6325, h: 6326, l: 6324.5, c: close, v: 120 },
});

function read(rows: ReturnType<typeof bar>[] | null, now: Millis = MORNING, minutes = 1) {
  const clock = virtualClock(now);
  const gateway = scriptedGateway(clock, {
    "History/retrieveBars": () => (rows === null ? silence : done({ bars: rows })),
  });
  const contract = contractOfCode("MESZ26");
  const told: Result<readonly HistoryBar[], string>[] = [];
  if (contract === null) throw new Error("MESZ26 is a contract");
  const asked = { contract, live: false, minutes, count: 30_000 };
  readBars({ gateway, clock }, asked, (one) => told.push(one));
  clock.runAll(10);
  return { result: told[0], call: gateway.calls[0] };
}

describe("bars of the past", () => {
  test("come oldest first, in ticks, whole ones only", () => {
    const rows = [bar(MORNING - MINUTE), bar(MORNING - 2 * MINUTE, 6324.75)];
    const { result, call } = read(rows);
    expect(result).toEqual({
      ok: true,
      value: [
        {
          at: MORNING - 2 * MINUTE,
          open: 25_300,
          high: 25_304,
          low: 25_298,
          close: 25_299,
          volume: 120,
        },
        {
          at: MORNING - MINUTE,
          open: 25_300,
          high: 25_304,
          low: 25_298,
          close: 25_301,
          volume: 120,
        },
      ],
    });
    expect(call).toMatchObject({
      urgency: "history",
      asked: {
        ...{ contractId: "CON.F.US.MES.Z26", live: false, unit: 2, unitNumber: 1 },
        ...{ limit: 20_000, includePartialBar: false, endTime: "2026-11-23T16:00:00.000Z" },
      },
    });
  });

  test.each([
    ["that stand still", [bar(MORNING - 80 * MINUTE)], "MESZ26: the newest bar ended 79 min ago"],
    ["that are none", [], "MESZ26: the venue has no bars"],
    [
      "off the grid",
      [bar(MORNING - MINUTE, 6325.3)],
      "MESZ26: a bar of 2026-11-23T15:59:00.000Z that cannot be read",
    ],
    ["without a time", [{ ...bar(MORNING), t: "now" }], "MESZ26: a bar of now that cannot be read"],
  ])("%s are refused", (_, rows, error) => {
    expect(read(rows).result).toEqual({ ok: false, error });
  });

  test("that nobody gave are no bars", () => {
    expect(read(null).result).toEqual({ ok: false, error: "MESZ26: no bars, no answer in 10 s" });
  });

  test("may be old while the market is closed, and just after it opens", () => {
    const close = MORNING + 6 * 60 * MINUTE;
    const rows = [bar(close - MINUTE)];
    for (const later of [30, 60, 61]) {
      expect(read(rows, millis(close + later * MINUTE)).result?.ok).toBe(true);
    }
    expect(read(rows, millis(close + 70 * MINUTE)).result?.ok).toBe(false);
  });

  test("of a longer kind may be older", () => {
    const rows = [bar(MORNING - 80 * MINUTE)];
    expect(read(rows, MORNING, 30).result?.ok).toBe(true);
  });
});
