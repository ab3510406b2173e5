/**
 * Reads the name of a contract with its usual trimmings and keeps the root.
 *
 * ```text
 * ES   es   ESZ5   ESU2025   ES1!   ES_F   MESH25   6EZ5   M2K     ──►  ES ES ES ES ES ES MES 6E M2K
 * ```
 */
import type { Root } from "../model/instrument.ts";
import { isRoot } from "../model/instruments.ts";

export interface Symbol {
  readonly root: Root;
  readonly end: number;
}

/** Longest decorated name: root, month letter, four-digit year. */
const NAME_LENGTH_MAX = 8;
const ROOT_LENGTH_MAX = 3;
const CONTRACT_MONTH = /^[FGHJKMNQUVXZ](?:\d{1,2}|\d{4})$/;
const LETTER_OR_DIGIT = /[a-z\d]/i;

/** The contract named by the letters and digits that start at `at`; null when they name none. */
export function symbolAt(text: string, at: number): Symbol | null {
  let end = at;
  while (end - at <= NAME_LENGTH_MAX && LETTER_OR_DIGIT.test(text.charAt(end))) end += 1;
  const name = text.slice(at, end).toUpperCase();
  if (isRoot(name)) return { root: name, end: behindTrimming(text, end) };
  if (/^[12]!$/.test(text.slice(end - 1, end + 1))) return rootOrNone(name.slice(0, -1), end + 1);
  for (let length = Math.min(ROOT_LENGTH_MAX, name.length - 2); length > 1; length--) {
    if (CONTRACT_MONTH.test(name.slice(length))) return rootOrNone(name.slice(0, length), end);
  }
  return null;
}

const rootOrNone = (name: string, end: number): Symbol | null =>
  isRoot(name) ? { root: name, end } : null;

/** `ES_F` is how traders of stock forums write the future. */
const behindTrimming = (text: string, end: number): number =>
  /^_f(?![a-z\d])/i.test(text.slice(end, end + 3)) ? end + 2 : end;
