/**
 * An entry that waits for a person's yes: everything that is needed to judge it once more when the
 * yes comes, and to tell a person what the question is.
 */
import type { Alert } from "./alert.ts";
import type { MessageRef } from "./message.ts";
import type { Millis } from "./units.ts";

export interface Waiting {
  /** Counts the questions of the house from 1; an alert that was changed gets a new one. */
  readonly entry: number;
  readonly message: MessageRef;
  readonly author: string | null;
  readonly alert: Alert;
  readonly sentAt: Millis;
  readonly isReentry: boolean;
  readonly askedAt: Millis;
  /** From here on it is too late. */
  readonly until: Millis;
  /** At the smallest size whatever its letter. */
  readonly smallest: boolean;
  /** Only accounts of this group; null = all of them. */
  readonly group: string | null;
  readonly reason: string;
}

/** How many may wait at a time: more than a person can answer in a minute. */
export const WAITING_MAX = 20;
