/**
 * Puts into words what the outbox holds, and sees to it that it is delivered; never in the way of
 * a trade.
 *
 * ```text
 * facts are written ─► told ─► a round of its own: the journal is followed, slips get their words
 *                                └─► each channel's carrier: letters, one after the other
 * ```
 *
 * Whatever goes wrong in it is logged and tried again: nobody's position depends on a letter.
 *
 * A summary takes longer to put into words than a round may take. Its slips wait without words until
 * they are there (`summary-desk.ts`), while the rest goes on.
 *
 * It remembers nothing but how far it has read: what waits stands in the outbox, also after a crash,
 * and is found there again. A round is short, and between two of them everything else gets its turn.
 */
import { type Millis, millis } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import { type Clerk, clerkOf, follow } from "../core/views/letter-words.ts";
import type { Audience } from "../ports/audience.ts";
import type { Journal, Recorded } from "../ports/journal.ts";
import type { WordedSlip } from "../ports/outbox.ts";
import { valuesOf } from "../std/trie.ts";
import { type CarrierParts, createCarrier, type Route } from "./carrier.ts";
import { mishapOf } from "./mishap.ts";
import { stateBefore } from "./recover.ts";
import { createSummaryDesk, type Summarise, type SummaryDesk } from "./summary-desk.ts";

export interface PostmanParts extends Omit<CarrierParts, "route"> {
  readonly journal: Pick<Journal, "head" | "read" | "newestSnapshot">;
  /** What the journal adds up to now. */
  readonly state: State;
  readonly routes: readonly Route[];
  /** Who puts a summary together; left out where nobody can. */
  readonly summarise?: Summarise;
}

export interface Postman extends Audience {
  /** Connections of all channels are made anew. */
  reopen(): void;
  /** Gives what is due so much time; then, or earlier, nothing is sent any more. */
  finish(patience: Millis, finished: () => void): void;
}

/** Facts; a round of so many takes two or three milliseconds. */
const PER_ROUND = 200;
/** A disk that refused is asked again; trading asks it more often, and that comes first. */
const TRY_DISK_EVERY = 15_000;
/** Letters that are settled are kept for a while, for whoever asks what was sent. */
const KEPT = 30 * 24 * 3_600_000;
const LOOK_EVERY = 50;

export function createPostman(parts: PostmanParts): Postman {
  const { clock, journal, outbox, log } = parts;
  const carriers = parts.routes.map((route) => createCarrier({ ...parts, route }));
  const rouseAll = (): void => {
    for (const one of carriers) one.rouse();
  };
  const summaries = createSummaryDesk({ ...parts, ready: rouseAll });
  let { clerk, sequence } = startOf(parts);
  let isDue = false;
  let isOver = false;

  const rouse = (delay = 0): void => {
    if (isDue || isOver) return;
    isDue = true;
    clock.schedule(millis(clock.now() + delay), round);
  };

  function round(): void {
    isDue = false;
    if (isOver) return;
    try {
      readOn();
    } catch (failure) {
      log.write("error", "outbox-failed", { detail: mishapOf(failure) });
      rouse(TRY_DISK_EVERY);
    }
  }

  function readOn(): void {
    const facts = take(journal.read(sequence));
    const worded = wordAll(clerk, facts, { outbox, summaries });
    const kept = worded.slips.length === 0 ? null : outbox.word(worded.slips);
    if (kept?.ok === false) {
      log.write("warn", "outbox-refused", { detail: kept.error.detail });
      return rouse(TRY_DISK_EVERY);
    }
    clerk = worded.clerk;
    sequence = facts.at(-1)?.sequence ?? sequence;
    if (facts.length === PER_ROUND) rouse();
    if (worded.slips.length > 0) rouseAll();
    if (facts.some(({ fact }) => fact.kind === "TradeDateBegan")) prune(parts);
  }

  function finish(patience: Millis, finished: () => void): void {
    const deadline = clock.now() + patience;
    const look = (): void => {
      const isIdle =
        !isDue &&
        sequence >= journal.head().sequence &&
        summaries.isIdle() &&
        carriers.every((one) => one.isIdle(deadline));
      if (!isIdle && clock.now() < deadline) {
        clock.schedule(millis(clock.now() + LOOK_EVERY), look);
        return;
      }
      isOver = true;
      summaries.close();
      for (const one of carriers) one.close();
      finished();
    };
    rouse();
    look();
  }

  rouse();
  // What an earlier run left behind.
  clock.schedule(clock.now(), rouseAll);
  const reopen = (): void => {
    for (const { notifier } of parts.routes) notifier.reopen?.();
  };
  return { told: () => rouse(), reopen, finish };
}

interface Wording {
  readonly outbox: PostmanParts["outbox"];
  readonly summaries: SummaryDesk;
}

/** The words of these facts' slips; a summary's come later. */
function wordAll(before: Clerk, facts: readonly Recorded[], { outbox, summaries }: Wording) {
  const [first, last] = [facts[0], facts.at(-1)];
  const open = first && last ? outbox.unworded(first.sequence, last.sequence) : [];
  const slips: WordedSlip[] = [];
  let clerk = before;
  for (const { sequence, fact } of facts) {
    const followed = follow(clerk, fact);
    clerk = followed.clerk;
    const own = open.filter((slip) => slip.sequence === sequence);
    if (fact.kind === "SummaryDue") summaries.begin(fact, own, followed.item("summary"));
    else
      for (const slip of own)
        slips.push({ ...slip, words: JSON.stringify(followed.item(slip.topic)) });
  }
  return { clerk, slips };
}

function prune({ clock, outbox, log }: PostmanParts): void {
  const done = outbox.prune(millis(clock.now() - KEPT));
  if (!done.ok) log.write("warn", "outbox-refused", { detail: done.error.detail });
}

/** Where the first slip without words is, or at the end of the journal. */
function startOf({ journal, outbox, state }: PostmanParts): { clerk: Clerk; sequence: number } {
  const first = outbox.firstUnworded();
  const head = journal.head().sequence;
  const from = first === null ? { state, sequence: head } : stateBefore(journal, first);
  const clerk = clerkOf(from.state.settings, valuesOf(from.state.trades));
  return { clerk, sequence: from.sequence };
}

function take(facts: Iterable<Recorded>): readonly Recorded[] {
  const taken: Recorded[] = [];
  for (const one of facts) {
    taken.push(one);
    if (taken.length === PER_ROUND) break;
  }
  return taken;
}
