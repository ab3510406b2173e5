/**
 * May recorded prices be played into this directory?
 *
 * Time in a journal runs forwards. A directory that already holds a later day would take yesterday's
 * alerts for known ones and do nothing, which looks like a quiet day and is none.
 */
import { isoOf } from "../core/model/iso-time.ts";
import { err, ok, type Result } from "../std/result.ts";
import { type Stopped, stopped } from "./context.ts";
import { placesIn } from "./places.ts";
import type { Prices } from "./prices.ts";
import { wire } from "./wire.ts";

export async function isReplayable(
  directory: string,
  { playedFrom }: Prices,
): Promise<Result<void, Stopped>> {
  const { hasJournal } = await wire.dataDirectory();
  if (playedFrom === null || !hasJournal(directory)) return ok(undefined);
  const { openJournalReadOnly } = await wire.journal();
  const opened = openJournalReadOnly(placesIn(directory).journal);
  if (!opened.ok) return ok(undefined); // opening it to write says better what is wrong
  const { sequence } = opened.value.head();
  const [last] = opened.value.read(Math.max(0, sequence - 1));
  opened.value.close();
  if (last === undefined || last.fact.at <= playedFrom) return ok(undefined);
  const found = `the journal in ${directory} ends at ${isoOf(last.fact.at)}`;
  const begin = `these prices begin at ${isoOf(playedFrom)}`;
  return err(stopped(2, `${found} and ${begin}; use another --data for this replay`));
}
