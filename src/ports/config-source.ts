/**
 * Where the configuration comes from. A source gives a whole, checked configuration or the list of
 * what is wrong with it, never half of one; the last good one stays in force meanwhile.
 *
 * Loading again at any time is allowed. When it is worth while is said by whoever watches the files.
 */
import type { Config } from "../core/model/config.ts";
import type { Result } from "../std/result.ts";

export interface LoadedConfig {
  readonly config: Config;
  /** The file it was read from, as its name was given. */
  readonly file: string;
  /** Other files and directories it led to, as they are named there. */
  readonly reads: readonly string[];
}

/** Watches files and directories; what changed in them is for the source to say. */
export interface ConfigWatch {
  /** These from now on, and no others. */
  follow(paths: readonly string[]): void;
  close(): void;
}

/** One thing that is wrong, with the place to put it right. */
export interface ConfigProblem {
  /** The configuration itself, or a format pack it leads to. */
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
