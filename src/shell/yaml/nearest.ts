/**
 * The known word a mistyped one was probably meant to be.
 *
 * Counted are single letters added, left out or exchanged (Levenshtein); upper and lower case do not
 * matter. A third of a word may be wrong, or else it is another word.
 */

/** Longer words are not worth the arithmetic. */
const LENGTH_MAX = 64;

export function nearest(typed: string, known: readonly string[]): string | null {
  if (typed.length > LENGTH_MAX) return null;
  const lower = typed.toLowerCase();
  let best: string | null = null;
  let bestCount = Number.POSITIVE_INFINITY;
  for (const word of known) {
    const count = slips(lower, word.toLowerCase());
    const allowed = Math.max(1, Math.floor(word.length / 3));
    if (count <= allowed && count < bestCount) [best, bestCount] = [word, count];
  }
  return best;
}

/** How many single-letter slips lead from one word to the other. */
function slips(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
