/**
 * From what the schema found to lines a person can act on: where, which key, what was expected.
 *
 * `config.yaml:14:3 rules.default.limits.tradesPerDay: expected a whole number of at least 1, found "ten"`
 *
 * Text from the file is shown quoted and without invisible characters: a configuration may have
 * been copied from anywhere, and a message must not rewrite the reader's screen.
 */

import type * as z from "zod";
import type { ConfigFault, ConfigProblem } from "../../ports/config-source.ts";
import type { Place, YamlDocument } from "./document.ts";
import { SECRET_EXPECTED } from "./fields.ts";

const PROBLEMS_MAX = 20;
const FOUND_MAX = 60;

export interface Finding {
  /** Null where the file could not be read at all. */
  readonly place: Place | null;
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

/** A fault that lists the first problems in the order of the file. */
export function faultOf(
  kind: ConfigFault["kind"],
  file: string,
  findings: readonly Finding[],
): ConfigFault {
  const problems = findings.toSorted(inOrder).map((finding) => problemOf(file, finding));
  const omitted = Math.max(0, problems.length - PROBLEMS_MAX);
  return { kind, file, problems: problems.slice(0, PROBLEMS_MAX), omitted };
}

const inOrder = (a: Finding, b: Finding): number =>
  (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);

function problemOf(file: string, { place, path, reason }: Finding): ConfigProblem {
  const key = printable(nameOf(path));
  const clean = printable(reason);
  const isInFile = place !== null && place.origin === undefined;
  const source = printable(place?.origin ?? file);
  const where = isInFile ? `${source}:${place.line}:${place.column}` : source;
  return {
    file: place?.origin ?? file,
    line: isInFile ? place.line : null,
    column: isInFile ? place.column : null,
    key,
    reason: clean,
    text: `${where}${key === "" ? "" : ` ${key}`}: ${clean}`,
  };
}

/** `accounts[0].id`; a name with unusual letters is quoted. */
export const nameOf = (path: readonly PropertyKey[]): string =>
  path.map(partOf).join("").replace(/^\./, "");

function partOf(part: PropertyKey): string {
  if (typeof part === "number") return `[${part}]`;
  const name = String(part);
  return /^[\w-]{1,64}$/.test(name) ? `.${name}` : `.${shown(name)}`;
}

export function findingsOf(
  issues: readonly z.core.$ZodIssue[],
  document: YamlDocument,
): readonly Finding[] {
  return issues.flatMap((issue) => {
    const { path } = issue;
    if (issue.code === "unrecognized_keys") return unknownKeys(issue, document);
    if (issue.code === "invalid_key") {
      return [{ place: document.placeOfKey(path), path, reason: issue.message }];
    }
    const open = issue.message.startsWith("expected ");
    const isSecret = issue.message === SECRET_EXPECTED;
    const found = open ? `, found ${foundAt(document.data, path, isSecret)}` : "";
    return [{ place: document.placeOf(path), path, reason: `${issue.message}${found}` }];
  });
}

/** The schema writes one line for each key, in their order. */
function unknownKeys(
  { keys, path, message }: z.core.$ZodIssueUnrecognizedKeys,
  document: YamlDocument,
): readonly Finding[] {
  const reasons = message.split("\n");
  return keys.map((name, index) => {
    const full = [...path, name];
    return { place: document.placeOfKey(full), path: full, reason: reasons[index] ?? message };
  });
}

function foundAt(data: unknown, path: readonly PropertyKey[], isSecret: boolean): string {
  let value = data;
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) {
      return "nothing";
    }
    value = Reflect.get(value, name);
  }
  return isPlain(value) && (isSecret || mayBeSecret(path, value)) ? UNSAID : shown(value);
}

/** Where one is easily put by mistake, and what looks like one. */
const SECRET_KEYS = /^(?:token|secrets?|hooks|signed|apiKey|broker|password|address|topic)$/;
const mayBeSecret = (path: readonly PropertyKey[], value: unknown): boolean =>
  SECRET_KEYS.test(String(path.findLast((name) => typeof name === "string"))) ||
  looksLikeToken(String(value));

/** Three parts with points between them, as Discord's are. */
const looksLikeToken = (text: string): boolean =>
  text.split(/[^\w.-]/).some((word) => {
    const lengths = word.split(".").map((part) => part.length);
    return lengths.some(
      (length, at) => length >= 20 && (lengths[at + 1] ?? 0) >= 5 && (lengths[at + 2] ?? 0) >= 20,
    );
  });

const UNSAID = "something that is not repeated here; if it is a secret, exchange it";

const isPlain = (value: unknown): boolean =>
  value !== undefined && value !== null && typeof value !== "object";

function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a block of keys";
  if (typeof value !== "string") return String(value);
  const text = value.length > FOUND_MAX ? `${value.slice(0, FOUND_MAX)}...` : value;
  return JSON.stringify(text);
}

/** Control, format and line characters, and what is no character, as escapes; the rest as it is. */
const printable = (text: string): string =>
  text.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
