/**
 * Tells the author's own words from words quoted with `>`.
 *
 * ```text
 * > 🚨 ES long 6326: A        somebody's alert ...
 * > Stop: 6316
 * Great call boss             ... and a comment: only this line is the author's
 *
 * >>> 🚨 ES long 6326: A      nothing added: the bars are decoration, all of it is the author's
 * Stop: 6316
 * ```
 */
const REST_IS_QUOTED = /^ {0,3}(?:[-*] )?>>> ?/m;
const QUOTED_LINE = /^ {0,3}(?:[-*] )?>(?: |$)/;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

export function ownWords(text: string): string {
  if (!text.includes(">")) return text;
  const at = text.search(REST_IS_QUOTED);
  if (at < 0) return withoutQuotedLines(text);
  const before = withoutQuotedLines(text.slice(0, at));
  return SAYS_SOMETHING.test(before) ? before : before + text.slice(at).replace(REST_IS_QUOTED, "");
}

function withoutQuotedLines(text: string): string {
  const lines = text.split("\n");
  const own = lines.filter((line) => !QUOTED_LINE.test(line));
  const kept = own.some((line) => SAYS_SOMETHING.test(line)) ? own : lines;
  return kept.map((line) => line.replace(QUOTED_LINE, "")).join("\n");
}
