/**
 * What became of a configuration that was changed while the house runs.
 *
 * ```text
 * edit ─┬─ sound  ─► ConfigReloaded: what holds from here on, and what waits for a restart
 *       └─ broken ─► ConfigRefused: the old one stays, and where the mistake is
 * ```
 */
import type { AccountId } from "./ids.ts";
import type { ReloadClass } from "./reload-classes.ts";
import type { Rules, Settings } from "./rules.ts";
import type { Millis } from "./units.ts";

interface Timed {
  readonly at: Millis;
}

/** Who noticed: the watched files, a signal of the system, an operator's command. */
export type ReloadCause = "file" | "signal" | "command";

/** One key whose value is another one, in words. A secret has none here: only its place is known. */
export interface ConfigChange {
  /** The way to it: `rules.default.limits.tradesPerDay`. */
  readonly key: string;
  readonly was: string;
  readonly is: string;
  readonly on: ReloadClass;
  /** In force, or left to the next start. */
  readonly outcome: "applied" | "waits";
}

/** Rules under which trades were opened; their accounts follow them until they are flat. */
export interface HeldRules {
  readonly name: string;
  /** The rule set they follow after that. */
  readonly after: string;
  readonly accounts: readonly AccountId[];
  readonly ruleSet: Rules;
}

/** A mistake in a file, with its place. */
export interface ConfigFlaw {
  readonly file: string;
  readonly line: number | null;
  readonly key: string;
  readonly reason: string;
}

export type ConfigFact =
  | (Timed & {
      readonly kind: "ConfigReloaded";
      readonly by: ReloadCause;
      /** Fingerprints: of what was offered last, or started with, and of what is offered now. */
      readonly was: string;
      readonly is: string;
      readonly changes: readonly ConfigChange[];
      /** How many more keys changed than are listed. */
      readonly omitted: number;
      /** Left out where the rules and accounts stay as they were. */
      readonly settings?: Settings;
      /** Of the rule sets that hold until the trade date ends, those that became tighter. */
      readonly kept?: Readonly<Record<string, Rules>>;
      readonly held?: readonly HeldRules[];
    })
  | (Timed & {
      readonly kind: "ConfigRefused";
      readonly by: ReloadCause;
      /** Fingerprint of what is wrong with it. */
      readonly is: string;
      readonly flaws: readonly ConfigFlaw[];
      readonly omitted: number;
    });

interface Kinded {
  readonly kind: string;
}

export const isOfConfig = <Fact extends Kinded>(fact: Fact | ConfigFact): fact is ConfigFact =>
  fact.kind === "ConfigReloaded" || fact.kind === "ConfigRefused";
