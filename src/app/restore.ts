/**
 * A backup becomes the books of a data directory; what was there before is kept aside.
 *
 * ```text
 * lock ─► verified, unpacked, folded ─► (cut at a fact) ─► gate closed ─► decided ─► in their places
 *   └ held: exit 3     └ any fault: nothing has happened
 * ```
 *
 * The paper venue is another party, as a live one is: its own book stays where it is, and the books
 * are compared with it at the next start. Only where it is missing the one of the backup serves.
 */
import { join } from "node:path";
import { restoredFacts } from "../core/decide/backup.ts";
import { isoOf } from "../core/model/iso-time.ts";
import type { Millis } from "../core/model/units.ts";
import { fingerprintOf } from "../core/risk/reloaded-config.ts";
import type { Archive, Backup, Damage, Transform } from "../ports/archive.ts";
import { err, ok, type Result } from "../std/result.ts";
import { foldAll } from "./backup-drill.ts";
import { takeDirectory } from "./books.ts";
import { type Context, type Stopped, stopped } from "./context.ts";
import { placesIn } from "./places.ts";
import { wire } from "./wire.ts";

export interface RestoreOrder {
  readonly directory: string;
  readonly archive: Archive;
  readonly name: string;
  /** The last fact to keep; null: all of the backup. */
  readonly to: number | null;
  readonly unseal: Transform | null;
}

export interface Restored {
  readonly backup: Backup;
  /** The last fact that was kept. */
  readonly sequence: number;
  readonly quarantine: string;
  /** Whether the facts add up to the state they added up to when the backup was made. */
  readonly isEqual: boolean;
}

export async function restoreBooks(
  context: Pick<Context, "clock">,
  order: RestoreOrder,
): Promise<Result<Restored, Stopped>> {
  const lock = await takeDirectory(context, order.directory);
  if (!lock.ok) return lock;
  const { decide, draftIn, dropDraft, finishRestore } = await wire.restoredBooks();
  try {
    finishRestore(order.directory);
    const at = context.clock.now();
    const drafted = await draft(at, order, draftIn(order.directory));
    if (!drafted.ok) {
      dropDraft(order.directory);
      return drafted;
    }
    decide(order.directory, quarantineName(at));
    finishRestore(order.directory);
    return drafted;
  } catch (failure) {
    if (!(failure instanceof Error) || !("code" in failure)) throw failure;
    return err(stopped(1, `${order.directory}: not restored: ${failure.message}`));
  } finally {
    lock.value.release();
  }
}

async function draft(
  at: Millis,
  { directory, archive, name, to, unseal }: RestoreOrder,
  into: string,
): Promise<Result<Restored, Stopped>> {
  const unpacked = await archive.unpack({ name, into, unseal });
  if (!unpacked.ok) return err(stopped(1, ...damageLines(name, unpacked.error)));
  const backup = unpacked.value;
  const sequence = to ?? backup.sequence;
  if (sequence < 1 || sequence > backup.sequence) {
    const reach = `the backup ${name} holds facts 1 to ${backup.sequence}`;
    return err(stopped(2, `--to ${sequence}: ${reach}`));
  }
  const { cutJournal, quarantineFor } = await wire.restoredBooks();
  const { isThere, removeFile } = await wire.dataDirectory();
  if (isThere(placesIn(directory).paper)) removeFile(join(into, "paper.db"));
  const quarantine = quarantineFor(directory, quarantineName(at));
  const journal = join(into, "journal.db");
  const whole = await withJournal(journal, at, (books) =>
    fingerprintOf(foldAll(books, backup.sequence)),
  );
  if (!whole.ok) return whole;
  cutJournal(journal, sequence);
  const closed = await withJournal(journal, at, (books) => {
    const state = foldAll(books, sequence);
    return books.append(restoredFacts(state, { at, name, sequence, quarantine }));
  });
  if (!closed.ok) return closed;
  if (!closed.value.ok) return err(stopped(1, closed.value.error.detail));
  return ok({ backup, sequence, quarantine, isEqual: whole.value === backup.state });
}

/** By the time of the restore, so that no second one of the same backup meets it. */
const quarantineName = (at: Millis): string => isoOf(at).replaceAll(":", "-");

type OpenedJournal = Extract<
  ReturnType<Awaited<ReturnType<typeof wire.journal>>["openJournal"]>,
  { ok: true }
>["value"];

/** Opened as a start does, which brings it up to date; closed again with no log beside it. */
async function withJournal<T>(
  path: string,
  at: Millis,
  work: (journal: OpenedJournal) => T,
): Promise<Result<T, Stopped>> {
  const { openJournal } = await wire.journal();
  const opened = openJournal(path, { at });
  if (!opened.ok) return err(stopped(1, opened.error.detail));
  try {
    return ok(work(opened.value));
  } finally {
    opened.value.close();
  }
}

export const damageLines = (name: string, damages: readonly Damage[]): readonly string[] =>
  damages.map(({ file, detail }) =>
    file === name ? `${name} ${detail}` : `${name}: ${file} ${detail}`,
  );
