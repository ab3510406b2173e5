/**
 * How the parts of a running house are: each with a state, the reason for it, and since when.
 *
 * ```text
 * off         nothing of the kind is configured, or it has nothing to do now
 * ok          it works
 * degraded    it works worse than it should, or will stop working: somebody should look
 * failed      it does not work
 * ```
 *
 * The journal keeps only what changes between working and not working. A house that never had
 * trouble has no such fact.
 */
import type { Millis } from "./units.ts";

export const COMPONENTS = [
  ...(["journal", "disk", "venue-rest", "user-hub", "market-hub", "discord", "prices"] as const),
  ...(["mail", "backups", "clock", "event-loop", "memory", "cpu", "configuration"] as const),
  ...(["calendar"] as const),
] as const;

export type Component = (typeof COMPONENTS)[number];

export type HealthState = "off" | "ok" | "degraded" | "failed";

export const isWell = (state: HealthState): boolean => state === "ok" || state === "off";

/** How one part is, as the books know it. */
export interface Ailing {
  readonly state: "degraded" | "failed";
  readonly reason: string;
  readonly since: Millis;
}

/** What is not well; a part that is left out is. */
export type Ailments = Readonly<Partial<Record<Component, Ailing>>>;

export interface HealthMove {
  readonly component: Component;
  readonly to: HealthState;
  readonly reason: string;
}

/** What the house does by itself about a part that does not work. */
export type HealingAction =
  /** A backup that hangs is given up, and a new one begun. */
  | "begin-backup"
  /** Connections to mail servers are closed, and made anew. */
  | "reopen-mail";

export interface Healing {
  readonly component: Component;
  readonly action: HealingAction;
  /** From 1; there are only so many until it is well again. */
  readonly attempt: number;
}
