/**
 * Reads one JSON object, strictly, and keeps its numbers as they were written.
 *
 * The runtime's own reader takes the last of two equal keys and turns `6.3e3` into a price that
 * nobody typed; both are refused here. Depth and size are bounded, and nothing is ever run.
 */
export type Json =
  | { readonly kind: "text" | "number"; readonly text: string }
  | { readonly kind: "word"; readonly text: "true" | "false" | "null" }
  | { readonly kind: "list"; readonly items: readonly Json[] }
  | JsonObject;

export interface JsonObject {
  readonly kind: "object";
  readonly entries: ReadonlyMap<string, Json>;
}

const DEPTH_MAX = 4;
const ITEMS_MAX = 64;

interface Scan {
  readonly text: string;
  at: number;
  items: number;
}

/** Null where the text is anything else than one whole object. */
export function jsonObject(text: string): JsonObject | null {
  const scan: Scan = { text, at: 0, items: 0 };
  const value = valueAt(scan, 0);
  skipBlanks(scan);
  return value?.kind === "object" && scan.at === text.length ? value : null;
}

function valueAt(scan: Scan, depth: number): Json | null {
  skipBlanks(scan);
  const sign = scan.text.charAt(scan.at);
  scan.items += 1;
  if (depth > DEPTH_MAX || scan.items > ITEMS_MAX) return null;
  if (sign === "{") return objectAt(scan, depth);
  if (sign === "[") return listAt(scan, depth);
  if (sign !== '"') return scalarAt(scan);
  const text = stringAt(scan);
  return text === null ? null : { kind: "text", text };
}

function skipBlanks(scan: Scan): void {
  while (isBlank(scan.text.charAt(scan.at))) scan.at += 1;
}

const isBlank = (sign: string): boolean => sign === " " || sign === "\n" || sign === "\t";

/** Goes over the sign if it stands here. */
function take(scan: Scan, sign: string): boolean {
  skipBlanks(scan);
  if (scan.text.charAt(scan.at) !== sign) return false;
  scan.at += 1;
  return true;
}

function objectAt(scan: Scan, depth: number): Json | null {
  const entries = new Map<string, Json>();
  scan.at += 1;
  if (take(scan, "}")) return { kind: "object", entries };
  do {
    skipBlanks(scan);
    const key = stringAt(scan);
    if (key === null || !take(scan, ":")) return null;
    const value = valueAt(scan, depth + 1);
    if (value === null || entries.has(key)) return null;
    entries.set(key, value);
  } while (take(scan, ","));
  return take(scan, "}") ? { kind: "object", entries } : null;
}

function listAt(scan: Scan, depth: number): Json | null {
  const items: Json[] = [];
  scan.at += 1;
  if (take(scan, "]")) return { kind: "list", items };
  do {
    const item = valueAt(scan, depth + 1);
    if (item === null) return null;
    items.push(item);
  } while (take(scan, ","));
  return take(scan, "]") ? { kind: "list", items } : null;
}

const STRING = /"(?:[^"\\\n]|\\["\\/bfnrt])*"/y;
const ESCAPE = /\\(.)/g;

/** Without escapes by number: nobody writes an alert so, and a disguise is not to be taken off. */
function stringAt(scan: Scan): string | null {
  STRING.lastIndex = scan.at;
  const found = STRING.exec(scan.text)?.[0];
  if (found === undefined) return null;
  scan.at = STRING.lastIndex;
  const text = found.slice(1, -1);
  return text.includes("\\") ? text.replace(ESCAPE, unescaped) : text;
}

const unescaped = (_: string, sign: string): string => (/["\\/]/.test(sign) ? sign : " ");

const NUMBER = /-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?(?![\d.eE])/y;
const WORD = /(?:true|false|null)\b/y;

function scalarAt(scan: Scan): Json | null {
  for (const [kind, pattern] of SCALARS) {
    pattern.lastIndex = scan.at;
    const text = pattern.exec(scan.text)?.[0];
    if (text === undefined) continue;
    scan.at = pattern.lastIndex;
    return { kind, text } as Json;
  }
  return null;
}

const SCALARS = [
  ["number", NUMBER],
  ["word", WORD],
] as const;
