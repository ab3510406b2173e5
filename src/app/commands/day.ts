/**
 * `tradestream day`: one trade date on one page, read from the journal and the ledger. `--bundle`
 * writes it into a file that may be shown to strangers.
 */
import type { DayView } from "../../core/views/day.ts";
import { dayBundle } from "../../core/views/day-bundle.ts";
import { renderDay } from "../../core/views/day-text.ts";
import type { ExitCode, Handlers } from "../../ports/console.ts";
import { type Context, leave, stopped } from "../context.ts";
import { dayIn, dayRowsOf, newestDateIn } from "../day-of.ts";
import { withLedger } from "../ledger-look.ts";
import { fromHere } from "../places.ts";
import { lookInto } from "../reading.ts";
import { wire } from "../wire.ts";

type Options = Parameters<Handlers["day"]>[0];

export const day =
  (context: Context): Handlers["day"] =>
  (options) =>
    lookInto(context, options, async (journal, directory) => {
      const date = options.date ?? newestDateIn(journal);
      if (date === null) return leave(context, stopped(2, "nothing has happened yet"));
      const book = await dayIn(journal, date);
      const { newFile } = await wire.newFile();
      return withLedger(context, directory, (ledger) => {
        const page = book.page(dayRowsOf(ledger, date, date));
        return options.bundle === null
          ? show(context, options, page)
          : bundle(context, { ...options, file: options.bundle }, page, newFile);
      });
    });

function show({ screen }: Context, { json }: Options, page: DayView): ExitCode {
  if (json) screen.printJson(page);
  else for (const line of renderDay(page, screen.columns())) screen.print(line);
  return 0;
}

function bundle(
  context: Context,
  { file, authors, json }: Options & { readonly file: string },
  page: DayView,
  newFile: (path: string, text: string) => string | null,
): ExitCode {
  const text = `${JSON.stringify(dayBundle(page, { withAuthors: authors }), null, 2)}\n`;
  const fault = newFile(fromHere(context.here, file), text);
  if (fault !== null) return leave(context, stopped(2, `${file}: ${fault}`));
  if (json) context.screen.printJson({ file, tradeDate: page.tradeDate });
  else context.screen.print(`${page.tradeDate} in ${file}, without names of accounts`);
  return 0;
}
