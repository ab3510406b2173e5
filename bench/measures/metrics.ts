/**
 * Every metric of a million trades (goals 8 and 8b): from memory, from the ledger's file, the longest
 * turn of it, and the intervals in their thread.
 *
 * Figures are checked once against each other, so that nobody is quick by leaving something out.
 */
import { join } from "node:path";
import Database from "better-sqlite3";
import { inTurns } from "../../src/app/sliced.ts";
import { resampled, resampleTask, TRADES_MAX } from "../../src/core/analyze/bootstrap.ts";
import { finished } from "../../src/core/analyze/slices.ts";
import { studyOf } from "../../src/core/analyze/study.ts";
import { summarised, summaryOf } from "../../src/core/analyze/summary.ts";
import { columnsBuilder, type TradeColumns } from "../../src/core/model/trade-columns.ts";
import { dollars, millis } from "../../src/core/model/units.ts";
import { openLedger, openLedgerReadOnly } from "../../src/shell/sqlite/ledger.ts";
import { seeded } from "../../src/std/seeded.ts";
import { floorMetrics } from "../floor/metrics.ts";
import { spreadOf } from "../kit/distribution.ts";
import { atMost, type Bench, type Finding, type Measure, withinFloor } from "../kit/measure.ts";
import { opened } from "../kit/opened.ts";
import { again, inTurn, ratioOf } from "../kit/rounds.ts";
import { watchTurns } from "../kit/turns.ts";

const TRADES = 1_000_000;
const OPTIONS = { startingEquity: dollars(500_000_000), days: "all" } as const;
const START = Date.UTC(2016, 0, 4, 15);

export const metrics: Measure = {
  name: "metrics",
  async run(bench) {
    bench.tell("metrics of very many trades");
    const trades = manyTrades(Math.ceil(TRADES / bench.quicker));
    return [
      await fromMemory(bench, trades),
      await longestTurn(bench, trades),
      await fromLedger(bench, trades),
      await intervals(bench, trades),
    ];
  },
};

const timed = async (task: () => unknown): Promise<number> => {
  const from = performance.now();
  await task();
  return performance.now() - from;
};

async function fromMemory({ rounds }: Bench, trades: TradeColumns): Promise<Finding> {
  const pairs = await inTurn(
    rounds,
    () => timed(() => finished(summaryOf(trades, OPTIONS))),
    () => timed(() => floorMetrics(trades, OPTIONS.startingEquity)),
  );
  const [product, floor] = [spreadOf(pairs.product), spreadOf(pairs.floor)];
  const ratio = ratioOf(pairs, (one) => one);
  const goals = [withinFloor(ratio, 2), atMost(product.median, 150, "ms")];
  const what = `every metric of ${trades.length.toLocaleString("en")} trades in memory`;
  return { id: "8", what, unit: "ms", product, floor, ratio, goals };
}

async function longestTurn({ rounds }: Bench, trades: TradeColumns): Promise<Finding> {
  const turnOf = async (task: () => Promise<unknown>): Promise<number> => {
    const watch = watchTurns();
    await task();
    return watch.stop();
  };
  const idle = () => new Promise((resolve) => setTimeout(resolve, 200));
  const pairs = await inTurn(
    rounds,
    () => turnOf(() => inTurns(summaryOf(trades, OPTIONS))),
    () => turnOf(idle),
  );
  const [product, floor] = [spreadOf(pairs.product), spreadOf(pairs.floor)];
  const what = "the same in turns: the longest";
  const goals = [atMost(product.median, 20, "ms")];
  return { id: "8 turn", what, unit: "ms", product, floor, ratio: null, goals };
}

/** Floor: every column that is needed, row by row, and the floor's loop. */
async function fromLedger({ rounds, disk }: Bench, trades: TradeColumns): Promise<Finding> {
  const path = join(disk.folder(), "ledger.db");
  writeLedger(path, trades);
  const raw = new Database(path, { readonly: true });
  const rows = raw
    .prepare(
      `SELECT at, held, net, fees, quantity, is_long, to_stop, instrument, author, how FROM equity
        ORDER BY sequence`,
    )
    .raw();
  const ledger = opened(openLedgerReadOnly(path));
  const pairs = await inTurn(
    rounds,
    () => timed(async () => inTurns(summaryOf(await inTurns(ledger.closedTrades(null)), OPTIONS))),
    () =>
      timed(() => {
        let sum = 0;
        for (const row of rows.iterate() as Iterable<number[]>) sum += row[2] as number;
        return sum + floorMetrics(trades, OPTIONS.startingEquity);
      }),
  );
  ledger.close();
  raw.close();
  const [product, floor] = [spreadOf(pairs.product), spreadOf(pairs.floor)];
  const ratio = ratioOf(pairs, (one) => one);
  const goals = [withinFloor(ratio, 2.2), atMost(product.median, 500, "ms")];
  return { id: "8b", what: "the same from the ledger", unit: "ms", product, floor, ratio, goals };
}

async function intervals({ rounds }: Bench, trades: TradeColumns): Promise<Finding> {
  const study = finished(studyOf(trades, OPTIONS));
  if (summarised(study).daily.length < 100) throw new Error("there are too few days");
  const product = spreadOf(
    await again(rounds, () => timed(() => resampled(resampleTask(trades, study, 1), () => 1))),
  );
  const what = `intervals by ${TRADES_MAX.toLocaleString("en")} trades, drawn a thousand times`;
  const goals = [atMost(product.median, 1_000, "ms")];
  return { id: "8 draw", what, unit: "ms", product, floor: null, ratio: null, goals };
}

/** MES of five authors, some minutes apart, one after the other; half of them lose. */
function manyTrades(count: number): TradeColumns {
  const dice = seeded(26);
  const builder = columnsBuilder();
  let free = START;
  for (let index = 0; index < count; index++) {
    const entryAt = free + dice.below(240) * 1_000;
    const exitAt = entryAt + 60_000 + dice.below(900) * 1_000;
    free = exitAt;
    const quantity = 1 + dice.below(6);
    const points = dice.below(85) - 40;
    builder.add({
      ...{ entryAt, exitAt, quantity, direction: dice.below(2) * 2 - 1 },
      net: (points * 12_500 - 12_200) * quantity,
      fees: 12_200 * quantity,
      pointWorth: 50_000,
      risk: 500_000 * quantity,
      mae: dice.below(40) / 4 + 0.25,
      mfe: dice.below(50) / 4 + 0.25,
      labels: {
        instrument: "MES",
        author: `author ${dice.below(5)}`,
        account: "paper",
        exit: dice.below(2) === 0 ? "target" : "stop",
        ...{ tag: "", sizeLetter: "" },
      },
    });
  }
  return builder.finish();
}

function writeLedger(path: string, trades: TradeColumns): void {
  opened(openLedger(path, { at: millis(0) })).close();
  const database = new Database(path);
  const add = database.prepare(
    `INSERT INTO equity (sequence, trade, number, account, at, trade_date, gross, fees, net, held,
                         quantity, is_long, to_stop, approved, instrument, author, how)
     VALUES (?, ?, ?, 'paper', ?, '', 0, ?, ?, ?, ?, ?, ?, 0, 'MES', ?, ?)`,
  );
  const { author, exit } = trades.labels;
  const fill = database.transaction(() => {
    for (let at = 0; at < trades.length; at++) {
      const exitAt = trades.exitAt[at] as number;
      const held = exitAt - (trades.entryAt[at] as number);
      const market = [trades.quantity[at], Number((trades.direction[at] as number) > 0)];
      const money = [trades.fees[at], trades.net[at], held];
      const words = [
        author.names[author.codes[at] as number],
        exit.names[exit.codes[at] as number],
      ];
      add.run(at + 1, `t${at}`, at + 1, exitAt, ...money, ...market, 40, ...words);
    }
  });
  fill();
  database.close();
}
