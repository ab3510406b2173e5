/**
 * One alert to a thousand and to ten thousand accounts (goals 12, 12b).
 *
 * All rules are on: the limits of the accounts, of all of them together and of a firm, the score, and
 * that no account stands against another. Until the venue has answered every account's order, and, with a venue that is deaf, until every
 * order is decided and durable; beside it the longest turn of the event loop meanwhile.
 */
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { floorFanOut } from "../floor/fan-out.ts";
import { alertOf, textOf } from "../kit/alerts.ts";
import { spreadOf } from "../kit/distribution.ts";
import { type House, isEntryAnswer, openHouse } from "../kit/house.ts";
import { atMost, type Bench, type Finding, type Measure, withinFloor } from "../kit/measure.ts";
import { inTurn, ratioOf } from "../kit/rounds.ts";
import { until, watchTurns } from "../kit/turns.ts";

const TURN_MAX = 20;

interface Round {
  readonly spent: number;
  readonly longest: number;
}

export const fanOut: Measure = {
  name: "fan-out",
  async run(bench) {
    const most = bench.quicker === 1 ? 10_000 : 2_500;
    return [
      ...(await acknowledged(bench, 1_000, { id: "12", goal: 20, factor: 5 })),
      ...(await acknowledged(bench, most, { id: "12", goal: 160, factor: 4 })),
      ...(await durable(bench, most)),
    ];
  },
};

interface Wish {
  readonly id: string;
  readonly goal: number;
  readonly factor: number;
}

async function acknowledged(
  bench: Bench,
  accounts: number,
  wish: Wish,
): Promise<readonly Finding[]> {
  bench.tell(`one alert to ${accounts} accounts`);
  const pairs = await inTurn<Round>(
    roundsFor(bench, accounts),
    () => productAnswers(bench.disk.folder(), accounts),
    () => floorRound(bench.disk.folder(), accounts, "acknowledged"),
  );
  const ratio = ratioOf(pairs, (one) => one.spent);
  const product = spreadOf(pairs.product.map((one) => one.spent));
  const floor = spreadOf(pairs.floor.map((one) => one.spent));
  const what = `one alert to ${accounts.toLocaleString("en")} accounts`;
  return [
    {
      ...{ id: wish.id, what: `${what}, all acknowledged`, unit: "ms", product, floor, ratio },
      goals: [withinFloor(ratio, wish.factor), atMost(product.median, wish.goal, "ms")],
    },
    longestTurn(`${wish.id} turn`, what, pairs.product),
  ];
}

async function durable(bench: Bench, accounts: number): Promise<readonly Finding[]> {
  bench.tell(`decide and write down for ${accounts} accounts`);
  const pairs = await inTurn<Round>(
    roundsFor(bench, accounts),
    () => productPlans(bench.disk.folder(), accounts),
    () => floorRound(bench.disk.folder(), accounts, "durable"),
  );
  const ratio = ratioOf(pairs, (one) => one.spent);
  const product = spreadOf(pairs.product.map((one) => one.spent));
  const floor = spreadOf(pairs.floor.map((one) => one.spent));
  const what = `decide and write down, ${accounts.toLocaleString("en")} accounts`;
  return [
    {
      ...{ id: "12b", what, unit: "ms", product, floor, ratio },
      goals: [withinFloor(ratio, 3), atMost(product.median, 50, "ms")],
    },
    longestTurn("12b turn", what, pairs.product),
  ];
}

/** Opening ten thousand accounts takes its time. */
const roundsFor = ({ rounds }: Bench, accounts: number): number =>
  accounts > 1_000 ? Math.min(rounds, 5) : rounds;

function longestTurn(id: string, what: string, rounds: readonly Round[]): Finding {
  const product = spreadOf(rounds.map((one) => one.longest));
  return {
    ...{ id, what: `${what}: longest turn`, unit: "ms", product, floor: null, ratio: null },
    goals: [atMost(product.median, TURN_MAX, "ms")],
  };
}

async function productAnswers(folder: string, accounts: number): Promise<Round> {
  let answers = 0;
  let answeredAt = 0;
  const house = await openHouse({
    ...{ folder, accounts, isFirm: true },
    hears(report) {
      if (!isEntryAnswer(report)) return;
      answers += 1;
      if (answers === accounts) answeredAt = performance.now();
    },
  });
  const round = await timed(house, () => (answers >= accounts ? answeredAt : null));
  house.close();
  return round;
}

async function productPlans(folder: string, accounts: number): Promise<Round> {
  let plans = 0;
  let writtenAt = 0;
  const house = await openHouse({
    ...{ folder, accounts, isFirm: true, isVenueDeaf: true },
    told(recorded) {
      for (const { fact } of recorded) if (fact.kind === "TradePlanned") plans += 1;
      writtenAt = performance.now();
    },
  });
  const round = await timed(house, () => (plans === accounts ? writtenAt : null));
  house.close();
  return round;
}

async function timed(house: House, endedAt: () => number | null): Promise<Round> {
  await house.quiet();
  const message = alertOf(0, house.clock.now());
  const turns = watchTurns();
  const from = performance.now();
  house.loop.offer({ kind: "message", message, tradable: true, room: OPEN_ROOM, from: 0 });
  let end: number | null = null;
  await until(() => {
    end ??= endedAt();
    return end !== null;
  }, "every account is done");
  return { spent: (end ?? Number.NaN) - from, longest: turns.stop() };
}

function floorRound(folder: string, accounts: number, figure: "durable" | "acknowledged"): Round {
  const house = floorFanOut(folder, accounts);
  const spent = house.alert(textOf(0))[figure];
  house.close();
  return { spent, longest: spent };
}
