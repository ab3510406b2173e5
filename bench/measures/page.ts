/**
 * What the dashboard's page asks for (goals 9, 9b): the snapshot of a house with a hundred thousand
 * trades behind it and five positions open, over HTTP with the token, from the request to the last
 * byte.
 *
 * Each time prices have moved and the snapshot is a new one; the first after a start reads the tail
 * of the journal too. The same with a tenth of the trades says whether it grows with the past.
 */
import { Agent, get } from "node:http";
import { join } from "node:path";
import { freshText } from "../../src/app/house-web.ts";
import { createLooks } from "../../src/app/looks.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { millis } from "../../src/core/model/units.ts";
import type { SnapshotView } from "../../src/core/views/snapshot.ts";
import type { Recorded } from "../../src/ports/journal.ts";
import { openWeb } from "../../src/shell/http/web-server.ts";
import { type FloorPage, floorPage } from "../floor/page.ts";
import { alertOf, BASE_PRICE } from "../kit/alerts.ts";
import { type Distribution, distributionOf, spreadOf, typicalOf } from "../kit/distribution.ts";
import { writeHistory } from "../kit/history.ts";
import { type House, openHouse } from "../kit/house.ts";
import { atMost, type Bench, type Finding, type Measure, withinFloor } from "../kit/measure.ts";
import { type Life, lifeOfATrade } from "../kit/past.ts";
import { inTurn, type Pairs, pairsOf, ratioOf } from "../kit/rounds.ts";
import { OPENING } from "../kit/trading-day.ts";
import { until } from "../kit/turns.ts";

const TRADES = 100_000;
const REQUESTS = 200;
/** Each with a position. */
const ACCOUNTS = 5;
const TOKEN = "a-token-of-thirty-two-characters";
const SECOND = 1_000;

export const page: Measure = {
  name: "page",
  async run(bench) {
    bench.tell("the page's snapshot, with many trades behind");
    const life = await lifeOfATrade(bench.disk, ACCOUNTS);
    const most = await findingsWith(bench, life, Math.ceil(TRADES / bench.quicker));
    const few = await findingsWith(bench, life, Math.ceil(TRADES / bench.quicker / 10));
    return [...most.findings, growth(most.p50, few.p50)];
  },
};

const growth = (most: number, few: number): Finding => ({
  ...{ id: "9 more", what: "the same, ten times the trades", unit: "x", floor: null, ratio: null },
  product: spreadOf([most / few]),
  goals: [{ text: "<= 1.5x", isMet: most / few <= 1.5, isStrict: true }],
});

interface Case {
  readonly findings: readonly Finding[];
  readonly p50: number;
}

async function findingsWith(bench: Bench, life: Life, trades: number): Promise<Case> {
  const folder = bench.disk.folder();
  const shape = { trades, tradesPerDay: 50, endsAt: OPENING };
  writeHistory(folder, life, shape, { snapshot: true });
  const shown = await shownHouse(folder);
  const floor = await floorPage(join(folder, "journal.db"), await shown.view(), TOKEN);
  const [warm, cold] = await measured(bench, shown, floor).finally(() => {
    shown.close();
    floor.close();
  });
  const what = `snapshot over HTTP, ${trades.toLocaleString("en")} trades stored`;
  const spread = pairsOf(warm, distributionOf);
  const { p50 } = typicalOf(spread.product);
  return { findings: [...warmFindings(what, spread), coldFinding(what, cold)], p50 };
}

async function measured({ rounds, quicker }: Bench, shown: ShownHouse, floor: FloorPage) {
  const count = Math.ceil(REQUESTS / quicker);
  const warm = await inTurn(
    rounds,
    () => asks(shown.port, count, shown.moved),
    () => asks(floor.port, count, async () => {}),
  );
  return [
    warm,
    await inTurn(
      rounds,
      () => firstOf(shown),
      () => firstOf(floor),
    ),
  ] as const;
}

function warmFindings(what: string, spread: Pairs<Distribution>): readonly Finding[] {
  const [product, floor] = [typicalOf(spread.product), typicalOf(spread.floor)];
  const finding = (figure: "p50" | "p99", factor: number, wanted: number): Finding => {
    const ratio = ratioOf(spread, (one) => one[figure]);
    return {
      ...{ id: "9", what: `${what}, ${figure}`, unit: "ms", product, floor, ratio },
      goals: [withinFloor(ratio, factor), atMost(product[figure], wanted, "ms")],
    };
  };
  return [finding("p50", 3, 1), finding("p99", 2.5, 5)];
}

function coldFinding(what: string, cold: Pairs<number>): Finding {
  const ratio = ratioOf(cold, (one) => one);
  const product = spreadOf(cold.product);
  return {
    ...{ id: "9b", what: `first ${what}`, unit: "ms", product, floor: spreadOf(cold.floor), ratio },
    goals: [withinFloor(ratio, 3), atMost(product.median, 50, "ms")],
  };
}

interface ShownHouse {
  readonly port: number;
  view(): Promise<SnapshotView>;
  /** Prices are others than they were. */
  moved(): Promise<void>;
  /** As after a start. */
  forget(): void;
  close(): void;
}

async function shownHouse(folder: string): Promise<ShownHouse> {
  const listeners = new Set<(recorded: readonly Recorded[]) => void>();
  const told = (recorded: readonly Recorded[]): void => {
    for (const one of listeners) one(recorded);
  };
  const house = await openHouse({ folder, accounts: ACCOUNTS, told });
  await enter(house);
  const { clock, journal, loop } = house;
  const quotes = () => house.quotes();
  const parts = { clock, hostClock: clock, journal, quotes, state: loop.state };
  const open = () => {
    const looks = createLooks();
    looks.begin({ ...parts, impaired: loop.impaired, market: "measured", catchUp: () => {} });
    return looks;
  };
  let looks = open();
  listeners.add((recorded) => looks.told(recorded));
  // Whoever asks again at once would get the same text, and soon be told to wait.
  let asked = 0;
  const later = { ...clock, now: () => millis(clock.now() + ++asked * SECOND) };
  const snapshot = freshText({ view: () => looks.view() }, later);
  const server = await openWeb({ port: 0, token: TOKEN, views: { ...UNASKED, snapshot } }, later);
  if (!server.ok) throw new Error(server.error);
  return {
    port: server.value.port,
    async view() {
      const view = await looks.view();
      if (view?.positions.length !== ACCOUNTS) throw new Error("the positions are not shown");
      return view;
    },
    moved: () => house.price(BASE_PRICE + 1 + (asked % 8) / 4),
    forget() {
      looks.stop();
      looks = open();
    },
    close() {
      looks.stop();
      server.value.close();
      house.close();
    },
  };
}

const UNASKED = {
  isLive: () => true,
  unready: () => [],
  health: () => null,
  metrics: async () => "",
};

async function enter(house: House): Promise<void> {
  const message = alertOf(0, house.clock.now());
  house.loop.offer({ kind: "message", message, tradable: true, room: OPEN_ROOM, from: 0 });
  await until(() => house.openTrades() === ACCOUNTS, "every position is open");
}

/** Milliseconds of each, one after the other on one connection. */
async function asks(
  port: number,
  count: number,
  before: () => Promise<void>,
): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const samples: number[] = [];
  for (let n = 0; n < count; n++) {
    await before();
    samples.push(await ask(port, agent));
  }
  agent.destroy();
  return samples;
}

async function firstOf({ port, forget }: Pick<FloorPage, "port" | "forget">): Promise<number> {
  forget();
  const agent = new Agent();
  const spent = await ask(port, agent);
  agent.destroy();
  return spent;
}

function ask(port: number, agent: Agent): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const from = performance.now();
  return new Promise((answered, failed) => {
    get({ host: "127.0.0.1", port, path: "/snapshot", headers, agent }, (answer) => {
      if (answer.statusCode !== 200) failed(new Error(`it answered ${answer.statusCode}`));
      answer.resume().on("end", () => answered(performance.now() - from));
    }).on("error", failed);
  });
}
