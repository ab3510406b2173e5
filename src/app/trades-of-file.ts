/** Closed trades out of a file that somebody brings; what is wrong with it is told with its place. */
import type { TradeColumns } from "../core/model/trade-columns.ts";
import { err, ok, type Result } from "../std/result.ts";
import { type Context, type Stopped, stopped } from "./context.ts";
import { fromHere } from "./places.ts";
import { wire } from "./wire.ts";

export async function tradesOfFile(
  { here, screen }: Context,
  { file, json }: { readonly file: string; readonly json: boolean },
): Promise<Result<TradeColumns, Stopped>> {
  const { explainTradeFault, readTradeFile } = await wire.tradeFile();
  const read = await readTradeFile({ path: fromHere(here, file) });
  if (read.ok) return ok(read.value);
  const error = explainTradeFault({ ...read.error, file });
  if (json) screen.printJson({ row: read.error.row, column: read.error.column, error });
  return err(stopped(2, error));
}
