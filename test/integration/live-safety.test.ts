/**
 * When something about the login, the contract or the clock is wrong: with contracts open a start
 * looks after them, and a house that runs enters nothing more. Against the stand-in venue, as the
 * commands a person types.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Lie, loginCode, lying, tickValue } from "../kit/lying-venue.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";
import {
  ACCOUNT,
  ask,
  enabledHouse,
  pasteAlert,
  type SimVenue,
  simVenue,
  venueHouse,
} from "../kit/venue-house.ts";

async function trading(venue: SimVenue, here: string) {
  const running = terminal({ here });
  const ended = running.run("start");
  await running.shows("agrees with the venue");
  expect(await pasteAlert(venue, here)).toContain("#1 planned");
  await running.shows("#1 stop confirmed");
  return { running, ended };
}

/** A contract and its bracket at the venue, and nobody who runs. */
async function leftOpen(): Promise<{ venue: SimVenue; here: string }> {
  const venue = await simVenue();
  const here = await enabledHouse(venue.url);
  const { running, ended } = await trading(venue, here);
  running.signal("SIGTERM");
  expect(await ended).toBe(0);
  return { venue, here };
}

/** Calls go there; the hubs stay where they are. */
function callsThrough(here: string, url: string): void {
  const path = join(here, "config.yaml");
  const text = readFileSync(path, "utf8").replace(/restUrl: \S+/, `restUrl: ${url}`);
  writeFileSync(path, text);
}

const ahead = (by: number): Lie => ({ ahead: () => by });

describe("a start with a contract open", () => {
  test("goes on with exits only where something is not as it should be", async () => {
    const { venue, here } = await leftOpen();
    const start = async (lie: Lie, said: string): Promise<void> => {
      venueHouse(venue.url, {}, here);
      callsThrough(here, await lying(venue.url, lie));
      const running = terminal({ here });
      const ended = running.run("start");
      await running.shows(`only exits allowed: topstepx: ${said}`);
      await running.shows("agrees with the venue");
      running.signal("SIGTERM");
      expect(await ended).toBe(0);
    };
    await start(tickValue, "contract MES: ");
    await start(ahead(8_000), "clock: ");
    venueHouse(venue.url, { broker: "  simulated: false" }, here);
    const running = terminal({ here });
    const ended = running.run("start");
    await running.shows(
      "only exits allowed: topstepx: account: 101 (PRAC-V2-TRADER-1) is simulated",
    );
    // And it is looked after: the person who sees the line gets out.
    expect((await ask(here, "flatten")).code).toBe(0);
    await running.shows("#1 closed");
    expect((await venue.state()).positions).toEqual([]);
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("ends where nothing could be looked after: no login, no such account", async () => {
    const { venue, here } = await leftOpen();
    const before = await venue.state();
    const refused = async (said: string): Promise<void> => {
      const { code, out, err } = await ask(here, "start");
      expect([code, out]).toEqual([2, ""]);
      expect(err.trim().split("\n").at(-1)).toContain(said);
    };
    venueHouse(venue.url, { key: "another-key" }, here);
    await refused("topstepx: key: login refused (code 3): ");
    for (const [code, subject] of [
      [7, "agreements"],
      [9, "subscription"],
    ] as const) {
      venueHouse(await lying(venue.url, loginCode(code)), {}, here);
      await refused(`topstepx: ${subject}: login refused (code ${code}): `);
    }
    venueHouse(venue.url, { id: 999 }, here);
    await refused("topstepx: account: 999 (PRAC-V2-TRADER-1) is not among the active accounts");
    const after = await venue.state();
    expect([after.positions, after.orders]).toEqual([before.positions, before.orders]);
  });
});

describe("a calendar that has run out", () => {
  const OLD = `exchange: CME Globex
source: a test
verified: 2024-01-02
validUntil: 2024-12-31
opens: "17:00"
ends: "16:00"
days: []
`;
  const withOld = (here: string): void => {
    writeFileSync(join(here, "old.yaml"), OLD);
    const path = join(here, "config.yaml");
    writeFileSync(path, `${readFileSync(path, "utf8")}calendar: ./old.yaml\n`);
  };
  const said = "live: holidays are known until 2024-12-31 only; name a newer file";

  test("ends a live start, and a start with a contract open only leaves", async () => {
    const venue = await simVenue();
    const here = await enabledHouse(venue.url);
    withOld(here);
    const flat = await ask(here, "start");
    expect([flat.code, flat.err]).toEqual([2, expect.stringContaining(said)]);

    const open = await leftOpen();
    withOld(open.here);
    const running = terminal({ here: open.here });
    const ended = running.run("start");
    await running.shows(`only exits allowed: ${said}`);
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("is told of on paper, at the start", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "old.yaml"), OLD);
    writeFileSync(join(here, "config.yaml"), "calendar: ./old.yaml\n");
    const running = terminal({ here });
    const ended = running.run("start");
    await running.shows("agrees with the venue");
    expect(running.err()).toContain("holidays are known until 2024-12-31 only");
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
  });
});

test("a clock that is off ends a start with one line", async () => {
  const venue = await simVenue();
  const here = await enabledHouse(venue.url);
  venueHouse(await lying(venue.url, ahead(8_000)), {}, here);
  const { code, err } = await ask(here, "start");
  expect(err).toMatch(
    /^topstepx: clock: [78]\.\d s behind the venue's; switch on automatic time, /,
  );
  expect([code, err.trim().split("\n").length]).toEqual([2, 1]);
});

describe("a house that runs", () => {
  test.each([
    [3, "the venue refused user name and API key"],
    [7, "agreements are waiting for you"],
    [9, "this user has no API subscription"],
  ])(
    "enters nothing more once its login is refused with code %s, and says why",
    async (...told) => {
      const [code, reason] = told;
      const venue = await simVenue();
      const here = await enabledHouse(venue.url);
      const { running, ended } = await trading(venue, here);
      await venue.cue(`refuse Auth/loginKey ${code}\nrevoke`);
      await running.shows(
        `only exits allowed on ${ACCOUNT}: login refused (code ${code}): ${reason}`,
      );
      const { positions, orders } = await venue.state();
      expect(positions).toHaveLength(1);
      expect(orders.filter(({ status, type }) => status === 1 && type === 4)).toHaveLength(1);
      running.signal("SIGTERM");
      expect(await ended).toBe(0);
    },
  );

  test("waits with entries while the clocks are apart, and goes on by itself", async () => {
    const venue = await simVenue();
    const here = await enabledHouse(venue.url);
    let by = 0;
    callsThrough(here, await lying(venue.url, { ahead: () => by }));
    const { running, ended } = await trading(venue, here);
    by = 9_000;
    await running.shows(`behind the venue's: only exits on ${ACCOUNT} until it is right`);
    await venue.cue("price MES 6333.50 6333.25 6333.50");
    await running.shows("#1 closed by targets");
    const { out } = await ask(here, "paste", "ES long 6333: A\nStop: 6323", "--yes");
    expect(out).toMatch(/our clock is [89]\.\d s behind the venue's, limit 5 s; set it right/);
    by = 0;
    await running.shows(`entries allowed on ${ACCOUNT} again`);
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
  });
});
