/**
 * From an alert to the venue's answer for its order, one alert at a time (goals 1, 1b, 1c).
 *
 * ```text
 * offer ─► decide ─► alert and intent durable ─► order ─► venue's book ─► answer      (timed)
 *                                   fills, target, close, all journaled               (not timed)
 * ```
 *
 * Every alert finds a flat account and an idle house: between two of them the trade is closed and
 * written to its end. The two-tranche figure ends with the second order's answer, which
 * takes a second durable write: a tranche goes out once the one before it was accepted.
 */

import { setTimeout as pause } from "node:timers/promises";
import { floorHouse } from "../floor/alert-to-order.ts";
import { alertOf, textOf } from "../kit/alerts.ts";
import { type Distribution, distributionOf, typicalOf } from "../kit/distribution.ts";
import { isEntryAnswer, openHouse } from "../kit/house.ts";
import { atMost, type Bench, type Finding, type Measure, withinFloor } from "../kit/measure.ts";
import type { Place } from "../kit/places.ts";
import { again, inTurn, type Pairs, ratioOf } from "../kit/rounds.ts";
import { until } from "../kit/turns.ts";

/** More than any day brings; a day is a house of its own. */
const ALERTS_A_DAY = 100;
const DAYS = 4;

export const alertLatency: Measure = {
  name: "alert-latency",
  async run(bench) {
    const findings = [...(await onPlace(bench, bench.disk))];
    if (bench.memory !== null) findings.push(...(await onPlace(bench, bench.memory)));
    return findings;
  },
};

async function onPlace(bench: Bench, place: Place): Promise<readonly Finding[]> {
  const days = Math.ceil(DAYS / bench.quicker);
  bench.tell(`alert to acknowledged order, ${place.name}`);
  const pairs = await inTurn(
    bench.rounds,
    () => severalDays(days, () => product(place.folder(), 1)),
    () => severalDays(days, () => floor(place.folder())),
  );
  const both = await again(bench.rounds, () => severalDays(days, () => product(place.folder(), 2)));
  const isDisk = place.name === "disk";
  const findings = isDisk ? onDisk(pairs) : onMemory(pairs);
  const two = typicalOf(both);
  const id = isDisk ? "1 two" : "1c two";
  const what = `both tranches acknowledged, ${place.name}`;
  return [...findings, { id, what, unit: "ms", product: two, floor: null, ratio: null, goals: [] }];
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

async function severalDays(
  days: number,
  day: () => Promise<readonly number[]>,
): Promise<Distribution> {
  const samples: number[] = [];
  for (let n = 0; n < days; n++) samples.push(...(await day()));
  return distributionOf(samples);
}

/** Until the last of `orders` entry orders of the alert is answered. */
async function product(folder: string, orders: 1 | 2): Promise<readonly number[]> {
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
    await pause(2);
    left = orders;
    const from = performance.now();
    house.loop.offer({ kind: "message", message, tradable: true, authors: null, from: 0 });
    await until(() => left === 0, "the order is answered");
    samples.push(answeredAt - from);
    await house.quiet();
    house.loop.offer({ kind: "command", command: { kind: "close", trade: n + 1 } });
    await until(() => closed === n + 1, "the trade is over");
  }
  house.close();
  return samples;
}

async function floor(folder: string): Promise<readonly number[]> {
  const house = floorHouse(folder);
  const samples: number[] = [];
  for (let n = 0; n < ALERTS_A_DAY; n++) {
    await pause(2);
    const from = performance.now();
    const to = await new Promise<number>((resolve) => {
      house.alert(textOf(n), () => resolve(performance.now()));
    });
    samples.push(to - from);
  }
  house.close();
  return samples;
}
