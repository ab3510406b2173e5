/**
 * From a price to the order it causes (goal 15): Target 1 trades, the venue fills the first tranche,
 * and the stop of the rest is sent to breakeven, after the facts that say why are durable.
 */

import { setTimeout as pause } from "node:timers/promises";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { floorHouse } from "../floor/alert-to-order.ts";
import { alertOf, BASE_PRICE, textOf } from "../kit/alerts.ts";
import { distributionOf, typicalOf } from "../kit/distribution.ts";
import { openHouse } from "../kit/house.ts";
import { atMost, type Bench, type Finding, type Measure, withinFloor } from "../kit/measure.ts";
import type { Place } from "../kit/places.ts";
import { gathered, inTurn, pairsOf, ratioOf } from "../kit/rounds.ts";
import { until } from "../kit/turns.ts";

const TRADES = 60;
/** A round is so many houses; product and floor take turns house by house. */
const HOUSES = 3;
/** Before the price moves, and before the floor's alert: news comes out of silence. */
const SILENCE = 2;
/** Beyond the first target, before the second. */
const THROUGH_TARGET_1 = BASE_PRICE + 8;

export const exitLatency: Measure = {
  name: "exit-latency",
  async run(bench) {
    const findings = [await onPlace(bench, bench.disk)];
    if (bench.memory !== null) findings.push(await onPlace(bench, bench.memory));
    return findings;
  },
};

/** The tail of a disk is its host's, so the ratio is asked for where there is none. */
async function onPlace({ rounds, quicker, tell }: Bench, place: Place): Promise<Finding> {
  tell(`price to exit order, ${place.name}`);
  const houses = Math.ceil(HOUSES / quicker);
  const turns = await inTurn(
    rounds * houses,
    () => product(place.folder()),
    () => floor(place.folder()),
  );
  const pairs = pairsOf(gathered(turns, houses), distributionOf);
  const ratio = ratioOf(pairs, (one) => one.p99);
  const typical = typicalOf(pairs.product);
  const isDisk = place.name === "disk";
  return {
    id: isDisk ? "15 disk" : "15",
    what: `price at Target 1 -> stop sent to breakeven, ${isDisk ? "disk" : "tmpfs"}, p99`,
    unit: "ms",
    product: typical,
    floor: typicalOf(pairs.floor),
    ratio,
    goals: isDisk ? [atMost(typical.p99, 5, "ms")] : [withinFloor(ratio, 2.5)],
  };
}

async function product(folder: string): Promise<readonly number[]> {
  let moved = 0;
  let movedAt = 0;
  let closed = 0;
  const house = await openHouse({
    folder,
    sends(request) {
      if (request.kind !== "modify" || request.price === null) return;
      moved += 1;
      movedAt = performance.now();
    },
    told(recorded) {
      for (const { fact } of recorded) if (fact.kind === "TradeClosed") closed += 1;
    },
  });
  const samples: number[] = [];
  for (let n = 0; n < TRADES; n++) {
    const message = alertOf(0, house.clock.now(), "B");
    house.loop.offer({
      kind: "message",
      message: { ...message, id: `m${n}` },
      tradable: true,
      room: OPEN_ROOM,
      from: 0,
    });
    await until(() => house.loop.state().tradeCount === n + 1, "the trade is planned");
    await house.quiet();
    await pause(SILENCE);
    moved = 0;
    let from = 0;
    await house.price(THROUGH_TARGET_1, () => {
      from = performance.now();
    });
    await until(() => moved > 0, "the stop is moved");
    samples.push(movedAt - from);
    await house.quiet();
    await house.price(BASE_PRICE);
    await until(() => closed === n + 1, "the trade is over");
    await house.quiet();
  }
  house.close();
  return samples;
}

async function floor(folder: string): Promise<readonly number[]> {
  const house = floorHouse(folder);
  const samples: number[] = [];
  for (let n = 0; n < TRADES; n++) {
    await pause(SILENCE);
    const from = performance.now();
    const to = await new Promise<number>((resolve) => {
      house.alert(textOf(n), () => resolve(performance.now()));
    });
    samples.push(to - from);
  }
  house.close();
  return samples;
}
