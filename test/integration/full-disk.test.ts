/** A journal on a disk that is full: exits go on, the lifeboat keeps what was done, a restart mends it. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { createLoop } from "../../src/app/loop.ts";
import { bringInLifeboat, foldJournal } from "../../src/app/recover.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { initialState } from "../../src/core/state.ts";
import { fileLifeboat } from "../../src/shell/files/lifeboat.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { verifyJournal } from "../../src/shell/sqlite/verify.ts";
import { valuesOf } from "../../src/std/trie.ts";
import { alertMessage, appWorld, openingOf } from "../kit/app-world.ts";
import { NOW } from "../kit/builders.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";

const open = (path: string, pagesMax?: number) => {
  const opened = openJournal(path, { at: NOW, ...(pagesMax === undefined ? {} : { pagesMax }) });
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
};

test("with the disk full a position is still closed, and nothing of it is forgotten", () => {
  const folder = temporaryFolder();
  const path = join(folder, "journal.db");
  const lifeboat = fileLifeboat(join(folder, "lifeboat.jsonl"));
  const world = appWorld();
  // Room for the start and one trade, and not for much more.
  const full = open(path, 22);
  const loop = createLoop({ ...world.parts, journal: full, lifeboat }, initialState);
  world.broker.open((report) => loop.offer({ kind: "report", report }));
  world.price(6326);
  loop.offer({ kind: "start", ...openingOf() });
  world.pass(500);
  const hear = (id: string, text?: string): void =>
    void loop.offer({
      kind: "message",
      message: alertMessage(id, world.clock.now(), text),
      tradable: true,
      room: OPEN_ROOM,
      from: 0,
    });
  hear("m1");
  world.pass(2_000);
  for (let n = 0; n < 40 && !loop.impaired(); n++) {
    hear(`chatter-${n}`, "so quiet today. ".repeat(200));
    world.pass(100);
  }
  expect(loop.impaired()).toBe(true);

  world.price(6327);
  loop.offer({ kind: "command", command: { kind: "close", trade: 1 } });
  world.pass(3_000);
  expect(valuesOf(world.broker.state.accounts)[0]?.positions).toEqual([]);
  expect(loop.impaired()).toBe(true);
  expect(lifeboat.load().map(({ kind }) => kind)).toContain("TradeClosed");
  const before = loop.state();
  loop.stop();
  full.close();

  // The process is gone; somebody makes room; the next one begins with what the boat holds.
  const journal = open(path);
  const late = bringInLifeboat(journal, lifeboat, NOW);
  expect(late).toMatchObject({ ok: true });
  expect(lifeboat.load()).toEqual([]);
  expect(foldJournal(journal).trades).toEqual(before.trades);
  journal.close();
  expect(verifyJournal(path)).toMatchObject({ ok: true });
});

test("a disk that takes again within the same run is noticed by itself", () => {
  const folder = temporaryFolder();
  const lifeboat = fileLifeboat(join(folder, "lifeboat.jsonl"));
  const world = appWorld();
  const loop = createLoop({ ...world.parts, lifeboat }, initialState);
  world.broker.open((report) => loop.offer({ kind: "report", report }));
  loop.offer({ kind: "start", ...openingOf() });
  world.pass(500);
  world.turnDisk(false);
  loop.offer({ kind: "command", command: { kind: "halt", reason: "full" } });
  world.pass(500);
  expect(lifeboat.load()).toHaveLength(2);
  world.turnDisk(true);
  world.pass(500);
  expect(loop.impaired()).toBe(false);
  expect(lifeboat.load()).toEqual([]);
  expect(world.kinds().slice(-3)).toEqual(["CommandTaken", "GateMoved", "JournalRecovered"]);
});
