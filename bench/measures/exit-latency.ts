/**
 * From a price to the order it causes (goal 15): Target 1 trades, the venue fills the first tranche,
 * and the stop of the rest is sent to breakeven, after the facts that say why are durable.
 */
import { floorHouse } from "../floor/alert-to-order.ts";
import { alertOf, BASE_PRICE, textOf } from "../kit/alerts.ts";
import { type Distribution, distributionOf, typicalOf } from "../kit/distribution.ts";
import { openHouse } from "../kit/house.ts";
import { atMost, type Measure, withinFloor } from "../kit/measure.ts";
import { inTurn, ratioOf } from "../kit/rounds.ts";
import { nextTurn, until } from "../kit/turns.ts";

const TRADES = 60;
/** Beyond the first target, before the second. */
const THROUGH_TARGET_1 = BASE_PRICE + 8;

export const exitLatency: Measure = {
  name: "exit-latency",
  async run({ rounds, disk, tell }) {
    tell("price to exit order");
    const pairs = await inTurn(
      rounds,
      () => product(disk.folder()),
      () => floor(disk.folder()),
    );
    const ratio = ratioOf(pairs, (one) => one.p99);
    const typical = typicalOf(pairs.product);
    return [
      {
        id: "15",
        what: "price at Target 1 -> stop sent to breakeven, p99",
        unit: "ms",
        product: typical,
        floor: typicalOf(pairs.floor),
        ratio,
        goals: [withinFloor(ratio, 2.5), atMost(typical.p99, 5, "ms")],
      },
    ];
  },
};

async function product(folder: string): Promise<Distribution> {
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
      authors: null,
      from: 0,
    });
    await until(() => house.loop.state().tradeCount === n + 1, "the trade is planned");
    await house.quiet();
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
  return distributionOf(samples);
}

async function floor(folder: string): Promise<Distribution> {
  const house = floorHouse(folder);
  const samples: number[] = [];
  for (let n = 0; n < TRADES; n++) {
    for (let turns = 0; turns < 5; turns++) await nextTurn();
    const from = performance.now();
    const to = await new Promise<number>((resolve) => {
      house.alert(textOf(n), () => resolve(performance.now()));
    });
    samples.push(to - from);
  }
  house.close();
  return distributionOf(samples);
}
