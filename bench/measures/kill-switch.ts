/**
 * From a person's `flatten` to its first request at the venue, over the control socket and HTTP, with
 * the journal well and with one that cannot be written.
 *
 * ```text
 * question written ─► socket ─► decided ─► request arrives                              (timed)
 *    a contract with its bracket before it; flat, written down and resumed after it  (not timed)
 * ```
 *
 * House and venue are processes of their own; both moments are taken by the one that asks, on its
 * clock. Broken means: the file is held by somebody else, and the house has tried in vain already.
 *
 * A house may make so many calls a minute and no more, and each kill takes a dozen. Rather than wait
 * until there will be more, a new house goes on, which has made none yet.
 */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { BASE_PRICE } from "../kit/alerts.ts";
import { distributionOf } from "../kit/distribution.ts";
import { builtProgram } from "../kit/installation.ts";
import { type LiveProgram, liveProgram, STOP_AWAY } from "../kit/live-program.ts";
import { atMost, type Bench, type Finding, type Measure } from "../kit/measure.ts";

/** Of one house: with more of them its next entry would have to wait for the minute to end. */
const KILLS = 6;
const HOUSES = 2;
const GOAL = 250;
/** The bracket is in the books, and the house has gone quiet. */
const REST = 500;
const LONG_REST = 1_000;
/** The disk is tried four times a second: the command comes anywhere in between. */
const WAITS = 1_000;

export const killSwitch: Measure = {
  name: "kill-switch",
  async run(bench) {
    if (builtProgram() === null) {
      bench.tell("no process without a build: npm run build");
      return [];
    }
    bench.tell("flatten to its first request at the venue");
    return [
      finding("kill", "flatten -> request at the venue", await kills(bench, false)),
      finding("kill broken", "the same, journal unwritable", await kills(bench, true)),
    ];
  },
};

const finding = (id: string, what: string, samples: readonly number[]): Finding => {
  const product = distributionOf(samples);
  return {
    ...{ id, what, unit: "ms", product, floor: null, ratio: null },
    goals: [{ ...atMost(product.max, GOAL, "ms"), text: `max <= ${GOAL} ms` }],
  };
};

async function kills(bench: Bench, isBroken: boolean): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let n = 0; n < Math.ceil(HOUSES / bench.quicker); n++) {
    const house = await liveProgram(bench.disk.folder());
    try {
      samples.push(...(await killsOf(house, isBroken)));
    } finally {
      await house.stop();
    }
  }
  return samples;
}

async function killsOf(house: LiveProgram, isBroken: boolean): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let n = 0; n < KILLS; n++) {
    const name = `${isBroken ? "broken" : "well"}-${n}`;
    await house.price();
    house.post(name, name, `ES long ${BASE_PRICE}: A\nStop: ${BASE_PRICE - STOP_AWAY}`);
    await house.holds(1);
    await pause(REST);
    samples.push(isBroken ? await withoutJournal(house, name) : await kill(house));
    await written(house);
    await house.ask({ kind: "resume" });
    await pause(LONG_REST);
  }
  return samples;
}

async function kill(house: LiveProgram): Promise<number> {
  const change = house.nextChange();
  const from = performance.now();
  const asked = house.ask({ kind: "flatten", account: null });
  const took = (await change) - from;
  await house.holds(0);
  await asked;
  return took;
}

async function withoutJournal(house: LiveProgram, name: string): Promise<number> {
  const journal = new Database(join(house.data, "journal.db"));
  journal.exec("BEGIN IMMEDIATE");
  try {
    // Something to write: from here on the disk is tried again and again.
    house.post(`${name}-chatter`, name, "so quiet today");
    await pause(WAITS * (0.5 + Math.random()));
    return await kill(house);
  } finally {
    journal.exec("ROLLBACK");
    journal.close();
  }
}

/** The journal holds all of it, and the trade is over in the books too. */
async function written(house: LiveProgram): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await house.ask({ kind: "status" });
    if (answer.kind === "status" && !answer.status.impaired && answer.status.trades.length === 0) {
      return;
    }
    await pause(50);
  }
  throw new Error("the trade is never over in the books");
}
