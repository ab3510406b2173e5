/**
 * Reading the body of a call. Fields that are required and absent, or of the wrong type, end the
 * call with status 400 and a problem object; unknown ones are passed over.
 *
 * A shape names the fields; `?` behind a name means that it may be absent or null, and then it is
 * read as null.
 */
import type { Millis } from "../../core/model/units.ts";
import { millis } from "../../core/model/units.ts";
import { err, ok, type Result } from "../../std/result.ts";

type Kind = "int" | "ints" | "number" | "text" | "flag" | "time";

export interface Shape {
  readonly [name: string]: Kind | Shape;
}

type ValueOf<K> = K extends "int" | "number"
  ? number
  : K extends "ints"
    ? readonly number[]
    : K extends "text"
      ? string
      : K extends "flag"
        ? boolean
        : K extends "time"
          ? Millis
          : Read<K>;

/** What a body of that shape is read as. */
export type Read<S> = {
  readonly [Name in keyof S as Name extends `${infer Bare}?`
    ? Bare
    : Name]: Name extends `${string}?` ? ValueOf<S[Name]> | null : ValueOf<S[Name]>;
};

export interface Faulty {
  readonly missing: readonly string[];
  /** Dotted path of the first field that has the wrong type. */
  readonly illTyped: string | null;
}

const NONE: Faulty = { missing: [], illTyped: null };

/** The body as its shape wants it. The cast holds: every field of the shape has been checked. */
export function readBody<S extends Shape>(shape: S, text: string): Result<Read<S>, Faulty> {
  const body = parsed(text);
  if (body === null) return err({ missing: [], illTyped: "$" });
  const read = readFields(shape, body, "$");
  return read.ok ? ok(read.value as Read<S>) : read;
}

type Fields = Readonly<Record<string, unknown>>;

function readFields(shape: Shape, body: Fields, path: string): Result<Fields, Faulty> {
  const value: Record<string, unknown> = {};
  const missing: string[] = [];
  for (const [key, kind] of Object.entries(shape)) {
    const isOptional = key.endsWith("?");
    const name = isOptional ? key.slice(0, -1) : key;
    const given = body[name] ?? null;
    if (given === null && !isOptional) missing.push(name);
    const read = given === null ? ok(null) : readOne(kind, given, `${path}.${name}`);
    if (!read.ok) return read;
    value[name] = read.value;
  }
  return missing.length > 0 ? err({ ...NONE, missing }) : ok(value);
}

function readOne(kind: Kind | Shape, given: unknown, path: string): Result<unknown, Faulty> {
  if (typeof kind === "object") {
    return isFields(given) ? readFields(kind, given, path) : err({ ...NONE, illTyped: path });
  }
  const value = READERS[kind](given);
  return value === undefined ? err({ ...NONE, illTyped: path }) : ok(value);
}

/** Undefined for a value of the wrong type. */
const READERS: Readonly<Record<Kind, (given: unknown) => unknown>> = {
  int: (given) => (Number.isSafeInteger(given) ? given : undefined),
  ints: (given) => (Array.isArray(given) && given.every(Number.isSafeInteger) ? given : undefined),
  number: (given) => (Number.isFinite(given) ? given : undefined),
  text: (given) => (typeof given === "string" ? given : undefined),
  flag: (given) => (typeof given === "boolean" ? given : undefined),
  time: (given) => (typeof given === "string" ? timeIn(given) : undefined),
};

function timeIn(text: string): Millis | undefined {
  const at = Date.parse(text);
  return Number.isSafeInteger(at) ? millis(at) : undefined;
}

/** Null for anything that is not a JSON object. */
function parsed(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The problem object of RFC 7807 as the gateway words it. */
export function problemOf(request: string, path: string, { missing, illTyped }: Faulty): string {
  const names = missing.map((name) => `'${name}'`).join(", ");
  const detail =
    illTyped === null
      ? `${request} was missing required properties including: ${names}`
      : `The JSON value could not be converted. Path: ${illTyped}`;
  return JSON.stringify({
    type: "https://tools.ietf.org/html/rfc9110#section-15.5.1",
    title: "Bad Request",
    status: 400,
    detail,
    instance: path,
  });
}
