/**
 * A way to a person who is not looking: mail, a push service, a chat, the bell of the terminal.
 *
 * 1. `send` returns at once and answers exactly once, later; it throws nothing that is news.
 * 2. Only an answer from the other side that it has taken the letter is `accepted`. Everything else
 *    is refused, silence too: the letter is tried again, under the id it has.
 * 3. The letter's id goes along, so that the other side can tell a repeat.
 * 4. Nothing a stranger wrote can be more than text: no header, no markup, no mention of anybody.
 * 5. What is said of a refusal holds no secret: it is shown and kept.
 */
import type { Letter } from "../core/model/notification.ts";
import type { Millis } from "../core/model/units.ts";

export type Delivery =
  | {
      readonly kind: "accepted";
      /** The other side's own words. */
      readonly said: string;
    }
  | {
      readonly kind: "refused";
      /** A letter may be refused for itself; or the channel is not to be had, for any letter. */
      readonly scope: "letter" | "channel";
      readonly said: string;
      /** What a person has to do about it; null: time will do. */
      readonly fix: string | null;
      /** How long the other side wants to be left alone. */
      readonly after: Millis | null;
    };

export interface Notifier {
  send(letter: Letter, answered: (delivery: Delivery) => void): void;
  /** Whether the other side is there and lets us in; left out where only a letter could tell. */
  look?(answered: (delivery: Delivery) => void): void;
  /** Connections are made anew with the next letter; left out where none is kept. */
  reopen?(): void;
  /** Connections are closed; a letter on its way may still be answered. */
  close(): void;
}

/** A push service to be reached, with its secrets read. */
export type PushTarget =
  | { readonly kind: "discord-webhook"; readonly url: string }
  | {
      readonly kind: "ntfy";
      readonly url: string;
      readonly topic: string;
      readonly token: string | null;
    }
  | { readonly kind: "gotify"; readonly url: string; readonly token: string }
  | { readonly kind: "webhook"; readonly url: string; readonly secret: string };
