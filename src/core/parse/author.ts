/**
 * Who may move money with a message.
 *
 * The whole name counts, after Unicode compatibility folding and without regard to case: "JMoney"
 * lets "jmoney" and full-width letters pass, never "JMoney_fan", "JM0ney" or "J". A source without
 * authors (a file, a paste) is trusted as a whole.
 */
export function mayGiveAlerts(author: string | null, allowed: readonly string[] | null): boolean {
  if (allowed === null || author === null || allowed.includes(author)) return true;
  const name = folded(author);
  return allowed.some((one) => folded(one) === name);
}

/** Nobody's name is longer; a longer one is not worth folding. */
const NAME_LENGTH_MAX = 128;

const folded = (name: string): string =>
  name.slice(0, NAME_LENGTH_MAX).normalize("NFKC").toLowerCase();
