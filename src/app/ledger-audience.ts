/**
 * Keeps the ledger a short step behind the journal, never in its way.
 *
 * It remembers nothing but that there is something to do: each round reads the next facts from the
 * journal itself, so one that was missed, or a ledger that starts from nothing, is caught up with
 * by the same few lines. Rounds are short, and between two of them everything else gets its turn.
 *
 * A ledger that tells another story than this journal (a restored backup, say) starts over.
 */
import type { Audience } from "../ports/audience.ts";
import type { Journal, Recorded } from "../ports/journal.ts";
import type { Ledger, LedgerFault } from "../ports/ledger.ts";
import type { Log } from "../ports/log.ts";
import type { Result } from "../std/result.ts";

export interface LedgerAudience extends Audience {
  /** Everything the journal has, at once: for a clean stop. */
  finish(): void;
}

export interface LedgerAudienceParts {
  readonly ledger: Ledger;
  readonly journal: Pick<Journal, "head" | "read">;
  readonly log: Log;
  /** Runs a task when nothing more urgent waits. */
  readonly soon: (task: () => void) => void;
}

/** A round of so many takes two or three milliseconds. */
const FACTS_PER_ROUND = 100;
/** A ledger that refuses so often in a row is left alone; `ledger rebuild` mends it. */
const REFUSALS_MAX = 5;

export function ledgerAudience({
  ledger,
  journal,
  log,
  soon,
}: LedgerAudienceParts): LedgerAudience {
  let isBusy = false;
  let isClosed = false;
  let refusals = 0;
  /** Kept from round to round: it reads page by page, and a page is more than a round takes. */
  let reading: Iterator<Recorded> | null = null;

  const complain = (done: Result<void, LedgerFault>): void => {
    if (!done.ok) log.write("warn", "ledger-refused", { detail: done.error.detail });
  };
  // As far as it has come already: whether it is a copy of this journal, and nothing more.
  complain(ledger.follow(upTo(journal, ledger.progress())));

  const wakeUp = (): void => {
    if (isBusy || isClosed) return;
    isBusy = true;
    soon(round);
  };

  const round = (): void => {
    isBusy = false;
    if (isClosed) return;
    const isFresh = reading === null;
    reading ??= journal.read(ledger.progress())[Symbol.iterator]();
    const taken = take(reading);
    if (taken.length < FACTS_PER_ROUND) reading = null;
    if (taken.length === 0) {
      // Its last page was read some rounds ago; there may be more by now.
      if (!isFresh) wakeUp();
      return;
    }
    const applied = ledger.apply(taken);
    if (!applied.ok) reading = null;
    refusals = applied.ok ? 0 : refusals + 1;
    complain(applied);
    if (refusals < REFUSALS_MAX) wakeUp();
    else isClosed = true;
  };

  return {
    told: wakeUp,
    finish() {
      if (isClosed) return;
      isClosed = true;
      complain(ledger.follow(journal));
    },
  };
}

type Source = Pick<Journal, "head" | "read">;

const upTo = (journal: Source, last: number): Source => ({
  head: () => ({ ...journal.head(), sequence: Math.min(last, journal.head().sequence) }),
  *read(after) {
    for (const one of journal.read(after)) {
      if (one.sequence > last) return;
      yield one;
    }
  },
});

function take(facts: Iterator<Recorded>): readonly Recorded[] {
  const taken: Recorded[] = [];
  while (taken.length < FACTS_PER_ROUND) {
    const next = facts.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}
