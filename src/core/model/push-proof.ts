/**
 * Whether an alarm would reach somebody: a push channel that tells alarms, and took a test message.
 *
 * The proof is of the way and not of its name: another address, token or kind is another fingerprint,
 * and has to be tried again.
 */
import { ownOf } from "../../std/own.ts";
import type { Millis } from "./units.ts";

export interface PushChannel {
  readonly channel: string;
  /** Of kind, address and secret; none of them can be read from it. */
  readonly fingerprint: string;
}

/** By channel, what was tried last with success. */
export type Passes = Readonly<
  Record<string, { readonly fingerprint: string; readonly at: Millis }>
>;

/** The first of these channels that has passed as it is now; null: none. */
export function provedBy(
  passes: Passes,
  channels: readonly PushChannel[],
): { readonly channel: string; readonly at: Millis } | null {
  for (const { channel, fingerprint } of channels) {
    const pass = ownOf(passes, channel);
    if (pass?.fingerprint === fingerprint) return { channel, at: pass.at };
  }
  return null;
}
