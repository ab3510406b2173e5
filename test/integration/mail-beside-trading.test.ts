/**
 * Live trading beside a mail server on its bad days: two processes of the built program, a real SMTP
 * server, one trade from alert to close. Trading waits for no mail, and when the server is well again
 * everything is told, each piece once.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { type Running, run } from "../kit/built-program.ts";
import {
  atWork,
  moved,
  oneSeasonedHouse,
  post,
  says,
  started,
  until,
  venueProcess,
} from "../kit/live-process.ts";
import { type MailDay, type MailServer, mailServer } from "../kit/mail-server.ts";
import type { SimVenue } from "../kit/venue-house.ts";

const ALERT = "🚨 ES long 6326: A\nStop: 6316";
const FLAT = { held: 0, orders: [] };
const OPEN = {
  held: 3,
  orders: ["stop 6316 x1", "stop 6316 x2", "limit 6333 x1", "limit 6338 x2"],
};
const BEYOND = "price MES 6338.50 6338.25 6338.50";
const PASSWORD = "correct-horse-battery-staple";

const seasoned = oneSeasonedHouse();

async function server(options: Parameters<typeof mailServer>[0] = {}): Promise<MailServer> {
  const one = await mailServer(options);
  onTestFinished(one.close);
  return one;
}

const channel = (port: number, more = ""): string =>
  `, { kind: email, name: mail, host: 127.0.0.1, port: ${port}, security: none${more},
     from: bot@example.com, to: [trader@example.com] }`;

const settled = { timeout: 15_000, interval: 25 };

/** One trade, from the alert to both targets. */
async function trade(venue: SimVenue, here: string): Promise<void> {
  await venue.cue("price MES 6326.25 6326.00 6326.25");
  post(here, "one", ALERT);
  await until(venue, OPEN);
  await venue.cue(BEYOND);
  await until(venue, FLAT);
}

async function stopped(house: Running): Promise<void> {
  house.child.kill("SIGTERM");
  expect(await house.ended).toBe(0);
}

interface Standing {
  readonly channel: string;
  readonly waiting: number;
  readonly sent: number;
  readonly expired: number;
}

async function standing(here: string): Promise<Standing | undefined> {
  const { out } = await run(here, "notify", "status", "--json");
  const { channels }: { readonly channels: readonly Standing[] } = JSON.parse(out);
  return channels.find(({ channel: name }) => name === "mail");
}

/** As if the pause before the next try were over; nobody runs meanwhile. */
function passPauses(here: string): void {
  const books = new Database(join(here, "data", "journal.db"));
  books.prepare("UPDATE letters SET due_at = 0 WHERE state = 'waiting'").run();
  books.close();
}

/** What the venue was sent, so long after the alert was heard. */
async function sentAfter(here: string): Promise<number> {
  const { out } = await run(here, "trades", "6", "--json");
  const times: { readonly receivedToDecidedMs: number; readonly decidedToSentMs: number } =
    JSON.parse(out);
  return times.receivedToDecidedMs + times.decidedToSentMs;
}

const BAD: readonly (readonly [how: string, day: MailDay | "gone"])[] = [
  ["refuses every connection", "gone"],
  ["says: come back later", "later"],
  ["hangs up in the middle of the text", "drops"],
  ["takes the text and says nothing", "silent"],
];

test.each(BAD)("a mail server that %s delays no order and loses no word", async (_, day) => {
  const venue = await venueProcess();
  const bad = await server();
  if (day === "gone") await bad.close();
  else bad.day = day;
  const here = moved(await seasoned(), venue.url, { channels: channel(bad.port) });
  const house = await started(here);
  await trade(venue, here);
  await says(house, /#6 closed by targets/);
  await stopped(house);
  expect(await sentAfter(here)).toBeLessThan(1_000);
  expect(bad.mails).toEqual([]);
  const before = await standing(here);
  expect(before).toMatchObject({ sent: 0, expired: 0 });
  expect(before?.waiting).toBeGreaterThan(5);

  // Well again: what was tried goes out under the id it had, the rest for the first time.
  const well = day === "gone" ? await server({ port: bad.port }) : bad;
  well.day = "well";
  passPauses(here);
  const ids = lettersOf(here);
  const next = await started(here);
  await expect.poll(() => textOf(well), settled).toContain("#6 closed by targets");
  await expect.poll(async () => (await standing(here))?.waiting, settled).toBe(0);
  await stopped(next);
  const named = well.mails.map(({ mail }) => mail.messageId);
  expect(new Set(named).size).toBe(named.length);
  for (const id of ids) expect(named).toContain(`<${id}@tradestream.invalid>`);
  const told = textOf(well);
  for (const once of ["#6 long 3 MES", "#6 closed by targets"]) {
    expect(told.split(once).length - 1, once).toBe(1);
  }
  expect(atWork(await venue.state())).toEqual(FLAT);
});

/** Ids of letters that were tried and not taken. */
function lettersOf(here: string): readonly string[] {
  const books = new Database(join(here, "data", "journal.db"), { readonly: true });
  const bodies = books.prepare("SELECT body FROM letters WHERE channel = 'mail'").pluck().all();
  books.close();
  return bodies.map((body): string => JSON.parse(String(body)).id);
}

const textOf = ({ mails }: MailServer): string => mails.map(({ mail }) => mail.text).join("\n");

test("a wrong password is told once, with what to do, and without itself", async () => {
  const venue = await venueProcess();
  const login = { user: "trader", password: PASSWORD };
  const post25 = await server({ login });
  post25.day = "other-password";
  const more = ", user: trader, password: file:mail-password";
  const here = moved(await seasoned(), venue.url, { channels: channel(post25.port, more) });
  writeFileSync(join(here, "mail-password"), `${PASSWORD}\n`, { mode: 0o600 });
  const house = await started(here);
  await trade(venue, here);
  await says(house, /#6 closed by targets/);
  await says(house, /mail: not delivered/);
  await stopped(house);
  const said = house.out() + house.err();
  expect(said.match(/mail: not delivered/g)).toHaveLength(1);
  expect(said).toMatch(/mail: not delivered: .*password/);
  expect(said).not.toContain(PASSWORD);
  expect((await standing(here))?.waiting).toBeGreaterThan(5);
});
