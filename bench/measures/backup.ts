/**
 * Copies of the books (goal 14): a database with a hundred thousand trades copied, checked, counted
 * and hashed, as each file of a backup is; and a whole backup of a hundred thousand facts, pressed,
 * restored on trial and folded, with the longest that its thread holds up the loop (goal 13).
 */
import { join } from "node:path";
import { backupInThread } from "../../src/app/backup-thread.ts";
import { millis } from "../../src/core/model/units.ts";
import { copyDatabase, inspect } from "../../src/shell/sqlite/database-copy.ts";
import { digestOf } from "../../src/shell/sqlite/packed-file.ts";
import { floorCopy } from "../floor/verified-copy.ts";
import { bundled } from "../kit/bundle.ts";
import { spreadOf } from "../kit/distribution.ts";
import { writeHistory, writeLedger } from "../kit/history.ts";
import { atMost, type Bench, type Finding, type Measure, withinFloor } from "../kit/measure.ts";
import { lifeOfATrade } from "../kit/past.ts";
import { again, inTurn, ratioOf } from "../kit/rounds.ts";
import { OPENING } from "../kit/trading-day.ts";
import { watchTurns } from "../kit/turns.ts";

const TRADES = 100_000;
const FACTS = 100_000;
const STALL_MAX = 20;

export const backup: Measure = {
  name: "backup",
  async run(bench) {
    bench.tell("copies of the books");
    return [await copied(bench), ...(await wholeBackup(bench))];
  },
};

const timed = async (task: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await task();
  return performance.now() - from;
};

/** Trades as rows: what a person means by a hundred thousand of them. */
async function copied({ rounds, quicker, disk }: Bench): Promise<Finding> {
  const folder = disk.folder();
  const life = await lifeOfATrade(disk, 1);
  const trades = Math.ceil(TRADES / quicker);
  const shape = { trades, tradesPerDay: 50, endsAt: OPENING };
  writeLedger(folder, writeHistory(folder, life, shape, { snapshot: false }));
  const ledger = join(folder, "ledger.db");
  const target = () => join(disk.folder(), "copy.db");
  const pairs = await inTurn(
    rounds,
    () => timed(() => verifiedCopy(ledger, target())),
    () => timed(() => floorCopy(ledger, target())),
  );
  const [product, floor] = [spreadOf(pairs.product), spreadOf(pairs.floor)];
  const ratio = ratioOf(pairs, (one) => one);
  const what = `verified copy of ${trades.toLocaleString("en")} trades`;
  const goals = [withinFloor(ratio, 3), atMost(product.median, 350, "ms")];
  return { id: "14", what, unit: "ms", product, floor, ratio, goals };
}

async function verifiedCopy(source: string, target: string): Promise<void> {
  await copyDatabase(source, target);
  const { sha256 } = await digestOf(target);
  if (!inspect(target, "database").ok || sha256.length !== 64) throw new Error("not sound");
}

async function wholeBackup({ rounds, quicker, disk }: Bench): Promise<readonly Finding[]> {
  const directory = disk.folder();
  const life = await lifeOfATrade(disk, 1);
  const trades = Math.ceil(FACTS / life.trade.length / quicker);
  const shape = { trades, tradesPerDay: 50, endsAt: OPENING };
  const { facts } = writeHistory(directory, life, shape, { snapshot: true });
  const worker = await bundled("src/app/backup-worker.ts");
  let made = 0;
  const one = async (): Promise<{ took: number; longest: number }> => {
    const task = { directory, version: "bench", recipients: [], copyTo: null, bucket: null };
    const at = millis(OPENING + made++);
    const turns = watchTurns();
    const took = await timed(async () => {
      const report = await backupInThread({ ...task, at, cause: "command" }, { worker });
      if (report.kind === "failed") throw new Error(report.reason);
    });
    return { took, longest: turns.stop() };
  };
  const rounded = await again(rounds, one);
  const [took, longest] = [
    spreadOf(rounded.map((round) => round.took)),
    spreadOf(rounded.map((round) => round.longest)),
  ];
  const what = `backup of ${facts.toLocaleString("en")} facts, restored on trial`;
  const none = { unit: "ms", floor: null, ratio: null } as const;
  return [
    { id: "14 whole", what, ...none, product: took, goals: [] },
    {
      ...{ id: "13", what: "longest turn: a backup in its thread", ...none, product: longest },
      goals: [atMost(longest.median, STALL_MAX, "ms")],
    },
  ];
}
