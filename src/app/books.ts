/**
 * The books of one data directory, opened for the one process that may write them.
 *
 * ```text
 * lock ─► journal ─► lifeboat brought in ─► folded ─► ledger, history, paper book
 *   └ held: exit 3     └ any fault: closed again, the reason told
 * ```
 *
 * The ledger is a copy and may be missing; the journal and the venue's own book may not. A message
 * history that cannot be opened stops no start either: what is open has to be cared for. It refuses
 * every message then, and that stops entries.
 */
import type { Millis } from "../core/model/units.ts";
import type { Addressing } from "../core/notify/policy.ts";
import type { State } from "../core/state.ts";
import type { History } from "../ports/history.ts";
import type { Journal } from "../ports/journal.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { Lifeboat } from "../ports/lifeboat.ts";
import type { Log } from "../ports/log.ts";
import type { Outbox } from "../ports/outbox.ts";
import type { PaperBook } from "../ports/paper-book.ts";
import { err, ok, type Result } from "../std/result.ts";
import { absentHistory } from "./absent-history.ts";
import { type Context, type Stopped, stopped } from "./context.ts";
import { type Places, placesIn } from "./places.ts";
import { bringInLifeboat, foldJournal } from "./recover.ts";
import { wire } from "./wire.ts";

/** The journal of a directory, to be written by this process alone. */
export interface OpenJournal {
  readonly places: Places;
  readonly journal: Journal;
  /** What of it is still to be told. */
  readonly outbox: Outbox;
  readonly lifeboat: Lifeboat;
  readonly state: State;
  /** Facts of an earlier run that came late. */
  readonly late: number;
  /** Why there is no backup of the books as an older program left them; null: there is, or none was due. */
  readonly unsaved: string | null;
  close(): void;
}

export interface Books extends OpenJournal {
  readonly ledger: Ledger | null;
  /** Null where messages are not kept. */
  readonly history: History | null;
  readonly paperBook: PaperBook;
}

export async function takeDirectory(
  { clock }: Pick<Context, "clock">,
  directory: string,
): Promise<Result<{ release(): void }, Stopped>> {
  const { takeLock } = await wire.lock();
  const taken = takeLock(directory, { pid: process.pid, since: clock.now() });
  if (taken.ok) return taken;
  const { error } = taken;
  if (error.kind === "failed") return err(stopped(1, error.detail));
  const who = error.holder === null ? "" : ` (process ${error.holder.pid})`;
  return err(stopped(3, `another instance runs on ${directory}${who}; one writes, all may read`));
}

/** Whoever opens books, and hears what could not be done first. */
interface Opener extends Pick<Context, "clock"> {
  readonly screen: Pick<Context["screen"], "remark">;
}

/** `at` is when this opening happens, by the clock of the run. */
export async function openJournalIn(
  context: Opener,
  directory: string,
  at: Millis,
  addressing?: Addressing,
): Promise<Result<OpenJournal, Stopped>> {
  const lock = await takeDirectory(context, directory);
  if (!lock.ok) return lock;
  const places = placesIn(directory);
  const { isThere } = await wire.dataDirectory();
  if (isThere(places.restoring)) (await wire.restoredBooks()).finishRestore(directory);
  const unsaved = isThere(places.journal) ? await savedBefore(context, directory) : null;
  const { openJournal } = await wire.journal();
  const opened = openJournal(places.journal, { at: context.clock.now() });
  const refuse = (detail: string): Result<never, Stopped> => {
    if (opened.ok) opened.value.close();
    lock.value.release();
    return err(stopped(1, detail));
  };
  if (!opened.ok) return refuse(opened.error.detail);
  const journal = opened.value;
  const { fileLifeboat } = await wire.lifeboat();
  const lifeboat = fileLifeboat(places.lifeboat);
  const late = bringInLifeboat(journal, lifeboat, at, addressing);
  if (!late.ok) return refuse(`${places.journal}: ${late.error.detail}`);
  const close = (): void => {
    journal.close();
    lock.value.release();
  };
  const state = await folded(journal);
  if (!state.ok) return refuse(`${places.journal}: ${state.error}`);
  const { outbox } = journal;
  const opening = { places, journal, outbox, lifeboat, late: late.value, unsaved, close };
  return ok({ ...opening, state: state.value });
}

/** Nobody has to look into a log to know that there is no way back. */
async function savedBefore({ clock, screen }: Opener, directory: string): Promise<string | null> {
  const { backupBeforeMigration } = await import("./backup-making.ts");
  const fault = await backupBeforeMigration(directory, clock.now());
  if (fault === null) return null;
  screen.remark(`no backup of the books as they were before this version: ${fault}`);
  return fault;
}

/** A journal that cannot be read to its end is no ground to act on. */
async function folded(journal: Journal): Promise<Result<State, string>> {
  const { DamagedJournal } = await wire.journal();
  try {
    return ok(foldJournal(journal));
  } catch (failure) {
    if (failure instanceof DamagedJournal) return err(failure.message);
    throw failure;
  }
}

export interface BooksOptions {
  readonly log: Log;
  readonly at: Millis;
  readonly keepsMessages: boolean;
  /** Who is to be told of facts that came late. */
  readonly addressing?: Addressing;
}

export async function openBooks(
  context: Opener,
  directory: string,
  { log, at: begun, keepsMessages, addressing }: BooksOptions,
): Promise<Result<Books, Stopped>> {
  const opened = await openJournalIn(context, directory, begun, addressing);
  if (!opened.ok) return opened;
  const at = context.clock.now();
  const { places, close, unsaved: reason } = opened.value;
  if (reason !== null) log.write("error", "backup-failed", { cause: "migration", reason });
  const { openPaperBook } = await wire.paperBook();
  const paperBook = openPaperBook(places.paper, { at });
  if (!paperBook.ok) {
    close();
    return err(stopped(1, paperBook.error.detail));
  }
  const { openLedger } = await wire.ledger();
  const ledger = openLedger(places.ledger, { at });
  if (!ledger.ok) log.write("warn", "ledger-unopened", { detail: ledger.error.detail });
  const history = keepsMessages ? await historyIn(places, at) : null;
  return ok({
    ...opened.value,
    history,
    paperBook: paperBook.value,
    ledger: ledger.ok ? ledger.value : null,
    close() {
      history?.close();
      if (ledger.ok) ledger.value.close();
      close();
    },
  });
}

async function historyIn(places: Places, at: Millis): Promise<History> {
  const { openHistory } = await wire.history();
  const opened = openHistory(places.history, { at });
  return opened.ok ? opened.value : absentHistory({ kind: "failed", detail: opened.error.detail });
}
