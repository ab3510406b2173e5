/**
 * When each entry was handed to the venue: asked for when the venue speaks of it first, forgotten
 * with the program. An order of an earlier run has no such time.
 */
import type { Millis } from "../core/model/units.ts";
import type { VenueReport, VenueRequest } from "../core/model/venue.ts";
import type { Clock } from "../ports/clock.ts";

export interface Sendings {
  note(request: VenueRequest): void;
  /** Of the entry that the report speaks of; null where it speaks of none, or of one of long ago. */
  of(report: VenueReport): Millis | null;
}

const NOTED_MAX = 10_000;

export function createSendings(clock: Clock, notedMax: number = NOTED_MAX): Sendings {
  const sentAt = new Map<string, Millis>();
  return {
    note(request) {
      if (request.kind !== "place" || request.role !== "entry") return;
      sentAt.set(request.tag, clock.now());
      const [oldest] = sentAt.size > notedMax ? sentAt.keys() : [];
      if (oldest !== undefined) sentAt.delete(oldest);
    },
    of(report) {
      const tag = tagOf(report);
      return tag === null ? null : (sentAt.get(tag) ?? null);
    },
  };
}

function tagOf(report: VenueReport): string | null {
  switch (report.kind) {
    case "answer":
      return report.id; // a request that places an order is named by its tag
    case "order":
      return report.order.tag;
    case "fill":
      return report.fill.tag;
    default:
      return null;
  }
}
