/** A look every ten seconds: what is told to the loop, and what is begun. */
import { describe, expect, it } from "vitest";
import { keepHealth } from "../../../src/app/health-keeper.ts";
import { millis } from "../../../src/core/model/units.ts";
import { initialState, type State } from "../../../src/core/state.ts";
import type { Readings } from "../../../src/core/upkeep/health-readings.ts";
import { healthLines } from "../../../src/core/views/health.ts";
import type { HostReading } from "../../../src/ports/probes.ts";
import { virtualClock } from "../../../src/shell/host/virtual-clock.ts";
import { NOW } from "../../kit/builders.ts";
import { someReadings } from "../../kit/health-readings.ts";
import { silentLog } from "../../kit/silent-log.ts";

function house(state: State = initialState) {
  const clock = virtualClock(NOW);
  const now = { readings: someReadings(), unreadable: false };
  const told: { moves: readonly object[]; healings: readonly object[] }[] = [];
  const begun: string[] = [];
  let closed = 0;
  const keeper = keepHealth({
    ...{ clock, log: silentLog },
    probes: {
      read: async () => {
        if (now.unreadable) throw new Error("no such device");
        return {} as HostReading;
      },
      close() {
        closed += 1;
      },
    },
    reader: { read: () => now.readings },
    loop: { offer: (news) => told.push(news as never) > 0, state: () => state },
    heal: {
      "begin-backup": () => void begun.push("backup"),
      "reopen-mail": () => void begun.push("mail"),
    },
  });
  const pass = async (looks: number, change: Partial<Readings> = {}): Promise<void> => {
    now.readings = someReadings(change);
    for (let look = 0; look < looks; look++) {
      clock.runUntil(millis(clock.now() + 10_000));
      await new Promise((done) => setImmediate(done));
    }
  };
  return { keeper, pass, told, begun, now, closed: () => closed };
}

describe("the health of a running house", () => {
  it("goes through the loop at each look, with what has moved", async () => {
    const { pass, told, keeper } = house();
    expect(keeper.host()).toBeNull();
    await pass(2);
    expect(told).toEqual([NOTHING, NOTHING]);
    await pass(3, { disk: { freeBytes: 1 } });
    expect(told.slice(2).map(({ moves }) => moves.length)).toEqual([1, 0, 0]);
    expect(healthLines(keeper.view())).toEqual(["FAILED for 20 s: the disk: 1 B free"]);
    expect(keeper.host()).toEqual({});
  });

  it("begins what may help", async () => {
    const { pass, begun, told } = house();
    const waited = millis(3_600_000);
    await pass(1, { mail: [{ channel: "mail", refusal: "421 busy", waited }] });
    expect(begun).toEqual(["mail"]);
    expect(told[0]?.healings).toHaveLength(1);
  });

  it("looks again after a reading that failed, and knows what it knew", async () => {
    const { pass, told, now, keeper } = house();
    await pass(1, { disk: { freeBytes: 1 } });
    now.unreadable = true;
    await pass(2);
    expect(told).toHaveLength(1);
    expect(keeper.view().state).toBe("failed");
    now.unreadable = false;
    await pass(2);
    expect(keeper.view().state).toBe("ok");
  });

  it("ends with the house", async () => {
    const { pass, told, keeper, closed } = house();
    keeper.stop();
    await pass(3);
    expect([told.length, closed()]).toEqual([0, 1]);
  });
});

const NOTHING = { kind: "health", moves: [], healings: [] };
