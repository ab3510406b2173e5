/**
 * `tradestream report`: the trades in figures and one by one, on the screen or in a file.
 *
 * What was asked for is checked before anything is counted: an account or an author that nobody knows
 * is named together with those there are.
 */
import { createHash } from "node:crypto";
import { dollars } from "../../core/model/units.ts";
import { clean } from "../../core/views/plain-text.ts";
import type { ReportFormat } from "../../core/views/report/formats.ts";
import { formatOfFile, formOf } from "../../core/views/report/forms.ts";
import type { Report } from "../../core/views/report/report.ts";
import type { ExitCode, Handlers, ReportOptions } from "../../ports/console.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { type Context, leave, type Stopped, stopped } from "../context.ts";
import { fromLedger } from "../ledger-look.ts";
import { fromHere } from "../places.ts";
import { openingIn, type ReportParts, reportOf, USUAL_EQUITY } from "../report-of.ts";
import { inTurns } from "../sliced.ts";
import { tradesOfFile } from "../trades-of-file.ts";
import { wire } from "../wire.ts";

type Options = Parameters<Handlers["report"]>[0];

export const report =
  (context: Context): Handlers["report"] =>
  async (options) => {
    const { from, to } = options;
    if (from !== null && to !== null && from > to) {
      return leave(context, stopped(2, `--from ${from} is after --to ${to}`));
    }
    const made = await madeReport(context, options);
    return made.ok ? deliver(context, options, made.value) : leave(context, made.error);
  };

async function madeReport(context: Context, options: Options): Promise<Result<Report, Stopped>> {
  if (options.trades !== null) return ofFile(context, options, options.trades);
  return fromLedger(context, options, async (ledger) => {
    const trades = await inTurns(ledger.closedTrades(null));
    const asked = partsOf(context, options, openingIn(ledger, options.account));
    const unknown = unknownName(options, { accounts: ledger.accounts(), trades });
    if (unknown !== null) return err(unknown);
    return ok(await reportOf({ ...asked, source: "the ledger", trades, ledger }));
  });
}

async function ofFile(
  context: Context,
  options: Options,
  file: string,
): Promise<Result<Report, Stopped>> {
  const read = await tradesOfFile(context, { file, json: options.json });
  if (!read.ok) return read;
  const trades = read.value;
  const unknown = unknownName(options, { accounts: trades.labels.account.names, trades });
  if (unknown !== null) return err(unknown);
  const asked = partsOf(context, options, USUAL_EQUITY);
  return ok(await reportOf({ ...asked, source: clean(file), trades, ledger: null }));
}

function partsOf({ clock }: Context, options: Options, opening: ReportParts["opening"]) {
  const { from, to, account, author, days, startingEquityUsd } = options;
  const asked = startingEquityUsd === null ? opening : dollars(startingEquityUsd);
  return { madeAt: clock.now(), choice: { from, to, account, author }, days, opening: asked };
}

interface Known extends Pick<ReportParts, "trades"> {
  readonly accounts: readonly string[];
}

function unknownName(
  { account, author }: Pick<ReportOptions, "account" | "author">,
  { accounts, trades }: Known,
): Stopped | null {
  if (account !== null && !accounts.includes(account)) {
    return stopped(2, `there is no account ${clean(account)}; ${thereAre(accounts)}`);
  }
  const authors = trades.labels.author.names;
  if (author === null || authors.includes(author)) return null;
  return stopped(2, `no trade is by ${clean(author)}; ${thereAre(authors)}`);
}

const NAMED_MAX = 20;

function thereAre(names: readonly string[]): string {
  const given = names.filter((name) => name !== "").toSorted();
  if (given.length === 0) return "there are none";
  const more = given.length > NAMED_MAX ? ` and ${given.length - NAMED_MAX} more` : "";
  return `there are ${given.slice(0, NAMED_MAX).map(clean).join(", ")}${more}`;
}

async function deliver(context: Context, options: Options, made: Report): Promise<ExitCode> {
  const { screen, here } = context;
  const { file } = options;
  const format = formatFor(options);
  const columns = file === null ? screen.columns() : FILE_COLUMNS;
  const text = formOf(made, { format, columns, digest });
  if (file === null) {
    screen.print(text.trimEnd());
    return 0;
  }
  const { writeReport } = await wire.reportFile();
  const written = writeReport(fromHere(here, file), text);
  if (!written.ok) return leave(context, stopped(1, `${clean(file)}: ${written.error}`));
  const trades = made.trades.length === 1 ? "1 trade" : `${made.trades.length} trades`;
  if (options.json) screen.printJson({ file, format, trades: made.trades.length });
  else screen.print(`${trades} in ${clean(file)}`);
  return 0;
}

/** A file has no screen to fit. */
const FILE_COLUMNS = 160;

function formatFor({ format, file, json }: Options): ReportFormat {
  if (format !== null) return format;
  const ending = file === null ? null : formatOfFile(file);
  return ending ?? (json ? "json" : "text");
}

const digest = (text: string): string => createHash("sha256").update(text).digest("base64");
