/**
 * Panic at a live venue, with the process that traded hung, dead, or unable to write: real
 * processes, the stand-in venue over real HTTP.
 */
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
  expect(await pasteAlert(venue, here)).toContain("#1 planned: 1 (not 3");
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

test("flatten does not wait for a journal that somebody holds", async () => {
  const { venue, here, running } = await trading();
  const database = new Database(join(here, "data", "journal.db"));
  onTestFinished(() => void database.close());
  database.exec("BEGIN IMMEDIATE");
  const begun = performance.now();
  expect((await ask(here, "flatten")).code).toBe(0);
  while (!(await isFlat(venue))) expect(performance.now() - begun).toBeLessThan(5_000);
  const took = performance.now() - begun;
  database.exec("ROLLBACK");
  await running.shows("#1 closed");
  await running.shows("the disk refused for a while");
  // From the first word of the command to the venue's last: a process, a socket, two calls.
  expect(took).toBeLessThan(1_500);
});
