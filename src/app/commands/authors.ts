/** `tradestream authors`: what following each author came to, and why the rest was not traded. */
import { tradeDateEnd, tradeDateStart } from "../../core/model/trade-date.ts";
import { authorsOf, renderAuthors } from "../../core/views/authors.ts";
import type { Handlers } from "../../ports/console.ts";
import type { Context } from "../context.ts";
import { everyPage, lookIntoLedger } from "../ledger-look.ts";

export const authors =
  (context: Context): Handlers["authors"] =>
  (options) =>
    lookIntoLedger(context, options, (ledger) => {
      const { from, to, json } = options;
      const time = {
        ...(from !== null && { from: tradeDateStart(from) }),
        ...(to !== null && { until: tradeDateEnd(to) }),
      };
      const dates = { ...(from !== null && { from }), ...(to !== null && { to }) };
      const views = authorsOf(
        everyPage(
          (below) => ledger.alerts({ ...time, ...(below !== undefined && { below }) }),
          ({ sequence }) => sequence,
        ),
        everyPage(
          (below) =>
            ledger.trades({ phase: "closed", ...dates, ...(below !== undefined && { below }) }),
          ({ number }) => number,
        ),
      );
      const { screen } = context;
      if (json) for (const view of views) screen.printJson(view);
      else for (const line of renderAuthors(views, screen.columns())) screen.print(line);
      return 0;
    });
