/**
 * Tables of spans: numbers stand below each other and are never cut. Where the screen is too narrow,
 * columns that matter least are left out first, then words give way.
 */
import { cutTo, padTo, widthOf } from "../../core/views/plain-text.ts";
import { type Row, type Span, span } from "./spans.ts";

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** From 1, never left out; the highest goes first. */
  readonly rank: number;
  /** Words that may be cut to so many columns; left out: never. */
  readonly least?: number;
}

const GAP = "  ";

/** Titles first; every row is set in by two columns. */
export function tableRows(
  layout: readonly Column[],
  cells: readonly (readonly Span[])[],
  columns: number,
): readonly Row[] {
  const room = columns - GAP.length;
  const natural = layout.map((column, index) => ({
    ...{ column, index },
    width: Math.max(
      widthOf(column.title),
      ...cells.map((line) => widthOf(line[index]?.text ?? "")),
    ),
  }));
  const fitted = squeeze(natural, room);
  const draw = (line: readonly Span[]): Row => [
    span(GAP),
    ...fitted.flatMap(({ column, index, width }, place): readonly Span[] => {
      const cell = line[index] ?? span("");
      const text = padTo(cutTo(cell.text, width), width, column.align);
      const gap = place === fitted.length - 1 ? [] : [span(GAP)];
      return [{ ...cell, text }, ...gap];
    }),
  ];
  return [draw(layout.map(({ title }) => span(title, "dim"))), ...cells.map(draw)];
}

interface Sized {
  readonly column: Column;
  readonly index: number;
  readonly width: number;
}

const total = (sized: readonly Sized[]): number =>
  sized.reduce((sum, { width }) => sum + width, GAP.length * (sized.length - 1));

function squeeze(sized: readonly Sized[], room: number): readonly Sized[] {
  let left = sized;
  while (total(left) > room) {
    const narrower = shrunk(left, room);
    if (total(narrower) <= room) return narrower;
    const last = left.toSorted((a, b) => b.column.rank - a.column.rank)[0];
    if (last === undefined || last.column.rank === 1) return narrower;
    left = left.filter((one) => one !== last);
  }
  return left;
}

/** Words give way, the widest first. */
function shrunk(sized: readonly Sized[], room: number): readonly Sized[] {
  let now = sized;
  for (let over = total(now) - room; over > 0; over--) {
    const widest = now
      .filter(({ column, width }) => column.least !== undefined && width > column.least)
      .toSorted((a, b) => b.width - a.width)[0];
    if (widest === undefined) break;
    now = now.map((one) => (one === widest ? { ...one, width: one.width - 1 } : one));
  }
  return now;
}
