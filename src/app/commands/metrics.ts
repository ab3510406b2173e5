/**
 * `tradestream metrics`: every figure of performance, of the trades in the ledger or of a file that
 * anybody brings.
 *
 * ```text
 * --trades FILE ─► columns ─┐
 * ledger ─────────► columns ─┴► study, in slices ─► figures ─► JSON or tables
 *                                          └─► a thread draws the intervals
 * ```
 */
import { type Intervals, resampleTask } from "../../core/analyze/bootstrap.ts";
import { METRICS } from "../../core/analyze/catalogue.ts";
import { studyOf } from "../../core/analyze/study.ts";
import { summarised } from "../../core/analyze/summary.ts";
import type { TradeColumns } from "../../core/model/trade-columns.ts";
import { dollars, type Money } from "../../core/model/units.ts";
import { figureIn, metricsJson, renderMetrics } from "../../core/views/metrics.ts";
import type { ExitCode, Handlers } from "../../ports/console.ts";
import { ok, type Result } from "../../std/result.ts";
import { type Context, leave, type Stopped } from "../context.ts";
import { fromLedger } from "../ledger-look.ts";
import { SEED, USUAL_EQUITY } from "../report-of.ts";
import { resampleInWorker } from "../resampling.ts";
import { inTurns } from "../sliced.ts";
import { tradesOfFile } from "../trades-of-file.ts";

type Options = Parameters<Handlers["metrics"]>[0];

interface Record {
  readonly trades: TradeColumns;
  /** Null: it did not begin with anything. */
  readonly opening: Money | null;
}

export const metrics =
  (context: Context): Handlers["metrics"] =>
  async (options) => {
    const record = await recordOf(context, options);
    return record.ok ? show(context, options, record.value) : leave(context, record.error);
  };

async function show(
  { screen }: Context,
  { startingEquityUsd, days, json }: Options,
  { trades, opening }: Record,
): Promise<ExitCode> {
  const asked = startingEquityUsd === null ? null : dollars(startingEquityUsd);
  const startingEquity = asked ?? opening ?? USUAL_EQUITY;
  const study = await inTurns(studyOf(trades, { startingEquity, days }));
  const summary = await inTurns(summarised(study));
  const keys = METRICS.map(({ key }) => [key, figureIn(summary.figures, key)]);
  const intervals: Intervals = await resampleInWorker({
    task: resampleTask(trades, study, SEED),
    figures: Object.fromEntries(keys),
  });
  if (json) screen.printJson(metricsJson(summary, intervals));
  else for (const line of renderMetrics(summary, intervals, screen.columns())) screen.print(line);
  return 0;
}

function recordOf(context: Context, options: Options): Promise<Result<Record, Stopped>> {
  if (options.trades !== null) return ofFile(context, options, options.trades);
  return fromLedger(context, options, async (ledger) => {
    const trades = await inTurns(ledger.closedTrades(options.account));
    const opening = ledger.opening(options.account);
    return ok({ trades, opening: opening > 0 ? opening : null });
  });
}

async function ofFile(
  context: Context,
  { json }: Options,
  file: string,
): Promise<Result<Record, Stopped>> {
  const read = await tradesOfFile(context, { file, json });
  return read.ok ? ok({ trades: read.value, opening: null }) : read;
}
