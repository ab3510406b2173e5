/** `tradestream trades`: what is open and what has been, read from the journal. */

import { showPrice, ticksToPoints } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import { isoOf } from "../../core/model/iso-time.ts";
import { toDollars } from "../../core/model/units.ts";
import { showMoney } from "../../core/model/wording.ts";
import { cutTo } from "../../core/views/plain-text.ts";
import { renderTable, type TableColumn } from "../../core/views/table.ts";
import { formatTime } from "../../core/views/timeline.ts";
import { renderTradeRecord, tradeRecordView } from "../../core/views/trade-record.ts";
import { renderTrades, tradeRows, tradeView } from "../../core/views/trades.ts";
import type { ExitCode, Handlers } from "../../ports/console.ts";
import type { TradeDetail } from "../../ports/ledger.ts";
import { type Context, leave, stopped } from "../context.ts";
import { openTrades } from "../exposure.ts";
import { netOf, renderFinished, tradesIn } from "../finished-trades.ts";
import { lookIntoLedger } from "../ledger-look.ts";
import { lookInto } from "../reading.ts";
import { driftOf, renderTwins, type TwinPair, twinPairs } from "../twin-trades.ts";

type Options = Parameters<Handlers["trades"]>[0];

export const trades =
  (context: Context): Handlers["trades"] =>
  (options) =>
    options.trade === null ? all(context, options) : showOne(context, options, options.trade);

const all = (context: Context, options: Options): Promise<ExitCode> =>
  lookInto(context, options, (journal) => {
    const { screen } = context;
    const { state, finished } = tradesIn(journal);
    if (options.twin) return showTwins(context, options, twinPairs(finished, journal.read(0)));
    const open = tradeRows(openTrades(state)).map(tradeView);
    const shown = finished.slice(-(options.tail ?? finished.length));
    if (options.json) {
      for (const one of open) screen.printJson({ state: "open", ...one });
      for (const one of shown) screen.printJson({ state: "finished", ...one });
      screen.printJson({
        summary: {
          open: open.length,
          finished: finished.length,
          netUsd: toDollars(netOf(finished)),
        },
      });
      return 0;
    }
    if (open.length === 0 && finished.length === 0) screen.print("no trades yet");
    if (open.length > 0) print(renderTrades(open, screen.columns()));
    if (open.length > 0 && shown.length > 0) screen.print("");
    if (shown.length > 0) print(renderFinished(shown, screen.columns()));
    if (finished.length > 0) {
      screen.print(`${finished.length} finished, net ${showMoney(netOf(finished))}`);
    }
    return 0;

    function print(lines: readonly string[]): void {
      for (const line of lines) screen.print(line);
    }
  });

/** From alert to close, as the ledger has it. */
const showOne = (context: Context, options: Options, number: number): Promise<ExitCode> =>
  lookIntoLedger(context, options, (ledger) => {
    const trade = ledger.trade(number);
    if (trade === null) return leave(context, stopped(2, `there is no trade ${number}`));
    const { screen } = context;
    if (options.json)
      screen.printJson({ ...tradeRecordView(trade), fills: trade.fills.map(fillOf(trade)) });
    else
      for (const line of [...renderTradeRecord(trade), ...renderFills(trade, screen.columns())])
        screen.print(cutTo(line, screen.columns()));
    return 0;
  });

type Fill = TradeDetail["fills"][number];

const fillOf =
  ({ instrument }: TradeDetail) =>
  ({ by, price, quantity, fees, at }: Fill) => ({
    at: isoOf(at),
    by,
    pricePoints: ticksToPoints(instrumentOf(instrument), price),
    quantity,
    feesUsd: toDollars(fees),
  });

const FILLS: readonly TableColumn[] = [
  { title: "FILLED", align: "left" },
  { title: "BY", align: "left" },
  { title: "CONTRACTS", align: "right" },
  { title: "PRICE", align: "right" },
  { title: "FEES", align: "right" },
];

function renderFills({ fills, instrument }: TradeDetail, columns: number): readonly string[] {
  if (fills.length === 0) return [];
  const rows = fills.map(({ at, by, quantity, price, fees }) => [
    formatTime(at),
    by,
    String(quantity),
    showPrice(instrumentOf(instrument), price),
    showMoney(fees),
  ]);
  return ["", ...renderTable(FILLS, rows, columns)];
}

function showTwins(
  { screen }: Context,
  { json, tail }: Parameters<Handlers["trades"]>[0],
  pairs: readonly TwinPair[],
): ExitCode {
  const shown = pairs.slice(-(tail ?? pairs.length));
  if (json) {
    for (const one of shown) screen.printJson(one);
    screen.printJson({ summary: { pairs: pairs.length, driftUsd: toDollars(driftOf(pairs)) } });
    return 0;
  }
  if (pairs.length === 0) screen.print("no live trade with a twin is over yet (mode: twin)");
  for (const line of shown.length > 0 ? renderTwins(shown, screen.columns()) : []) {
    screen.print(line);
  }
  if (pairs.length > 0) screen.print(`live made ${showMoney(driftOf(pairs))} against paper`);
  return 0;
}
