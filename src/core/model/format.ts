/**
 * How one room writes its alerts, as plain data: what its own words mean, and which prices are sane.
 *
 * ```text
 * words    "reload" ─► long     an alias is read as the word of the common grammar it stands for
 * symbols  "spoos"  ─► ES       so is a nickname of a contract
 * sizes    "full"   ─► A
 * prices   ES 3000 to 8000      instead of the built-in row of that family
 * ```
 *
 * A format never adds grammar and never loosens a check: it only says what words stand for. The
 * plain format says nothing, and reads what everybody writes.
 */
import type { SizeLetter } from "./alert.ts";
import type { Root } from "./instrument.ts";
import type { ByFamily } from "./rules.ts";

/** Prices no alert of a family can honestly hold, points. */
export interface PriceLimit {
  readonly min: number;
  readonly max: number;
  /** Farthest stop from the entry. */
  readonly stopMax: number;
}

export type PriceLimits = ByFamily<PriceLimit>;

/** Those whose alerts count. A message that comes with a numeric id is judged by the id alone. */
export interface Authors {
  readonly ids: readonly string[];
  /** Whole names, without regard to case; for sources that know no ids. */
  readonly names: readonly string[];
}

export interface Format {
  readonly name: string;
  /** Null leaves it to the source. */
  readonly authors: Authors | null;
  /** Own word -> word of the common grammar; lower case. */
  readonly words: Readonly<Record<string, string>>;
  /** Own name of a contract -> its root; lower case. */
  readonly symbols: Readonly<Record<string, Root>>;
  /** Own size word -> size letter; lower case. */
  readonly sizes: Readonly<Record<string, SizeLetter>>;
  /** What an alert of the channel's own shape without a size letter is. */
  readonly sizeUnstated: "unsure" | "accepted";
  /** Rows that replace the built-in ones. */
  readonly prices: PriceLimits;
}

export const PLAIN_FORMAT: Format = {
  name: "plain",
  authors: null,
  words: {},
  symbols: {},
  sizes: {},
  sizeUnstated: "unsure",
  prices: {},
};
