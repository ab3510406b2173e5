/**
 * Reads the name of a contract with its usual trimmings and keeps the root.
 *
 * ```text
 * ES  es  ESZ5  ESU2025  ES1!  ES_F  ──►  ES        MESH25 ──► MES    6EZ5 ──► 6E
 * ```
 */
import type { Root } from "../model/instrument.ts";
import { INSTRUMENTS, isRoot } from "../model/instruments.ts";
import { isDigit } from "./numbers.ts";

export interface NamedContract {
  readonly root: Root;
  readonly end: number;
}

/** Longest decorated name: root, month letter, four-digit year. */
const NAME_LENGTH_MAX = 8;
const ROOT_LENGTH_MAX = 3;
const CONTRACT_MONTH = /^[FGHJKMNQUVXZ](?:\d{1,2}|\d{4})$/;
/** The first two characters of every contract, small: no other word or number is looked at twice. */
const STARTS = new Uint8Array(1 << 14);
const SMALL = 32;
const startOf = (first: number, second: number): number => ((first | SMALL) << 7) | second | SMALL;

for (const root of Object.keys(INSTRUMENTS)) {
  STARTS[startOf(root.charCodeAt(0), root.charCodeAt(1))] = 1;
}

/** Whether the name of a contract can begin with these two characters. */
export const startsContract = (first: number, second: number): boolean =>
  first < 128 && second < 128 && STARTS[startOf(first, second)] === 1;

/** The contract named by the letters and digits that start at `at`; null when they name none. */
export function symbolAt(text: string, at: number): NamedContract | null {
  if (!startsContract(text.charCodeAt(at), text.charCodeAt(at + 1))) return null;
  const last = Math.min(text.length, at + NAME_LENGTH_MAX + 1);
  let end = at;
  while (end < last && isLetterOrDigit(text.charCodeAt(end))) end += 1;
  if (end - at < 2 || end - at > NAME_LENGTH_MAX) return null;
  const name = text.slice(at, end).toUpperCase();
  if (isRoot(name)) return { root: name, end: behindTrimming(text, end) };
  if (!isDigit(text.charCodeAt(end - 1))) return null;
  if (/^[12]!$/.test(text.slice(end - 1, end + 1))) return rootOrNone(name.slice(0, -1), end + 1);
  for (let length = Math.min(ROOT_LENGTH_MAX, name.length - 2); length > 1; length--) {
    if (CONTRACT_MONTH.test(name.slice(length))) return rootOrNone(name.slice(0, length), end);
  }
  return null;
}

const isLetterOrDigit = (code: number): boolean =>
  isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

const rootOrNone = (name: string, end: number): NamedContract | null =>
  isRoot(name) ? { root: name, end } : null;

/** `ES_F` is how traders of stock forums write the future. */
const behindTrimming = (text: string, end: number): number =>
  text.charAt(end) === "_" && /^_f(?![a-z\d])/i.test(text.slice(end, end + 3)) ? end + 2 : end;
