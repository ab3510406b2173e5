/** What a running house keeps for those who look: taken when asked for, told of when it is newer. */
import { describe, expect, it } from "vitest";
import { createLooks } from "../../../src/app/looks.ts";
import { openSnapshotDesk, readTail } from "../../../src/app/snapshot-desk.ts";
import type { Fact } from "../../../src/core/model/fact.ts";
import type { Quote } from "../../../src/core/model/quote.ts";
import { millis } from "../../../src/core/model/units.ts";
import { initialState } from "../../../src/core/state.ts";
import type { Journal, Recorded } from "../../../src/ports/journal.ts";
import { virtualClock } from "../../../src/shell/host/virtual-clock.ts";
import { aQuote, es, NOW } from "../../kit/builders.ts";
import { memoryJournal } from "../../kit/memory-journal.ts";

const MINUTE = 60_000;

/** Every one of them is a line of the timeline. */
const moved = (source: string): Fact => ({ kind: "SourceMoved", at: NOW, source, state: "up" });

function aHouse(before: number) {
  const clock = virtualClock(NOW);
  const journal: Journal = memoryJournal();
  let reads = 0;
  let quotes: readonly Quote[] = [aQuote(es(6330))];
  const write = (...facts: readonly Fact[]): readonly Recorded[] => {
    const { sequence } = journal.head();
    expect(journal.append(facts).ok).toBe(true);
    return facts.map((fact, index) => ({ sequence: sequence + index + 1, fact }));
  };
  for (let n = 1; n <= before; n++) write(moved(`room${n}`));
  const parts = {
    ...{ clock, hostClock: clock, market: "simulated", state: () => initialState },
    ...{ impaired: () => false, quotes: () => quotes, catchUp: () => {} },
    journal: {
      head: journal.head,
      read: (from: number) => {
        reads += 1;
        return journal.read(from);
      },
    },
  };
  return {
    ...{ clock, parts, write, reads: () => reads },
    pass: (span: number) => clock.runUntil(millis(clock.now() + span)),
    priced(price: number) {
      quotes = [aQuote(es(price))];
    },
  };
}

const roomsIn = (lines: readonly { readonly text: string }[]): readonly string[] =>
  lines.map(({ text }) => /room\d+/.exec(text)?.[0] ?? text);

describe("the desk", () => {
  it("knows what was written before it was opened, and hears the rest, each once", async () => {
    const { parts, write } = aHouse(2);
    const desk = await openSnapshotDesk(parts);
    expect(roomsIn(desk.view().lines)).toEqual(["room1", "room2"]);
    const told = write(moved("room3"));
    desk.told(told);
    desk.told(told);
    const { lines, sequence } = desk.view();
    expect([roomsIn(lines), sequence]).toEqual([["room1", "room2", "room3"], 3]);
  });

  it("reads the tail again after a burst that nobody looked at", async () => {
    const { parts, write, reads } = aHouse(0);
    const desk = await openSnapshotDesk(parts);
    const before = reads();
    for (let n = 0; n < 3; n++) {
      desk.told(write(...Array.from({ length: 1_000 }, (_, i) => moved(`room${n * 1_000 + i}`))));
    }
    expect(roomsIn(desk.view().lines).at(-1)).toBe("room2999");
    expect(reads()).toBe(before + 1);
    expect(
      readTail(parts)
        .lines.map(({ sequence }) => sequence)
        .at(-1),
    ).toBe(3_000);
  });

  it("tells those who look of news, a few times a second at most, and of prices that moved", async () => {
    const { parts, write, pass, priced } = aHouse(0);
    const desk = await openSnapshotDesk(parts);
    let told = 0;
    const leave = desk.watching.join(() => {
      told += 1;
      desk.view();
    });
    desk.view();
    for (let n = 0; n < 10; n++) {
      desk.told(write(moved(`room${n}`)));
      pass(30);
    }
    expect([told >= 2, told <= 3]).toEqual([true, true]);
    pass(2_000);
    const quiet = told;
    pass(10_000);
    expect(told).toBe(quiet);
    priced(6331);
    pass(1_000 + 150);
    expect(told).toBe(quiet + 1);
    leave?.();
    desk.told(write(moved("late")));
    pass(10_000);
    expect(told).toBe(quiet + 1);
  });

  it("takes four who look and no more, until one goes", async () => {
    const { parts } = aHouse(0);
    const { watching } = await openSnapshotDesk(parts);
    const leaves = [1, 2, 3, 4].map(() => watching.join(() => {}));
    expect(watching.join(() => {})).toBeNull();
    leaves[0]?.();
    expect(watching.join(() => {})).not.toBeNull();
  });
});

describe("looks", () => {
  it("show nothing before there is a house, and read nothing before somebody looks", async () => {
    const { parts, write, reads } = aHouse(1);
    const looks = createLooks();
    expect([await looks.view(), await looks.watching.newest()]).toEqual([null, null]);
    expect(looks.watching.join(() => {})).toBeNull();
    looks.begin(parts);
    looks.told(write(moved("room2")));
    expect(reads()).toBe(0);
    const [one, two] = await Promise.all([looks.view(), looks.view()]);
    expect([roomsIn(one?.lines ?? []), reads()]).toEqual([["room1", "room2"], 1]);
    expect(two).toEqual(one);
  });

  it("are let go when nobody has looked for a minute, and are whole again for the next", async () => {
    const { parts, write, pass, reads } = aHouse(1);
    const looks = createLooks();
    looks.begin(parts);
    await looks.view();
    pass(MINUTE + 1);
    looks.told(write(moved("room2")));
    looks.told(write(moved("room3")));
    const line = await looks.watching.newest();
    const { snapshot } = JSON.parse(line ?? "");
    expect(roomsIn(snapshot.lines)).toEqual(["room1", "room2", "room3"]);
    expect(reads()).toBe(2);
    looks.stop();
  });
});
