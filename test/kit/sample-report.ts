/** Reports for tests: of trades made from a few words, with cards where they are wanted. */
import { resampled, resampleTask } from "../../src/core/analyze/bootstrap.ts";
import type { Choice } from "../../src/core/analyze/chosen.ts";
import { finished } from "../../src/core/analyze/slices.ts";
import { studyOf } from "../../src/core/analyze/study.ts";
import { summarised } from "../../src/core/analyze/summary.ts";
import { accountId, tradeIdOf } from "../../src/core/model/ids.ts";
import { parseIso } from "../../src/core/model/iso-time.ts";
import type { ClosedTrade } from "../../src/core/model/trade-columns.ts";
import { tradeDate } from "../../src/core/model/trade-date.ts";
import { contracts, dollars, millis, money, ticks } from "../../src/core/model/units.ts";
import { figureIn } from "../../src/core/views/metrics.ts";
import {
  type CardSource,
  cardOfRecord,
  columnsOfRecords,
  tradeOfRecord,
} from "../../src/core/views/report/from-record.ts";
import { type Report, tradesIn } from "../../src/core/views/report/report.ts";
import { seeded } from "../../src/std/seeded.ts";
import { closedTrade, columnsOf } from "./closed-trades.ts";

const EVERYTHING: Choice = { from: null, to: null, account: null, author: null };
const MADE = parseIso("2026-11-23T16:00:00Z") as number;

/** Of trades without a story, as a file brings them. */
export function reportOn(trades: readonly ClosedTrade[], choice: Partial<Choice> = {}): Report {
  const columns = columnsOf(trades);
  return {
    ...figuresOf(columns),
    madeAt: millis(MADE),
    source: "closed.csv",
    choice: { ...EVERYTHING, ...choice },
    trades: tradesIn(columns),
    cards: [],
  };
}

/** Of trades out of a ledger, with a card each. */
export function reportWithCards(records: readonly CardSource[]): Report {
  return {
    ...figuresOf(finished(columnsOfRecords(records))),
    madeAt: millis(MADE),
    source: "the ledger",
    choice: EVERYTHING,
    trades: records.map(tradeOfRecord),
    cards: records.toReversed().map((record) => cardOfRecord(record, [])),
  };
}

const DRAWN_MAX = 100;

function figuresOf(columns: ReturnType<typeof columnsOf>) {
  const study = finished(studyOf(columns, { startingEquity: dollars(50_000), days: "all" }));
  const summary = finished(summarised(study));
  // Some tenths of a second of arithmetic, which few tests look at.
  if (columns.length > DRAWN_MAX || columns.length === 1) return { summary, intervals: {} };
  const task = resampleTask(columns, study, 1);
  return { summary, intervals: resampled(task, (key) => figureIn(summary.figures, key)) };
}

const OPENED = parseIso("2026-11-17T15:00:00Z") as number;

/** A long of 3 MES that took its first target and left the rest at breakeven. */
export function sampleRecord(parts: Partial<CardSource> = {}): CardSource {
  const number = parts.number ?? 7;
  const message = { source: "discord", channel: "1", id: `m${number}` } as const;
  const account = accountId("paper");
  const at = (seconds: number) => millis(OPENED + number * 600_000 + seconds * 1_000);
  return {
    id: tradeIdOf(message, account),
    ...{ number, account, author: "alice", message },
    text: "ES long 6326: A\nStop: 6316",
    ...{ instrument: "MES", contract: "MESZ26", side: "long", sizeLetter: "A", phase: "closed" },
    size: contracts(3),
    ...{ alerted: ticks(25_304), stop: ticks(25_264) },
    targets: [ticks(25_332), ticks(25_352)],
    risk: dollars(160),
    market: { bid: ticks(25_304), ask: ticks(25_305), age: millis(120) },
    entry: { quantity: contracts(3), priceSum: 3 * 25_305 },
    exit: { quantity: contracts(3), priceSum: 25_333 + 2 * 25_305 },
    ...{ entryPoints: 6326.25, exitPoints: 6328.583333333333 },
    stopSlippage: money(0),
    reach: { high: ticks(25_340), low: ticks(25_290), by: "ticks", unseen: null },
    ...{ targetsHit: 1, how: "breakeven", reason: null },
    ...{ gross: dollars(35), fees: dollars(3.66), net: dollars(31.34) },
    ...{ alertedAt: at(0), receivedAt: at(0.4), plannedAt: at(0.4), sentAt: at(0.45) },
    ...{ filledAt: at(0.6), openedAt: at(0.6), closedAt: at(480) },
    tradeDate: tradeDate("2026-11-17"),
    fills: [
      fill("entry", 0, 25_305, 1, at(0.6)),
      fill("entry", 1, 25_305, 2, at(0.6)),
      fill("target", 0, 25_333, 1, at(200)),
      fill("stop", 1, 25_305, 2, at(480)),
    ],
    ...parts,
  };
}

const fill = (
  by: CardSource["fills"][number]["by"],
  tranche: number,
  price: number,
  quantity: number,
  at: CardSource["fills"][number]["at"],
) => ({ by, tranche, price: ticks(price), quantity: contracts(quantity), at });

/** Some trades a day over many months: winners and losers of three letters and two authors. */
export function manyTrades(count: number, seed = 26): readonly ClosedTrade[] {
  const dice = seeded(seed);
  const start = parseIso("2025-08-04T13:30:00Z") as number;
  const day = 86_400_000;
  return Array.from({ length: count }, (_, index) => {
    const date = Math.floor((index * 420) / count);
    const monday = start + Math.floor(date / 5) * 7 * day + (date % 5) * day;
    const entryAt = monday + dice.below(360) * 60_000;
    const quantity = 1 + dice.below(3);
    const points = [-10, 3.5, 9.5][dice.below(100) < 38 ? 0 : 1 + dice.below(2)] as number;
    return closedTrade({
      ...{ entryAt, exitAt: entryAt + 60_000 * (2 + dice.below(60)), quantity },
      net: (points * 50_000 - 12_200) * quantity,
      fees: 12_200 * quantity,
      direction: dice.below(2) * 2 - 1,
      risk: 500_000 * quantity,
      mae: points < 0 ? 10 : dice.below(36) / 4,
      mfe: points < 0 ? dice.below(26) / 4 : points + dice.below(12) / 4,
      labels: {
        ...{ author: dice.below(2) === 0 ? "JMoney" : "alice", account: "paper" },
        sizeLetter: "ABC".charAt(3 - quantity),
        exit: points < 0 ? "stop" : points > 5 ? "targets" : "breakeven",
      },
    });
  });
}
