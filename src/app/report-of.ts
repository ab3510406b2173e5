/**
 * A report made: the trades chosen and studied, and out of the ledger each of them with its story.
 *
 * ```text
 * columns ─► chosen ─► study ─► summary ─► a thread draws the intervals ─┐
 * ledger ─► records, a page at a time ─► rows; of the newest, cards ─────┴► report
 * ```
 */
import { type Intervals, resampleTask } from "../core/analyze/bootstrap.ts";
import { METRICS } from "../core/analyze/catalogue.ts";
import { type Choice, chosen } from "../core/analyze/chosen.ts";
import type { DayChoice } from "../core/analyze/days.ts";
import { type StudyOptions, studyOf } from "../core/analyze/study.ts";
import { summarised } from "../core/analyze/summary.ts";
import { accountId } from "../core/model/ids.ts";
import type { TradeColumns } from "../core/model/trade-columns.ts";
import type { TradeRecord } from "../core/model/trade-record.ts";
import { dollars, type Millis, type Money, money } from "../core/model/units.ts";
import { figureIn } from "../core/views/metrics.ts";
import { CARDS_MAX } from "../core/views/report/cards.ts";
import { cardOfRecord, columnsOfRecords, tradeOfRecord } from "../core/views/report/from-record.ts";
import { type Report, type ReportTrade, tradesIn } from "../core/views/report/report.ts";
import type { LedgerReader } from "../ports/ledger.ts";
import { type Resampling, resampleInWorker } from "./resampling.ts";
import { inTurns } from "./sliced.ts";

export interface ReportParts {
  readonly madeAt: Millis;
  readonly source: string;
  readonly trades: TradeColumns;
  readonly choice: Choice;
  readonly days: DayChoice;
  /** Before the first of all trades. */
  readonly opening: Money;
  /** Null: trades of a file, which have no story. */
  readonly ledger: Pick<LedgerReader, "trades" | "fills" | "decisionsOn"> | null;
  /** Who draws the intervals; else a thread. */
  readonly draw?: (resampling: Resampling) => Promise<Intervals>;
}

/** What paper accounts begin with; also the base of an account whose balance begins at nothing. */
export const USUAL_EQUITY = dollars(50_000);

/** So that the same trades have the same intervals. */
export const SEED = 1;

export async function reportOf({ trades: all, ledger, ...parts }: ReportParts): Promise<Report> {
  const { madeAt, source, choice, days, opening } = parts;
  const { trades: columns, before } = await inTurns(chosen(all, choice));
  const records = ledger === null ? [] : await recordsOf(ledger, choice);
  const trades = ledger === null ? columns : await inTurns(columnsOfRecords(records.toReversed()));
  const startingEquity = Math.max(money(opening + Math.round(before)), EQUITY_LEAST);
  const { summary, resampling } = await figuresOf(trades, { startingEquity, days });
  const intervals = await (parts.draw ?? resampleInWorker)(resampling);
  const rows = ledger === null ? tradesIn(trades) : records.toReversed().map(tradeOfRecord);
  const cards = ledger === null ? [] : cardsOf(ledger, records);
  return { madeAt, source, choice, summary, intervals, trades: inOrder(rows), cards };
}

/** Of the trades a ledger holds; an account whose balance began at nothing counts from the usual. */
export async function reportOfLedger(
  ledger: LedgerReader,
  asked: Pick<ReportParts, "madeAt" | "choice" | "days" | "draw">,
): Promise<Report> {
  const trades = await inTurns(ledger.closedTrades(null));
  const opening = openingIn(ledger, asked.choice.account);
  return reportOf({ ...asked, opening, source: "the ledger", trades, ledger });
}

export function openingIn(ledger: Pick<LedgerReader, "opening">, account: string | null): Money {
  const opening = ledger.opening(account);
  return opening > 0 ? opening : USUAL_EQUITY;
}

/** Returns divide by it, so an account that had lost everything begins with a dollar. */
const EQUITY_LEAST = dollars(1);

async function figuresOf(trades: TradeColumns, options: StudyOptions) {
  const study = await inTurns(studyOf(trades, options));
  const summary = await inTurns(summarised(study));
  const figures = METRICS.map(({ key }) => [key, figureIn(summary.figures, key)]);
  const task = resampleTask(trades, study, SEED);
  return { summary, resampling: { task, figures: Object.fromEntries(figures) } };
}

const inOrder = (rows: readonly ReportTrade[]): readonly ReportTrade[] =>
  rows.toSorted((a, b) => a.exitAt - b.exitAt || (a.number ?? 0) - (b.number ?? 0));

/** Closed ones, the last close first; between two pages everything else has its turn. */
async function recordsOf(
  ledger: Pick<LedgerReader, "trades">,
  { from, to, account, author }: Choice,
): Promise<readonly TradeRecord[]> {
  const filter = {
    phase: "closed",
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(account === null ? {} : { account: accountId(account) }),
  } as const;
  const found: TradeRecord[] = [];
  let page = ledger.trades(filter);
  while (page.length > 0) {
    found.push(...page.filter((one) => author === null || one.author === author));
    await new Promise((resolve) => setImmediate(resolve));
    page = ledger.trades({ ...filter, below: (page.at(-1) as TradeRecord).number });
  }
  return found.toSorted((a, b) => closeOf(b) - closeOf(a) || b.number - a.number);
}

const closeOf = ({ closedAt, plannedAt }: TradeRecord): Millis => closedAt ?? plannedAt;

const cardsOf = (
  ledger: Pick<LedgerReader, "fills" | "decisionsOn">,
  records: readonly TradeRecord[],
) =>
  records
    .slice(0, CARDS_MAX)
    .map((record) =>
      cardOfRecord(
        { ...record, fills: ledger.fills(record.id) },
        ledger.decisionsOn(record.message),
      ),
    );
