/**
 * The venue's state and its paper trail, kept in step.
 *
 * ```text
 * events ─► applyToVenue, one by one ─► those that changed something ─► book, one append
 *                                                                        │ refused?
 *           the new state counts only now ◄──────────── written ◄────────┴─► the old state stays
 * ```
 *
 * One entry of the book holds the events of one batch as JSON. Reading them back through the same
 * pure step gives the same state, fills and ids. From time to time a checkpoint stands for all of
 * them, so that neither the file nor a start grows without end.
 */

import type { VenueReport } from "../../core/model/venue.ts";
import type { VenueEvent } from "../../core/paper/event.ts";
import { DEFAULT_VENUE } from "../../core/paper/settings.ts";
import { emptyVenue, type VenueState } from "../../core/paper/state.ts";
import { applyToVenue } from "../../core/paper/venue.ts";
import type { Log } from "../../ports/log.ts";
import type { PaperBook } from "../../ports/paper-book.ts";
import { err, ok, type Result } from "../../std/result.ts";

/** About as many as one alert and its trade cause. */
const EVENTS_PER_ACCOUNT = 10;

export class VenueBooks {
  readonly #book: PaperBook;
  readonly #log: Log;
  readonly #checkpointAfter: number;
  #state: VenueState;
  #eventsSinceCheckpoint = 0;
  #isBlank: boolean;

  /** Reads back what the book holds. */
  constructor(book: PaperBook, log: Log, checkpointAfter: number) {
    this.#book = book;
    this.#log = log;
    this.#checkpointAfter = checkpointAfter;
    const { checkpoint, entries } = book.load();
    this.#isBlank = checkpoint === null && entries.length === 0;
    this.#state = checkpoint === null ? emptyVenue(DEFAULT_VENUE) : JSON.parse(checkpoint);
    for (const entry of entries) {
      const events: readonly VenueEvent[] = JSON.parse(entry);
      for (const event of events) this.#state = applyToVenue(this.#state, event).state;
      this.#eventsSinceCheckpoint += events.length;
    }
  }

  get state(): VenueState {
    return this.#state;
  }

  /** Nothing has ever been written: not even the terms are known. */
  get isBlank(): boolean {
    return this.#isBlank;
  }

  /** All of the events, or none of them when the book cannot be written. */
  apply(events: readonly VenueEvent[]): Result<readonly VenueReport[], string> {
    let state = this.#state;
    const changing: VenueEvent[] = [];
    const reports: VenueReport[] = [];
    for (const event of events) {
      const next = applyToVenue(state, event);
      if (next.state !== state) changing.push(event);
      state = next.state;
      for (const report of next.reports) reports.push(report);
    }
    const written = this.#write(changing);
    if (!written.ok) return written;
    this.#state = state;
    if (this.#eventsSinceCheckpoint > this.#eventsAllowed()) this.#checkpoint();
    return ok(reports);
  }

  /** A checkpoint writes every account: the more there are, the more must have happened. */
  #eventsAllowed(): number {
    return Math.max(this.#checkpointAfter, this.#state.accounts.size * EVENTS_PER_ACCOUNT);
  }

  close(): void {
    if (this.#eventsSinceCheckpoint > 0) this.#checkpoint();
    this.#book.close();
  }

  #write(events: readonly VenueEvent[]): Result<void, string> {
    if (events.length === 0) return ok(undefined);
    try {
      this.#book.append([JSON.stringify(events)]);
    } catch (fault) {
      this.#log.write("error", "paper-book-refused", { detail: String(fault) });
      return err(String(fault));
    }
    this.#isBlank = false;
    this.#eventsSinceCheckpoint += events.length;
    return ok(undefined);
  }

  /** A checkpoint that fails costs nothing yet: the entries it would have replaced are all there. */
  #checkpoint(): void {
    this.#eventsSinceCheckpoint = 0;
    try {
      this.#book.checkpoint(JSON.stringify(this.#state));
    } catch (fault) {
      this.#log.write("warn", "paper-checkpoint-refused", { detail: String(fault) });
    }
  }
}
