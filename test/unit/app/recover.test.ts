import { describe, expect, test } from "vitest";
import { createLoop } from "../../../src/app/loop.ts";
import { bringInLifeboat, foldJournal, snapshotOf } from "../../../src/app/recover.ts";
import type { Fact } from "../../../src/core/model/fact.ts";
import { OPEN_ROOM } from "../../../src/core/model/room.ts";
import { millis } from "../../../src/core/model/units.ts";
import { initialState } from "../../../src/core/state.ts";
import type { Lifeboat } from "../../../src/ports/lifeboat.ts";
import { canonical } from "../../../src/std/canonical.ts";
import { alertMessage, appWorld, openingOf } from "../../kit/app-world.ts";
import { NOW } from "../../kit/builders.ts";
import { memoryDisk, memoryJournal } from "../../kit/memory-journal.ts";
import { sampleFact, sampleFacts } from "../../kit/sample-facts.ts";

/** A day with two trades, one of them still open. */
function tradedDay() {
  const world = appWorld();
  const loop = createLoop(world.parts, initialState);
  world.broker.open((report) => loop.offer({ kind: "report", report }));
  const hear = (id: string): void =>
    void loop.offer({
      kind: "message",
      message: alertMessage(id, world.clock.now()),
      tradable: true,
      room: OPEN_ROOM,
      from: 0,
    });
  world.price(6326);
  loop.offer({ kind: "start", ...openingOf() });
  world.pass(1_000);
  hear("m1");
  world.pass(2_000);
  world.price(6316);
  world.pass(90_000);
  world.price(6326);
  hear("m2");
  world.pass(2_000);
  return { world, loop };
}

describe("folding the journal", () => {
  test("gives the state the running house had, byte for byte", () => {
    const { world, loop } = tradedDay();
    expect(loop.state().trades.size).toBe(2);
    expect(canonical(foldJournal(world.journal))).toBe(canonical(loop.state()));
  });

  test("from a snapshot anywhere gives the same as from the beginning", () => {
    const { world } = tradedDay();
    const whole = canonical(foldJournal(world.journal));
    for (let sequence = 1; sequence <= world.disk.bodies.length; sequence += 5) {
      const until = memoryJournal({
        ...memoryDisk(),
        bodies: world.disk.bodies.slice(0, sequence),
      });
      const snapshots = [snapshotOf(foldJournal(until), sequence)];
      const journal = memoryJournal({ ...world.disk, snapshots });
      expect(canonical(foldJournal(journal))).toBe(whole);
    }
  });

  test("passes over a snapshot whose shape is of another version", () => {
    const { world } = tradedDay();
    const body = JSON.stringify({ shape: 999, state: { accounts: "elsewhere" } });
    const journal = memoryJournal({ ...world.disk, snapshots: [{ sequence: 3, body }] });
    expect(canonical(foldJournal(journal))).toBe(canonical(foldJournal(world.journal)));
  });
});

describe("what an earlier run left in the lifeboat", () => {
  const boatWith = (facts: readonly Fact[]): Lifeboat & { readonly kept: Fact[] } => {
    const kept = [...facts];
    return {
      kept,
      save: () => true,
      load: () => [...kept],
      clear: () => void kept.splice(0),
    };
  };
  const at = millis(NOW + 1);

  test("is appended as late facts, once", () => {
    const journal = memoryJournal();
    journal.append(sampleFacts(3));
    const boat = boatWith([sampleFact(10), sampleFact(11)]);
    expect(bringInLifeboat(journal, boat, at)).toEqual({ ok: true, value: 2 });
    expect(boat.kept).toEqual([]);
    expect([...journal.read(3)].map(({ fact }) => fact)).toEqual([
      sampleFact(10),
      sampleFact(11),
      { at, kind: "JournalRecovered", late: 2 },
    ]);
    expect(bringInLifeboat(journal, boat, at)).toEqual({ ok: true, value: 0 });
    expect(journal.head().sequence).toBe(6);
  });

  test("is not written twice when the run died between writing it and clearing the boat", () => {
    const journal = memoryJournal();
    const late = [sampleFact(10), sampleFact(10), sampleFact(11)];
    journal.append([sampleFact(10), ...late, { at, kind: "JournalRecovered", late: 3 }]);
    journal.append([sampleFact(12)]);
    const boat = boatWith(late);
    expect(bringInLifeboat(journal, boat, at).ok).toBe(true);
    expect(journal.head().sequence).toBe(6);
    expect(boat.kept).toEqual([]);
  });

  test("stays in the boat while the journal still refuses", () => {
    const journal = memoryJournal(memoryDisk(), () => ({ kind: "full", detail: "no room" }));
    const boat = boatWith([sampleFact(10)]);
    expect(bringInLifeboat(journal, boat, at).ok).toBe(false);
    expect(boat.kept).toHaveLength(1);
  });
});
