/**
 * The trades of a report as CSV, in the columns that `metrics --trades` reads: what is exported here
 * can be counted again, by us or by others.
 *
 * A field that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV
 * injection): names come from strangers.
 */
import { isoOf } from "../../model/iso-time.ts";
import { clean } from "../plain-text.ts";
import type { Report, ReportTrade } from "./report.ts";

const COLUMNS: readonly (readonly [string, (trade: ReportTrade) => string])[] = [
  ["trade", ({ number }) => numberText(number)],
  ["entry_time", ({ entryAt }) => isoOf(entryAt)],
  ["exit_time", ({ exitAt }) => isoOf(exitAt)],
  ["instrument", ({ instrument }) => instrument],
  ["side", ({ side }) => side],
  ["quantity", ({ quantity }) => String(quantity)],
  ["entry_price", ({ entry }) => numberText(entry)],
  ["exit_price", ({ exit }) => numberText(exit)],
  ["fees", ({ fees }) => numberText(fees)],
  ["initial_risk", ({ risk }) => numberText(risk)],
  ["mae_points", ({ mae }) => numberText(mae)],
  ["mfe_points", ({ mfe }) => numberText(mfe)],
  ["net", ({ net }) => numberText(net)],
  ["account", ({ account }) => word(account)],
  ["author", ({ author }) => word(author)],
  ["tag", ({ tag }) => word(tag)],
  ["size_letter", ({ sizeLetter }) => word(sizeLetter)],
  ["exit", ({ how }) => word(how)],
];

export const reportCsv = ({ trades }: Pick<Report, "trades">): readonly string[] => [
  COLUMNS.map(([name]) => name).join(","),
  ...trades.map((trade) => COLUMNS.map(([, of]) => of(trade)).join(",")),
];

/** A float's noise is cut off far behind what counts. */
const numberText = (value: number | null): string =>
  value === null ? "" : String(Number(value.toFixed(8)));

function word(name: string): string {
  const text = clean(name);
  const inert = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
