/**
 * How many alerts a second can be taken (goals 4, 4b).
 *
 * One by one: the next alert comes once the one before is durable, so each has a commit of its own.
 * Either all but the first find the account in a trade, or every one becomes an order that fills,
 * and its reports are written with the next alert: seven facts more each.
 *
 * In a burst: thousands wait at once, as after a reconnect; the loop writes what one turn decides in
 * one commit, and each is heard of only after it. All but the first find the account in a trade.
 */
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { floorHouse } from "../floor/alert-to-order.ts";
import { alertOf, textOf } from "../kit/alerts.ts";
import { spreadOf } from "../kit/distribution.ts";
import { FREE_RULES, type House, openHouse } from "../kit/house.ts";
import { aboutAtLeast, type Finding, type Measure, shareOfFloor } from "../kit/measure.ts";
import { inTurn, type Pairs, ratioOf } from "../kit/rounds.ts";
import { until } from "../kit/turns.ts";

/** More than any day brings; a day is a house of its own. */
const ALONE = 100;
const DAYS = 6;
const BURST = 5_000;
/** Alerts in one transaction of the floor; more make it no faster. */
const TOGETHER = 500;

export const alertRate: Measure = {
  name: "alert-rate",
  async run({ rounds, quicker, disk, tell }) {
    tell("alerts one by one");
    const days = Math.ceil(DAYS / quicker);
    const alone = await inTurn(
      rounds,
      () => rateOf(days, () => productAlone(disk.folder(), "refuse")),
      () => rateOf(days, () => floorAlone(disk.folder())),
    );
    const ordered = await inTurn(
      rounds,
      () => rateOf(days, () => productAlone(disk.folder(), "allow")),
      () => rateOf(days, () => floorAlone(disk.folder())),
    );
    tell("alerts in a burst");
    const burst = await inTurn(
      rounds,
      () => productBurst(disk.folder()),
      () => floorBurst(disk.folder()),
    );
    return [
      findingOf("4", "alerts a second, each durable alone", alone, [1_200, 0.5]),
      {
        ...findingOf("4 order", "the same, each an order that fills", ordered, [1_200, 0.5]),
        goals: [],
      },
      findingOf("4b", "alerts a second in a burst, group commit", burst, [15_000, 0.3]),
    ];
  },
};

function findingOf(
  id: string,
  what: string,
  pairs: Pairs<number>,
  [rate, share]: readonly [number, number],
): Finding {
  const ratio = ratioOf(pairs, (one) => one);
  const product = spreadOf(pairs.product);
  return {
    ...{ id, what, unit: "/s", product, floor: spreadOf(pairs.floor), ratio },
    goals: [shareOfFloor(ratio, share), aboutAtLeast(product.median, rate)],
  };
}

/** Alerts a second over several houses; each gives the milliseconds its alerts took. */
async function rateOf(days: number, day: () => Promise<number>): Promise<number> {
  let spent = 0;
  for (let n = 0; n < days; n++) spent += await day();
  return (days * ALONE) / (spent / 1_000);
}

const offer = (house: House, n: number, heard: () => void): boolean => {
  const message = alertOf(n, house.clock.now());
  const news = { kind: "message", message, tradable: true, room: OPEN_ROOM, from: 0 } as const;
  return house.loop.offer(news, heard);
};

async function productAlone(folder: string, adds: "allow" | "refuse"): Promise<number> {
  const house = await openHouse({ folder, rules: { ...FREE_RULES, adds } });
  let n = 0;
  const from = performance.now();
  const next = (): void => {
    if (n < ALONE) offer(house, n++, next);
    else n += 1;
  };
  next();
  await until(() => n > ALONE, "the last alert is durable");
  const spent = performance.now() - from;
  const trades = house.loop.state().tradeCount;
  if (trades !== (adds === "allow" ? ALONE : 1)) throw new Error(`${trades} trades were planned`);
  house.close();
  return spent;
}

async function floorAlone(folder: string): Promise<number> {
  const house = floorHouse(folder);
  const from = performance.now();
  let n = 0;
  await new Promise<void>((resolve) => {
    const next = (): void => {
      if (n < ALONE)
        house.alert(
          textOf(n++),
          () => {},
          () => setImmediate(next),
        );
      else resolve();
    };
    next();
  });
  const spent = performance.now() - from;
  house.close();
  return spent;
}

async function productBurst(folder: string): Promise<number> {
  const house = await openHouse({ folder });
  let heard = 0;
  const from = performance.now();
  for (let n = 0; n < BURST; n++) offer(house, n, () => (heard += 1));
  await until(() => heard === BURST, "the last of the burst is durable");
  const spent = performance.now() - from;
  house.close();
  return BURST / (spent / 1_000);
}

function floorBurst(folder: string): number {
  const house = floorHouse(folder);
  const texts = Array.from({ length: BURST }, (_, n) => textOf(n));
  const from = performance.now();
  house.burst(texts, TOGETHER);
  const spent = performance.now() - from;
  house.close();
  return BURST / (spent / 1_000);
}
