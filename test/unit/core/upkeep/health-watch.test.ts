/** From one look to the next: what moves, how patiently, and what the house does about it. */
import { describe, expect, it } from "vitest";
import { type Ailments, COMPONENTS } from "../../../../src/core/model/health.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { healingsDue, TRIES_MAX, type Tried } from "../../../../src/core/upkeep/healing.ts";
import type { Readings } from "../../../../src/core/upkeep/health-readings.ts";
import { beginWatch, look, type Watch } from "../../../../src/core/upkeep/health-watch.ts";
import { later, NOW } from "../../../kit/builders.ts";
import { someReadings } from "../../../kit/health-readings.ts";

const LOOK = 10_000;

/** A look every ten seconds; a line for each move: how many looks had been taken. */
function watched(days: readonly Partial<Readings>[], ailments: Ailments = {}) {
  let watch: Watch = beginWatch(ailments, NOW);
  const moves = days.flatMap((change, index) => {
    const looked = look(watch, someReadings(change), later(index * LOOK));
    watch = looked.watch;
    return looked.moves.map(({ component, to }) => `${index + 1} ${component} ${to}`);
  });
  return { watch, moves };
}

const times = (count: number, change: Partial<Readings>) =>
  Array.from({ length: count }, () => change);

const FULL: Partial<Readings> = { disk: { freeBytes: 1e8 } };
const BUSY: Partial<Readings> = { cpu: { share: 950 } };

describe("a look at the house", () => {
  it("moves nothing while all is well", () => {
    const { moves, watch } = watched(times(20, {}));
    expect(moves).toEqual([]);
    expect(COMPONENTS.every((one) => watch[one].state === "ok")).toBe(true);
  });

  it("tells of a full disk at once, and of room after two looks", () => {
    const { moves, watch } = watched([...times(3, FULL), ...times(3, {})]);
    expect(moves).toEqual(["1 disk failed", "5 disk ok"]);
    expect(watch.disk.since).toBe(later(4 * LOOK));
  });

  it("waits before it believes that the processor is busy, and longer that it is not", () => {
    const { moves } = watched([...times(3, BUSY), ...times(7, {})]);
    expect(moves).toEqual(["3 cpu degraded", "9 cpu ok"]);
  });

  it("does not tell of what was over before it was believed", () => {
    const { moves } = watched([...times(2, BUSY), {}, ...times(2, BUSY), {}]);
    expect(moves).toEqual([]);
  });

  it("shows the newest figure of a state that stays", () => {
    const { watch } = watched([FULL, { disk: { freeBytes: 9e7 } }]);
    expect(watch.disk).toMatchObject({ reason: "90.0 MB free", since: NOW });
  });

  it("goes from what is off to what works without waiting", () => {
    const { moves } = watched([{ venueRest: null }, {}]);
    expect(moves).toEqual(["1 venue-rest off", "2 venue-rest ok"]);
  });

  it("keeps a reason to a line", () => {
    const refusal = "x".repeat(5_000);
    const { watch } = watched([{ mail: [{ channel: "mail", refusal, waited: millis(3e6) }] }]);
    expect(watch.mail.reason).toHaveLength(300);
  });

  it("remembers over a restart what was not well, and tells when it is", () => {
    const disk = { state: "failed", reason: "100 MB free", since: later(-5_000) } as const;
    const { moves, watch } = watched([FULL], { disk });
    expect(moves).toEqual([]);
    expect(watch.disk.since).toBe(later(-5_000));
    expect(watched(times(2, {}), { disk }).moves).toEqual(["2 disk ok"]);
  });
});

const STALE: Partial<Readings> = {
  backups: { every: millis(3_600_000), age: millis(4 * 3_600_000), hasOne: true, fault: null },
};

/** Looks for so many minutes; a line for each try. */
function healed(minutes: number, change: Partial<Readings>, tried: Tried = {}) {
  const lines: string[] = [];
  let after = tried;
  const { watch } = watched(times(2, change));
  for (let minute = 0; minute < minutes; minute++) {
    const next = healingsDue(watch, after, later(minute * 60_000));
    after = next.tried;
    for (const { action, attempt } of next.healings) lines.push(`${minute} ${action} ${attempt}`);
  }
  return { lines, tried: after };
}

describe("what the house does by itself", () => {
  it("tries three times, ever more slowly, and then leaves it to a person", () => {
    const { lines } = healed(24 * 60, STALE);
    expect(lines).toEqual(["0 begin-backup 1", "5 begin-backup 2", "15 begin-backup 3"]);
    expect(lines).toHaveLength(TRIES_MAX);
  });

  it("begins to count anew when it was well in between", () => {
    const { tried } = healed(60, STALE);
    expect(healed(1, {}, tried).tried).toEqual({});
  });

  it("does nothing about what is only worse than it should be", () => {
    const mail = [{ channel: "mail", refusal: "421", waited: millis(180_000) }];
    expect(healed(60, { mail }).lines).toEqual([]);
  });

  it("makes connections to mail servers anew", () => {
    const mail = [{ channel: "mail", refusal: "421", waited: millis(3_600_000) }];
    expect(healed(1, { mail }).lines).toEqual(["0 reopen-mail 1"]);
  });

  it("copies nothing to a disk that is nearly full", () => {
    expect(healed(60, { ...STALE, ...FULL }).lines).toEqual([]);
  });
});
