import { describe, expect, test } from "vitest";
import type { Plugged } from "../../../src/app/hearing.ts";
import { foldJournal } from "../../../src/app/recover.ts";
import { type Run, type RunParts, startRun } from "../../../src/app/run.ts";
import { DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import { accountId } from "../../../src/core/model/ids.ts";
import { openRoom } from "../../../src/core/model/room.ts";
import type { Settings } from "../../../src/core/model/rules.ts";
import { initialState } from "../../../src/core/state.ts";
import type { SourceListener } from "../../../src/ports/alert-source.ts";
import { canonical } from "../../../src/std/canonical.ts";
import { valuesOf } from "../../../src/std/trie.ts";
import { type AppWorld, alertMessage, appWorld, openingOf } from "../../kit/app-world.ts";

/** A source the test speaks through. */
function scriptedSource() {
  const calls: string[] = [];
  let listener: SourceListener | null = null;
  const plugged: Plugged = {
    source: {
      name: "scripted",
      open(given) {
        calls.push("open");
        listener = given;
      },
      close: () => void calls.push("close"),
    },
    tradable: true,
    roomOf: openRoom,
  };
  return { plugged, calls, speak: () => listener as unknown as SourceListener };
}

interface Begun {
  readonly run: Run;
  readonly events: string[];
}

function begin(world: AppWorld, change: Partial<RunParts> = {}): Begun {
  const events: string[] = [];
  const run = startRun({
    ...world.parts,
    initial: initialState,
    opening: openingOf(),
    sources: [],
    messages: null,
    sourceFault: ({ where, reason }) => void events.push(`fault ${where}: ${reason}`),
    settled: () => void events.push("settled"),
    exhausted: () => void events.push("exhausted"),
    ended: (fault) => void events.push(`ended ${fault}`),
    ...change,
  });
  return { run, events };
}

/** A run that is past its start: a price is there, and the venue has been compared. */
function atWork() {
  const world = appWorld();
  const source = scriptedSource();
  const begun = begin(world, { sources: [source.plugged] });
  world.price(6326);
  world.pass(200);
  return { world, source, ...begun };
}

describe("a run", () => {
  test("opens its sources once the venue has been compared with the books", () => {
    const world = appWorld();
    const source = scriptedSource();
    const { events } = begin(world, { sources: [source.plugged] });
    world.pass(50);
    expect(source.calls).toEqual([]);
    expect(world.kinds()).not.toContain("AccountSettled");
    world.pass(100);
    expect(world.kinds()).toContain("AccountSettled");
    expect(source.calls).toEqual(["open"]);
    expect(events).toEqual(["settled"]);
  });

  test("does not wait for accounts that an earlier configuration had", () => {
    const world = appWorld();
    const [one] = DEFAULT_CONFIG.settings.accounts;
    const gone = accountId("gone");
    const settings = { ...DEFAULT_CONFIG.settings, accounts: one ? [one] : [] } as Settings;
    const [balance] = DEFAULT_CONFIG.balances;
    const opening = openingOf(settings);
    const balances = balance ? [balance, { ...balance, account: gone }] : [];
    const { events } = begin(world, { opening: { ...opening, balances } });
    world.pass(200);
    expect(events).toEqual(["settled"]);
  });

  test("hears messages, reports what could not be read, and says when nothing more comes", () => {
    const world = appWorld();
    const source = scriptedSource();
    const { events } = begin(world, { sources: [source.plugged] });
    world.price(6326);
    world.pass(200);
    source.speak().fault({ where: "chat.txt:3", reason: "expected one JSON object" });
    source.speak().message(alertMessage("m1", world.clock.now()));
    world.pass(10);
    source.speak().end();
    expect(world.kinds()).toContain("TradePlanned");
    expect(events).toEqual(["settled", "fault chat.txt:3: expected one JSON object", "exhausted"]);
  });

  test("ignores what nobody asked to hear, and counts it", () => {
    const world = appWorld();
    const { plugged, speak } = scriptedSource();
    const deaf = { ...plugged, roomOf: () => null };
    begin(world, { sources: [deaf] });
    world.price(6326);
    world.pass(200);
    for (let n = 0; n < 11; n++) speak().message(alertMessage(`m${n}`, world.clock.now()));
    world.pass(10);
    expect(world.kinds()).not.toContain("AlertRead");
    const said = world.log.filter(({ event }) => event === "unknown-channel");
    expect(said.map(({ detail }) => detail["ignored"])).toEqual([1, 10]);
  });

  test("stopped before it settled never opens its sources", () => {
    const world = appWorld();
    const source = scriptedSource();
    const { run, events } = begin(world, { sources: [source.plugged] });
    world.pass(50);
    run.stop("enough", { flatten: false });
    world.pass(11_000);
    expect(source.calls).toEqual([]);
    expect(events).toEqual(["ended null"]);
    expect(world.kinds().at(-1)).toBe("RunEnded");
  });

  test("stops once, deaf at once, and leaves a snapshot that equals the journal", () => {
    const { world, source, run, events } = atWork();
    run.stop("enough", { flatten: false });
    run.stop("again", { flatten: true });
    source.speak().message(alertMessage("late", world.clock.now()));
    world.pass(1_000);
    expect(source.calls).toEqual(["open", "close"]);
    expect(events).toEqual(["settled", "ended null"]);
    expect(world.kinds().filter((kind) => kind === "RunEnded")).toHaveLength(1);
    expect(world.kinds()).not.toContain("AlertRead");
    const [snapshot] = world.disk.snapshots;
    expect(snapshot?.sequence).toBe(world.journal.head().sequence);
    const bare = { ...world.journal, newestSnapshot: () => null };
    expect(canonical(foldJournal(world.journal))).toBe(canonical(foldJournal(bare)));
  });

  test("takes a snapshot when the trade date rolls, and says so when it cannot", () => {
    const world = appWorld();
    begin(world);
    world.pass(200);
    expect(world.disk.snapshots.map(({ sequence }) => sequence)).toEqual([4]);
    world.parts.journal.saveSnapshot = () => ({
      ok: false,
      error: { kind: "full", detail: "no room" },
    });
    world.pass(9 * 3_600_000);
    expect(world.log.map(({ event }) => event)).toContain("snapshot-refused");
  });

  test("withdraws entries at its stop and waits for the answer, ten seconds at most", () => {
    const { world, source, run, events } = atWork();
    source.speak().message(alertMessage("m1", world.clock.now()));
    world.pass(0);
    run.stop("enough", { flatten: false });
    world.pass(50);
    expect(events).toEqual(["settled"]);
    world.pass(5_000);
    expect(events.at(-1)).toBe("ended null");
    expect(world.kinds()).toContain("EntryWithdrawn");
  });

  test("ends after ten seconds even when the venue never answers", () => {
    const { world, source, run, events } = atWork();
    world.broker.send = () => {};
    source.speak().message(alertMessage("m1", world.clock.now()));
    world.pass(10);
    run.stop("enough", { flatten: false });
    world.pass(9_900);
    expect(events).toEqual(["settled"]);
    world.pass(500);
    expect(events.at(-1)).toBe("ended null");
  });

  test("flattens before it ends when asked to", () => {
    const { world, source, run, events } = atWork();
    source.speak().message(alertMessage("m1", world.clock.now()));
    world.pass(2_000);
    world.price(6327);
    run.stop("enough", { flatten: true });
    world.pass(5_000);
    expect(events.at(-1)).toBe("ended null");
    expect(world.kinds()).toContain("TradeClosed");
    expect(valuesOf(run.loop.state().accounts)[0]?.gate).toBe("active");
  });

  test("stops by itself once nothing is open", () => {
    const { world, source, run, events } = atWork();
    source.speak().message(alertMessage("m1", world.clock.now()));
    world.pass(2_000);
    run.stopWhenFlat("the sources have ended");
    world.pass(5_000);
    expect(events).toEqual(["settled"]);
    world.price(6310);
    world.pass(5_000);
    expect(events.at(-1)).toBe("ended null");
    expect(world.told.at(-1)?.fact).toMatchObject({ reason: "the sources have ended" });
  });

  test("that met too many bugs ends with that fault", () => {
    const world = appWorld();
    const source = scriptedSource();
    const accounts = DEFAULT_CONFIG.settings.accounts.map((one) => ({ ...one, rules: "nowhere" }));
    const opening = openingOf({ ...DEFAULT_CONFIG.settings, accounts });
    const { events } = begin(world, { sources: [source.plugged], opening });
    world.price(6326);
    world.pass(200);
    for (const id of ["m1", "m2", "m3"]) {
      source.speak().message(alertMessage(id, world.clock.now()));
    }
    world.pass(2_000);
    expect(events.at(-1)).toContain("ended 3 internal errors");
    expect(world.kinds().at(-1)).toBe("RunEnded");
  });

  test("that cannot write ends all the same, with its last facts in the lifeboat", () => {
    const world = appWorld();
    const { run, events } = begin(world);
    world.pass(200);
    world.turnDisk(false);
    run.stop("enough", { flatten: false });
    world.pass(1_000);
    expect(events.at(-1)).toBe("ended null");
    expect(world.boat.map(({ kind }) => kind)).toEqual(["RunEnded"]);
  });
});
