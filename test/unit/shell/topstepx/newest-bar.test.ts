import { describe, expect, test } from "vitest";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { asking } from "../../../../src/shell/topstepx/asking.ts";
import { contractOfCode } from "../../../../src/shell/topstepx/contract-names.ts";
import { newestBar } from "../../../../src/shell/topstepx/newest-bar.ts";
import { patient } from "../../../kit/patient.ts";
import { done, scriptedGateway, silence } from "../../../kit/scripted-gateway.ts";

/** Monday, 10:00 in Chicago; 17:00 is seven hours later. */
const MORNING = millis(Date.UTC(2026, 10, 23, 16));
const MINUTE = 60_000;

const bar = (at: number, close = 6325.25) => ({
  ...{ t: isoOf(millis(at)), o: 6325, h: 6326, l: 6324.5, c: close, v: 120 },
});

async function seen(rows: ReturnType<typeof bar>[] | null, now: Millis = MORNING) {
  const clock = virtualClock(now);
  const gateway = scriptedGateway(clock, {
    "History/retrieveBars": () => (rows === null ? silence : done({ bars: rows })),
  });
  const contract = contractOfCode("MESZ26");
  if (contract === null) throw new Error("MESZ26 is a contract");
  const told = newestBar({ ask: asking(gateway), clock, live: false }, contract);
  const { what, state, says } = await patient(clock, told);
  return { line: `${state} ${what}: ${says}`, call: gateway.calls[0] };
}

describe("the newest price of a contract", () => {
  test("is told with its age, in one bar of one minute", async () => {
    const { line, call } = await seen([bar(MORNING)]);
    expect(line).toBe("ok prices MES: 6325.25, of this minute");
    expect(call).toMatchObject({
      urgency: "history",
      asked: {
        ...{ contractId: "CON.F.US.MES.Z26", live: false, unit: 2, unitNumber: 1, limit: 1 },
        ...{ includePartialBar: true, endTime: "2026-11-23T16:00:00.000Z" },
      },
    });
    expect((await seen([bar(MORNING - 3 * MINUTE)])).line).toBe(
      "ok prices MES: 6325.25, 3 min old",
    );
  });

  test.each([
    [
      "that stands still",
      [bar(MORNING - 80 * MINUTE)],
      "6325.25, 1 h 20 min old, and the market is open: they may stand still; compare with the platform before you trade",
    ],
    ["that is none", [], "the venue has no bar of MESZ26 in the last four days"],
    ["off the grid", [bar(MORNING - MINUTE, 6325.3)], "a bar that cannot be read"],
    ["without a time", [{ ...bar(MORNING), t: "now" }], "a bar that cannot be read"],
    ["that nobody gave", null, "no bars of MESZ26: no answer in 10 s"],
  ])("%s wants to be read, and stops nothing", async (_, rows, says) => {
    expect((await seen(rows)).line).toBe(`note prices MES: ${says}`);
  });

  test("may be old while the market is closed, and just after it opens", async () => {
    const close = MORNING + 6 * 60 * MINUTE;
    const rows = [bar(close - MINUTE)];
    for (const later of [30, 60, 61]) {
      expect((await seen(rows, millis(close + later * MINUTE))).line).toMatch(/^ok /);
    }
    expect((await seen(rows, millis(close + 70 * MINUTE))).line).toMatch(/^note /);
  });
});
