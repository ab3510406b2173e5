/**
 * The page of a trade date for strangers: to be shown in a bug report or a chat.
 *
 * Accounts are numbered instead of named, authors too unless they are asked for; what a person wrote
 * (a reason, a sentence with a name in it) is left out, and of a refusal the code stays with what it
 * means in general. Prices, dollars and times stay: they are what the page is about.
 */
import { REFUSALS } from "../notify/reasons.ts";
import type { DayView } from "./day.ts";

/** Names a stranger may read, the same for the same name. */
function aliases(kind: string) {
  const known = new Map<string, string>();
  return (name: string | null): string | null => {
    if (name === null) return null;
    const alias = known.get(name) ?? `${kind} ${known.size + 1}`;
    known.set(name, alias);
    return alias;
  };
}

export function dayBundle(day: DayView, { withAuthors }: { readonly withAuthors: boolean }) {
  const account = aliases("account");
  const numbered = aliases("author");
  const author = (name: string | null): string | null => (withAuthors ? name : numbered(name));
  return {
    ...day,
    bundle: 1,
    alerts: day.alerts.map((one) => ({
      ...one,
      author: author(one.author),
      account: account(one.account),
      detail: meaningOf(one.verdict),
    })),
    trades: day.trades.map((one) => ({
      ...one,
      author: author(one.author),
      account: account(one.account),
      // Of one that was withdrawn or given up it may hold words of a venue.
      reason: one.phase === "closed" ? one.reason : null,
    })),
    gates: day.gates.map(({ at, kind, account: of }) => ({ at, kind, account: account(of) })),
    gaps: day.gaps.map((one) => ({ ...one, account: account(one.account) })),
    authors: day.authors.map((one) => ({ ...one, author: author(one.author) })),
  };
}

const isCode = (verdict: string): verdict is keyof typeof REFUSALS =>
  Object.hasOwn(REFUSALS, verdict);

const meaningOf = (verdict: string): string | null =>
  isCode(verdict) ? REFUSALS[verdict].meaning : null;
