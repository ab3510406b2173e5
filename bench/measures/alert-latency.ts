/**
 * From an alert to the venue's answer for its order, one alert at a time (goals 1, 1b, 1c).
 *
 * ```text
 * offer ─► decide ─► alert and intent durable ─► order ─► venue's book ─► answer      (timed)
 *                                   fills, target, close, all journaled               (not timed)
 * ```
 *
 * Every alert finds a flat account and an idle house: between two of them the trade is closed and
 * written to its end, and then nothing happens for two milliseconds. An alert comes out of silence,
 * so product and floor both begin with a processor that has been doing something else.
 *
 * Before the first round some thousand alerts are taken that do not count: the product's code is a
 * hundred times the floor's and takes that many until the runtime has compiled it for good.
 *
 * The two-tranche figure ends with the second order's answer, which takes a second durable write: a
 * tranche goes out once the one before it was accepted. Its floor does the same, one order after the
 * other, each written down before it is sent.
 */

import { setTimeout as pause } from "node:timers/promises";
import { floorHouse } from "../floor/alert-to-order.ts";
import { alertOf, textOf } from "../kit/alerts.ts";
import { type Distribution, distributionOf, typicalOf } from "../kit/distribution.ts";
import { isEntryAnswer, openHouse } from "../kit/house.ts";
import { atMost, type Bench, type Finding, type Measure, withinFloor } from "../kit/measure.ts";
import type { Place } from "../kit/places.ts";
import { gathered, inTurn, type Pairs, pairsOf, ratioOf } from "../kit/rounds.ts";
import { until } from "../kit/turns.ts";

/** More than any day brings; a day is a house of its own. */
const ALERTS_A_DAY = 100;
/** A round is so many days; product and floor take turns day by day. */
const DAYS = 3;
const SILENCE = 2;
const WARM_UP_DAYS = 30;

export const alertLatency: Measure = {
  name: "alert-latency",
  async run(bench) {
    await warmUp(bench);
    const findings = [...(await onPlace(bench, bench.disk))];
    if (bench.memory !== null) findings.push(...(await onPlace(bench, bench.memory)));
    return findings;
  },
};

async function onPlace(bench: Bench, place: Place): Promise<readonly Finding[]> {
  const days = Math.ceil(DAYS / bench.quicker);
  bench.tell(`alert to acknowledged order, ${place.name}`);
  const pairs = await inTurn(
    bench.rounds * days,
    () => product(place.folder(), { orders: 1, silence: SILENCE }),
    () => floor(place.folder(), 1),
  );
  const both = await inTurn(
    bench.rounds,
    () => product(place.folder(), { orders: 2, silence: SILENCE }),
    () => floor(place.folder(), 2),
  );
  const isDisk = place.name === "disk";
  const rounds = pairsOf(gathered(pairs, days), distributionOf);
  const findings = isDisk ? onDisk(rounds) : onMemory(rounds);
  return [...findings, twoTranches(pairsOf(both, distributionOf), place)];
}

/**
 * Of alert, order, answer, order, answer; the floor writes and sends twice in the same way. Without
 * a goal: the one there is speaks of two orders over a line, and here is none.
 */
function twoTranches(pairs: Rounds, { name }: Place): Finding {
  const finding = findingOf(pairs, `both tranches acknowledged, ${name}`);
  const ratio = ratioOf(pairs, (one) => one.p50);
  const id = name === "disk" ? "1 two" : "1c two";
  return { ...finding(id, "p50", ratio), goals: [] };
}

type Rounds = Pairs<Distribution>;

function onDisk(pairs: Rounds): readonly Finding[] {
  const finding = findingOf(pairs, "alert -> order acknowledged, disk");
  const typical = typicalOf(pairs.product);
  const [p50, p99] = [ratioOf(pairs, (one) => one.p50), ratioOf(pairs, (one) => one.p99)];
  return [
    { ...finding("1", "p50", p50), goals: [withinFloor(p50, 2), atMost(typical.p50, 0.7, "ms")] },
    {
      ...finding("1b", "p99", p99),
      goals: [withinFloor(p99, 2.5), atMost(typical.p99, 2.5, "ms")],
    },
  ];
}

function onMemory(pairs: Rounds): readonly Finding[] {
  const finding = findingOf(pairs, "alert -> order acknowledged, tmpfs");
  const typical = typicalOf(pairs.product);
  const [p50, p99] = [ratioOf(pairs, (one) => one.p50), ratioOf(pairs, (one) => one.p99)];
  return [
    {
      ...finding("1c", "p50", p50),
      goals: [withinFloor(p50, 2.5), atMost(typical.p50, 0.14, "ms")],
    },
    {
      ...finding("1c", "p99", p99),
      goals: [withinFloor(p99, 2.5), atMost(typical.p99, 0.5, "ms")],
    },
  ];
}

const findingOf =
  (pairs: Rounds, what: string) =>
  (id: string, figure: string, ratio: Finding["ratio"]): Omit<Finding, "goals"> => ({
    id,
    what: `${what}, ${figure}`,
    unit: "ms",
    product: typicalOf(pairs.product),
    floor: typicalOf(pairs.floor),
    ratio,
  });

type Samples = readonly number[];

async function warmUp({ disk, memory, quicker, tell }: Bench): Promise<void> {
  tell("alerts that do not count");
  const place = memory ?? disk;
  for (let day = 0; day < WARM_UP_DAYS / quicker; day++) {
    await product(place.folder(), { orders: day % 2 === 0 ? 1 : 2, silence: 0 });
  }
}

interface Day {
  readonly orders: 1 | 2;
  readonly silence: number;
}

/** Until the last of `orders` entry orders of the alert is answered. */
async function product(folder: string, { orders, silence }: Day): Promise<Samples> {
  let left = 0;
  let answeredAt = 0;
  let closed = 0;
  const house = await openHouse({
    folder,
    hears(report) {
      if (left === 0 || !isEntryAnswer(report)) return;
      left -= 1;
      if (left === 0) answeredAt = performance.now();
    },
    told(recorded) {
      for (const { fact } of recorded) if (fact.kind === "TradeClosed") closed += 1;
    },
  });
  const samples: number[] = [];
  for (let n = 0; n < ALERTS_A_DAY; n++) {
    const message = alertOf(n, house.clock.now(), orders === 1 ? "C" : "B");
    await house.quiet();
    if (silence > 0) await pause(silence);
    left = orders;
    const from = performance.now();
    house.hear(message);
    await until(() => left === 0, "the order is answered");
    samples.push(answeredAt - from);
    await house.quiet();
    house.loop.offer({ kind: "command", command: { kind: "close", trade: n + 1 } });
    await until(() => closed === n + 1, "the trade is over");
  }
  house.close();
  return samples;
}

async function floor(folder: string, orders: Day["orders"]): Promise<Samples> {
  const house = floorHouse(folder);
  const samples: number[] = [];
  for (let n = 0; n < ALERTS_A_DAY; n++) {
    await pause(SILENCE);
    const from = performance.now();
    const to = await new Promise<number>((resolve) => {
      const acknowledged = (): void => resolve(performance.now());
      if (orders === 1) house.alert(textOf(n), acknowledged);
      else house.alertTwice(textOf(n, "B"), acknowledged);
    });
    samples.push(to - from);
  }
  house.close();
  return samples;
}
