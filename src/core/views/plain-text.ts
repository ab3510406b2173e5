/**
 * Text that fits a terminal and cannot command it.
 *
 * Alerts, reasons and names come from strangers: a line break would forge a line of ours, an escape
 * sequence would repaint the screen, a right-to-left mark would turn a price around. So every text
 * is cleaned before it is shown, then measured in columns and cut to the room there is.
 */

/** One line of visible characters, single spaces between words. */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cf}]+/gu, "")
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/\s+/gu, " ")
    .trim();
}

/** Nothing to do: ASCII words with one space between them. */
const PLAIN = /^(?:[!-~]+(?: [!-~]+)*)?$/;
const ASCII = /^[ -~]*$/;

/** Columns a clean text takes: two for East Asian and emoji characters, none for accents set on. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

const NARROW = /^\p{M}$/u;
const WIDE =
  /^[\p{Emoji_Presentation}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u3000-\u30ff\uff01-\uff60]$/u;

function columnsOf(character: string): number {
  if (NARROW.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** At most so many columns; what is left out shows as an ellipsis, between words if one is near. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns < 1) return "";
  const kept = firstColumns(text, columns - 1);
  const space = kept.lastIndexOf(" ");
  const atWord = text.charAt(kept.length) === " " ? kept.length : space;
  // A word boundary too far back would waste more room than a cut word costs.
  return `${(atWord * 4 > kept.length * 3 ? kept.slice(0, atWord) : kept).trimEnd()}…`;
}

function firstColumns(text: string, columns: number): string {
  let kept = "";
  let width = 0;
  for (const character of text) {
    width += columnsOf(character);
    if (width > columns) break;
    kept += character;
  }
  return kept;
}

/** In lines of at most so many columns, broken between words; a longer word has a line of its own. */
export function inLines(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || widthOf(longer) > columns) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/**
 * In lines of at most so many columns, what goes on below set in by `indent`. Broken between words,
 * within a word only where it has no room by itself: nothing is left out, least of all a number.
 */
export function hanging(text: string, columns: number, indent: number): readonly string[] {
  if (columns < NARROWEST) return [cutTo(text, columns)];
  const lead = " ".repeat(Math.min(indent, Math.floor(columns / 2)));
  const lines: string[] = [];
  let rest = text;
  while (widthOf(rest) > columns) {
    const kept = firstColumns(rest, columns);
    const space = rest.charAt(kept.length) === " " ? kept.length : kept.lastIndexOf(" ");
    const line = kept.slice(0, space).trimEnd();
    const isWord = space > 0 && line.length > lead.length;
    lines.push(isWord ? line : kept);
    rest = lead + rest.slice(isWord ? space : kept.length).trimStart();
  }
  return [...lines, rest];
}

/** Where half of it is set in, there is room for one wide character. */
const NARROWEST = 4;

/** Filled up with spaces to so many columns; a longer text stays as it is. */
export function padTo(text: string, columns: number, align: "left" | "right"): string {
  const room = " ".repeat(Math.max(0, columns - widthOf(text)));
  return align === "left" ? text + room : room + text;
}
