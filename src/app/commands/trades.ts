/** `tradestream trades`: what is open and what has been, read from the journal. */

import { toDollars } from "../../core/model/units.ts";
import { showMoney } from "../../core/model/wording.ts";
import { renderTrades, tradeRows, tradeView } from "../../core/views/trades.ts";
import type { ExitCode, Handlers } from "../../ports/console.ts";
import type { Context } from "../context.ts";
import { openTrades } from "../exposure.ts";
import { netOf, renderFinished, tradesIn } from "../finished-trades.ts";
import { lookInto } from "../reading.ts";
import { driftOf, renderTwins, type TwinPair, twinPairs } from "../twin-trades.ts";

export const trades =
  (context: Context): Handlers["trades"] =>
  (options) =>
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
