/**
 * Panic at a live venue, with the process that traded hung, dead, or unable to write: real
 * processes, the stand-in venue over real HTTP.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Running, start } from "../kit/built-program.ts";
import {
  ACCOUNT,
  ask,
  enabledHouse,
  pasteAlert,
  type SimVenue,
  simVenue,
} from "../kit/venue-house.ts";

/** A process of its own with one contract and its bracket at the venue. */
async function trading(): Promise<{ venue: SimVenue; here: string; running: Running }> {
  const venue = await simVenue();
  const here = await enabledHouse(venue.url);
  const running = start(here, "start");
  await running.shows("agrees with the venue");
  const pasted = await pasteAlert(venue, here);
  expect(pasted).toContain("#1 planned: 1 MES");
  expect(pasted).toMatch(/#1 {3}at risk .*, not 3: live trade date 1 of 5/);
  await running.shows("#1 stop confirmed");
  return { venue, here, running };
}

const AT_WORK = [1, 6, 7, 8];

async function isFlat(venue: SimVenue): Promise<boolean> {
  const { positions, orders } = await venue.state();
  return positions.length === 0 && !orders.some(({ status }) => AT_WORK.includes(status));
}

describe("panic", () => {
  test.each(["SIGSTOP", "SIGKILL"] as const)("after %s gets flat all the same", async (signal) => {
    const { venue, here, running } = await trading();
    running.child.kill(signal);
    if (signal === "SIGKILL") await running.ended;
    expect(await isFlat(venue)).toBe(false);
    const { code, out } = await ask(here, "panic", "--yes");
    expect(out).toContain(`FLAT ${ACCOUNT}: flat: no position and no order at work`);
    expect([code, await isFlat(venue)]).toEqual([0, true]);
    if (signal === "SIGKILL") return;
    // Awake again, it sees the file and what has become of its trade.
    running.child.kill("SIGCONT");
    await running.shows("halted: panic");
    await running.shows("#1 closed");
  });
});

/** The kill switch with everything around it broken. How fast it is, is measured in `bench`. */
test("flatten waits for no journal, no lifeboat, no log and no screen", async () => {
  const { venue, here, running } = await trading();
  const data = join(here, "data");
  const database = new Database(join(data, "journal.db"));
  onTestFinished(() => void database.close());
  database.exec("BEGIN IMMEDIATE");
  mkdirSync(join(data, "lifeboat.jsonl"));
  rmSync(join(data, "log.jsonl"));
  mkdirSync(join(data, "log.jsonl"));
  running.child.stdout?.destroy();
  const facts = database.prepare("SELECT count(*) FROM facts").pluck();
  const before = facts.get();
  const orders = (await venue.state()).orders.length;
  expect((await ask(here, "flatten")).code).toBe(0);
  await expect.poll(() => isFlat(venue), { timeout: 20_000, interval: 10 }).toBe(true);
  // The venue is flat, and not one fact of it is in the journal yet.
  expect(facts.get()).toBe(before);
  database.exec("ROLLBACK");
  const written = database.prepare("SELECT kind FROM facts WHERE sequence > ?").pluck();
  await expect
    .poll(() => written.all(before), { timeout: 20_000 })
    .toEqual(expect.arrayContaining(["ExitBegun", "TradeClosed", "JournalRecovered"]));
  // What was asked of it moved orders that were there: it sent none twice, and no new one.
  expect((await venue.state()).orders).toHaveLength(orders);
});
