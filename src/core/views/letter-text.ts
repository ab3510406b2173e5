/**
 * A letter as plain text: the twin of a mail's HTML, and all there is on a phone.
 *
 * ```text
 * 09:31:05 CT  #1 long 3 MES, limit 6327.00
 *              Stop: 6315.00
 *              alice wrote:
 *              > ES long 6325A stop 6315
 * ```
 *
 * A quotation keeps its lines and nothing else: each is cleaned, and stands behind a mark, so that
 * no line of a stranger's can pass for one of ours.
 */
import type { InlineImage, Item, Letter } from "../model/notification.ts";
import { clean } from "./plain-text.ts";
import { renderTables } from "./table.ts";
import { formatTime } from "./timeline.ts";

/** Lines shown of a quotation. */
const QUOTE_LINES = 12;
const INDENT = " ".repeat("09:31:05 CT  ".length);

export const letterLines = ({ items, images }: Letter): readonly string[] => [
  ...items.flatMap(itemLines),
  ...images.map(({ says }: InlineImage) => sayLine(says)),
];

/** Of a picture. */
const sayLine = (says: string): string => `[${clean(says)}]`;

/** Tables are made for a screen; a mail program on a phone breaks their lines. */
const COLUMNS = 110;

function itemLines({ at, title, details, quote, sheet }: Item): readonly string[] {
  const quoted = quote === null ? [] : quoteLines(quote.text);
  return [
    `${formatTime(at)}  ${clean(title)}`,
    ...details.map(({ label, value }) => `${INDENT}${clean(label)}: ${clean(value)}`),
    ...(quote === null ? [] : [`${INDENT}${authorOf(quote)} wrote:`]),
    ...quoted.map((line) => `${INDENT}> ${line}`),
    ...(sheet === undefined ? [] : renderTables(sheet.tables, COLUMNS)),
    ...(sheet?.charts ?? []).map(({ says }) => sayLine(says)),
  ];
}

export const authorOf = ({ author }: NonNullable<Item["quote"]>): string =>
  author === null ? "somebody" : clean(author);

/** The lines of a stranger's text, clean and not too many. */
export function quoteLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map(clean);
  return lines.length <= QUOTE_LINES ? lines : [...lines.slice(0, QUOTE_LINES), "…"];
}
