/**
 * What was thrown where nobody expected it, for a log: its kind and its code, and not its words, for
 * those may repeat an address or a token.
 *
 * Elsewhere such a thing is a bug and ends the program, which starts anew and looks after its
 * positions. Who only tells of trades must never be the reason for that.
 */
export function mishapOf(failure: unknown): string {
  if (!(failure instanceof Error)) return typeof failure;
  return "code" in failure ? `${failure.name} ${String(failure.code)}` : failure.name;
}
