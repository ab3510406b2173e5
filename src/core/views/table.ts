/**
 * A table as lines of plain text: titles, rows, two spaces between columns.
 *
 * ```text
 *   #  ACCOUNT  SIDE   HELD    ENTRY
 *   1  Paper    long      2  6326.25
 *  12  Paper    short     1  6340.50
 * ```
 *
 * Numbers align right so that their digits stand below each other, and are never shortened: a cut
 * number is a wrong number. When the table is wider than the screen, the widest words give way
 * first; if that is not enough, lines end in an ellipsis. Sentences with numbers in them (`wraps`) go on
 * below instead.
 */
import type { SheetColumn, SheetTable } from "../model/notification.ts";
import { clean, cutTo, hanging, padTo, widthOf } from "./plain-text.ts";

export type TableColumn = SheetColumn;

export type TableRow = readonly string[];

const GAP = "  ";

/** Words keep at least this many columns while others can still give. */
const WORD_MIN = 6;

interface Sized extends TableColumn {
  /** The title and the cells below it, clean. */
  readonly cells: readonly string[];
  readonly width: number;
}

/** Title line first. `columns` is the width of the screen; a missing cell is empty. */
export function renderTable(
  layout: readonly TableColumn[],
  rows: readonly TableRow[],
  columns: number,
): readonly string[] {
  const natural = layout.map((column, index) =>
    sized(column, [column.title, ...cellsAt(rows, index)], columns),
  );
  const fitted = shrink(natural, columns - GAP.length * (layout.length - 1));
  const wrapped = fitted.map((column) => ({ ...column, cells: inWidth(column) }));
  const lines = ["", ...rows].flatMap((_, row) => {
    const inRow = wrapped.map(({ cells, ...column }) => ({
      ...column,
      texts: cells[row] as readonly string[],
    }));
    const height = Math.max(1, ...inRow.map(({ texts }) => texts.length));
    return Array.from({ length: height }, (__, line) =>
      inRow.map(({ texts, width, align }) => padTo(texts[line] ?? "", width, align)).join(GAP),
    );
  });
  return lines.map((line) => cutTo(line.trimEnd(), columns));
}

/** Each below its title, with an empty line before it; without a title it goes on where another ends. */
export const renderTables = (tables: readonly SheetTable[], columns: number): readonly string[] =>
  tables.flatMap((table) => [
    ...(table.title === "" ? [] : ["", table.title]),
    ...renderSheetTable(table, columns),
  ]);

/** What stands below its title. */
export const renderSheetTable = (table: SheetTable, columns: number): readonly string[] =>
  "lines" in table ? table.lines : renderTable(table.columns, table.rows, columns);

const cellsAt = (rows: readonly TableRow[], index: number): readonly string[] =>
  rows.map((row) => clean(row[index] ?? ""));

/** Words wider than the screen would be cut anyway, however far others could give. */
function sized(column: TableColumn, cells: readonly string[], columns: number): Sized {
  const widest = cells.reduce((width, cell) => Math.max(width, widthOf(cell)), 0);
  return { ...column, cells, width: column.align === "left" ? Math.min(widest, columns) : widest };
}

/** Each cell in the lines it takes. */
const inWidth = ({ cells, width, align, wraps }: Sized): readonly (readonly string[])[] =>
  cells.map((cell) => {
    if (align === "right") return [cell];
    return wraps === true ? hanging(cell, width, 0) : [cutTo(cell, width)];
  });

/** Takes one column at a time from the widest words until the rest fits or no word can give. */
function shrink(columns: readonly Sized[], room: number): readonly Sized[] {
  let sizes = columns;
  for (let over = totalOf(sizes) - room; over > 0; over--) {
    const [widest] = sizes.filter(gives).toSorted((a, b) => b.width - a.width);
    if (widest === undefined) break;
    sizes = sizes.map((one) => (one === widest ? { ...one, width: one.width - 1 } : one));
  }
  return sizes;
}

const totalOf = (columns: readonly Sized[]): number =>
  columns.reduce((sum, column) => sum + column.width, 0);

const gives = (column: Sized): boolean => column.align === "left" && column.width > WORD_MIN;
