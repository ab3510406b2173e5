/**
 * What the shell must now do. Plain data: the core never does it itself.
 *
 * Only `Send` touches a venue's books, and only after the facts beside it are durable. The rest
 * asks, listens or tells, and may be repeated freely.
 */
import type { AccountId } from "./ids.ts";
import type { InputOf } from "./input.ts";
import type { Root } from "./instrument.ts";
import type { Band } from "./quote.ts";
import type { Millis } from "./units.ts";
import type { VenueRequest } from "./venue.ts";

export type Effect =
  | { readonly kind: "Send"; readonly request: VenueRequest }
  /** Hand this input in again at once: the next accounts of a fan-out. */
  | { readonly kind: "FanOut"; readonly input: InputOf<"message" | "fan-out"> }
  | { readonly kind: "AskVenue"; readonly account: AccountId; readonly since: Millis }
  /** One alarm a key; a new one replaces the old. */
  | { readonly kind: "WakeAt"; readonly key: string; readonly at: Millis }
  | { readonly kind: "LetSleep"; readonly key: string }
  | {
      readonly kind: "WatchPrice";
      readonly key: string;
      readonly instrument: Root;
      readonly band: Band;
    }
  | { readonly kind: "UnwatchPrice"; readonly key: string };

/**
 * True for requests that can only lower risk. They are sent even when the journal cannot be
 * written; an entry never is.
 */
export function reduces(request: VenueRequest): boolean {
  return request.kind !== "place" || request.role !== "entry";
}
