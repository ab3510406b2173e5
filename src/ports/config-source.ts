/**
 * Where the configuration comes from. A source gives a whole, checked configuration or the list of
 * what is wrong with it, never half of one; the last good one stays in force meanwhile.
 *
 * Loading again at any time is allowed. When it is worth while is said by whoever watches the files.
 */
import type { Config, SecretPlace } from "../core/model/config.ts";
import type { Result } from "../std/result.ts";

export interface LoadedConfig {
  readonly config: Config;
  /** The file it was read from, as its name was given. */
  readonly file: string;
  /** What stood in it, letter for letter. */
  readonly text: string;
  /** Other files and directories it led to, as they are named there. */
  readonly reads: readonly string[];
}

/** What goes before the file, the later before the earlier: the environment, then what was said. */
export interface ConfigLayers {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly said: readonly SaidValue[];
}

/** A value of the command line. */
export interface SaidValue {
  /** As in the file: `rules.default.limits.dailyLoss`, `accounts[0].balance`. */
  readonly key: string;
  readonly value: string;
  /** The option it came by. */
  readonly origin: string;
}

/** One key, the value that holds, and where it came from. */
export interface ShownKey {
  readonly key: string;
  /** As it would be written in the file; of a secret only its place. */
  readonly value: string;
  /** `config.yaml:14`, `TRADESTREAM_LOG_LEVEL`, `--set`, or `default`. */
  readonly from: string;
  /** Null where it is no secret. */
  readonly secret: SecretPlace | null;
}

/** Watches files and directories; what changed in them is for the source to say. */
export interface ConfigWatch {
  /** These from now on, and no others. */
  follow(paths: readonly string[]): void;
  close(): void;
}

/** One thing that is wrong, with the place to put it right. */
export interface ConfigProblem {
  /** The configuration itself, a file it leads to, or what else the value came from: a variable, an option. */
  readonly file: string;
  /** Counted from 1; both null where the file could not be read at all. */
  readonly line: number | null;
  readonly column: number | null;
  /** The way to the key, `rules.default.limits.tradesPerDay`; empty for the file as a whole. */
  readonly key: string;
  /** `expected a whole number of at least 1, found "ten"` */
  readonly reason: string;
  /** All of it as one line for a person: `config.yaml:14:3 rules.default...: expected ...`. */
  readonly text: string;
}

export interface ConfigFault {
  /** `missing`: no such file; `unreadable`: no text could be had from it; `invalid`: the rest. */
  readonly kind: "missing" | "unreadable" | "invalid";
  readonly file: string;
  /** At least one, in the order of the file. */
  readonly problems: readonly ConfigProblem[];
  /** How many more there are than were listed. */
  readonly omitted: number;
}

export interface ConfigSource {
  load(): Result<LoadedConfig, ConfigFault>;
}

/** The words of the common grammar, as far as a format has to know them. */
export interface Vocabulary {
  /** What an own word of a room may stand for. */
  readonly meanings: ReadonlySet<string>;
  /** It says something in every room, so no format can give it another sense. */
  isTaken(word: string): boolean;
}
