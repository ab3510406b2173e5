/**
 * One alert to a thousand accounts at a venue over the wire, on 32 kept connections (goal 12c): until
 * the last order is acknowledged. The venue's own limit of calls, which comes long before, is off.
 *
 * Every order fills at its own limit. Filled better, its stop and its target would have to be moved,
 * and that goes before the entries of others: two more calls for each account, which are no part of
 * this.
 */
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { floorLine } from "../floor/orders-over-http.ts";
import { alertOf, BASE_PRICE, textOf } from "../kit/alerts.ts";
import { spreadOf } from "../kit/distribution.ts";
import { isEntryAnswer } from "../kit/house.ts";
import { FIRST_ACCOUNT, LOGIN, openLiveHouse, type VenueProcess } from "../kit/live-house.ts";
import { atMost, type Measure, withinFloor } from "../kit/measure.ts";
import { inTurn, ratioOf } from "../kit/rounds.ts";
import { bell } from "../kit/turns.ts";
import { warmVenue } from "../kit/warm-venue.ts";

/** So far may an entry be from its alert, in points. */
const WORST = 2;
/** What is asked for there is the limit of the orders. */
const PRICE = BASE_PRICE + WORST - 0.25;

export const liveFanOut: Measure = {
  name: "live-fan-out",
  async run({ disk, quicker, rounds, tell }) {
    const accounts = Math.ceil(1_000 / quicker);
    tell(`one alert to ${accounts} accounts over HTTP`);
    const pairs = await inTurn(
      Math.min(rounds, 5),
      () => atVenue(disk.folder(), accounts, product),
      () => atVenue(disk.folder(), accounts, floor),
    );
    const ratio = ratioOf(pairs, (spent) => spent);
    const spent = spreadOf(pairs.product);
    const what = `one alert to ${accounts.toLocaleString("en")} accounts over HTTP, 32 connections`;
    return [
      {
        ...{ id: "12c", what, unit: "ms", product: spent, floor: spreadOf(pairs.floor), ratio },
        goals: [withinFloor(ratio, 1.6), atMost(spent.median, 280, "ms")],
      },
    ];
  },
};

type Side = (folder: string, accounts: number, venue: VenueProcess) => Promise<number>;

/** A venue of its own each time: a thousand positions are not closed in a moment. */
async function atVenue(folder: string, accounts: number, side: Side): Promise<number> {
  const venue = await warmVenue({ folder, accounts, price: PRICE });
  try {
    return await side(folder, accounts, venue);
  } finally {
    await venue.stop();
  }
}

const product: Side = async (folder, accounts, { url }) => {
  let answers = 0;
  let answeredAt = 0;
  const answered = bell();
  const house = await openLiveHouse({
    ...{ folder, accounts, url, price: PRICE },
    hears(report) {
      if (!isEntryAnswer(report)) return;
      answers += 1;
      if (answers < accounts) return;
      answeredAt = performance.now();
      answered.ring();
    },
  });
  await house.quiet();
  const message = alertOf(0, house.clock.now());
  const from = performance.now();
  house.loop.offer({ kind: "message", message, tradable: true, room: OPEN_ROOM, from: 0 });
  await answered.rung("every account's order is answered");
  house.close();
  return answeredAt - from;
};

const floor: Side = async (folder, accounts, { url }) => {
  const numbers = Array.from({ length: accounts }, (_, index) => FIRST_ACCOUNT + index);
  const line = await floorLine({ folder, url, login: LOGIN, accounts: numbers });
  const spent = await line.alert(textOf(0));
  line.close();
  return spent;
};
