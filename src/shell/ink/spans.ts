/**
 * Rows of the screen before they are drawn: pieces of text, each with its tone.
 *
 * A tone says what a text means; which colour that is, and whether there is any, is decided where it
 * is drawn. Every text is clean: what comes from strangers cannot command a terminal.
 */
import { clean, cutTo, widthOf } from "../../core/views/plain-text.ts";

export type Tone = "plain" | "good" | "bad" | "warn" | "dim" | "accent" | "title";

export interface Span {
  readonly text: string;
  readonly tone: Tone;
  /** Letters and ground exchanged: what must be seen from across the room. */
  readonly loud?: true;
}

export type Row = readonly Span[];

export const span = (text: string, tone: Tone = "plain"): Span => ({ text: tidy(text), tone });

export const loud = (text: string, tone: Tone): Span => ({ ...span(text, tone), loud: true });

/** Spaces at its ends are ours and stay. */
function tidy(text: string): string {
  const [lead = ""] = /^ */.exec(text) ?? [];
  const rest = text.slice(lead.length);
  const end = " ".repeat(rest.length - lastInk(rest));
  return `${lead}${spacedClean(rest.slice(0, rest.length - end.length))}${end}`;
}

/** Where the spaces at the end begin. */
function lastInk(text: string): number {
  let at = text.length;
  while (at > 0 && text[at - 1] === " ") at -= 1;
  return at;
}

/** Columns of a table are apart by more than one space, which cleaning would take away. */
const spacedClean = (text: string): string =>
  text
    .split(/( {2,})/)
    .map((part) => (part.startsWith("  ") ? part : clean(part)))
    .join("");

export const row = (...spans: readonly Span[]): Row => spans;
export const plain = (text: string, tone: Tone = "plain"): Row => [span(text, tone)];
export const EMPTY: Row = [];

export const rowWidth = (spans: Row): number =>
  spans.reduce((width, { text }) => width + widthOf(text), 0);

/** At most so many columns. */
export function cutRow(spans: Row, columns: number): Row {
  if (rowWidth(spans) <= columns) return spans;
  const kept: Span[] = [];
  let room = columns;
  for (const one of spans) {
    if (room <= 0) break;
    const text = cutTo(one.text, room);
    kept.push({ ...one, text });
    room -= widthOf(text);
    if (text !== one.text) break;
  }
  return kept;
}

/** Left and right ends of a row, with the room between them; of the right end, pieces are left out. */
export function ends(left: Row, right: Row, columns: number): Row {
  const room = columns - rowWidth(left) - 1;
  const kept = rowWidth(right) <= room ? right : fitting(right, room);
  const gap = " ".repeat(Math.max(0, columns - rowWidth(left) - rowWidth(kept)));
  return cutRow([...left, { text: gap, tone: "plain" }, ...kept], columns);
}

function fitting(spans: Row, columns: number): Row {
  let kept = spans;
  while (kept.length > 0 && rowWidth(kept) > columns) kept = kept.slice(0, -1);
  return kept;
}

export const textOf = (spans: Row): string => spans.map(({ text }) => text).join("");

/** Every character outside of ASCII as one that is in it, so that columns stay where they are. */
export const inAscii = (text: string): string =>
  [...text]
    .map((one) => ASCII[one] ?? (/[ -~]/.test(one) ? one : "?".repeat(widthOf(one))))
    .join("");

const ASCII: Readonly<Record<string, string>> = {
  "…": "~",
  "─": "-",
  "·": "-",
  "▲": "^",
  "▼": "v",
};
