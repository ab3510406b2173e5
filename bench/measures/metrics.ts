/**
 * Every metric of a million trades (goals 8 and 8b): from memory, from the ledger's file, the longest
 * turn of it, and the intervals in their thread.
 *
 * What the ledger gives is compared once with what went in, so that nobody is quick by leaving
 * something out.
 */
import { join } from "node:path";
import Database from "better-sqlite3";
import { inTurns } from "../../src/app/sliced.ts";
import { resampled, resampleTask, TRADES_MAX } from "../../src/core/analyze/bootstrap.ts";
import { finished } from "../../src/core/analyze/slices.ts";
import { studyOf } from "../../src/core/analyze/study.ts";
import { summaryOf } from "../../src/core/analyze/summary.ts";
import { NUMBERS, type TradeColumns } from "../../src/core/model/trade-columns.ts";
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
const QUICK_TRADES = 100_000;
const OPTIONS = { startingEquity: dollars(500_000_000), days: "all" } as const;
const START = Date.UTC(2016, 0, 4, 15);

export const metrics: Measure = {
  name: "metrics",
  async run(bench) {
    bench.tell("metrics of very many trades");
    const trades = manyTrades(bench.quicker > 1 ? QUICK_TRADES : TRADES);
    return [
      await fromMemory(bench, trades),
      await longestTurn(bench, trades),
      ...(await fromLedger(bench, trades)),
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
async function fromLedger({ rounds, disk }: Bench, trades: TradeColumns): Promise<Finding[]> {
  const path = join(disk.folder(), "ledger.db");
  writeLedger(path, trades);
  const raw = new Database(path, { readonly: true });
  const ledger = opened(openLedgerReadOnly(path));
  checkSame(finished(ledger.closedTrades(null)), trades);
  const turns: number[] = [];
  const pairs = await inTurn(
    rounds,
    () =>
      timed(async () => {
        const watch = watchTurns();
        await inTurns(summaryOf(await inTurns(ledger.closedTrades(null)), OPTIONS));
        turns.push(watch.stop());
      }),
    () => timed(() => floorRows(raw, trades) + floorMetrics(trades, OPTIONS.startingEquity)),
  );
  ledger.close();
  raw.close();
  const [product, floor] = [spreadOf(pairs.product), spreadOf(pairs.floor)];
  const ratio = ratioOf(pairs, (one) => one);
  const goals = [withinFloor(ratio, 2.2), atMost(product.median, 500, "ms")];
  const longest = spreadOf(turns.slice(1));
  return [
    { id: "8b", what: "the same from the ledger", unit: "ms", product, floor, ratio, goals },
    {
      ...{ id: "8b turn", what: "the same in turns: the longest", unit: "ms" },
      ...{ product: longest, floor: null, ratio: null, goals: [atMost(longest.median, 20, "ms")] },
    },
  ];
}

/** Rows of the numbers alone, a thousand at a time: the quickest way to fetch them. */
function floorRows(database: Database.Database, trades: TradeColumns): number {
  const rows = database
    .prepare(
      `SELECT sequence, at, held, net, fees, quantity, is_long, to_stop, adverse, favourable
         FROM equity WHERE sequence > ? ORDER BY sequence LIMIT 1000`,
    )
    .raw();
  const nets = new Float64Array(trades.length);
  let [after, count] = [0, 0];
  for (;;) {
    const some = rows.all(after) as number[][];
    for (const row of some) nets[count++] = row[3] as number;
    if (some.length < 1_000) return nets[count - 1] as number;
    after = (some.at(-1) as number[])[0] as number;
  }
}

/** What came out of the ledger is what went in. */
function checkSame(found: TradeColumns, trades: TradeColumns): void {
  for (const name of NUMBERS) {
    if (found.length !== trades.length || found[name].some((it, at) => it !== trades[name][at])) {
      throw new Error(`the ledger gave other trades: ${name}`);
    }
  }
}

async function intervals({ rounds }: Bench, trades: TradeColumns): Promise<Finding> {
  const study = finished(studyOf(trades, OPTIONS));
  if (study.daily.dates.length < 100) throw new Error("there are too few days");
  const product = spreadOf(
    await again(rounds, () => timed(() => resampled(resampleTask(trades, study, 1), () => 1))),
  );
  const what = `intervals by ${TRADES_MAX.toLocaleString("en")} trades, drawn a thousand times`;
  const goals = [atMost(product.median, 1_000, "ms")];
  return { id: "8 draw", what, unit: "ms", product, floor: null, ratio: null, goals };
}

/** MES of five authors, some minutes apart, one after the other; half of them lose. */
function manyTrades(length: number): TradeColumns {
  const dice = seeded(26);
  const column = (): Float64Array => new Float64Array(length);
  const [entryAt, exitAt, net, fees, quantity] = [column(), column(), column(), column(), column()];
  const [direction, risk, mae, mfe] = [column(), column(), column(), column()];
  const words = (...names: string[]) => ({ codes: new Uint16Array(length), names });
  const authors = words("author 0", "author 1", "author 2", "author 3", "author 4");
  const exits = words("target", "stop");
  let free = START;
  for (let at = 0; at < length; at++) {
    const begins = free + dice.below(240) * 1_000;
    free = begins + 60_000 + dice.below(900) * 1_000;
    const contracts = 1 + dice.below(6);
    entryAt[at] = begins;
    exitAt[at] = free;
    quantity[at] = contracts;
    direction[at] = dice.below(2) * 2 - 1;
    net[at] = ((dice.below(85) - 40) * 12_500 - 12_200) * contracts;
    fees[at] = 12_200 * contracts;
    risk[at] = 500_000 * contracts;
    mae[at] = dice.below(40) / 4 + 0.25;
    mfe[at] = dice.below(50) / 4 + 0.25;
    authors.codes[at] = dice.below(5);
    exits.codes[at] = dice.below(2);
  }
  return {
    ...{ length, entryAt, exitAt, net, fees, quantity, direction, risk, mae, mfe },
    pointWorth: column().fill(50_000),
    labels: {
      ...{ instrument: words("MES"), author: authors, tag: words(""), account: words("paper") },
      ...{ sizeLetter: words("A"), exit: exits },
    },
  };
}

/** Ticks of MES on all contracts. */
const ticksOf = (points: number, quantity: number): number => points * 4 * quantity;

/** A journal has some twenty facts a trade, so their numbers are as far apart. */
const FACTS_A_TRADE = 20;

function writeLedger(path: string, trades: TradeColumns): void {
  opened(openLedger(path, { at: millis(0) })).close();
  const database = new Database(path);
  const add = database.prepare(
    `INSERT INTO equity (sequence, trade, number, account, at, trade_date, gross, fees, net, held,
                         quantity, is_long, to_stop, approved, instrument, author, how,
                         size_letter, adverse, favourable)
     VALUES (?, ?, ?, 'paper', ?, '2026-03-02', 0, ?, ?, ?, ?, ?, ?, 0, 'MES', ?, ?, 'A', ?, ?)`,
  );
  const { author, exit } = trades.labels;
  const fill = database.transaction(() => {
    for (let at = 0; at < trades.length; at++) {
      const number = (column: Float64Array): number => column[at] as number;
      const exitAt = number(trades.exitAt);
      const contracts = number(trades.quantity);
      add.run(
        ...[(at + 1) * FACTS_A_TRADE, `t-${at}`, at + 1, exitAt, number(trades.fees)],
        ...[number(trades.net), exitAt - number(trades.entryAt), contracts],
        ...[Number(number(trades.direction) > 0), ticksOf(10, contracts)],
        ...[author.names[author.codes[at] as number], exit.names[exit.codes[at] as number]],
        ...[ticksOf(number(trades.mae), contracts), ticksOf(number(trades.mfe), contracts)],
      );
    }
  });
  fill();
  database.close();
}
