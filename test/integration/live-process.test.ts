/**
 * Live trading as a stranger has it: two processes, real HTTP and WebSocket, a chat file, and the
 * stand-in venue for the venue. What is asked is the venue's truth, not what the house says of it.
 */
import { describe, expect, test } from "vitest";
import { type Running, run } from "../kit/built-program.ts";
import {
  atWork,
  entriesAt,
  moved,
  netAt,
  netHere,
  oneSeasonedHouse,
  post,
  says,
  started,
  until,
  venueProcess,
} from "../kit/live-process.ts";
import type { SimVenue } from "../kit/venue-house.ts";

const ALERT = "🚨 ES long 6326: A\nStop: 6316\n@everyone";
const FLAT = { held: 0, orders: [] };
const OPEN = {
  held: 3,
  orders: ["stop 6316 x1", "stop 6316 x2", "limit 6333 x1", "limit 6338 x2"],
};
const REST = { held: 2, orders: ["stop 6326.25 x2", "limit 6338 x2"] };
const AT_TARGET_1 = "price MES 6333.50 6333.25 6333.50";
const AT_TARGET_2 = "price MES 6338.50 6338.25 6338.50";

const seasoned = oneSeasonedHouse();

interface Trade {
  readonly venue: SimVenue;
  readonly here: string;
  readonly house: Running;
}

/** An alert has been taken; everything rests where it should. */
async function opened(): Promise<Trade> {
  const venue = await venueProcess();
  const here = moved(await seasoned(), venue.url);
  const house = await started(here);
  await venue.cue("price MES 6326.25 6326.00 6326.25");
  post(here, "one", ALERT);
  await until(venue, OPEN);
  return { venue, here, house };
}

async function stopped(house: Running): Promise<void> {
  house.child.kill("SIGTERM");
  expect(await house.ended).toBe(0);
}

/** Two entries and no third; the journal whole; every cent the same three times. */
async function agrees({ venue, here }: Trade): Promise<void> {
  const truth = await venue.state();
  expect(entriesAt(truth).map(({ size }) => size)).toEqual([1, 2]);
  const net = netAt(truth);
  expect(net).not.toBe(0);
  expect(await netHere(here)).toEqual({ journal: net, ledger: net });
  expect(truth.accounts[0]?.balance).toBe(150_000 + net / 100);
  expect((await run(here, "journal", "verify")).code).toBe(0);
}

/** Target 1 has been reached: breakeven, Target 2, and everybody agrees on the result. */
async function toTheEnd(trade: Trade, house: Running): Promise<void> {
  const { venue } = trade;
  await until(venue, REST);
  await venue.cue(AT_TARGET_2);
  await until(venue, FLAT);
  await says(house, /#6 closed by targets/);
  await stopped(house);
  await agrees(trade);
}

describe("an alert in a chat file", () => {
  test("is two entries with brackets, breakeven at Target 1, flat at Target 2, to the cent", async () => {
    const trade = await opened();
    const { venue, here, house } = trade;
    const doctor = await run(here, "doctor", "--broker");
    expect([doctor.code, doctor.out]).toEqual([0, expect.not.stringContaining("PROBLEM")]);
    await venue.cue(AT_TARGET_1);
    await toTheEnd(trade, house);
  });
});

describe("the process", () => {
  test("that is asked to stop leaves stops and targets at work, and the next one goes on", async () => {
    const trade = await opened();
    const { venue, here, house } = trade;
    await stopped(house);
    expect(atWork(await venue.state())).toEqual(OPEN);
    const next = await started(here);
    await venue.cue(AT_TARGET_1);
    await until(venue, REST);
    expect((await run(here, "flatten")).code).toBe(0);
    await until(venue, FLAT);
    await says(next, /#6 closed/);
    await stopped(next);
    await agrees(trade);
  });

  test("that is killed finds what happened meanwhile, and orders nothing twice", async () => {
    const trade = await opened();
    const { venue, here, house } = trade;
    house.child.kill("SIGKILL");
    await house.ended;
    await venue.cue(AT_TARGET_1);
    await until(venue, { held: 2, orders: ["stop 6316 x2", "limit 6338 x2"] });
    const next = await started(here);
    await toTheEnd(trade, next);
  });

  test("that is killed and not started again is got out of by panic", async () => {
    const { venue, here, house } = await opened();
    house.child.kill("SIGKILL");
    await house.ended;
    const { code, out } = await run(here, "panic", "--yes");
    expect([code, out]).toEqual([0, expect.stringContaining("FLAT PRAC-V2-TRADER-1")]);
    expect(atWork(await venue.state())).toEqual(FLAT);
  });
});

describe("the line to the venue", () => {
  test("gone while a target fills: found out when it is back, and managed", async () => {
    const trade = await opened();
    const { venue, house } = trade;
    await venue.cue("fault hub-refused 1\nfault server-error 1\nfault hub-dropped once user");
    await venue.cue(AT_TARGET_1);
    await expect
      .poll(() => struckAt(venue, "server-error"), { timeout: 20_000 })
      .toBeGreaterThan(3);
    expect(atWork(await venue.state()).orders).toContain("stop 6316 x2");
    await venue.cue("fault off");
    await toTheEnd(trade, house);
  });
});

async function struckAt({ url }: SimVenue, fault: string): Promise<number> {
  const answer = await fetch(`${url}/__sim/state`);
  const { faults }: { readonly faults: { readonly struck: Readonly<Record<string, number>> } } =
    JSON.parse(await answer.text());
  return faults.struck[fault] ?? 0;
}
