/**
 * The tables of a mail. A mail is as wide as a phone and nothing in it can be pushed aside, so a table
 * of many columns becomes a list:
 *
 * ```text
 * few columns           many columns
 *   DATE   TRADES  NET    09:31:05 · alice · ES long 6325.00 · taken
 *   03-02       3  $8     TO BE HAD 6325.50   FILLED 6326.00   NET $52.50
 * ```
 */
import type { Drawing, Sheet, SheetColumn, SheetTable } from "../../core/model/notification.ts";
import { html, type Markup, NOTHING } from "../../core/views/html.ts";

/** More would not fit beside each other. */
const COLUMNS_MAX = 5;

const INK = "#1c2733";
const SOFT = "#4d5a67";
const LINE = "border-top:1px solid #dfe5ea";
/** What stands where there is nothing to say. */
const NONE: ReadonlySet<string> = new Set(["", "-"]);

export const sheetHtml = ({ tables, charts }: Sheet): Markup =>
  html`${tables.map(tableHtml)}${charts.map(chartInWords)}`;

/** Of one that could not be painted. */
const chartInWords = ({ says }: Drawing): Markup =>
  html`<div style="margin-top:10px;font-size:13px;color:${SOFT}">${says}</div>
`;

function tableHtml(table: SheetTable): Markup {
  const { title } = table;
  const head =
    title === ""
      ? NOTHING
      : html`<div style="margin-top:16px;font-size:14px;color:${INK}"><strong>${title}</strong></div>
`;
  if ("lines" in table) return html`${head}${table.lines.map(lineHtml)}`;
  const { columns, rows } = table;
  return html`${head}${columns.length > COLUMNS_MAX ? listHtml(columns, rows) : gridHtml(columns, rows)}`;
}

const lineHtml = (line: string): Markup =>
  html`<div style="font-size:13px;line-height:19px;color:${INK};word-break:break-word">${line}</div>
`;

type Rows = readonly (readonly string[])[];

const gridHtml = (
  columns: readonly SheetColumn[],
  rows: Rows,
): Markup => html`<table width="100%" cellpadding="0" cellspacing="0" style="font-size:12px;line-height:17px;color:${INK}">
<tr>${columns.map(({ title, align }) => html`<th scope="col" align="${align}" style="padding:2px 8px 2px 0;font-weight:normal;color:${SOFT}">${title}</th>`)}</tr>
${rows.map(
  (row) => html`<tr>${columns.map((column, at) => cellHtml(column, row[at] ?? ""))}</tr>
`,
)}</table>
`;

const cellHtml = ({ align }: SheetColumn, text: string): Markup =>
  html`<td align="${align}" valign="top" style="padding:2px 8px 2px 0;${LINE};${align === "right" ? "white-space:nowrap" : "word-break:break-word"}">${text}</td>`;

const listHtml = (columns: readonly SheetColumn[], rows: Rows): Markup =>
  html`${rows.map((row) => rowHtml(columns, row))}`;

/** Words first, then the numbers with their names. */
function rowHtml(columns: readonly SheetColumn[], row: readonly string[]): Markup {
  const cells = columns.flatMap((column, at) => {
    const text = row[at] ?? "";
    return NONE.has(text) ? [] : [{ ...column, text }];
  });
  const words = cells.filter(({ align }) => align === "left").map(({ text }) => text);
  const numbers = cells.filter(({ align }) => align === "right");
  return html`<div style="padding:4px 0;${LINE};font-size:12px;line-height:17px;color:${INK};word-break:break-word">${words.join(" · ")}<br>
${numbers.map(({ title, text }) => html`<span style="display:inline-block;padding-right:12px;white-space:nowrap">${named(title, text)}</span> `)}</div>
`;
}

/** A number of a trade has its name in itself. */
function named(title: string, text: string): Markup {
  if (title === "#") return html`#${text.replace("#", "")}`;
  return html`<span style="color:${SOFT}">${title}</span> ${text}`;
}
