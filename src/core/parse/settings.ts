/**
 * What the stages have to know of a room's format, made ready once a message.
 *
 * The plain format has no words of its own, and then nobody looks for any.
 */
import type { SizeLetter } from "../model/alert.ts";
import type { Format, PriceLimits } from "../model/format.ts";
import type { Root } from "../model/instrument.ts";
import { limitsWith } from "./limits.ts";

/** Own words of a room, lower case, and what they stand for. */
export interface Aliases {
  readonly words: Readonly<Record<string, string>>;
  readonly symbols: Readonly<Record<string, Root>>;
  readonly sizes: Readonly<Record<string, SizeLetter>>;
}

export interface Settings {
  readonly limits: PriceLimits;
  /** Null: it has none. */
  readonly aliases: Aliases | null;
  readonly sizeUnstated: Format["sizeUnstated"];
}

/** Of the format that was asked for last: nearly always it is asked for again. */
let last: { readonly format: Format; readonly settings: Settings } | null = null;

export function settingsOf(format: Format): Settings {
  if (last?.format !== format) last = { format, settings: madeOf(format) };
  return last.settings;
}

function madeOf({ words, symbols, sizes, prices, sizeUnstated }: Format): Settings {
  const hasOwn = isFilled(words) || isFilled(symbols) || isFilled(sizes);
  const aliases = hasOwn ? { words, symbols, sizes } : null;
  return { limits: limitsWith(prices), aliases, sizeUnstated };
}

function isFilled(table: Readonly<Record<string, unknown>>): boolean {
  for (const _ in table) return true;
  return false;
}
