/**
 * May these recorded prices be played into this directory, from where, and against these alerts?
 *
 * Time in a journal runs forwards. A replay that was broken off goes on where its journal ends; a
 * directory that already holds a later day would take the alerts for known ones and do nothing,
 * which looks like a quiet day and is none. Only with contracts open is it started all the same: the
 * venue is asked once more, what stays open is said, and later prices play it further.
 *
 * Alerts that are all off the prices by about the same distance are met by another contract month or
 * by a back-adjusted chart. Whatever such a replay said would be worthless, so it says nothing.
 */

import type { Config } from "../core/model/config.ts";
import {
  convertTicks,
  distanceToTicks,
  type Instrument,
  showPrice,
} from "../core/model/instrument.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import { isoOf } from "../core/model/iso-time.ts";
import type { Message } from "../core/model/message.ts";
import { OPEN_ROOM } from "../core/model/room.ts";
import { millis, ticks } from "../core/model/units.ts";
import { constantOffset, type StatedPrice } from "../core/paper/basis.ts";
import { readMessage } from "../core/parse/read-message.ts";
import { err, ok, type Result } from "../std/result.ts";
import { type Stopped, stopped } from "./context.ts";
import { openTrades } from "./exposure.ts";
import { placesIn } from "./places.ts";
import type { Prices } from "./prices.ts";
import { foldJournal } from "./recover.ts";
import { wire } from "./wire.ts";

export interface Replay {
  readonly prices: Prices;
  /** Why nothing is left to play, with contracts open; null when something is. */
  readonly playedOut: string | null;
}

/** In which a venue says what it holds, by the clock of a day that is over. */
const SETTLING = 10_000;

export async function replayFrom(
  directory: string,
  prices: Prices,
): Promise<Result<Replay, Stopped>> {
  const { playedFrom, endsAt } = prices;
  const whole = ok({ prices, playedOut: null });
  const { hasJournal } = await wire.dataDirectory();
  if (playedFrom === null || endsAt === null || !hasJournal(directory)) return whole;
  const { DamagedJournal, openJournalReadOnly } = await wire.journal();
  const opened = openJournalReadOnly(placesIn(directory).journal);
  if (!opened.ok) return whole; // opening it to write says better what is wrong
  const journal = opened.value;
  try {
    const [last] = journal.read(Math.max(0, journal.head().sequence - 1));
    const at = last?.fact.at ?? playedFrom;
    const from = millis(Math.max(at, playedFrom));
    if (at < endsAt) return ok({ prices: { ...prices, playedFrom: from }, playedOut: null });
    const found = `the journal in ${directory} ends at ${isoOf(at)} and these prices at ${isoOf(endsAt)}`;
    if (openTrades(foldJournal(journal)).length === 0) {
      return err(stopped(2, `${found}; use another --data for this replay`));
    }
    const after = { ...prices, playedFrom: from, endsAt: millis(at + SETTLING) };
    return ok({ prices: after, playedOut: `${found}: nothing is left to play` });
  } catch (failure) {
    if (!(failure instanceof DamagedJournal)) throw failure;
    return whole; // as above
  } finally {
    journal.close();
  }
}

/** Null when the prices fit what was said about them. */
export function strangePrices(
  messages: readonly Message[],
  { tape }: Prices,
  { settings }: Config,
): Stopped | null {
  if (tape === null) return null;
  const instrument = instrumentOf(tape.instrument);
  const collars = Object.values(settings.ruleSets).flatMap(
    ({ limits }) => limits.collar[instrument.family] ?? [],
  );
  const collar = distanceToTicks(instrument, Math.max(0, ...collars));
  const found = constantOffset(statedPrices(messages, instrument), tape, collar);
  if (found === null) return null;
  const points = showPrice(instrument, ticks(Math.abs(found.offset)));
  const side = found.offset < 0 ? "below" : "above";
  return stopped(
    2,
    `the alerts lie ${points} points ${side} these prices (${found.compared} compared)`,
    "that is another contract month, or a back-adjusted chart: nothing learnt from it would be true",
  );
}

/** Entries of the family, in ticks of the tape's instrument, oldest first. */
function statedPrices(
  messages: readonly Message[],
  instrument: Instrument,
): readonly StatedPrice[] {
  const stated = messages.flatMap((message): readonly StatedPrice[] => {
    const parsed = readMessage(message, OPEN_ROOM);
    const entries = parsed.kind === "entries" ? parsed.entries : [];
    return entries.flatMap(({ instrument: root, entry }) => {
      const alerted = instrumentOf(root);
      const price = convertTicks(alerted, instrument, entry);
      const isKin = alerted.family === instrument.family;
      return isKin && price.ok ? [{ at: message.sentAt, price: price.value }] : [];
    });
  });
  return stated.toSorted((one, other) => one.at - other.at);
}
