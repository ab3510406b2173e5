/**
 * Who may move money with a message.
 *
 * A message that comes with the author's id is judged by that id and by nothing else: names can be
 * taken by anybody. Without an id the whole name counts, after Unicode compatibility folding and
 * without regard to case: "JMoney" lets "jmoney" and full-width letters pass, never "JMoney_fan",
 * "JM0ney" or "J". A source without authors (a file, a paste) is trusted as a whole.
 */
import type { Authors } from "../model/format.ts";
import type { Message } from "../model/message.ts";

export function mayGiveAlerts(
  { author, authorId }: Pick<Message, "author" | "authorId">,
  allowed: Authors | null,
): boolean {
  if (allowed === null) return true;
  if (authorId !== undefined) return allowed.ids.includes(authorId);
  if (author === null || allowed.names.includes(author)) return true;
  const name = folded(author);
  return allowed.names.some((one) => folded(one) === name);
}

/** Nobody's name is longer; a longer one is not worth folding. */
const NAME_LENGTH_MAX = 128;

const folded = (name: string): string =>
  name.slice(0, NAME_LENGTH_MAX).normalize("NFKC").toLowerCase();
