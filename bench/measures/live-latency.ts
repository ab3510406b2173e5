/**
 * From an alert to the venue's answer over HTTP (goal 3), and to the last answer of five accounts.
 *
 * ```text
 * offer ─► decide ─► durable ─► POST Order/place ─► stand-in ─► answer              (timed)
 *                        the trade is closed, and every account compared              (not timed)
 * ```
 *
 * The venue is the stand-in in a process of its own; the floor asks the same one over kept
 * connections. Every alert finds a flat account and a house that has been idle.
 */
import { setTimeout as pause } from "node:timers/promises";
import { floorLine } from "../floor/orders-over-http.ts";
import { alertOf, textOf } from "../kit/alerts.ts";
import { type Distribution, distributionOf, typicalOf } from "../kit/distribution.ts";
import { isEntryAnswer } from "../kit/house.ts";
import { FIRST_ACCOUNT, LOGIN, openLiveHouse, venueProcess } from "../kit/live-house.ts";
import { atMost, type Bench, type Finding, type Measure, withinFloor } from "../kit/measure.ts";
import { inTurn, type Pairs, pairsOf, ratioOf } from "../kit/rounds.ts";
import { bell } from "../kit/turns.ts";

const ALERTS = 60;
const SILENCE = 2;
const MANY = 5;
/** Of a position of one contract. */
const LEGS = 2;

export const liveLatency: Measure = {
  name: "live-latency",
  async run(bench) {
    const one = await rounds(bench, 1);
    const many = await rounds(bench, MANY);
    const both = "alert -> acknowledged over HTTP, disk";
    return [
      finding(one, { id: "3", what: `${both}, p50`, figure: "p50", goal: 1.3, factor: 1.5 }),
      finding(one, { id: "3 p99", what: `${both}, p99`, figure: "p99", goal: 6, factor: 1.7 }),
      {
        ...finding(many, { id: "3 five", what: LAST, figure: "p99", goal: 10, factor: 1.7 }),
        goals: [atMost(typicalOf(many.product).p99, 10, "ms")],
      },
    ];
  },
};

const LAST = `the last of ${MANY} accounts acknowledged over HTTP, disk, p99`;

async function rounds(bench: Bench, accounts: number): Promise<Pairs<Distribution>> {
  bench.tell(`alert to acknowledged order over HTTP, accounts: ${accounts}`);
  const venue = await venueProcess(bench.disk.folder(), accounts);
  const alerts = Math.ceil(ALERTS / bench.quicker);
  try {
    const turns = await inTurn(
      bench.rounds,
      () => product({ folder: bench.disk.folder(), url: venue.url, accounts, alerts }),
      () => floor({ folder: bench.disk.folder(), url: venue.url, accounts, alerts }),
    );
    return pairsOf(turns, distributionOf);
  } finally {
    await venue.stop();
  }
}

interface Wish {
  readonly id: string;
  readonly what: string;
  readonly figure: "p50" | "p99";
  readonly goal: number;
  readonly factor: number;
}

function finding(pairs: Pairs<Distribution>, { id, what, figure, goal, factor }: Wish): Finding {
  const product = typicalOf(pairs.product);
  const ratio = ratioOf(pairs, (one) => one[figure]);
  return {
    ...{ id, what, unit: "ms", product, floor: typicalOf(pairs.floor), ratio },
    goals: [withinFloor(ratio, factor), atMost(product[figure], goal, "ms")],
  };
}

interface Day {
  readonly folder: string;
  readonly url: string;
  readonly accounts: number;
  readonly alerts: number;
}

/** Ids of messages of all days: a tag is used once at a venue. */
let days = 0;

async function product({ folder, url, accounts, alerts }: Day): Promise<readonly number[]> {
  let left = 0;
  let answeredAt = 0;
  let open = 0;
  let uncovered = 0;
  const [answered, covered, closed] = [bell(), bell(), bell()];
  days += 1;
  const house = await openLiveHouse({
    ...{ folder, url, accounts },
    hears(report) {
      if (!isEntryAnswer(report)) return;
      left -= 1;
      if (left > 0) return;
      answeredAt = performance.now();
      answered.ring();
    },
    told(recorded) {
      for (const { fact } of recorded) {
        if (fact.kind === "LegConfirmed") uncovered -= 1;
        if (fact.kind === "TradeClosed") open -= 1;
      }
      if (uncovered <= 0) covered.ring();
      if (open === 0) closed.ring();
    },
  });
  const samples: number[] = [];
  for (let n = 0; n < alerts; n++) {
    const message = { ...alertOf(n, house.clock.now()), id: `day-${days}-${n}` };
    await house.quiet();
    await pause(SILENCE);
    left = accounts;
    open = accounts;
    uncovered = LEGS * accounts;
    const from = performance.now();
    house.hear(message);
    await answered.rung("every order is answered");
    samples.push(answeredAt - from);
    // An entry that has not filled yet is no quick thing to get out of.
    if (uncovered > 0) await covered.rung("every position is covered");
    await house.quiet();
    for (let trade = n * accounts + 1; trade <= (n + 1) * accounts; trade++) {
      house.loop.offer({ kind: "command", command: { kind: "close", trade } });
    }
    if (open > 0) await closed.rung("the trades are over");
  }
  house.close();
  return samples;
}

async function floor({ folder, url, accounts, alerts }: Day): Promise<readonly number[]> {
  const numbers = Array.from({ length: accounts }, (_, index) => FIRST_ACCOUNT + index);
  const line = await floorLine({ folder, url, login: LOGIN, accounts: numbers });
  const samples: number[] = [];
  for (let n = 0; n < alerts; n++) {
    await pause(SILENCE);
    samples.push(await line.alert(textOf(n)));
    await line.flatten();
  }
  line.close();
  return samples;
}
