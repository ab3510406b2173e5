/** `tradestream trades`: what is open and what has been, read from the journal. */

import { toDollars } from "../../core/model/units.ts";
import { showMoney } from "../../core/model/wording.ts";
import { renderTrades, tradeRows, tradeView } from "../../core/views/trades.ts";
import type { Handlers } from "../../ports/console.ts";
import type { Context } from "../context.ts";
import { openTrades } from "../exposure.ts";
import { netOf, renderFinished, tradesIn } from "../finished-trades.ts";
import { lookInto } from "../reading.ts";

export const trades =
  (context: Context): Handlers["trades"] =>
  (options) =>
    lookInto(context, options, (journal) => {
      const { screen } = context;
      const { state, finished } = tradesIn(journal);
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
