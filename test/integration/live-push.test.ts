/** Nobody trades live whom no alarm would reach: one push channel has to have taken a test. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { terminal } from "../kit/terminal.ts";
import {
  ACCOUNT,
  ask,
  rehearsedBefore,
  simVenue,
  typeName,
  venueHouse,
} from "../kit/venue-house.ts";

const UNPROVED =
  "nobody could be woken: no push channel has passed a test (phone); say `tradestream notify test`";

async function started(here: string) {
  const house = terminal({ here });
  const over = house.run("start");
  onTestFinished(async () => {
    house.signal("SIGTERM");
    await over;
  });
  await house.shows("are whole again");
  await house.shows("agrees with the venue");
  return { house, over };
}

/** Until the account is compared and the price fresh: what it says then. */
async function pasted(venue: { cue(text: string): Promise<void> }, here: string) {
  const wanted = /nobody could be woken|#1 planned/;
  let said = "";
  await expect
    .poll(
      async () => {
        await venue.cue("price MES 6326.25 6326.00 6326.25");
        const { out, err } = await ask(here, "paste", "ES long 6326: A\nStop: 6316", "--yes");
        said = out + err;
        return said;
      },
      { timeout: 20_000, interval: 50 },
    )
    .toMatch(wanted);
  return said;
}

test("live entries wait until a push channel has passed a test, and for another one again", async () => {
  const venue = await simVenue();
  const here = venueHouse(venue.url);
  await rehearsedBefore(here);
  expect((await typeName(here)).out).toContain(`note    push: ${UNPROVED}`);
  const looked = await ask(here, "doctor");
  expect([looked.code, looked.out]).toEqual([
    0,
    expect.stringContaining(`note    push: ${UNPROVED}`),
  ]);

  const { house, over } = await started(here);
  expect(house.err()).toContain(`LIVE: no entries: ${UNPROVED}`);
  expect(await pasted(venue, here)).toContain(UNPROVED);
  // The process that runs takes it: from the next alert on.
  const tested = await ask(here, "notify", "test");
  expect(tested).toMatchObject({ code: 0, err: "" });
  expect(tested.out).toContain("phone: passed; live entries ask for one such channel");
  expect(await pasted(venue, here)).toContain("#1 planned");
  expect((await ask(here, "doctor")).out).toMatch(/OK {6}push: phone took a test message /);

  writeFileSync(join(here, "topic"), "another-topic\n");
  expect((await ask(here, "doctor")).out).toContain(`note    push: ${UNPROVED}`);
  // Without a house it is written down all the same; the topic itself is in no file of ours.
  house.signal("SIGTERM");
  await over;
  expect((await ask(here, "notify", "test")).code).toBe(0);
  expect((await ask(here, "doctor")).out).toMatch(/OK {6}push: phone took/);
  const journal = await ask(here, "journal", "show", "--json");
  expect(journal.out).toContain('"ChannelPassed"');
  expect(journal.out).not.toContain("another-topic");
});

test("a house without a push channel is told to name one", async () => {
  const venue = await simVenue();
  const here = venueHouse(venue.url);
  const lines = "notify: { channels: [{ kind: bell, name: bell }] }";
  const config = join(here, "config.yaml");
  const text = readFileSync(config, "utf8").replace(/notify: [\s\S]*\] \}\n/, `${lines}\n`);
  writeFileSync(config, text);
  await rehearsedBefore(here);
  const { out } = await typeName(here, ACCOUNT);
  expect(out).toContain("no push channel tells alarms; name one under notify.channels");
});
