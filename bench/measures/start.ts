/**
 * From nothing to ready (goal 10): the built program as a whole process, with ten thousand trades
 * behind it and five positions open, until every account agrees with its venue.
 *
 * After a kill it folds what came since the last roll's snapshot; without any snapshot, all of it.
 */
import { join } from "node:path";
import { bundled } from "../kit/bundle.ts";
import { spreadOf } from "../kit/distribution.ts";
import { ACCOUNTS, builtProgram, type Installation, installationIn } from "../kit/installation.ts";
import { atMost, type Bench, type Finding, type Measure, withinFloor } from "../kit/measure.ts";
import { startProgram } from "../kit/process.ts";
import { inTurn, ratioOf } from "../kit/rounds.ts";

const TRADES = 10_000;
const AGREES = { ready: /agrees with the venue/, count: ACCOUNTS };

export const start: Measure = {
  name: "start",
  async run(bench) {
    const program = builtProgram();
    if (program === null) {
      bench.tell("no start without a build: npm run build");
      return [];
    }
    bench.tell("start to ready");
    const trades = Math.ceil(TRADES / bench.quicker);
    const floor = await bundled("bench/floor/restore.ts");
    const findings: Finding[] = [];
    for (const snapshot of [true, false]) {
      const place = await installationIn(bench.disk, { trades, snapshot });
      findings.push(await startOf(bench, program, floor, { place, trades, snapshot }));
    }
    return findings;
  },
};

interface Case {
  readonly place: Installation;
  readonly trades: number;
  readonly snapshot: boolean;
}

async function startOf(
  { rounds }: Bench,
  program: string,
  floor: URL,
  { place, trades, snapshot }: Case,
): Promise<Finding> {
  const { config, folder } = place;
  const words = [program, "start", "--config", config, "--data", folder];
  const paths = [join(folder, "journal.db"), join(folder, "paper.db")];
  const pairs = await inTurn(
    rounds,
    () => readyAfter(words, AGREES),
    () => readyAfter([floor.pathname, ...paths], { ready: /^ready/, count: 1 }),
  );
  const ratio = ratioOf(pairs, (one) => one);
  const [product, beside] = [spreadOf(pairs.product), spreadOf(pairs.floor)];
  const which = snapshot ? "from the last roll's snapshot" : "no snapshot, all facts folded";
  const what = `start to ready, ${trades.toLocaleString("en")} trades, 5 open; ${which}`;
  const id = snapshot ? "10" : "10 all";
  return {
    ...{ id, what, unit: "s", product, floor: beside, ratio },
    goals: [withinFloor(ratio, 3), atMost(product.median, 0.5, "s")],
  };
}

/** Seconds. The process is killed: a clean stop would leave a newer snapshot behind. */
async function readyAfter(
  words: readonly string[],
  sign: { readonly ready: RegExp; readonly count: number },
): Promise<number> {
  const running = await startProgram(words, sign);
  await running.kill();
  return running.readyAfter / 1_000;
}
