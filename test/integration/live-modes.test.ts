/**
 * What stands between a person and live money, against the stand-in venue over real HTTP and hubs:
 * the preflight, the name typed, a start that is refused with one line, and panic.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Lie, loginCode, lying, tickValue } from "../kit/lying-venue.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";
import {
  ACCOUNT,
  ask,
  enabledHouse,
  KEY,
  pasteAlert,
  rehearsedBefore,
  type SimVenue,
  simVenue,
  typeName,
  venueHouse,
} from "../kit/venue-house.ts";

describe("a live start", () => {
  test("is refused where the account's firm lets no program trade it", async () => {
    const { url } = await simVenue();
    const here = await enabledHouse(url);
    const file = join(here, "config.yaml");
    const named = `name: ${ACCOUNT}`;
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(named, `${named}, plan: topstep/live-funded-50k`));
    const { code, err } = await ask(here, "start");
    expect({ code, err: err.trim() }).toEqual({
      code: 2,
      err: `live: ${ACCOUNT} follows topstep/live-funded-50k, and its firm lets no program trade such an account; trade it by hand, or name another account`,
    });
  });

  test("is refused until somebody has rehearsed and typed the account's name", async () => {
    const { url } = await simVenue();
    const here = venueHouse(url);
    const first = await ask(here, "start");
    expect(first.code).toBe(2);
    expect(first.err.split("\n")).toEqual([
      `live: ${ACCOUNT} is not enabled for live trading; say: tradestream live enable ${ACCOUNT}`,
      expect.stringMatching(/^live: nothing has been rehearsed yet; run `tradestream doctor/),
      "",
    ]);
    expect((await typeName(here)).err).toContain("not enabled: nothing has been rehearsed yet");

    await rehearsedBefore(here);
    // A rehearsal that was never begun takes nothing away; the tour rehearses in earnest.
    const mistyped = await ask(here, "doctor", "--rehearse", "--account", "PRAC-1");
    const says = `PRAC-1 is no practice account that may trade; there is ${ACCOUNT}`;
    expect(mistyped).toMatchObject({ code: 2, out: expect.stringContaining(says) });

    expect(await ask(here, "live", "enable", ACCOUNT)).toMatchObject({
      code: 2,
      err: expect.stringContaining("somebody has to type its name on a terminal"),
    });
    expect(await typeName(here, "PRAC")).toMatchObject({
      code: 2,
      err: expect.stringContaining(`not enabled: ${ACCOUNT} is its name`),
    });
    const enabled = await typeName(here);
    expect(enabled.out).toContain("loss per trade at most $200.00, 10 trades a day");
    expect(enabled.out).toContain(`${ACCOUNT} may trade live from the next start on`);
    expect(enabled.code).toBe(0);
  });

  test("cannot be allowed where there is no configuration, or one for paper", async () => {
    const { url } = await simVenue();
    const enable = async (here: string) => (await ask(here, "live", "enable", ACCOUNT)).err;
    expect(await enable(temporaryFolder())).toContain("there is no config.yaml here; write one");
    expect(await enable(venueHouse(url, { mode: "paper" }))).toContain("the mode is paper; write");
    expect(await enable(venueHouse(url, { mode: "lve" }))).toContain("config.yaml:1:7 mode: ");
    const other = await ask(venueHouse(url), "live", "enable", "PRAC-1");
    expect(other.err).toContain(`broker.accounts has no PRAC-1, only ${ACCOUNT}`);
  });

  test("is looked into, prices and all", async () => {
    const { url } = await simVenue();
    const looked = await ask(venueHouse(url), "doctor", "--broker");
    expect(looked.out).toMatch(/^(OK {6}|note {4})prices MES: 6326.25, /m);
  });

  test("asks again for a raised limit, not for a lower one", async () => {
    const { url } = await simVenue();
    const here = await enabledHouse(url);
    const limits = (trades: number) =>
      `rules: { default: { limits: { tradesPerDay: ${trades} } } }`;
    venueHouse(url, { yaml: limits(20) }, here);
    const { code, err } = await ask(here, "start");
    expect([code, err]).toEqual([
      2,
      `live: ${ACCOUNT} was enabled for less: trades a day: 20, was 10; say: tradestream live enable ${ACCOUNT}\n`,
    ]);
    venueHouse(url, { yaml: limits(3) }, here);
    const running = terminal({ here });
    const ended = running.run("start");
    await running.shows("started, live");
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
  });
});

describe("a live account of a firm", () => {
  const following = (here: string, plan: string, more = "") => {
    const file = join(here, "config.yaml");
    const text = readFileSync(file, "utf8");
    const terms = `name: ${ACCOUNT}, plan: ${plan}${more}`;
    writeFileSync(file, text.replace(/name: [^}\n]*(?= \})/, terms));
  };
  const again = `say: tradestream live enable ${ACCOUNT}`;

  test("is asked about again for another plan, and for one that asks less", async () => {
    const { url } = await simVenue();
    const here = venueHouse(url);
    await rehearsedBefore(here);
    following(here, "topstep/combine-50k");
    const typed = await typeName(here);
    expect(typed.out).toContain("by the plan topstep/combine-50k, verified ");
    expect(typed.out).toContain("loss at most $2000.00 (end-of-day)");
    following(here, "topstep/combine-100k");
    expect(await ask(here, "start")).toMatchObject({
      code: 2,
      err: `live: ${ACCOUNT} was enabled for the plan topstep/combine-50k, not for topstep/combine-100k; ${again}\n`,
    });
    following(here, "topstep/combine-50k", ", floorBuffer: 10");
    expect(await ask(here, "start")).toMatchObject({
      code: 2,
      err: `live: ${ACCOUNT} was enabled when topstep/combine-50k asked more: buffer above the floor: $10.00, was $100.00; ${again}\n`,
    });
    await typeName(here);
    const running = terminal({ here });
    const ended = running.run("start");
    await running.shows("started, live");
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
  });
});

interface Mistake {
  readonly what: string;
  readonly change?: Parameters<typeof venueHouse>[1];
  readonly cue?: string;
  /** What somebody between us and the venue makes of its answers. */
  readonly lie?: Lie;
  readonly said: string;
}

const MISTAKES: readonly Mistake[] = [
  {
    what: "a wrong key",
    change: { key: "another-key" },
    said: "topstepx: key: login refused (code 3): the venue refused user name and API key; give ",
  },
  {
    what: "no subscription",
    lie: loginCode(9),
    said: "topstepx: subscription: login refused (code 9): this user has no API subscription; buy API access",
  },
  {
    what: "agreements that are not signed",
    lie: loginCode(7),
    said: "topstepx: agreements: login refused (code 7): agreements are waiting for you; log in to the platform",
  },
  {
    what: "an account nobody has",
    change: { id: 999 },
    said: "topstepx: account: 999 (PRAC-V2-TRADER-1) is not among the active accounts of this login: ",
  },
  {
    what: "an account that may not trade",
    cue: "account 101 canTrade false",
    said: "topstepx: account: 101 (PRAC-V2-TRADER-1) may not trade: ",
  },
  {
    what: "an account of another kind",
    change: { broker: "  simulated: false" },
    said: "topstepx: account: 101 (PRAC-V2-TRADER-1) is simulated at the venue and real money in the ",
  },
];

describe("a mistake", () => {
  test.each(MISTAKES)(
    "$what ends the start with one line, and nothing is traded",
    async (mistake) => {
      const venue = await simVenue();
      const here = await enabledHouse(venue.url);
      const before = (await venue.state()).orders.length;
      if (mistake.change !== undefined) venueHouse(venue.url, mistake.change, here);
      if (mistake.lie !== undefined) venueHouse(await lying(venue.url, mistake.lie), {}, here);
      if (mistake.cue !== undefined) await venue.cue(mistake.cue);
      const { code, out, err } = await ask(here, "start");
      const lines = err.trim().split("\n");
      expect(lines.at(-1)).toContain(mistake.said);
      expect(lines.filter((line) => line.startsWith("topstepx"))).toHaveLength(1);
      expect([code, out]).toEqual([2, ""]);
      expect((await venue.state()).orders).toHaveLength(before);
      expect(err).not.toContain(KEY);
    },
  );

  test("a tick of another size ends it too", async () => {
    const venue = await simVenue();
    const here = await enabledHouse(venue.url);
    venueHouse(await lying(venue.url, tickValue), {}, here);
    const { code, err } = await ask(here, "start");
    expect(err).toMatch(/^topstepx: contract MES: .*12\.5 at the venue, \$1\.25 in our table; /);
    expect([code, err.trim().split("\n").length]).toEqual([2, 1]);
  });
});

describe("a running live house", () => {
  async function trading(venue: SimVenue, here: string) {
    const running = terminal({ here });
    const ended = running.run("start");
    await running.shows("agrees with the venue");
    const pasted = await pasteAlert(venue, here);
    return { running, ended, pasted };
  }

  test("takes one contract on its first date, and panic gets it out without being asked", async () => {
    const venue = await simVenue();
    const here = await enabledHouse(venue.url);
    const { running, ended, pasted } = await trading(venue, here);
    expect(pasted).toMatch(/1 MES long.*\n.*not 3: live trade date 1 of 5/);
    await running.shows("#1 stop confirmed");
    expect(running.err()).toContain(`LIVE: orders go to ${ACCOUNT} at TopstepX`);
    expect(running.err()).toContain("no server, no VPS, no VPN");

    const panic = await ask(here, "panic", "--yes");
    expect(panic.out).toContain(`FLAT ${ACCOUNT}: flat: no position and no order at work`);
    expect(panic.code).toBe(0);
    await running.shows("halted: panic");
    const { positions, orders } = await venue.state();
    expect(positions).toEqual([]);
    expect(orders.filter(({ status }) => [1, 6, 7, 8].includes(status))).toEqual([]);
    await running.shows("#1 closed");
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
    expect(readFileSync(join(here, "data", "log.jsonl"), "utf8")).not.toContain(KEY);
  });

  test("that was stopped leaves its stop; a start that may not trade cares for it all the same", async () => {
    const venue = await simVenue();
    const here = await enabledHouse(venue.url);
    const { running, ended } = await trading(venue, here);
    await running.shows("#1 stop confirmed");
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
    await venue.cue("account 101 canTrade false");
    const again = terminal({ here });
    const over = again.run("start");
    await again.shows(
      "only exits allowed: topstepx: account: 101 (PRAC-V2-TRADER-1) may not trade",
    );
    again.signal("SIGTERM");
    expect(await over).toBe(0);
    // A paper start does not forget it either.
    venueHouse(venue.url, { mode: "paper" }, here);
    const paper = terminal({ here });
    const last = paper.run("start");
    await paper.shows("only exits allowed: live trades are open");
    paper.signal("SIGTERM");
    expect(await last).toBe(0);
    expect((await ask(here, "panic", "--yes")).out).toContain(`FLAT ${ACCOUNT}`);
    expect(existsSync(join(here, "data", "HALT"))).toBe(true);
  });
});

describe("the mode twin", () => {
  test("takes every live trade on paper too, and lays one beside the other", async () => {
    const venue = await simVenue();
    const here = await enabledHouse(venue.url);
    // Whatever the hour at which this runs.
    venueHouse(venue.url, { mode: "twin", yaml: "paper: { sessions: always-open }" }, here);
    const running = terminal({ here });
    const ended = running.run("start");
    await running.shows(`${ACCOUNT} agrees with the venue`);
    await running.shows(`${ACCOUNT} on paper agrees with the venue`);
    // Its line may have opened since, and then it is compared once more.
    await expect
      .poll(async () => (await ask(here, "status")).out)
      .not.toContain("not been compared");
    const pasted = await pasteAlert(venue, here);
    expect(pasted).toContain("#1 planned on PRAC-V2-TRADER-1: 1 MES");
    expect(pasted).toContain("#2 planned on PRAC-V2-TRADER-1 on paper: 1 MES");
    expect(pasted.match(/#[12] {3}.*not 3: live trade date 1 of 5/g)).toHaveLength(2);
    await running.shows("#1 stop confirmed");
    await venue.cue("price MES 6326.50 6326.25 6326.50");
    await running.shows("#2 stop confirmed");
    await venue.cue("price MES 6334.00 6333.75 6334.00");
    await running.shows("#1 closed by targets");
    await venue.cue("price MES 6335.00 6334.75 6335.00");
    await running.shows("#2 closed by targets");
    const { out } = await ask(here, "trades", "--twin");
    expect(out).toMatch(/#1 +#2 +1 MES long +6326\.25 +6326\.\d\d +-?0\.\d\d/);
    expect(out).toMatch(/live made -?\$\d+\.\d\d against paper/);
    const panic = await ask(here, "panic", "--yes");
    expect(panic.out).toContain(`FLAT ${ACCOUNT}`);
    expect(panic.out).toContain("paper: the running process is closing every trade");
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
  });
});
