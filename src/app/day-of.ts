/**
 * What the page of a trade date is made of: the facts that bear on it, and its rows in the ledger.
 *
 * A journal of years is not read for one day: the state of a snapshot from before the day says what
 * all the facts before it come to, and after the day reading ends.
 */
import {
  type TradeDate,
  tradeDateEnd,
  tradeDateOf,
  tradeDateStart,
} from "../core/model/trade-date.ts";
import type { TradeRecord } from "../core/model/trade-record.ts";
import type { Millis } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import { type DayBegin, type DayBook, type DayRows, dayBook } from "../core/views/day.ts";
import type { LedgerReader } from "../ports/ledger.ts";
import { valuesOf } from "../std/trie.ts";
import { everyPage } from "./ledger-look.ts";
import { type Readable, snapshotBefore } from "./recover.ts";

/** A few milliseconds of reading, then everything else has its turn. */
const FACTS_PER_TURN = 250;

export async function dayIn(journal: Readable, date: TradeDate): Promise<DayBook> {
  const begin = beginOf(journal, date);
  const book = dayBook(date, begin);
  let read = 0;
  for (const { fact } of journal.read(begin?.sequence ?? 0)) {
    book.hear(fact);
    if (book.isOver()) break;
    read += 1;
    if (read % FACTS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return book;
}

type Begin = DayBegin & { readonly sequence: number };

/** Null: there is no snapshot from before that date, so everything is heard. */
function beginOf(journal: Readable, date: TradeDate): Begin | null {
  const start = tradeDateStart(date);
  let below = journal.head().sequence;
  for (;;) {
    const found = snapshotBefore(journal, below);
    if (found === null) return null;
    const heardAt = timeAt(journal, found.sequence);
    if (heardAt !== null && heardAt < start) return { ...partsOf(found.state), ...found, heardAt };
    below = found.sequence - 1;
  }
}

const partsOf = ({ settings, accounts, trades }: State) => ({
  settings,
  accounts: valuesOf(accounts),
  trades: valuesOf(trades),
});

function timeAt(journal: Readable, sequence: number): Millis | null {
  for (const { fact } of journal.read(sequence - 1)) return fact.at;
  return null;
}

/** What was alerted on those dates; and what was planned or closed on them. */
export function dayRowsOf(
  ledger: Pick<LedgerReader, "alerts" | "trades">,
  first: TradeDate,
  last: TradeDate,
): DayRows {
  const [from, until] = [tradeDateStart(first), tradeDateEnd(last)];
  const alerts = everyPage(
    (below) => ledger.alerts({ from, until, ...(below !== undefined && { below }) }),
    ({ sequence }) => sequence,
  );
  const closed = everyPage(
    (below) => ledger.trades({ from: first, to: last, ...(below !== undefined && { below }) }),
    numberOf,
  );
  const running = ledger.trades({ phase: "running" }).filter(({ plannedAt }) => {
    const date = tradeDateOf(plannedAt);
    return date >= first && date <= last;
  });
  const trades = [...closed, ...running].filter(({ entry }) => entry.quantity > 0);
  return { alerts, trades: trades.toSorted((a, b) => b.number - a.number) };
}

const numberOf = ({ number }: TradeRecord): number => number;

/** Of the last fact; null before the first. */
export function newestDateIn(journal: Readable): TradeDate | null {
  let newest: TradeDate | null = null;
  for (const { fact } of journal.read(Math.max(0, journal.head().sequence - 1)))
    newest = tradeDateOf(fact.at);
  return newest;
}
